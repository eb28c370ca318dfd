"""What all spreadsheet readers hand over, the limits they keep, and the door every cell goes through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coordinator.domain.imports.cleaning import Cleaned, cleaned, is_plain
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, plural, saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_CELL_CHARACTERS = 100_000
_EXAMPLES = 3


class UnreadableFileError(UserError):
    """The file is not a spreadsheet this program reads; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """All filled rows of one sheet, title rows included; each without the empty cells at its end.

    ``widths`` is how many cells each record of a text file has, empty ones at its end included. A workbook
    has none: there no cell slips aside.
    """

    rows: list[SourceRow]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    notices: tuple[Saying, ...] = ()
    widths: dict[int, int] = field(default_factory=dict)


class Door:
    """Takes the rows of one sheet in, their cells cleaned; remembers what was mended."""

    def __init__(self) -> None:
        self._mended: list[tuple[int, str, str]] = []
        self._known: dict[Cell, Cleaned] = {}

    def admit(self, rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
        """Yield the rows that hold anything, cleaned, without the empty cells at their ends.

        Raises:
            UnreadableFileError: As soon as there are too many rows, or one is too wide or too long.
        """
        count = 0
        for row in rows:
            cells = tuple(self._clean(row.number, cell) for cell in row.cells)
            width = max(
                (at + 1 for at, cell in enumerate(cells) if not cell.is_blank or cell.error), default=0
            )
            count += width > 0
            if count > MAX_ROWS:
                raise too_many_rows()
            if width > MAX_COLUMNS:
                raise too_many_columns()
            if width:
                yield replace(row, cells=cells[:width])

    @property
    def notices(self) -> tuple[Saying, ...]:
        """What was mended, with examples."""
        if not self._mended:
            return ()
        examples = (
            saying("“{old}” is “{new}” (row {row})", old=old, new=new, row=row)
            for row, old, new in self._mended[:_EXAMPLES]
        )
        return (
            plural(
                "Letters that were saved twice are mended in {n} cell: {examples}",
                "Letters that were saved twice are mended in {n} cells: {examples}",
                len(self._mended),
                examples=joined("; ", examples),
            ),
        )

    def _clean(self, number: int, cell: Cell) -> Cell:
        if not cell.text or (len(cell.text) <= MAX_CELL_CHARACTERS and is_plain(cell.text)):
            return cell
        if len(cell.text) > MAX_CELL_CHARACTERS:
            raise too_long(number)
        found = self._known.get(cell) or self._known.setdefault(cell, cleaned(cell))
        if found.before:
            self._mended.append((number, *_first_difference(found.before, found.cell.text)))
        return found.cell


def too_many_rows() -> UnreadableFileError:
    """Return the refusal of a list that is too long."""
    return UnreadableFileError(
        saying("This file has more than {rows:,} rows. Split it, then import each part.", rows=MAX_ROWS)
    )


def too_many_columns() -> UnreadableFileError:
    """Return the refusal of a list that is too wide."""
    return UnreadableFileError(
        saying("This file has more than {columns} columns. Remove those not needed.", columns=MAX_COLUMNS)
    )


def too_far(row: int) -> UnreadableFileError:
    """Return the refusal of a sheet with a cell so far from the others that nobody reads what is between."""
    return UnreadableFileError(
        saying(
            "A cell stands far below the list, in row {row:,}. Delete it, or save the list as CSV.", row=row
        )
    )


def too_long(row: int) -> UnreadableFileError:
    """Return the refusal of a cell that holds a book, or the rest of the file behind a missing quote."""
    return UnreadableFileError(
        saying(
            "A cell in row {row} holds more text than a form answer can. Check that row for a missing quote.",
            row=row,
        )
    )


def _first_difference(before: str, after: str) -> tuple[str, str]:
    """Return the first words that were mended; a note around them is nobody's example."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return before[:40], after[:40]
    return next(((one, other) for one, other in zip(old, new, strict=True) if one != other), (before, after))
