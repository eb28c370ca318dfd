"""CSV, TSV and TXT as people export them: which delimiter, which rows, and which of them are whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from coordinator.adapters.spreadsheets.encodings import NOT_TEXT, decoded
from coordinator.adapters.spreadsheets.raw_sheet import (
    MAX_ROWS,
    Door,
    RawSheet,
    UnreadableFileError,
    too_many_columns,
    too_many_rows,
)
from coordinator.adapters.spreadsheets.records import Record, Shape, records, shape_of
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.sayings import NOTHING, Saying, joined, saying

_DELIMITERS = ",;\t|"
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|$)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_SAMPLE_LETTERS = 200_000
_SAMPLE_RECORDS = 60
_TOLD = 5
_ENDLESS = re.compile(rb"[^\r\n]{2000000}")
"""A line of this length is no record of a list."""
_MOST_LINES = 20 * MAX_ROWS
"""A row may take several lines, but not every row this many."""


def read(content: bytes) -> RawSheet:
    """Return every record of a delimited text file, numbered as a spreadsheet program numbers its rows.

    Raises:
        UnreadableFileError: If it is no text, or holds more than a list of families does.
    """
    if content.count(b"\n") > _MOST_LINES:
        raise too_many_rows()
    if _ENDLESS.search(content):
        raise too_many_columns()
    found = decoded(content)
    text, delimiter = _without_separator_line(found.text)
    sample = text[:_SAMPLE_LETTERS]
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise UnreadableFileError(NOT_TEXT)
    delimiter = delimiter or _delimiter(sample)
    shape = shape_of(_lines(text), delimiter)
    reader = _Reader()
    rows = list(reader.door.admit(reader.rows(records(_lines(text), shape))))
    notices = (*found.notices, *reader.notices)
    return RawSheet(rows, "", found.encoding, delimiter, notices, reader.widths)


class _Reader:
    """Makes rows of records, and remembers how wide they were and where a quote stood open."""

    def __init__(self) -> None:
        self.door = Door()
        self.widths: dict[int, int] = {}
        self._open: list[int] = []

    def rows(self, found: Iterator[Record]) -> Iterator[SourceRow]:
        for record in found:
            self.widths[record.number] = len(record.cells)
            if record.is_open:
                self._open.append(record.number)
            yield SourceRow(record.number, tuple(map(Cell, record.cells)), unsure=_doubt(record))

    @property
    def notices(self) -> tuple[Saying, ...]:
        """What was mended."""
        if not self._open:
            return self.door.notices
        said = saying(
            "A quote is opened and never closed in row {rows}; the rows below are read one by one.",
            rows=joined(", ", map(str, self._open[:_TOLD])),
        )
        return (*self.door.notices, said)


def _doubt(record: Record) -> Saying:
    if not record.is_doubtful:
        return NOTHING
    if record.is_open:
        return saying("a quote in this row is never closed, so that its cells cannot be told apart")
    return saying("a cell of this row holds what looks like other rows: a quote may be missing")


def _lines(text: str) -> Iterator[str]:
    # splitlines() would also break at characters that belong to a cell, such as U+2028.
    for found in _LINE.finditer(text):
        if found.end() > found.start():
            yield f"{found[1]}\n"


def _without_separator_line(text: str) -> tuple[str, str]:
    """Take off the ``sep=;`` line that Excel writes and obeys."""
    first = text[:20].split("\n", 1)[0]
    told = first.strip().strip('"').casefold()
    if len(told) == 5 and told.startswith("sep=") and told[4] in _DELIMITERS:
        return text[len(first) + 1 :], told[4]
    return text, ""


def _delimiter(sample: str) -> str:
    """Return the delimiter under which the first records agree best on a number of columns."""
    return max(_DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for record in islice(records(_lines(sample), Shape(delimiter)), _SAMPLE_RECORDS):
            widths[len(record.cells)] += len(record.cells) > 1
    except UnreadableFileError:
        return 0
    width, rows = max(widths.items(), key=lambda item: item[0] * item[1], default=(0, 0))
    return (width - 1) * rows
