"""What both spreadsheet readers hand over, and the limits both keep."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.domain.text import storable
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ROWS = 20_000
MAX_COLUMNS = 300


class UnreadableFileError(UserError):
    """The file is not a spreadsheet this program reads; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """All filled rows of one sheet, title rows included; each without the empty cells at its end."""

    rows: list[SourceRow]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    notices: tuple[Saying, ...] = ()


def within_limits(rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
    """Yield the rows that hold anything, their texts storable, without the empty cells at their ends.

    Raises:
        UnreadableFileError: As soon as there are too many rows, or one is too wide.
    """
    count = 0
    for row in rows:
        width = max((index + 1 for index, cell in enumerate(row.cells) if not cell.is_blank), default=0)
        count += width > 0
        if count > MAX_ROWS:
            raise UnreadableFileError(
                saying(
                    "This file has more than {rows:,} rows. Split it, then import each part.", rows=MAX_ROWS
                )
            )
        if width > MAX_COLUMNS:
            raise UnreadableFileError(
                saying(
                    "This file has more than {columns} columns. Remove those not needed.", columns=MAX_COLUMNS
                )
            )
        if width:
            yield replace(row, cells=tuple(_storable(cell) for cell in row.cells[:width]))


def _storable(cell: Cell) -> Cell:
    text = storable(cell.text)
    return cell if text == cell.text else replace(cell, text=text)
