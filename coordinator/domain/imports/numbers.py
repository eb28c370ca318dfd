"""Fields that are a plain number, read from what the table of fields says of them."""

from __future__ import annotations

from collections.abc import Mapping

from coordinator.domain.families.fields import NUMBERS
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field
from coordinator.domain.families.typed_fields import Kind
from coordinator.domain.imports.amounts import ANY_AGE, read_months
from coordinator.domain.imports.row import RowReader


def read_numbers(row: RowReader, role: Role) -> Mapping[str, float | None]:
    """Return the plain numbers a *role* list asks for, by column."""
    return {field.key: read_number_of(row, field) for field in NUMBERS[role]}


def read_number_of(row: RowReader, field: Field) -> float | None:
    """Return the number of one field; unreadable becomes a question, and so does blank if it is asked."""
    if field.kind is Kind.MONTHS:
        return _months(row, field)
    if field.is_asked and not row.text(field.topic):
        row.ask_about(field.topic, str(field.label))
    return row.number(field.topic, str(field.label), field.unit, field.limits[1])


def _months(row: RowReader, field: Field) -> int | None:
    text = row.text(field.topic)
    if not text:
        return None
    if text.casefold().strip(" .!") in ANY_AGE:
        row.keep(field.topic, "any")
        return None
    months, (least, most) = read_months(text), field.limits
    if months is None or not least <= months <= most:
        row.ask_about(field.topic, str(field.label))
        return None
    row.keep(field.topic, str(months))
    return months
