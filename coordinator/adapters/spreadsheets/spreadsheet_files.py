"""Spreadsheets in and out. Files come from strangers: they are measured before they are opened."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from coordinator import open_networks
from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.spreadsheets import delimited, file_kinds, workbooks
from coordinator.adapters.spreadsheets.raw_sheet import RawSheet, UnreadableFileError
from coordinator.adapters.spreadsheets.written import WrittenValue, xlsx
from coordinator.domain.imports.layout import lay_out
from coordinator.domain.imports.table import Table, neutralise
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 50 * 1024 * 1024

__all__ = ["UnreadableFileError", "read_sheets", "read_table", "read_tables", "write_table"]


def read_table(path: Path) -> Table:
    """Return the sheet of *path* with most rows; as :func:`read_tables`."""
    return max(read_tables(path), key=lambda table: len(table.rows))


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return every visible sheet in *path*: text in any usual encoding, XLSX, XLSM, XLSB, XLS or ODS.

    Rows that are nobody stand among those left out. Neither formulas nor macros are run.

    Raises:
        NetworkFileError: If it is a file of an open network.
        UnreadableFileError: If the file is missing, too large, hostile or no spreadsheet.
    """
    open_networks.refuse(path)
    content = _read_bytes(path)
    sheets = [sheet for sheet in sheets_of(content, path.name) if sheet.rows]
    if not sheets:
        raise UnreadableFileError(saying("This file has no rows to read."))
    return tuple(to_table(sheet, path.name, content, len(sheets)) for sheet in sheets)


def read_sheets(path: Path) -> list[RawSheet]:
    """Return every visible sheet in *path* as it stands, nobody's list; raises like :func:`read_tables`."""
    open_networks.refuse(path)
    return sheets_of(_read_bytes(path), path.name)


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


def sheets_of(content: bytes, name: str) -> list[RawSheet]:
    """Return the sheets of a file called *name* as they are, before anybody asks who is in them."""
    if said := file_kinds.other_kind(content, name):
        raise UnreadableFileError(said)
    if content.startswith((b"PK", file_kinds.OLD_BOOK)):
        found = workbooks.read(content)
        return found if isinstance(found, list) else [delimited.read(found)]
    return [delimited.read(content)]


def to_table(raw: RawSheet, name: str, content: bytes, of_sheets: int) -> Table:
    """Return one of the *of_sheets* sheets of a file as headers and people."""
    laid = lay_out(raw.rows, raw.widths)
    told_apart = f"\0{raw.sheet}".encode() if of_sheets > 1 else b""
    return Table(
        name=name,
        sha256=hashlib.sha256(content + told_apart).hexdigest(),
        headers=laid.headers,
        rows=laid.rows,
        sheet=raw.sheet,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        left_out=laid.left_out,
        notices=(*raw.notices, *laid.notices),
        of_sheets=of_sheets,
    )


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
    return xlsx(
        [neutralise(header) for header in headers],
        ([neutralise(value) if isinstance(value, str) else value for value in row] for row in rows),
    )
