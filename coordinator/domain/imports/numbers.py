"""Fields that are a plain number, read from what the table of fields says of them."""

from __future__ import annotations

from collections.abc import Mapping

from coordinator.domain.families.fields import NUMBERS
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field
from coordinator.domain.imports.row import RowReader


def read_numbers(row: RowReader, role: Role) -> Mapping[str, float | None]:
    """Return the plain numbers a *role* list asks for, by column."""
    return {field.key: read_number_of(row, field) for field in NUMBERS[role]}


def read_number_of(row: RowReader, field: Field) -> float | None:
    """Return the number of one field; blank or unreadable becomes a question."""
    if not row.text(field.topic):
        row.ask_about(field.topic, field.label)
    return row.number(field.topic, field.label, field.unit, field.limits[1])
