"""Milk that families fetch themselves on a day: a pickup of their own for each donor and family."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import next_code
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.pickups import PickupRow
from coordinator.domain.codes import CodeLetter
from coordinator.domain.pickups.plans import PickupKind
from coordinator.errors import NotFoundError
from coordinator.services.pickups import stops
from coordinator.services.pickups.loading import load_in


def collected_in(session: Session, on: date, holds: Collection[str], today: date) -> tuple[str, ...]:
    """Plan in the caller's transaction that families fetch these *holds* on a day; return the pickups' codes.

    Raises:
        NotFoundError: If there is no such hold.
        PairPausedError, UserError: If one of them cannot travel.
    """
    wanted = dict.fromkeys(code.upper() for code in holds)
    if not wanted:
        return ()
    found = held_milk(session, HoldRow.code.in_(wanted))
    missing = set(wanted) - {one.hold.code for one in found}
    if missing:
        raise NotFoundError(min(missing))
    pairs: dict[tuple[int, int], list[HeldMilk]] = {}
    for one in sorted(found, key=lambda one: one.hold.code):
        pairs.setdefault((one.donor_household_id, one.recipient_household_id), []).append(one)
    return tuple(_planned(session, on, held, today) for held in pairs.values())


def _planned(session: Session, on: date, held: list[HeldMilk], today: date) -> str:
    row = PickupRow(code=next_code(session, CodeLetter.PICKUP), kind=PickupKind.FAMILY_COLLECTS, on_day=on)
    session.add(row)
    session.flush()
    for one in held:
        load_in(session, row, one.hold.code, today)
    stops.sync_stops(session, row, reorder=True)
    return row.code
