"""The books of what an action touched, read in its own transaction: lots, pickups and families.

Columns, not entities, and only what changed rows point to: an action that moves a phone number reads nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from coordinator.db.agreements import AgreementRow, HoldContactRow, HoldRow
from coordinator.db.asked_after import AskedAfterRow
from coordinator.db.audit import AuditChangeRow, AuditValueRow, touched_rows
from coordinator.db.book_reading import IDS, family_books, in_parts, lines, lot_books, pickup_books
from coordinator.db.choices import ChoiceRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.fates import FateRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow, StopRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.writing import Change
from coordinator.domain.records.balance import Broken, broken_of_family, broken_of_lot, broken_of_pickup

_Role = type[DonorRow] | type[RecipientRow] | type[DriverRow]
_ROLES: Mapping[str, _Role] = {"donor": DonorRow, "recipient": RecipientRow, "driver": DriverRow}
IdColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]

_WHERE_HOLDS_ARE = (
    sa.select(HoldRow.lot_id, LoadRow.pickup_id)
    .outerjoin(LoadRow, LoadRow.hold_id == HoldRow.id)
    .where(HoldRow.id.in_(IDS))
)


@dataclass
class Touched:
    """Ids of the lots, pickups and families whose books an action may have changed."""

    lots: set[int] = field(default_factory=set)
    pickups: set[int] = field(default_factory=set)
    families: set[int] = field(default_factory=set)
    rows: set[tuple[str, int]] = field(default_factory=set)
    """By table and id, where an action of the history is looked at."""


def touched(session: Session) -> Touched:
    """Return what the rows changed in this transaction belong to, before it and after."""
    return _touched_by(session, touched_rows(session))


def touched_by_action(session: Session, audit_id: int) -> Touched:
    """Return what the rows changed by an action of the history belong to; erased values tell nothing."""
    query = sa.select(
        AuditChangeRow.table, AuditChangeRow.row_id, AuditValueRow.before, AuditValueRow.after
    ).join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
    changes = [
        Change(table, row_id, *(None if side is None else json.loads(side) for side in sides))
        for table, row_id, *sides in session.execute(query.where(AuditChangeRow.audit_id == audit_id))
    ]
    found = _touched_by(session, changes)
    found.rows = {(change.table, change.row_id) for change in changes}
    return found


def _touched_by(session: Session, changes: Iterable[Change]) -> Touched:
    found, rows = Touched(), _by_table(changes)
    holds = _ids(rows, "hold", "id") | _ids(rows, "agreement", "hold_id")
    holds |= _ids(rows, "delivery", "hold_id") | _ids(rows, "pickup_load", "hold_id")
    found.lots = _ids(rows, "lot", "id") | _ids(rows, "hold", "lot_id") | _ids(rows, "lot_fate", "lot_id")
    found.pickups = _ids(rows, "pickup", "id")
    for table in ("pickup_load", "stop", "delivery"):
        found.pickups |= _ids(rows, table, "pickup_id")
    moved = {table: _moved_roles(rows, table) for table in _ROLES}
    found.families = _moved_families(rows)
    takers = _ids(rows, "standing_pair", "recipient_id")
    found.families |= _column(session, RecipientRow.household_id, RecipientRow.id, takers)
    for table, role in _ROLES.items():
        found.families |= _column(session, role.household_id, role.id, moved[table])
    found.lots |= _column(session, LotRow.id, LotRow.donor_id, moved["donor"])
    holds |= _column(session, HoldRow.id, HoldRow.recipient_id, moved["recipient"])
    if moved["donor"]:
        holds |= _column(session, HoldRow.id, HoldRow.lot_id, found.lots)
    for lot_id, pickup_id in in_parts(holds, lambda ids: lines(session, _WHERE_HOLDS_ARE, ids)):
        found.lots.add(lot_id)
        found.pickups.update(() if pickup_id is None else (pickup_id,))
    found.pickups |= _column(session, PickupRow.id, PickupRow.driver_id, moved["driver"])
    return found


def broken(session: Session, of: Touched, today: date) -> tuple[Broken, ...]:
    """Return what does not hold of the lots, pickups and families *of*, as *session* sees them."""
    lots = (one for book in lot_books(session, of.lots) for one in broken_of_lot(book, today))
    pickups = (one for book in pickup_books(session, of.pickups) for one in broken_of_pickup(book))
    families = (one for book in family_books(session, of.families) for one in broken_of_family(book))
    return (*lots, *pickups, *families)


def everything(session: Session) -> Touched:
    """Return every lot, pickup and family there is, for the check of the whole network."""
    return Touched(
        set(session.scalars(sa.select(LotRow.id))),
        set(session.scalars(sa.select(PickupRow.id))),
        set(session.scalars(sa.select(HouseholdRow.id))),
    )


def rows_about(session: Session, of: Touched) -> dict[str, set[int]]:
    """Return the ids of the rows that the books *of* are made from, and of the touched ones, by table."""
    holds = _column(session, HoldRow.id, HoldRow.lot_id, of.lots)
    holds |= _column(session, LoadRow.hold_id, LoadRow.pickup_id, of.pickups)
    found = {"lot": set(of.lots), "pickup": set(of.pickups), "household": set(of.families), "hold": holds}
    for row in (AgreementRow, ChoiceRow, DeliveryRow, HoldContactRow, LoadRow):
        found[row.__tablename__] = _column(session, row.id, row.hold_id, holds)
    found["lot_fate"] = _column(session, FateRow.id, FateRow.lot_id, of.lots)
    asked = AskedAfterRow
    found["asked_after"] = _column(session, asked.id, asked.delivery_id, found["delivery"])
    for on_it in (DeliveryRow, LoadRow, StopRow):
        ids = _column(session, on_it.id, on_it.pickup_id, of.pickups)
        found.setdefault(on_it.__tablename__, set()).update(ids)
    for role in _ROLES.values():
        found[role.__tablename__] = _column(session, role.id, role.household_id, of.families)
    for table, row_id in of.rows:
        found.setdefault(table, set()).add(row_id)
    return found


def _column(session: Session, wanted: IdColumn, by: IdColumn, ids: set[int]) -> set[int]:
    """Return the column *wanted* of the rows whose column *by* is among *ids*."""
    statement = _statement(wanted, by)
    found = in_parts(ids, lambda part: (value for (value,) in lines(session, statement, part)))
    return {value for value in found if value is not None}


@cache
def _statement(wanted: IdColumn, by: IdColumn) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(wanted).where(by.in_(IDS))


def _by_table(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.table, []).append(change)
    return found


def _ids(rows: Mapping[str, list[Change]], table: str, column: str) -> set[int]:
    """Return the column's values in the table's changed rows, before and after."""
    values = (
        side[column] for change in rows.get(table, ()) for side in (change.before, change.after) if side
    )
    return {value for value in values if value is not None}


def _moved_roles(rows: Mapping[str, list[Change]], table: str) -> set[int]:
    """Return the roles that were removed or brought back, or belong to another household now."""
    return {
        change.row_id
        for change in rows.get(table, ())
        if _differs(change, "archived_on") or _differs(change, "household_id")
    }


def _moved_families(rows: Mapping[str, list[Change]]) -> set[int]:
    merged = {change.row_id for change in rows.get("household", ()) if _differs(change, "merged_into_id")}
    for table in _ROLES:
        for change in rows.get(table, ()):
            if _differs(change, "household_id") or _differs(change, "archived_on"):
                merged |= {side["household_id"] for side in (change.before, change.after) if side}
    return merged


def _differs(change: Change, column: str) -> bool:
    before, after = change.before or {}, change.after or {}
    return before.get(column) != after.get(column)
