"""What an ODS workbook says beside its values, and how large its sheets claim to be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from defusedxml.ElementTree import iterparse

from coordinator.adapters.spreadsheets.raw_sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    too_far,
    too_many_columns,
    too_many_rows,
)
from coordinator.adapters.spreadsheets.sheet_marks import MOST_CELLS, Marks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HIDDEN = {"collapse", "filter"}


def marks_in(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return what every sheet of an ODS workbook is marked with, by its name.

    Raises:
        UnreadableFileError: If a sheet claims to be larger than any list.
    """
    struck: set[str] = set()
    sheets: dict[str, Marks] = {}
    sheet = _Sheet(struck)
    content = io.BytesIO(archive.read("content.xml"))
    for event, element in iterparse(content, events=("start", "end")):
        name = _name(element)
        if event == "start" and name == "table":
            sheet = _Sheet(struck)
        elif event == "end" and name == "table":
            sheets[_attribute(element, "name")] = sheet.marks()
        elif event == "end" and name == "style":
            struck.update(_struck_style(element))
        elif event == "end" and name == "table-row":
            sheet.add(element)
            element.clear()
    return sheets


class _Sheet:
    """The rows of one sheet as they are met; a row may stand for many alike."""

    def __init__(self, struck_styles: set[str]) -> None:
        self._struck_styles = struck_styles
        self._next = 1
        self._filled = 0
        self._width = 0
        self._hidden: set[int] = set()
        self._struck: dict[int, set[int]] = {}
        self._notes: dict[int, list[str]] = {}

    def marks(self) -> Marks:
        """Return what was met."""
        return Marks(frozenset(self._hidden), struck=self._struck, notes=self._notes)

    def add(self, row: Element) -> None:
        """Take the next row in; one that is filled must stand where a list has rows."""
        number, times = self._next, _times(row, "number-rows-repeated")
        self._next += times
        filled = [(at, cell) for at, cell in _cells(row) if any(_name(part) == "p" for part in cell)]
        if not filled:
            return
        self._measure(number, times, max(at for at, _ in filled))
        if _attribute(row, "visibility") in _HIDDEN:
            self._hidden.update(range(number, number + times))
        struck = {at for at, cell in filled if _attribute(cell, "style-name") in self._struck_styles}
        notes = [note for _, cell in filled for note in _notes(cell)]
        if struck:
            self._struck[number] = struck
        if notes:
            self._notes[number] = notes

    def _measure(self, number: int, times: int, width: int) -> None:
        self._filled += times
        self._width = max(self._width, width)
        if self._width > MAX_COLUMNS:
            raise too_many_columns()
        if self._filled > 2 * MAX_ROWS:
            raise too_many_rows()
        if (number + times) * self._width > MOST_CELLS:
            raise too_far(number)


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row, each with the last of the columns it stands in."""
    column = 0
    for cell in row:
        column += _times(cell, "number-columns-repeated")
        yield column, cell


def _notes(cell: Element) -> Iterator[str]:
    for note in cell:
        if _name(note) == "annotation":
            words = "\n".join("".join(line.itertext()) for line in note if _name(line) == "p")
            if words.strip():
                yield words.strip()


def _struck_style(style: Element) -> Iterator[str]:
    if any(_attribute(part, "text-line-through-style") not in {"", "none"} for part in style):
        yield _attribute(style, "name")


def _times(element: Element, name: str) -> int:
    """Return how many rows or columns an element stands for; what is no number is one."""
    told = _attribute(element, name)
    return int(told) if told.isascii() and told.isdigit() else 1


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
