"""Workbooks in: values through calamine in a process of its own, behind checks made before anything opens.

calamine reads XLSX, XLSM, XLSB, XLS and ODS, strict ones too, runs no macro and no formula, and is twenty
times as fast as openpyxl. It allots what a file claims to hold, so what a file claims is measured first.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from coordinator.adapters.spreadsheets import book_reader, ods_marks, sheet_marks, zip_checks
from coordinator.adapters.spreadsheets.file_kinds import kind_in_zip, list_in_zip
from coordinator.adapters.spreadsheets.raw_sheet import Door, RawSheet, UnreadableFileError
from coordinator.adapters.spreadsheets.sheet_marks import Marks
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.sayings import Saying, joined, saying

_PATIENCE_S = 20
_TOLD = 5
_DAMAGED = zip_checks.DAMAGED
_TOO_MUCH = saying(
    "This workbook is damaged, or holds far more than a list of families. Save the list alone as CSV."
)
_LOCKED = saying("This workbook is locked with a password. Save it without one, then import it.")

_OLD = saying("This old Excel workbook (.xls) cannot be read. Save it as XLSX or CSV, then import it.")


def read(content: bytes) -> list[RawSheet] | bytes:
    """Return the visible sheets of a workbook, in their order; of an archive the one text file in it.

    Raises:
        UnreadableFileError: If it is a ZIP bomb, asks for things outside itself, is locked or is no workbook.
    """
    marks: Mapping[str, Marks] = {}
    if content.startswith(b"PK"):
        looked_at = _looked_at(content)
        if isinstance(looked_at, bytes):
            return looked_at
        marks = looked_at
    sheets = _values(content)
    hidden = [sheet["name"] for sheet in sheets if sheet["is_hidden"]]
    shown = [sheet for sheet in sheets if not sheet["is_hidden"] and sheet["is_list"]]
    found = [_sheet(sheet, marks.get(sheet["name"], Marks()), content) for sheet in shown]
    if hidden and found:
        notice = saying(
            "Hidden sheets are not read: {names}. Show them in the file to import them.",
            names=joined(", ", (saying("“{name}”", name=name) for name in hidden)),
        )
        found[0] = replace(found[0], notices=(notice, *found[0].notices))
    return found


def _looked_at(content: bytes) -> Mapping[str, Marks] | bytes:
    """Refuse a ZIP that must not be opened; return its sheets' marks, or the one text file in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            zip_checks.check(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return sheet_marks.marks_in(archive)
            if "content.xml" in names:
                return ods_marks.marks_in(archive)
            if "xl/workbook.bin" in names:
                return {}
            if (text := list_in_zip(archive, zip_checks.MAX_UNPACKED_BYTES)) is not None:
                return text
            raise UnreadableFileError(kind_in_zip(archive))
    except (DefusedXmlException, zipfile.BadZipFile, zlib.error, ParseError) as error:
        raise UnreadableFileError(_DAMAGED) from error
    except (EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        # A member in a way of packing nobody has, or one that breaks off.
        raise UnreadableFileError(_DAMAGED) from error


def _values(content: bytes) -> list[dict[str, Any]]:
    """Return the values of all sheets, read beside this process: a file that lies ends only the other."""
    try:
        done = subprocess.run(  # noqa: S603 - this very Python, and a file of ours
            [sys.executable, "-P", str(Path(book_reader.__file__))],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(_TOO_MUCH) from error
    if done.returncode == book_reader.LOCKED:
        raise UnreadableFileError(_LOCKED)
    if done.returncode == book_reader.TOO_MUCH or done.returncode < 0:
        # What cannot be allotted ends the process that asked for it.
        raise UnreadableFileError(_TOO_MUCH)
    if done.returncode:
        raise UnreadableFileError(_DAMAGED if content.startswith(b"PK") else _OLD)
    sheets: list[dict[str, Any]] = json.loads(done.stdout)
    return sheets


def _sheet(sheet: Mapping[str, Any], marks: Marks, content: bytes) -> RawSheet:
    door = Door()
    values: Mapping[int, list[Any]] = dict(sheet["rows"])
    if marks.has_unfinished:
        values = _with_formulas(content, sheet["name"], values)
    rows = list(door.admit(_rows(values, marks)))
    return RawSheet(rows, sheet=sheet["name"], notices=(*door.notices, *_told(rows, marks)))


def _rows(values: Mapping[int, list[Any]], marks: Marks) -> Iterator[SourceRow]:
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), error in marks.errors.items():
        by_row.setdefault(row, {})[column] = error
    for number in sorted({*values, *by_row}):
        cells = [_cell(value) for value in values.get(number, ())]
        for column, error in by_row.get(number, {}).items():
            cells += [Cell()] * (column - len(cells))
            cells[column - 1] = Cell(error=error)
        yield SourceRow(
            number,
            tuple(cells),
            is_hidden=number in marks.hidden_rows,
            is_struck=number in marks.struck,
            notes=tuple(marks.notes.get(number, ())),
        )


def _with_formulas(content: bytes, name: str, values: Mapping[int, list[Any]]) -> dict[int, list[Any]]:
    """Put the formula's own text where the workbook stores no result for it."""
    from openpyxl import load_workbook  # noqa: PLC0415 - a quarter of a second that most files do not need

    filled = dict(values)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book[name]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.values, start=1):
            formulas = [value if isinstance(value, str) and value.startswith("=") else "" for value in cells]
            if any(formulas):
                filled[number] = _filled_in(formulas, filled.get(number, []))
        book.close()
    except (AttributeError, IndexError, KeyError, OSError, ParseError, TypeError, ValueError):
        # openpyxl meets what it does not know with whatever its internals raise; the values are read.
        return dict(values)
    return filled


def _filled_in(formulas: list[str], results: list[Any]) -> list[Any]:
    known = [*results, *[""] * (len(formulas) - len(results))]
    return [
        formula if formula and result == "" else result
        for formula, result in zip_longest(formulas, known, fillvalue="")
    ]


def _told(rows: list[SourceRow], marks: Marks) -> Iterator[Saying]:
    """Say what of a sheet is hidden from its reader, and the notes that are pinned to it."""
    for row in rows:
        for note in row.notes:
            yield saying("A note is pinned to row {row}: “{note}”", row=row.number, note=note)
        struck = [
            row.cells[at - 1].text for at in sorted(marks.struck.get(row.number, ())) if at <= len(row.cells)
        ]
        if struck:
            words = joined(", ", (saying("“{words}”", words=words) for words in struck[:_TOLD]))
            yield saying("Struck out in row {row}: {words}", row=row.number, words=words)
    hidden = [at for at in sorted(marks.hidden_columns) if any(len(row.cells) >= at for row in rows)]
    if hidden:
        names = [
            next(
                (row.cells[at - 1].text for row in rows if len(row.cells) >= at and row.cells[at - 1].text),
                "",
            )
            for at in hidden
        ]
        yield saying(
            "Hidden columns are read too: {names}",
            names=joined(", ", (saying("“{name}”", name=name) for name in names)),
        )


def _cell(value: Any) -> Cell:  # noqa: ANN401 - what JSON holds
    if isinstance(value, str):
        return Cell(value)
    if isinstance(value, list):
        kind, text = value
        return Cell(_plain(moment), moment) if kind == "day" and (moment := _moment(text)) else Cell(text)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Cell(str(value), value)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _plain(moment: datetime) -> str:
    """Return a moment as a person would type it: no midnight."""
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ", "seconds")
