"""A donor, a recipient or a volunteer by its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.donors import DonorRow, donor_by_code
from coordinator.db.drivers import DriverRow, driver_by_code
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow, recipient_by_code
from coordinator.domain.families.households import Role
from coordinator.errors import NotFoundError

RoleRow = DonorRow | RecipientRow | DriverRow
ROLE_TABLES: Mapping[Role, type[RoleRow]] = {
    Role.DONOR: DonorRow,
    Role.RECIPIENT: RecipientRow,
    Role.DRIVER: DriverRow,
}


def role_by_code(session: Session, code: str) -> RoleRow:
    """Return the donor, recipient or driver with *code*.

    Raises:
        NotFoundError: If there is none.
    """
    match code[:1].upper():
        case "D":
            return donor_by_code(session, code)
        case "R":
            return recipient_by_code(session, code)
        case "V":
            return driver_by_code(session, code)
    raise NotFoundError(code)


def living_role(session: Session, code: str) -> RoleRow:
    """Return the donor, recipient or driver with *code*, to write something about.

    Raises:
        NotFoundError: If there is none.
        RemovedError: If it was removed.
    """
    return living(role_by_code(session, code))


def role_rows(session: Session, role: Role, household_id: int | None = None) -> list[RoleRow]:
    """Return the rows of one role, of one household or of all; those in use before archived ones."""
    table: Any = ROLE_TABLES[role]  # SQLAlchemy's types know no union of tables.
    query = sa.select(table).order_by(table.archived_on.is_not(None), table.id)
    if household_id is not None:
        query = query.where(table.household_id == household_id)
    return list(session.scalars(query))
