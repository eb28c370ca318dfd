"""Text lines put together to records: what a quote holds together, and where one was never closed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from coordinator.adapters.spreadsheets.raw_sheet import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    too_long,
)
from coordinator.domain.imports.shapes import fits, telling

_LEAST_COLUMNS = 4
"""A line of a note that has as many commas as a record of fewer columns may be just that."""
_MANY_COLUMNS = 8
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One record, numbered as a spreadsheet program does; ``is_open`` if a quote in it is never closed.

    ``is_doubtful`` says that its cells may not be its own, or not where they belong.
    """

    number: int
    cells: tuple[str, ...]
    is_open: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a record of this file looks like: how many cells, and which of them hold digits or an address."""

    delimiter: str
    width: int = 0
    telling: tuple[tuple[int, str], ...] = ()

    def fits(self, line: str) -> bool:
        """Whether *line* is a whole record by itself."""
        if self.width < _LEAST_COLUMNS or not _is_closed(line):
            return False
        cells = split(line, self.delimiter)
        if len(cells) != self.width:
            return False
        found = fits(cells, self.telling)
        return self.width >= _MANY_COLUMNS if found is None else found

    def holds_rows(self, cell: str) -> bool:
        """Whether a cell holds as many line breaks and delimiters as rows would, or the rest of one row."""
        if self.delimiter not in cell:
            return False
        first, *others = cell.split("\n")
        least = max(self.width - 1, _LEAST_COLUMNS - 1)
        if any(line.count(self.delimiter) >= least for line in others):
            return True
        # In a sentence a space stands behind each comma.
        tight = sum(not piece.startswith(" ") for piece in first.split(self.delimiter)[1:])
        return "@" in first and tight >= max(self.width - 3, _LEAST_COLUMNS)


def shape_of(lines: Iterable[str], delimiter: str) -> Shape:
    """Return what the records among the first *lines* look like that are whole by themselves."""
    whole = [split(line, delimiter) for line in islice(lines, _SAMPLE) if line.strip() and _is_closed(line)]
    widths = Counter(len(cells) for cells in whole)
    width = max(widths, key=lambda width: (width * widths[width], width), default=0)
    people = [cells for cells in whole if len(cells) == width][1:]
    return Shape(delimiter, width, tuple(telling(people, width)))


def records(lines: Iterable[str], shape: Shape) -> Iterator[Record]:
    """Yield the records of a text; a line that is whole by itself ends a quote left open before it.

    Raises:
        UnreadableFileError: If a cell holds more than an answer can.
    """
    source = _Lines(lines, shape)
    reader = csv.reader(source, delimiter=shape.delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            raise too_long(number) from error
        yield _record(number, cells, source.take(), shape)


def split(line: str, delimiter: str) -> tuple[str, ...]:
    """Return the cells of one line."""
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return ()


def _record(number: int, cells: tuple[str, ...], read: _Read, shape: Shape) -> Record:
    cells = (*cells[:-1], cells[-1].removesuffix("\n")) if read.is_open else cells
    if not read.is_open:
        return Record(number, cells, is_doubtful=any(map(shape.holds_rows, cells)))
    if len(read.lines) == 1 and len(cells) != shape.width:
        # The quote stands before a cell further left, and holds the cells behind it.
        bare = tuple(read.lines[0].rstrip("\n").split(shape.delimiter))
        if len(bare) == shape.width:
            cells = tuple(cell.removeprefix('"').removesuffix('"') for cell in bare)
    is_whole = len(read.lines) == 1 and len(cells) == shape.width and not any(map(shape.holds_rows, cells))
    return Record(number, cells[: MAX_COLUMNS + 1], is_open=True, is_doubtful=not is_whole)


@dataclass(frozen=True, slots=True)
class _Read:
    lines: tuple[str, ...]
    is_open: bool


class _Lines:
    """The lines of a text for a reader of CSV, stopping short where a quote has run into the next record."""

    def __init__(self, lines: Iterable[str], shape: Shape) -> None:
        self._lines = iter(lines)
        self._shape = shape
        self._next: str | None = None
        self._taken: list[str] = []
        self._length = 0
        self._is_open = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._next is None:
            self._next = next(self._lines, None)
        line = self._next
        if line is None or (self._taken and self._shape.fits(line)):
            self._is_open = bool(self._taken)
            raise StopIteration
        self._length += len(line)
        if self._length > 2 * MAX_CELL_CHARACTERS and self._taken:
            raise csv.Error
        self._taken.append(line)
        self._next = None
        return line

    def take(self) -> _Read:
        """Return which lines the last record was read from, and begin the next."""
        read = _Read(tuple(self._taken), self._is_open)
        self._taken, self._length, self._is_open = [], 0, False
        return read


def _is_closed(line: str) -> bool:
    return line.count('"') % 2 == 0
