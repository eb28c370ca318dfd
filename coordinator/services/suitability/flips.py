"""What a changed fact would flip, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from coordinator.db import facts, milk
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import held_milk
from coordinator.db.milk import LotRow
from coordinator.db.policies import overrulings
from coordinator.db.recipients import current_recipients, to_baby
from coordinator.domain.agreements.holds import Hold, HoldState, still_counts
from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import Overruling
from coordinator.domain.suitability.disclosures import Disclosures, disclosures_of
from coordinator.domain.suitability.flips import (
    FactPreview,
    HoldFlip,
    facts_with,
    flip_of,
    flips,
)
from coordinator.domain.suitability.lots import bags_from, verdict_on
from coordinator.domain.suitability.overruling import applying
from coordinator.services.suitability.verdicts import is_own_milk, known_of


def preview_fact(database: Database, donor: str, fact: Fact, today: date) -> FactPreview:
    """Return what would flip if *fact* were recorded: in the place of the one with its id, or a new one.

    Raises:
        NotFoundError: If there is no such donor.
    """
    return preview_fact_change(database, donor, facts_with(_known(database, donor), fact), today)


def preview_fact_change(
    database: Database, donor: str, facts_after: Sequence[Fact], today: date
) -> FactPreview:
    """Return which lots and agreements would flip if a donor's facts became *facts_after*; saves nothing.

    Lots flip for families still looking for milk, so only those with milk free; holds whatever is free. Her
    own family gets none of it, so nothing flips for that.

    Raises:
        NotFoundError: If there is no such donor.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        before = known_of(session, row)
        lots = milk.lots(session, today, row.id).get(row.id, [])
        families = [family for family, _ in current_recipients(session) if not is_own_milk(row, family)]
        babies = {family.code: to_baby(family) for family in families}
        decided, holds = overrulings(session), _holds(session, row, today)
    after = disclosures_of(facts_after, before.policy, before.traits)
    free = [lot for lot in lots if lot.free.microlitres > 0]
    flipped = flips(free, list(babies.items()), before, after, today, decided)
    coded = {lot.code: lot for lot in lots}
    pairs = [(hold, coded[hold.lot_code]) for hold in holds if hold.lot_code in coded]
    found = (
        _hold_flip(hold, lot, babies[hold.recipient_code], (before, after), decided, today)
        for hold, lot in pairs
        if hold.recipient_code in babies
    )
    return FactPreview(row.code, flipped, tuple(one for one in found if one is not None))


def _known(database: Database, donor: str) -> tuple[Fact, ...]:
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        return facts.facts_by_donor(session, row.id).get(row.id, ())


def _holds(session: Session, donor: DonorRow, today: date) -> list[Hold]:
    living = HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED))
    held = [one.hold for one in held_milk(session, LotRow.donor_id == donor.id, living)]
    return [hold for hold in held if still_counts(hold.state, hold.expires_on, today)]


def _hold_flip(
    hold: Hold,
    lot: Lot,
    baby: Baby,
    known: tuple[Disclosures, Disclosures],
    decided: Sequence[Overruling],
    today: date,
) -> HoldFlip | None:
    bags = bags_from(lot, hold.only_from)
    about = applying(decided, hold.recipient_code, lot)
    old, new = (verdict_on(bags, baby, told, today, about) for told in known)
    if old.kind is new.kind:
        return None
    flip = flip_of(lot.code, hold.recipient_code, old, new)
    return HoldFlip(hold.code, flip, hold.state is HoldState.AGREED)
