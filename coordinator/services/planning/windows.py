"""What the window's page of the plan reads at once: the network, the weights, the wishes, and since when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from coordinator.db.database import Database
from coordinator.db.donors import current_donors
from coordinator.db.households import HouseholdRow, to_position
from coordinator.db.recipients import current_recipients
from coordinator.domain.places.positions import Position
from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.planning.program import Watch, go_on
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.planning.wishes import homes_of_pins, possible
from coordinator.services.agreements.holds import holds
from coordinator.services.planning.gathering import Asked, Gathered, Kept, gather
from coordinator.services.planning.plans import plan_of, policy_for
from coordinator.services.planning.wishes import is_of_before, wishes_kept


class Lack(Enum):
    """What there has to be before anything can be planned."""

    NOTHING = "nothing lacks"
    FAMILIES = "no families"
    DONORS = "no donors"
    NEED = "nobody in need"
    MILK = "no free milk"


@dataclass(frozen=True, slots=True)
class Ground:
    """What plans are made from, until data change: gathered once, solved as often as wishes change.

    ``counter`` is what ``Database.change_counter`` was before it was gathered. ``held`` are
    the codes of the holds there were. ``places`` are by code.
    """

    asked: Asked
    gathered: Gathered
    policy: PlanPolicy
    counter: int
    held: frozenset[str] = frozenset()
    lack: Lack = Lack.NOTHING
    places: Mapping[str, Position] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the plan on screen stands: the wishes and weights kept now, and whether data have changed since.

    ``held`` is what was put on hold since, by lot and family.
    """

    wishes: Wishes
    policy: PlanPolicy
    is_of_before: bool
    held: frozenset[Key] = frozenset()


def ground_of(database: Database, asked: Asked, today: date, kept: Kept | None = None) -> Ground:
    """Return what plans are made from on *today*; *kept* is what was judged before."""
    counter = database.change_counter()
    policy = policy_for(asked, database)
    gathered = gather(database, asked, policy, today, kept)
    with database.reading() as session:
        donors = [(row.code, _place(home)) for row, home in current_donors(session)]
        families = [(row.code, _place(home)) for row, home in current_recipients(session)]
    places = {code: place for code, place in (*donors, *families) if place is not None}
    lack = _lack(gathered, any_donors=bool(donors), any_families=bool(families))
    held = frozenset(hold.code for hold in holds(database, today))
    return Ground(asked, gathered, policy, counter, held, lack, places)


def _place(home: HouseholdRow) -> Position | None:
    return to_position(home.latitude_deg, home.longitude_deg, home.precision)


def _lack(gathered: Gathered, *, any_donors: bool, any_families: bool) -> Lack:
    if not any_families:
        return Lack.FAMILIES
    if not any_donors:
        return Lack.DONORS
    if not gathered.network.babies:
        return Lack.NEED
    is_served = any(baby.lacks_oz > 0 and not baby.hindered for baby in gathered.network.babies)
    is_free = any(lot.free_oz > 0 for lot in gathered.network.lots)
    return Lack.MILK if is_served and not is_free else Lack.NOTHING


def plan_on(
    ground: Ground,
    wishes: Wishes,
    before: Mapping[Key, float],
    *,
    first: Callable[[Plan], None] | None = None,
    watch: Watch = go_on,
) -> Plan:
    """Return the best plan on *ground* by *wishes*, with as little as can be changed of the one *before*.

    Who has to be rung for what is pinned is rung in any case, and is one of the calls there is time for.
    """
    network = ground.gathered.network
    wanted = replace(possible(wishes, network), before=dict(before))
    pinned = homes_of_pins(wanted, network)
    wanted = replace(wanted, rung_anyway=wanted.rung_anyway | pinned)
    asked = replace(ground.asked, calls=max(ground.asked.calls - len(pinned), 0))
    return plan_of(ground.gathered, asked, ground.policy, wanted, first=first, watch=watch)


def standing_of_plan(database: Database, ground: Ground, today: date) -> Standing:
    """Return how a plan made on *ground* stands on *today*."""
    is_old = is_of_before(database, ground.counter)
    new = [hold for hold in holds(database, today) if hold.code not in ground.held] if is_old else []
    held = frozenset((hold.lot_code, hold.recipient_code) for hold in new)
    return Standing(wishes_kept(database), policy_for(ground.asked, database), is_old, held)
