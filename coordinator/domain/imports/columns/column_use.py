"""How one column is read: what its heading says about every cell below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What a bare number below a heading counts."""

    OUNCES = "oz"
    MILLILITRES = "ml"
    LITRES = "l"
    GALLONS = "gal"
    QUARTS = "qt"
    CUBIC_FEET = "cu ft"
    POUNDS = "lb"
    KILOGRAMS = "kg"
    MILES = "mi"
    KILOMETRES = "km"
    MINUTES = "min"
    HOURS = "h"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    UNCLEAR = "?"
    """The heading names several, and a bare number may be any of them: it is asked."""
    OR_BAGS = "bags?"
    """The heading lets her count ounces or bags: a bare number is asked."""


class Unclear(StrEnum):
    """Which bare answers below a heading say nothing by themselves."""

    NOTHING = ""
    NO = "no"
    YES_AND_NO = "both"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column that a field is read from. A field may have several, the one that counts most first.

    Args:
        index: The column.
        unit: What a number without a unit counts, when the heading says so ("How much milk (mL)?").
        yes_means_no: "Are you dairy-free?" for dairy, "nonsmoker" for nicotine.
        unclear: Which bare answers say nothing by themselves: no where a "more than" was asked, both where
            the heading denies in a way that nobody can be sure of ("I do not drink", "Dairy allergy?").
        is_age: The cell tells how old somebody is, not when the birth was.
        is_detail: "If yes, please specify": an answer here counts as yes to the question.
        option: The answer that a tick stands for, where each choice has a column of its own.
        is_added: It goes on with the first column, as a second line of the address does.
        part: What to say before the cell: the day in ``Availability [Monday]``.
        limit: What "yes" reaches at least, as the heading says it ("Can you lift 25 lb?").
        shared: The other fields the same cell answers ("Do you smoke, drink or use cannabis?").
    """

    index: int
    unit: Unit | None = None
    yes_means_no: bool = False
    unclear: Unclear = Unclear.NOTHING
    is_age: bool = False
    is_detail: bool = False
    option: str = ""
    is_added: bool = False
    part: str = ""
    limit: str = ""
    shared: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what differs from a plain column, for storing."""
        plain = ColumnUse(self.index)
        kept = {key: value for key, value in asdict(self).items() if value != getattr(plain, key)}
        return {"index": self.index, **kept}


FieldMapping = Mapping[str, tuple[ColumnUse, ...]]
"""Field key -> the columns it is read from; the first that has words counts, where they are not added."""
GivenMapping = Mapping[str, "int | Sequence[ColumnUse]"]
"""A mapping as somebody chose it: a column alone is read as its heading says."""


def columns_of(mapping: FieldMapping) -> dict[int, str]:
    """Return the field each column is read as; of a cell that answers several, the first."""
    found: dict[int, str] = {}
    for key, uses in mapping.items():
        for use in uses:
            found.setdefault(use.index, key)
    return found


def read_stored(stored: object) -> tuple[ColumnUse, ...]:
    """Return the columns of a field as they are stored: a number, as it was once, or a list."""
    if isinstance(stored, int):
        return (ColumnUse(stored),)
    return tuple(_read_use(one) for one in stored) if isinstance(stored, list) else ()


def _read_use(stored: Mapping[str, Any]) -> ColumnUse:
    known = {field.name for field in fields(ColumnUse)}
    kept = {key: value for key, value in stored.items() if key in known}
    if "unit" in kept:
        kept["unit"] = Unit(kept["unit"])
    if "unclear" in kept:
        kept["unclear"] = Unclear(kept["unclear"])
    if "shared" in kept:
        kept["shared"] = tuple(kept["shared"])
    return ColumnUse(**kept)


def stored_uses(uses: Iterable[ColumnUse]) -> list[dict[str, Any]]:
    """Return the columns of a field as they are stored."""
    return [use.as_json() for use in uses]
