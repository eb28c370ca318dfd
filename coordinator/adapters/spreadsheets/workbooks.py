"""XLSX in and out through openpyxl, behind checks made on the ZIP before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from coordinator.adapters.spreadsheets.raw_sheet import RawSheet, UnreadableFileError, within_limits
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell, TypedValue
from coordinator.sayings import saying

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

WrittenValue = str | int | float | Decimal | date | datetime | None

MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_MEMBERS = 2_000
_BIG_BYTES = 5 * 1024 * 1024
_MAX_RATIO = 100
_DAMAGED = saying("This workbook is damaged or is not an XLSX file. Save it again, or save it as CSV.")
_HOSTILE = saying("This workbook unpacks to far more than a list of families holds, so it was not opened.")


def read(content: bytes) -> list[RawSheet]:
    """Return the visible sheets of an XLSX file, in their order.

    Raises:
        UnreadableFileError: If it is a ZIP bomb, holds macros or entities, is locked or is no XLSX.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            has_formulas = _check(archive)
        return _sheets(content, has_formulas=has_formulas)
    except (DefusedXmlException, zipfile.BadZipFile, InvalidFileException, ParseError) as error:
        raise UnreadableFileError(_DAMAGED) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError) as error:
        # openpyxl meets a malformed file with whatever its internals raise.
        raise UnreadableFileError(_DAMAGED) from error


def write(headers: Sequence[str], rows: Iterable[Sequence[WrittenValue]]) -> bytes:
    """Return an XLSX file with one sheet; every string is stored as text, whatever it starts with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(saying("Milk Run")))
    sheet.freeze_panes = "A2"
    for row in (headers, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type] # the stub knows no plain text
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _check(archive: zipfile.ZipFile) -> bool:
    """Refuse what must not be opened; return whether any sheet holds formulas."""
    members = archive.infolist()
    names = {member.filename.casefold() for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFileError(
            saying("This file is locked with a password. Save it without one, then import it.")
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFileError(
            saying("This workbook holds macros. Save it as XLSX or CSV, then import it.")
        )
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise UnreadableFileError(
            saying("This kind of workbook is not read. Save it as XLSX or CSV, then import it.")
        )
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(_DAMAGED)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(_HOSTILE)
    if any(m.file_size > _BIG_BYTES and m.file_size > _MAX_RATIO * m.compress_size for m in members):
        raise UnreadableFileError(_HOSTILE)
    inspected = [
        _inspect(archive, member) for member in members if member.filename.endswith((".xml", ".rels"))
    ]
    return any(inspected)


def _inspect(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    xml = archive.read(member)
    # UTF-16 parts hide the words from a plain search; no spreadsheet program writes them.
    flat = xml.replace(b"\0", b"")
    if b"<!DOCTYPE" in flat or b"<!ENTITY" in flat:
        raise UnreadableFileError(
            saying("This workbook asks for things outside itself, so it was not opened.")
        )
    return "worksheets/" in member.filename and (b"<f>" in flat or b"<f " in flat)


def _sheets(content: bytes, *, has_formulas: bool) -> list[RawSheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise UnreadableFileError(_DAMAGED)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        sheets = [(sheet.title, list(within_limits(_rows(sheet)))) for sheet in visible]
    finally:
        book.close()
    return [
        RawSheet(_with_formulas(content, title, rows) if has_formulas else rows, sheet=title)
        for title, rows in sheets
    ]


def _with_formulas(content: bytes, title: str, rows: list[SourceRow]) -> list[SourceRow]:
    """Put the formula's own text where the workbook stores no result for it."""
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    results = {row.number: row.cells for row in rows}
    try:
        return [_filled_in(row, results.get(row.number, ())) for row in within_limits(_rows(book[title]))]
    finally:
        book.close()


def _filled_in(formulas: SourceRow, results: tuple[Cell, ...]) -> SourceRow:
    known = [*results, *[Cell()] * (len(formulas.cells) - len(results))]
    pairs = zip(formulas.cells, known, strict=True)
    return SourceRow(formulas.number, tuple(formula if cell.is_blank else cell for formula, cell in pairs))


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[SourceRow]:
    # The dimension a file claims may be a million empty rows; read what is there instead.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.values, start=1):
        yield SourceRow(number, tuple(_cell(value) for value in values))


def _cell(value: object) -> Cell:
    if value is None:
        return Cell()
    if isinstance(value, str):
        return Cell(value)
    return Cell(_plain(value), _typed(value))


def _typed(value: object) -> TypedValue:
    return value if isinstance(value, bool | int | float | date) else None


def _plain(value: object) -> str:
    """Return a typed value as a person would type it: no ``.0``, no midnight."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
