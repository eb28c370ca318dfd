"""CSV and XLSX in and out. Files come from strangers: they are measured before they are opened."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from coordinator import open_networks
from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.spreadsheets import delimited, workbooks
from coordinator.adapters.spreadsheets.raw_sheet import RawSheet, UnreadableFileError
from coordinator.adapters.spreadsheets.workbooks import WrittenValue
from coordinator.domain.imports.table import SourceRow, Table, neutralise
from coordinator.domain.reading.cells import Cell
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_CELL_CHARACTERS = 100_000
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"SQLite format 3",
    b"\x1f\x8b",
    b"MZ",
)

__all__ = ["UnreadableFileError", "read_table", "read_tables", "write_table"]


def read_table(path: Path) -> Table:
    """Return the sheet of *path* with most rows; as :func:`read_tables`."""
    return max(read_tables(path), key=lambda table: len(table.rows))


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return every visible sheet in *path*: CSV, TSV or TXT in any usual encoding, or XLSX.

    Title rows above the header and empty rows are skipped. Formulas are never run.

    Raises:
        NetworkFileError: If it is a file of an open network.
        UnreadableFileError: If the file is missing, too large, hostile or no spreadsheet.
    """
    open_networks.refuse(path)
    content = _read_bytes(path)
    sheets = [sheet for sheet in _sheets(content) if sheet.rows]
    if not sheets:
        raise UnreadableFileError(saying("This file has no rows to read."))
    return tuple(_to_table(sheet, path.name, content, len(sheets)) for sheet in sheets)


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Sequence[WrittenValue]]) -> None:
    """Write a table to *path*, as XLSX when it ends so, else as CSV (UTF-8 with BOM, which Excel expects).

    No cell can become a formula: text is neutralised and, in XLSX, stored as text.

    Raises:
        UserError: If the file cannot be written, for example because Excel has it open.
    """
    content = _xlsx_bytes(headers, rows) if path.suffix.casefold() == ".xlsx" else _csv_bytes(headers, rows)
    try:
        write_privately(path, content)
    except OSError as error:
        raise UserError(
            saying(
                "The table could not be written there. Close the file if another program has it open, "
                "or choose another folder."
            )
        ) from error


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFileError(saying("There is no such file. Choose a CSV or XLSX file."))
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableFileError(saying("This file is over 50 MB, too large for a list of families."))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            saying("This file cannot be opened. Check that you may read it.")
        ) from error


def _sheets(content: bytes) -> list[RawSheet]:
    if content.startswith(b"PK"):
        return workbooks.read(content)
    if content.startswith(_OLE_MAGIC):
        raise UnreadableFileError(_ole_sentence(content))
    if content.startswith(_OTHER_MAGIC) or content.lstrip()[:6].lower().startswith(
        (b"<html", b"<!doct", b"<?xml")
    ):
        raise UnreadableFileError(saying("This file is not a spreadsheet. Choose a CSV or XLSX file."))
    return [delimited.read(content)]


def _ole_sentence(content: bytes) -> Saying:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return saying("This workbook is locked with a password. Save it without one, then import it.")
    return saying("This is an old Excel workbook (.xls). Save it as XLSX or CSV, then import it.")


def _to_table(raw: RawSheet, name: str, content: bytes, of_sheets: int) -> Table:
    filled = raw.rows
    if any(len(cell.text) > MAX_CELL_CHARACTERS for row in filled for cell in row.cells):
        raise UnreadableFileError(
            saying("A cell of this file holds more text than a form answer can. Check the file.")
        )
    at = _header_index(filled)
    width = max(len(row.cells) for row in filled[at:])
    headers = tuple(cell.text.strip() for cell in _widened(filled[at], width).cells)
    rows = tuple(_widened(row, width) for row in filled[at + 1 :])
    told_apart = f"\0{raw.sheet}".encode() if of_sheets > 1 else b""
    return Table(
        name=name,
        sha256=hashlib.sha256(content + told_apart).hexdigest(),
        headers=headers,
        rows=rows,
        sheet=raw.sheet,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        notices=raw.notices,
        of_sheets=of_sheets,
    )


def _header_index(rows: Sequence[SourceRow]) -> int:
    """Return where the header is: the first row of the top twenty that fills most columns."""
    filled = [sum(not cell.is_blank for cell in row.cells) for row in rows[:20]]
    return next(index for index, count in enumerate(filled) if count * 10 >= max(filled) * 6)


def _widened(row: SourceRow, width: int) -> SourceRow:
    missing = width - len(row.cells)
    return replace(row, cells=(*row.cells[:width], *(Cell() for _ in range(missing))))


def _csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[WrittenValue]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([neutralise(header) for header in headers])
    for row in rows:
        writer.writerow([neutralise(value) if isinstance(value, str) else _plain(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: float | Decimal | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _xlsx_bytes(headers: Sequence[str], rows: Iterable[Sequence[WrittenValue]]) -> bytes:
    return workbooks.write(
        [neutralise(header) for header in headers],
        ([neutralise(value) if isinstance(value, str) else value for value in row] for row in rows),
    )
