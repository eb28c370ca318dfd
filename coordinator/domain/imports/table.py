"""A spreadsheet as plain values: what stood in which cell, and nothing read into it yet."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.reading.cells import Cell

_FORMULA_STARTS = "=+-@＝＋－＠"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row; ``number`` is what the spreadsheet program shows beside it, counted from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a header for every column (empty where the sheet has none) and the non-empty rows below.

    ``sheet`` is empty for text files, ``delimiter`` for workbooks. ``sha256`` is of the file's bytes.
    """

    name: str
    sha256: str
    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""

    @property
    def signature(self) -> str:
        """The headers in one line without capitals: two exports of one form have the same."""
        return " | ".join(" ".join(header.casefold().split()) for header in self.headers)

    def column(self, index: int) -> tuple[Cell, ...]:
        """Return the cells below a header, top to bottom."""
        return tuple(row.cells[index] for row in self.rows)


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
