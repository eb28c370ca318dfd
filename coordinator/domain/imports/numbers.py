"""Fields that are a plain number, read from what the table of fields says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coordinator.domain.families.fields import NUMBERS
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field
from coordinator.domain.families.typed_fields import Kind
from coordinator.domain.imports.amounts import ANY_AGE, read_months
from coordinator.domain.imports.columns.column_use import Unit
from coordinator.domain.imports.measures import read_measure
from coordinator.domain.imports.row import RowReader


def read_numbers(row: RowReader, role: Role) -> Mapping[str, float | None]:
    """Return the plain numbers a *role* list asks for, by column."""
    return {field.key: read_number_of(row, field) for field in NUMBERS[role]}


def read_number_of(row: RowReader, field: Field) -> float | None:
    """Return the number of one field; unreadable becomes a question, and so does blank if it is asked."""
    if field.kind is Kind.MONTHS:
        return _months(row, field)
    if field.is_asked and not row.text(field.topic):
        row.ask_about(field.topic, field.label)
    if field.key in _MEASURED:
        return _measure(row, field, _MEASURED[field.key])
    return row.number(field.topic, field.label, field.unit, field.limits[1])


_MEASURED = {"lift_lb": Unit.POUNDS, "max_miles": Unit.MILES, "max_hours": Unit.HOURS}
"""The unit each of them is kept in."""


def _measure(row: RowReader, field: Field, kept: Unit) -> float | None:
    """Return a figure in the unit it is kept in; yes to a limit that the heading names is that limit."""
    use, text = row.use(field.topic), row.text(field.topic)
    if use.yes_means_no and _NO.fullmatch(text):
        return None  # No limitation: nothing is known of how much, and nothing is to be asked.
    if not text:
        return None
    is_reached = bool(use.limit) and bool(IS_YES.fullmatch(text))
    number = read_measure(use.limit if is_reached else text, kept, use.unit)
    if number is None or not 0 <= number <= field.limits[1] or (use.yes_means_no and not number):
        row.ask_about(field.topic, field.label)
        return None
    number = round(number, 1)
    row.keep(field.topic, f"{number:g}")
    return number


IS_YES = re.compile(r"\W*(?:yes|yep|yeah|y|true|s[ií]|oui|x|✓|✔)\W*", re.IGNORECASE)
"""A bare yes: to a question that names a limit it is that limit."""
_NO = re.compile(r"\W*(?:no|nope|none|n|false|non|0)\W*", re.IGNORECASE)


def _months(row: RowReader, field: Field) -> int | None:
    text = row.text(field.topic)
    if not text:
        return None
    if text.casefold().strip(" .!") in ANY_AGE:
        row.keep(field.topic, "any")
        return None
    months, (least, most) = _in_months(row, field, text), field.limits
    if months is None or not least <= months <= most:
        row.ask_about(field.topic, field.label)
        return None
    row.keep(field.topic, str(months))
    return months


def _in_months(row: RowReader, field: Field, text: str) -> int | None:
    """Return an age in months; weeks and days are not counted into months: how many would be a guess."""
    unit, is_bare = row.use(field.topic).unit, not re.search(r"[^\W\d_]", text)
    if not is_bare or unit in {None, Unit.MONTHS}:
        return read_months(text)
    months = read_months(text) if unit is Unit.YEARS else None
    return None if months is None else months * 12
