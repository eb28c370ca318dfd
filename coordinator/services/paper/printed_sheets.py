"""A sheet that comes back: which pickup it is of, and what changed since it was printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.holds import held_milk
from coordinator.db.pickups import LoadRow, PickupRow, stops_of
from coordinator.domain.paper.sheet_numbers import FoundSheet, SheetNumber
from coordinator.sayings import Saying, saying
from coordinator.services.pickups.reading import loaded, to_pickup

_ON_PAPER: Final = {
    "household": frozenset(
        {"name_on_paper", "phone", "street", "town", "state", "zip_code", "latitude_deg", "longitude_deg"}
        | {"driver_note", "preferred_contact"}
    ),
    "pickup": frozenset(
        {"kind", "on_day", "starts_at", "driver_id", "meeting_place", "lunch_at", "lunch_minutes"}
    ),
    "hold": frozenset({"volume", "bags", "only_from"}),
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
    label = saying("Printed {sheet}", sheet=str(number))
    query = (
        sa.select(AuditRow)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .where(AuditRow.kind == _PRINTED, AuditChangeRow.table == "pickup", AuditChangeRow.row_id == row.id)
        .order_by(AuditRow.id.desc())
    )
    return next((one.id for one in session.scalars(query) if one.said == label), None)


def _since(session: Session, row: PickupRow, printed: int) -> Iterator[Saying]:
    """Yield the actions after *printed* that changed what stands on the sheet, each once, oldest first."""
    ids = {
        "pickup": {row.id},
        "household": {stop.household_id for stop in stops_of(session, row.id)},
        "hold": {one.id for one in held_milk(session, LoadRow.pickup_id == row.id)},
    }
    query = (
        sa.select(AuditRow, AuditChangeRow, AuditValueRow)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditRow.id > printed, AuditChangeRow.table.in_((*ids, *_OF_THE_PICKUP)))
        .order_by(AuditRow.id, AuditChangeRow.id)
    )
    seen: set[int] = set()
    for action, change, values in session.execute(query):
        before, after = _read(values.before), _read(values.after)
        if change.table in ids:
            is_shown = change.row_id in ids[change.table] and _differs(change.table, before, after)
        else:
            is_shown = row.id in (before.get("pickup_id"), after.get("pickup_id")) and _differs(
                change.table, before, after
            )
        if is_shown and action.id not in seen:
            seen.add(action.id)
            yield action.said


def _differs(table: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    shown = _ON_PAPER.get(table) or _OF_THE_PICKUP[table]
    return any(before.get(key) != after.get(key) for key in shown)


def _read(values: str | None) -> dict[str, Any]:
    found = json.loads(values) if values else {}
    return found if isinstance(found, dict) else {}
