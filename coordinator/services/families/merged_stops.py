"""The stops of pickups while two families become one, and while they become two again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.holds import GIVER, TAKER, HeldMilk, held_milk
from coordinator.db.pickups import LoadRow, PickupRow, StopRow, stops_of
from coordinator.domain.families.merging import common_window
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.records.balance import stops_needed
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.families.merged_rows import STOPS, Entry, Moves, all_stops, put_stops
from coordinator.services.families.removing import listed
from coordinator.services.pickups import stops

Way = tuple[int, int]
"""From whose home to whose."""


class OnAPickupError(UserError):
    """Milk of the two families is planned to travel; ``codes`` names the pickups."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(
            plural(
                "Their milk travels with {pickups}, and its stops change when they are two families again. "
                "Look at {pickups} first, or take the two apart all the same.",
                "Their milk travels with {pickups}, and their stops change when they are two families again. "
                "Look at {pickups} first, or take the two apart all the same.",
                len(codes),
                pickups=listed(codes),
            )
        )
        self.codes = codes


def join_stops(
    session: Session, moves: Moves, kept_id: int, merged_id: int, work: Callable[[], None]
) -> None:
    """Do the *work* that makes two families one, and make two stops at one door one."""
    query = sa.select(StopRow.pickup_id).where(StopRow.household_id == merged_id).distinct()
    pickups = [session.get_one(PickupRow, pickup_id) for pickup_id in session.scalars(query)]
    before = {row.id: all_stops(session, row.id) for row in pickups}
    shortest = {row.id for row in pickups if is_to_order(session, row)}
    work()
    for pickup in pickups:
        _join(session, pickup, kept_id, merged_id)
        if pickup.id in shortest:
            stops.order_again(session, pickup)
        moves.stops(pickup.id, before[pickup.id])


def is_to_order(session: Session, pickup: PickupRow) -> bool:
    """Whether the program puts the stops in order: nobody has moved one, and the run is still to come."""
    return pickup.state is PickupState.PLANNED and stops.is_shortest(session, pickup)


def _join(session: Session, pickup: PickupRow, kept_id: int, merged_id: int) -> None:
    rows = stops_of(session, pickup.id)
    for kind in StopKind:
        own = next((row for row in rows if (row.kind, row.household_id) == (kind, kept_id)), None)
        other = next((row for row in rows if (row.kind, row.household_id) == (kind, merged_id)), None)
        if other is None:
            continue
        if own is None:
            other.household_id = kept_id
            continue
        own.window_from, own.window_to = common_window(
            (own.window_from, own.window_to), (other.window_from, other.window_to)
        )
        # A pick-up comes before all that it gives, a drop after all that it gets.
        at = sorted((rows.index(own), rows.index(other)))
        rows.remove(own)
        rows.remove(other)
        rows.insert(at[1] - 1 if kind is StopKind.DROP else at[0], own)
        session.delete(other)
        session.flush()
    stops.number(rows)


@dataclass
class Carried:
    """What travels for a family while it is one: the way of each hold, the pickups, and which to order."""

    session: Session
    kept_id: int
    ways: dict[int, tuple[PickupRow, Way]] = field(init=False)
    shortest: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.ways = dict(self._ways())
        pickups = {pickup.id: pickup for pickup, _ in self.ways.values()}
        self.shortest = {row.id for row in pickups.values() if is_to_order(self.session, row)}

    def _ways(self) -> Iterator[tuple[int, tuple[PickupRow, Way]]]:
        theirs = sa.or_(GIVER.id == self.kept_id, TAKER.id == self.kept_id)
        held = held_milk(self.session, LoadRow.id.is_not(None), theirs)
        query = sa.select(LoadRow.hold_id, PickupRow).join(PickupRow, PickupRow.id == LoadRow.pickup_id)
        query = query.where(LoadRow.hold_id.in_([one.id for one in held]))
        pickups = {hold_id: pickup for hold_id, pickup in self.session.execute(query)}  # noqa: C416 - rows
        for one in held:
            yield one.id, (pickups[one.id], _way(one))

    def changed(self) -> list[PickupRow]:
        """Return the pickups of which a hold now has another way, by code."""
        now = {one.id: _way(one) for one in held_milk(self.session, LoadRow.hold_id.in_(self.ways))}
        found = {pickup.id: pickup for hold, (pickup, way) in self.ways.items() if now[hold] != way}
        return sorted(found.values(), key=lambda row: row.code)


def divide_stops(
    session: Session, carried: Carried, moved: Iterable[Entry], kept_id: int, merged_id: int
) -> None:
    """Make the stops what the holds need now that one family is two; as before the merge where that fits."""
    entries = {entry[1]: entry for entry in moved if entry[2] == STOPS}
    for pickup_id, (_, _, _, before, after) in entries.items():
        pickup = session.get_one(PickupRow, pickup_id)
        if all_stops(session, pickup_id) == after and _fits(session, pickup, before):
            put_stops(session, pickup_id, before)
    relinked = {entry[1] for entry in moved if entry[0] == StopRow.__tablename__}
    query = sa.select(PickupRow).join(StopRow, StopRow.pickup_id == PickupRow.id)
    rows = [*carried.changed(), *session.scalars(query.where(StopRow.id.in_(relinked)))]
    for pickup in {row.id: row for row in rows}.values():
        if pickup.state is PickupState.CANCELLED or _fits(session, pickup, all_stops(session, pickup.id)):
            continue
        _divide(session, pickup, {kept_id, merged_id})
        if pickup.id in carried.shortest:
            stops.order_again(session, pickup)


def refuse_two_families(pickups: Iterable[PickupRow], session: Session) -> None:
    """Raise if a pickup that may serve one family only would serve two."""
    for pickup in pickups:
        ways = {_way(one) for one in held_milk(session, LoadRow.pickup_id == pickup.id)}
        if pickup.kind is not PickupKind.RUN and len(ways) > 1:
            raise UserError(_two_families(pickup))


def _two_families(pickup: PickupRow) -> Saying:
    if pickup.state is PickupState.PLANNED:
        return saying(
            "{pickup} carries milk of both, and only a volunteer run serves several families: take one of "
            "their holds off it first.",
            pickup=pickup.code,
        )
    return saying(
        "{pickup} carries milk of both, and only a volunteer run serves several families: undo what {done} "
        "it first.",
        pickup=pickup.code,
        done=pickup.state.words,
    )


def _fits(session: Session, pickup: PickupRow, rows: list[dict[str, Any]]) -> bool:
    if pickup.state is PickupState.CANCELLED:
        return True
    have = [(row["kind"], row["household_id"]) for row in rows]
    return sorted(have) == sorted((kind.value, home) for kind, home in _needed(session, pickup))


def _needed(session: Session, pickup: PickupRow) -> dict[tuple[StopKind, int], None]:
    held = held_milk(session, LoadRow.pickup_id == pickup.id)
    return stops_needed(pickup.kind, [_way(one) for one in held])


def _divide(session: Session, pickup: PickupRow, homes: set[int]) -> None:
    """Give each family its own stop, at the place and in the hours of the one they shared."""
    needed = _needed(session, pickup)
    rows = stops_of(session, pickup.id)
    have = {(row.kind, row.household_id) for row in rows}
    for kind, home in needed:
        shared = next((row for row in rows if row.kind is kind and row.household_id in homes), None)
        if (kind, home) in have or home not in homes or shared is None:
            continue
        if (kind, shared.household_id) not in needed:
            shared.household_id = home
            continue
        own = StopRow(
            pickup_id=pickup.id,
            household_id=home,
            kind=kind,
            place=shared.place,
            window_from=shared.window_from,
            window_to=shared.window_to,
        )
        session.add(own)
        rows.insert(rows.index(shared) + 1, own)
    stops.number(rows)
    session.flush()
    stops.sync_stops(session, pickup, reorder=False)


def _way(one: HeldMilk) -> Way:
    return one.donor_household_id, one.recipient_household_id
