"""A sheet that comes back: which pickup it is of, and what changed since it was printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.holds import held_milk
from coordinator.db.pickups import LoadRow, PickupRow, second_drivers, stops_of
from coordinator.domain.families.households import first_name
from coordinator.domain.paper.sheet_numbers import FoundSheet, SheetNumber
from coordinator.domain.pickups.plans import Pickup
from coordinator.sayings import Saying
from coordinator.services.pickups.reading import loaded, to_pickup

_NAME: Final = "on_paper"
_ON_PAPER: Final = {
    "household": frozenset(
        {_NAME, "phone", "street", "town", "state", "zip_code", "latitude_deg", "longitude_deg"}
        | {"driver_note", "preferred_contact"}
    ),
    "pickup": frozenset(
        {"kind", "on_day", "starts_at", "driver_id", "meeting_place", "lunch_at", "lunch_minutes"}
    ),
    "hold": frozenset({"volume", "bags", "only_from"}),
    "driver": frozenset({"coolers_qt", "lift_lb"}),
    "carrier": frozenset({_NAME, "latitude_deg", "longitude_deg"}),
}
"""What a sheet shows of each; a family merely spoken with, or a run settled, changes no paper."""
_PRINTED: Final = "sheet.printed"
_OF_THE_PICKUP: Final = {
    "stop": frozenset({"pickup_id", "household_id", "kind", "place", "window_from", "window_to"}),
    "pickup_load": frozenset({"pickup_id", "hold_id"}),
    "second_driver": frozenset({"pickup_id", "driver_id"}),
}
"""What it shows of the rows that belong to a pickup: not when a driver came, which is written down after."""


def printed_sheet(database: Database, number: SheetNumber, today: date) -> FoundSheet:
    """Return the pickup of a sheet, with what was changed of it since that printing.

    Raises:
        NotFoundError: If there is no such pickup.
    """
    with database.reading() as session:
        row = by_code(session, PickupRow, number.pickup_code)
        pickup = to_pickup(loaded(session, row, today))
        printed = None if number.printing is None else _printing(session, row, number)
        since = () if printed is None else tuple(_since(session, row, printed))
        return FoundSheet(number, pickup, since)


def _printing(session: Session, row: PickupRow, number: SheetNumber) -> int | None:
    """Return the action that noted this printing, the last one if it was undone and printed again."""
    query = (
        sa.select(AuditRow.id, AuditValueRow.after)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditRow.kind == _PRINTED, AuditChangeRow.table == "pickup", AuditChangeRow.row_id == row.id)
        .order_by(AuditRow.id.desc())
    )
    found = session.execute(query)
    return next((action for action, after in found if _read(after).get("prints") == number.printing), None)


def _since(session: Session, row: PickupRow, printed: int) -> Iterator[Saying]:
    """Yield the actions after *printed* that changed what stands on the sheet, each once, oldest first.

    What was changed and is again as it was when printed is not told: the sheet is good.
    """
    drivers = _drivers(session, row)
    ids = {
        "pickup": {row.id},
        "driver": set(drivers),
        "household": {stop.household_id for stop in stops_of(session, row.id)},
        "carrier": set(drivers.values()),
        "hold": {one.id for one in held_milk(session, LoadRow.pickup_id == row.id)},
    }
    query = (
        sa.select(AuditRow, AuditChangeRow, AuditValueRow)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditRow.id > printed, AuditChangeRow.table.in_((*_ON_PAPER, *_OF_THE_PICKUP)))
        .order_by(AuditRow.id, AuditChangeRow.id)
    )
    told: dict[int, Saying] = {}
    changed: dict[tuple[str, int], _Row] = {}
    for action, change, values in session.execute(query):
        before, after = _read(values.before), _read(values.after)
        what = change.table
        if what == "household" and change.row_id not in ids[what]:
            what = "carrier"
        if what in ids:
            is_of_it = change.row_id in ids[what]
        else:
            is_of_it = row.id in (before.get("pickup_id"), after.get("pickup_id"))
        if is_of_it and _differs(what, before, after):
            told[action.id] = action.said
            found = changed.setdefault((what, change.row_id), _Row(before, after, []))
            found.after = after
            found.actions.append(action.id)
    kept = {
        action
        for (what, _), one in changed.items()
        if _differs(what, one.before, one.after)
        for action in one.actions
    }
    yield from (said for action, said in told.items() if action in kept)


@dataclass(slots=True)
class _Row:
    """A row as it was at the printing and as it is now: what was taken back changes no paper."""

    before: dict[str, Any]
    after: dict[str, Any]
    actions: list[int]


def _drivers(session: Session, row: PickupRow) -> dict[int, int]:
    """Return the households of who drives and who comes along, by the volunteers' ids."""
    ids = {row.driver_id, *second_drivers(session, [row.id]).values()}
    query = sa.select(DriverRow).where(DriverRow.id.in_(ids - {None}))
    return {one.id: one.household_id for one in session.scalars(query)}


def _differs(what: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    shown = _ON_PAPER.get(what) or _OF_THE_PICKUP[what]
    return any(before.get(key) != after.get(key) for key in shown)


def _read(values: str | None) -> dict[str, Any]:
    """Return the values of a row as they were stored, with the name that would be printed of it."""
    found = json.loads(values) if values else {}
    if not isinstance(found, dict):
        return {}
    return found | {_NAME: found.get("name_on_paper") or first_name(str(found.get("name") or ""))}


def out_of_date(database: Database, pickup: Pickup, today: date) -> FoundSheet | None:
    """Return the last printing of *pickup* where it no longer holds, with what changed since, else None."""
    if not pickup.changed_since_printed:
        return None
    return printed_sheet(database, SheetNumber(pickup.code, pickup.prints), today)
