"""One cell of a table: its text, and its value where the file has a type for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

TypedValue = date | datetime | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` as it stood (a number or date in plain form), ``value`` when the file gave a type.

    ``error`` is what a spreadsheet program shows where a formula failed (``#N/A``); the cell is blank then.
    """

    text: str = ""
    value: TypedValue = None
    error: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands in it."""
        return not self.text.strip()
