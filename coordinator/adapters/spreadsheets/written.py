"""XLSX out through openpyxl: every string is text, whatever it starts with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from coordinator.adapters.spreadsheets.in_memory import saved
from coordinator.sayings import saying

WrittenValue = str | int | float | Decimal | date | datetime | None


def xlsx(headers: Sequence[str], rows: Iterable[Sequence[WrittenValue]]) -> bytes:
    """Return an XLSX file with one sheet; every string is stored as text."""
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter of a second that reading does without

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = str(saying("Milk Run"))
    sheet.freeze_panes = "A2"
    for number, row in enumerate((headers, *rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    return saved(book)
