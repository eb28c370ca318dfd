"""XLSX out through openpyxl: every string is text, whatever it starts with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from coordinator.sayings import saying

WrittenValue = str | int | float | Decimal | date | datetime | None


def xlsx(headers: Sequence[str], rows: Iterable[Sequence[WrittenValue]]) -> bytes:
    """Return an XLSX file with one sheet; every string is stored as text."""
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter of a second that reading does without
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - see above

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
