"""A spreadsheet as plain values: what stood in which cell, and nothing read into it yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from coordinator.domain.reading.cells import Cell
from coordinator.sayings import NOTHING, Saying, saying

_FORMULA_STARTS = "=+-@＝＋－＠"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row; ``number`` is what the spreadsheet program shows beside it, counted from 1.

    ``unsure`` says why its cells may not stand under their headers. It was hidden, or struck out, by
    whoever kept the list. ``notes`` are those pinned to its cells.
    """

    number: int
    cells: tuple[Cell, ...]
    unsure: Saying = NOTHING
    is_hidden: bool = False
    is_struck: bool = False
    notes: tuple[str, ...] = ()

    @property
    def waits(self) -> Saying:
        """Why this row comes in only if the coordinator says so; nothing for most rows."""
        if self.unsure:
            return self.unsure
        if self.is_hidden:
            return saying("this row is hidden in the file")
        return saying("this row is struck out in the file") if self.is_struck else NOTHING

    @property
    def words(self) -> tuple[str, ...]:
        """What stands in its cells, empty ones left out."""
        return tuple(text for cell in self.cells if (text := cell.text.strip()))


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that is nobody: a total, a section's name, a header again; ``why`` says which."""

    number: int
    cells: tuple[Cell, ...]
    why: Saying


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a header for every column (empty where the sheet has none) and the non-empty rows below.

    ``sheet`` is empty for text files, ``delimiter`` for workbooks. ``sha256`` is of the file's bytes, and of
    the sheet's name where the file has ``of_sheets`` of them. ``left_out`` are rows that are nobody,
    ``notices`` what was mended, hidden or not read.
    """

    name: str
    sha256: str
    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    left_out: tuple[LeftOutRow, ...] = ()
    notices: tuple[Saying, ...] = ()
    of_sheets: int = 1

    @property
    def title(self) -> str:
        """The file's name, and the sheet's where there are several."""
        return f"{self.name} › {self.sheet}" if self.of_sheets > 1 else self.name

    @property
    def signature(self) -> str:
        """The headers in one line without capitals: two exports of one form have the same."""
        return " | ".join(" ".join(header.casefold().split()) for header in self.headers)

    def column(self, index: int) -> tuple[Cell, ...]:
        """Return the cells surely below a header, top to bottom."""
        return tuple(row.cells[index] for row in self.rows if not row.unsure)

    def letting_in(self, numbers: Collection[int]) -> Table:
        """Return this table with nothing held against the rows of those *numbers*."""
        return replace(self, rows=tuple(_freed(row) if row.number in numbers else row for row in self.rows))


def _freed(row: SourceRow) -> SourceRow:
    return replace(row, unsure=NOTHING, is_hidden=False, is_struck=False)


def neutralise(text: str) -> str:
    """Return *text* so that no spreadsheet program runs it: an apostrophe before what could be a formula.

    NUL and other characters a workbook cannot hold become spaces. ``restore`` takes the apostrophe off.
    """
    printable = "".join(" " if _is_unprintable(char) else char for char in text)
    return f"'{printable}" if _is_risky(printable.lstrip("'")) else printable


def restore(text: str) -> str:
    """Return *text* without the apostrophe that ``neutralise`` set."""
    return text[1:] if text.startswith("'") and _is_risky(text.lstrip("'")) else text


def _is_risky(text: str) -> bool:
    # Spreadsheet programs skip white space and zero-width marks before they look for a formula.
    visible = text.lstrip().lstrip("\ufeff\u200b\u200e\u200f").lstrip()
    return text.startswith(("\t", "\r", "\n")) or visible.startswith(tuple(_FORMULA_STARTS))


def _is_unprintable(char: str) -> bool:
    # What XML 1.0 cannot hold.
    return (ord(char) < 32 and char not in "\t\r\n") or char in "\ufffe\uffff" or "\ud800" <= char <= "\udfff"
