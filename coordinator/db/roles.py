"""A donor, a recipient or a volunteer by its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.families.households import Role
from coordinator.errors import NotFoundError

RoleRow = DonorRow | RecipientRow | DriverRow
ROLE_TABLES: Mapping[Role, type[RoleRow]] = {
    Role.DONOR: DonorRow,
    Role.RECIPIENT: RecipientRow,
    Role.DRIVER: DriverRow,
}
_BY_LETTER: Mapping[CodeLetter | None, type[RoleRow]] = {
    CodeLetter[role.name]: table for role, table in ROLE_TABLES.items()
}


def role_by_code(session: Session, code: str) -> RoleRow:
    """Return the donor, recipient or driver with *code*.

    Raises:
        NotFoundError: If there is none.
    """
    table = _BY_LETTER.get(letter_of(code))
    if table is None:
        raise NotFoundError(code)
    return by_code(session, table, code)


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
