"""What is stored of a role, as the table of fields has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coordinator.domain.families.fields import ROLE_FIELDS
from coordinator.domain.families.households import Role

if TYPE_CHECKING:
    from coordinator.db.base import Base


def kind_of(row: Base) -> Role:
    """Return which role *row* is; its table has the role's name."""
    return Role(row.__tablename__)


def own_values(row: Base) -> Mapping[str, object]:
    """Return the role's own fields by column."""
    return {key: getattr(row, key) for key in ROLE_FIELDS[kind_of(row)] if hasattr(row, key)}
