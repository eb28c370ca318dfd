"""Which families an action of the log is about, by a code that is in use."""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditChangeRow, AuditValueRow
from coordinator.db.base import Base
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import StopRow
from coordinator.db.roles import ROLE_TABLES
from coordinator.db.writing import Values

MOST = 12
"""So many rows are looked at, and so many families told: an import is about hundreds."""


def families_of(session: Session, audit_id: int) -> list[tuple[str, str]]:
    """Return code and name of the families that an action touched, at most twelve, in the order of names."""
    change, value = AuditChangeRow, AuditValueRow
    query = (
        sa.select(change.table, change.row_id, value.before, value.after)
        .join(value, value.change_id == change.id)
        .where(change.audit_id == audit_id)
        .order_by(change.id)
        .limit(MOST)
    )
    homes: set[int] = set()
    for table, row_id, before, after in session.execute(query):
        for side in (before, after):
            homes |= _homes(session, table, row_id, json.loads(side) if side else {})
    found = [(code, name) for code, name in (_called(session, home) for home in homes) if code]
    return sorted(found, key=lambda one: one[1].casefold())[:MOST]


def _homes(session: Session, table: str, row_id: int, values: Values) -> set[int]:
    """Return the households that a row belongs to."""
    if table == "household":
        return {row_id}
    homes: set[int] = set()
    for key in Base.metadata.tables[table].foreign_keys:
        points_to = values.get(key.parent.name)
        if points_to is not None:
            homes |= _homes_of(session, key.column.table.name, int(points_to))
    return homes | (_homes_of(session, table, row_id) if table == "pickup" else set())


def _homes_of(session: Session, table: str, row_id: int) -> set[int]:
    if table == "household":
        return {row_id}
    roles = {role.__tablename__: role for role in ROLE_TABLES.values()}
    if table in roles:
        role = roles[table]
        return set(session.scalars(sa.select(role.household_id).where(role.id == row_id)))
    if table == "pickup":
        return set(session.scalars(sa.select(StopRow.household_id).where(StopRow.pickup_id == row_id)))
    if table == "lot" and (lot := session.get(LotRow, row_id)) is not None:
        return _homes_of(session, "donor", lot.donor_id)
    if table == "hold" and (hold := session.get(HoldRow, row_id)) is not None:
        return _homes_of(session, "recipient", hold.recipient_id) | _homes_of(session, "lot", hold.lot_id)
    return set()


def _called(session: Session, home: int) -> tuple[str, str]:
    """Return a code in use and the name of a household, of the one it is part of now; "" if it has none."""
    household = session.get(HouseholdRow, home)
    while household is not None and household.merged_into_id is not None:
        household = session.get(HouseholdRow, household.merged_into_id)
    if household is None:
        return "", ""
    for role in ROLE_TABLES.values():
        query = sa.select(role.code).where(role.household_id == household.id, role.archived_on.is_(None))
        if code := session.scalar(query.order_by(role.id).limit(1)):
            return str(code), household.name
    return "", household.name
