"""The books of what an action touched, read in its own transaction: lots, pickups and families.

Columns, not entities, and only what changed rows point to: an action that moves a phone number reads nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.audit import AuditChangeRow, AuditValueRow, Change, touched_rows
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow, StopRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements import HoldState
from coordinator.domain.books import (
    Broken,
    FamilyBook,
    HoldBook,
    LoadBook,
    LotBook,
    PickupBook,
    broken_of_family,
    broken_of_lot,
    broken_of_pickup,
)
from coordinator.domain.pickups import PickupState, StopKind

_AT_ONCE = 1000
"""Ids in one query: fewer than either database takes."""

_Role = type[DonorRow] | type[RecipientRow] | type[DriverRow]
_ROLES: Mapping[str, _Role] = {"donor": DonorRow, "recipient": RecipientRow, "driver": DriverRow}
Book = TypeVar("Book")
IdColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


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
    found.lots = _ids(rows, "lot", "id") | _ids(rows, "hold", "lot_id")
    found.pickups = _ids(rows, "pickup", "id")
    for table in ("pickup_load", "stop", "delivery"):
        found.pickups |= _ids(rows, table, "pickup_id")
    moved = {table: _moved_roles(rows, table) for table in _ROLES}
    found.families = _moved_families(rows)
    for table, role in _ROLES.items():
        found.families |= _column(session, role.household_id, role.id, moved[table])
    found.lots |= _column(session, LotRow.id, LotRow.donor_id, moved["donor"])
    holds |= _column(session, HoldRow.id, HoldRow.recipient_id, moved["recipient"])
    if moved["donor"]:
        holds |= _column(session, HoldRow.id, HoldRow.lot_id, found.lots)
    found.lots |= _column(session, HoldRow.lot_id, HoldRow.id, holds)
    found.pickups |= _column(session, LoadRow.pickup_id, LoadRow.hold_id, holds)
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
    for row in (AgreementRow, DeliveryRow, LoadRow):
        found[row.__tablename__] = _column(session, row.id, row.hold_id, holds)
    for on_it in (DeliveryRow, LoadRow, StopRow):
        ids = _column(session, on_it.id, on_it.pickup_id, of.pickups)
        found.setdefault(on_it.__tablename__, set()).update(ids)
    for role in _ROLES.values():
        found[role.__tablename__] = _column(session, role.id, role.household_id, of.families)
    for table, row_id in of.rows:
        found.setdefault(table, set()).add(row_id)
    return found


def lot_books(session: Session, lot_ids: Iterable[int]) -> list[LotBook]:
    """Return the books of the lots with *lot_ids*."""
    return list(_in_parts(session, lot_ids, _lot_books))


def pickup_books(session: Session, pickup_ids: Iterable[int]) -> list[PickupBook]:
    """Return the books of the pickups with *pickup_ids*."""
    return list(_in_parts(session, pickup_ids, _pickup_books))


def family_books(session: Session, household_ids: Iterable[int]) -> list[FamilyBook]:
    """Return the books of the households with *household_ids*."""
    return list(_in_parts(session, household_ids, _family_books))


def _lot_books(session: Session, lot_ids: list[int]) -> Iterator[LotBook]:
    holds = _holds(session, lot_ids)
    query = sa.select(
        LotRow.id,
        LotRow.code,
        LotRow.volume,
        LotRow.bags,
        LotRow.expressed_from,
        LotRow.expressed_to,
        LotRow.archived_on,
        DonorRow.code.label("donor_code"),
        DonorRow.archived_on.label("donor_removed_on"),
    ).join(DonorRow, DonorRow.id == LotRow.donor_id)
    for row in session.execute(query.where(LotRow.id.in_(lot_ids)).order_by(LotRow.code)):
        yield LotBook(
            row.code,
            row.volume,
            row.bags,
            row.expressed_from,
            row.expressed_to,
            row.archived_on,
            row.donor_code,
            row.donor_removed_on,
            tuple(holds.get(row.id, ())),
        )


def _holds(session: Session, lot_ids: list[int]) -> dict[int, list[HoldBook]]:
    """Return the holds by lot; a released one only if a delivery names it."""
    query = (
        sa.select(
            HoldRow.lot_id,
            HoldRow.code,
            HoldRow.state,
            HoldRow.volume,
            HoldRow.bags,
            HoldRow.only_from,
            HoldRow.made_on,
            HoldRow.expires_on,
            AgreementRow.donor_yes_on,
            AgreementRow.family_yes_on,
            RecipientRow.code.label("family_code"),
            RecipientRow.archived_on.label("family_removed_on"),
            PickupRow.code.label("pickup_code"),
            DeliveryRow.delivered,
            DeliveryRow.left_behind,
            DeliveryRow.lost,
            DeliveryRow.bags.label("gone_bags"),
        )
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .outerjoin(AgreementRow, AgreementRow.hold_id == HoldRow.id)
        .outerjoin(DeliveryRow, DeliveryRow.hold_id == HoldRow.id)
        .outerjoin(LoadRow, LoadRow.hold_id == HoldRow.id)
        .outerjoin(
            PickupRow, sa.and_(PickupRow.id == LoadRow.pickup_id, PickupRow.state == PickupState.PLANNED)
        )
        .where(HoldRow.lot_id.in_(lot_ids))
        .where(sa.or_(HoldRow.state != HoldState.RELEASED, DeliveryRow.id.is_not(None)))
        .order_by(HoldRow.code)
    )
    found: dict[int, list[HoldBook]] = {}
    for row in session.execute(query):
        found.setdefault(row.lot_id, []).append(_hold_book(row))
    return found


def _hold_book(row: sa.Row[*tuple[Any, ...]]) -> HoldBook:
    is_delivered = row.delivered is not None
    return HoldBook(
        row.code,
        row.state,
        row.volume,
        row.bags,
        row.only_from,
        row.made_on,
        row.expires_on,
        row.donor_yes_on,
        row.family_yes_on,
        row.family_code,
        row.family_removed_on,
        row.pickup_code or "",
        **({"came": row.delivered, "stayed": row.left_behind, "lost": row.lost} if is_delivered else {}),
        gone_bags=row.gone_bags,
    )


def _pickup_books(session: Session, pickup_ids: list[int]) -> Iterator[PickupBook]:
    loads, stops = _loads(session, pickup_ids), _stops(session, pickup_ids)
    query = sa.select(
        PickupRow.id,
        PickupRow.code,
        PickupRow.kind,
        PickupRow.state,
        DriverRow.code.label("volunteer"),
        DriverRow.archived_on,
    ).outerjoin(DriverRow, DriverRow.id == PickupRow.driver_id)
    for row in session.execute(query.where(PickupRow.id.in_(pickup_ids)).order_by(PickupRow.code)):
        yield PickupBook(
            row.code,
            row.kind,
            row.state,
            row.volunteer or "",
            row.archived_on,
            tuple(loads.get(row.id, ())),
            tuple((kind, household) for kind, household, _ in stops.get(row.id, ())),
            tuple(place for *_, place in stops.get(row.id, ())),
        )


def _loads(session: Session, pickup_ids: list[int]) -> dict[int, list[LoadBook]]:
    """Return what travels with the pickups, and what they delivered, by pickup and hold."""
    delivered = dict[tuple[int, int], bool]()
    query = sa.select(DeliveryRow.pickup_id, DeliveryRow.hold_id).where(DeliveryRow.pickup_id.in_(pickup_ids))
    for pickup_id, hold_id in session.execute(query):
        delivered[pickup_id, hold_id] = False
    query = sa.select(LoadRow.pickup_id, LoadRow.hold_id).where(LoadRow.pickup_id.in_(pickup_ids))
    loaded = {(pickup_id, hold_id) for pickup_id, hold_id in session.execute(query)}
    homes = _homes(session, {hold_id for _, hold_id in [*delivered, *loaded]})
    found: dict[int, list[LoadBook]] = {}
    for key in sorted({*delivered, *loaded}):
        pickup_id, hold_id = key
        code, state, giver, taker = homes[hold_id]
        book = LoadBook(code, state, giver, taker, key in loaded, key in delivered)
        found.setdefault(pickup_id, []).append(book)
    return found


def _homes(session: Session, hold_ids: set[int]) -> dict[int, tuple[str, HoldState, int, int]]:
    giver, taker = aliased(DonorRow), aliased(RecipientRow)
    query = (
        sa.select(HoldRow.id, HoldRow.code, HoldRow.state, giver.household_id, taker.household_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(giver, giver.id == LotRow.donor_id)
        .join(taker, taker.id == HoldRow.recipient_id)
        .where(HoldRow.id.in_(hold_ids))
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(query)} if hold_ids else {}


def _stops(session: Session, pickup_ids: list[int]) -> dict[int, list[tuple[StopKind, int, int]]]:
    query = sa.select(StopRow.pickup_id, StopRow.kind, StopRow.household_id, StopRow.place)
    found: dict[int, list[tuple[StopKind, int, int]]] = {}
    for pickup_id, kind, home, place in session.execute(query.where(StopRow.pickup_id.in_(pickup_ids))):
        found.setdefault(pickup_id, []).append((kind, home, place))
    return found


def _family_books(session: Session, household_ids: list[int]) -> Iterator[FamilyBook]:
    living = {table: _living_codes(session, role, household_ids) for table, role in _ROLES.items()}
    into = aliased(HouseholdRow)
    query = sa.select(HouseholdRow.id, HouseholdRow.merged_into_id, into.merged_into_id.label("beyond"))
    query = query.outerjoin(into, into.id == HouseholdRow.merged_into_id)
    for row in session.execute(query.where(HouseholdRow.id.in_(household_ids))):
        donors, recipients, drivers = (tuple(living[table].get(row.id, ())) for table in _ROLES)
        is_merged, is_twice = row.merged_into_id is not None, row.beyond is not None
        yield FamilyBook(row.id, donors, recipients, drivers, is_merged, is_twice)


def _living_codes(session: Session, role: _Role, household_ids: list[int]) -> dict[int, list[str]]:
    query = sa.select(role.household_id, role.code).where(role.household_id.in_(household_ids))
    found: dict[int, list[str]] = {}
    for household_id, code in session.execute(query.where(role.archived_on.is_(None)).order_by(role.code)):
        found.setdefault(household_id, []).append(code)
    return found


def _in_parts(
    session: Session, ids: Iterable[int], read: Callable[[Session, list[int]], Iterator[Book]]
) -> Iterator[Book]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from read(session, ordered[start : start + _AT_ONCE])


def _column(session: Session, wanted: IdColumn, by: IdColumn, ids: set[int]) -> set[int]:
    """Return the column *wanted* of the rows whose column *by* is among *ids*."""

    def read(session: Session, part: list[int]) -> Iterator[int | None]:
        yield from session.scalars(sa.select(wanted).where(by.in_(part)))

    return {one for one in _in_parts(session, ids, read) if one is not None}


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
