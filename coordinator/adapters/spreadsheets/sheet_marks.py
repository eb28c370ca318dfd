"""What an XLSX workbook says beside its values: hidden and struck rows, notes, errors, unfinished formulas.

The parts are searched as text: that is quick, and no value of a file is believed before it is measured.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from coordinator.adapters.spreadsheets.raw_sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    UnreadableFileError,
    too_far,
    too_many_columns,
    too_many_rows,
)
from coordinator.adapters.spreadsheets.zip_checks import DAMAGED, MAX_UNPACKED_BYTES
from coordinator.sayings import saying

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LAST_ROW = 1_048_576
"""The highest number a row has in any spreadsheet program."""

MOST_CELLS = 4_000_000
"""Cells between the first and the last filled one that are still allotted; more is no list of families."""

MAX_SHEETS = 100
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])?>(?!</(?:\w+:)?c>)")
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']\$?([A-Za-z]{1,8})\$?(\d{1,12})["'](?:[^>]*[^/>])?>(?!</(?:\w+:)?c>)"""
)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{1,8})\$?(\d{1,12})["']""")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,12})["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")
_HIDDEN = re.compile(rb"""\b(?:hidden\s*=\s*["'](?:1|true)|(?:ht|width)\s*=\s*["']0(?:\.0+)?)["']""")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_MIN_MAX = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,6})["']""")
_UNFINISHED = re.compile(
    rb"<(?:\w+:)?c\b[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*"
    rb"</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,40})<"""
)
_THREADED = re.compile(r"^\[Threaded comment\].*?(?:Comment|Comentario|Commentaire):\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one sheet says beside its values; rows and columns are counted from 1."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: dict[int, set[int]] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    has_unfinished: bool = False


def marks_in(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return what every sheet of an XLSX workbook is marked with, by its name.

    Raises:
        UnreadableFileError: If a sheet claims to be larger than any list.
    """
    parts = dict(_sheet_parts(archive))
    if len(parts) > MAX_SHEETS:
        raise UnreadableFileError(
            saying("This workbook has more than {n} sheets. Save those you need as a file.", n=MAX_SHEETS)
        )
    sizes = {name: _size(archive, part) for name, part in parts.items()}
    if sum(sizes.values()) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(DAMAGED)
    struck_styles = _struck_styles(archive)
    read: dict[str, Marks] = {}
    for part in parts.values():
        if part not in read:
            read[part] = _marks(archive, part, struck_styles)
    return {name: read[part] for name, part in parts.items()}


def _marks(archive: zipfile.ZipFile, part: str, struck_styles: frozenset[int]) -> Marks:
    xml = _read(archive, part)
    _refuse_too_large(xml)
    return Marks(
        hidden_rows=frozenset(_hidden_rows(xml)),
        hidden_columns=frozenset(_hidden_columns(xml)),
        struck=_struck(xml, struck_styles),
        notes=_notes(archive, part),
        errors=dict(_errors(xml)),
        has_unfinished=_UNFINISHED.search(xml) is not None,
    )


def _refuse_too_large(xml: bytes) -> None:
    """Refuse a sheet by what its cells say of where they stand, before anything is allotted for them."""
    places = _FILLED.findall(xml)
    rows = {int(row) for row in {row for _, row in places}}
    width = max(map(_column, {column for column, _ in places}), default=0)
    first, last = min(rows, default=1), max(rows, default=0)
    numbers = (int(place[1]) for found in _ROW.finditer(xml) if (place := _NUMBER.search(found[1])))
    if max(last, max(numbers, default=0)) > _LAST_ROW:
        raise UnreadableFileError(DAMAGED)
    if width > MAX_COLUMNS:
        raise too_many_columns()
    if len(rows) > 2 * MAX_ROWS:
        raise too_many_rows()
    if (last - first + 1) * width > MOST_CELLS:
        raise too_far(last)


def _column(letters: bytes) -> int:
    """Return the number of a column called ``AB``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _hidden_rows(xml: bytes) -> Iterator[int]:
    """Yield the hidden rows; one without a number follows the row before it."""
    number = 0
    for found in _ROW.finditer(xml):
        told = _NUMBER.search(found[1])
        number = int(told[1]) if told else number + 1
        if _HIDDEN.search(found[1]):
            yield number


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for found in _COLUMN.finditer(xml):
        if _HIDDEN.search(found[1]):
            ends = {name: int(number) for name, number in _MIN_MAX.findall(found[1])}
            yield from range(ends.get(b"min", 1), min(ends.get(b"max", 0), MAX_COLUMNS) + 1)


def _struck(xml: bytes, styles: frozenset[int]) -> dict[int, set[int]]:
    """Return the filled cells whose words are struck out: row -> columns."""
    struck: dict[int, set[int]] = defaultdict(set)
    for found in _CELL.finditer(xml) if styles else ():
        attributes = found[1] or b""
        style, place = _STYLE.search(attributes), _REFERENCE.search(attributes)
        if style and place and int(style[1]) in styles:
            struck[int(place[2])].add(_column(place[1]))
    return dict(struck)


def _errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _ERROR.finditer(xml):
        if place := _REFERENCE.search(found[1]):
            yield (int(place[2]), _column(place[1])), found[2].decode("utf-8", "replace")


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the styles of cells whose font is struck through."""
    xml = _read(archive, "xl/styles.xml")
    if b"strike" not in xml:
        return frozenset()
    root = fromstring(xml)
    fonts = [font for fonts in _named(root, "fonts") for font in fonts]
    struck = {str(at) for at, font in enumerate(fonts) if any(map(_is_on, _named(font, "strike")))}
    styles = [style for styles in _named(root, "cellXfs") for style in styles]
    return frozenset(at for at, style in enumerate(styles) if style.get("fontId") in struck)


def _is_on(switch: Element) -> bool:
    return switch.get("val", "1") not in {"0", "false"}


def _notes(archive: zipfile.ZipFile, part: str) -> dict[int, list[str]]:
    """Return the notes pinned to the cells of a sheet, by row."""
    notes: dict[int, list[str]] = defaultdict(list)
    for kind, target in _related(archive, part):
        if kind == "comments":
            for comment in _named(fromstring(_read(archive, target) or b"<none/>"), "comment"):
                place = _REFERENCE.search(f'r="{comment.get("ref", "")}"'.encode())
                words = "".join(text.text or "" for text in _named(comment, "t"))
                if place and words.strip():
                    notes[int(place[2])].append(_THREADED.sub("", words).strip())
    return dict(notes)


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part it is in."""
    targets = {name: target for name, _, target in _relations(archive, "xl/workbook.xml")}
    for sheet in _named(fromstring(_read(archive, "xl/workbook.xml")), "sheet"):
        ids = [value for name, value in sheet.attrib.items() if name.endswith("}id")]
        if ids and ids[0] in targets:
            yield sheet.get("name", ""), targets[ids[0]]


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    return ((kind, target) for _, kind, target in _relations(archive, part))


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a part refers to: the name it has there, its kind, and the part itself."""
    folder, name = posixpath.split(part)
    xml = _read(archive, f"{folder}/_rels/{name}.rels")
    for relation in _named(fromstring(xml), "Relationship") if xml else ():
        target = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", "")))
        yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _read(archive: zipfile.ZipFile, part: str) -> bytes:
    """Return a part; nothing for one that is not there."""
    try:
        return archive.read(part)
    except KeyError:
        return b""


def _size(archive: zipfile.ZipFile, part: str) -> int:
    try:
        return archive.getinfo(part).file_size
    except KeyError:
        return 0


def _named(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements called *name*, whichever of the two standards the file keeps."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)
