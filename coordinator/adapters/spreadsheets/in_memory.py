"""Workbooks made without a file: openpyxl itself lays each sheet, readable, into the temporary folder."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from openpyxl import Workbook


def saved(book: Workbook) -> bytes:
    """Return *book*, which has no charts nor pictures and is no write-only one, as an XLSX file."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing  # noqa: PLC0415 - with openpyxl alone
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415 - likewise
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - likewise

    class InMemory(ExcelWriter):
        """Writes a sheet straight into the file that is made."""

        def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - the stubs know no such attributes
            ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - what the method in its place does
            writer: Any = WorksheetWriter(ws, BytesIO())
            writer.write()
            ws._rels = writer._rels  # noqa: SLF001 - likewise
            archive.writestr(ws.path[1:], writer.out.getvalue())
            self.manifest.append(ws)

    stream = BytesIO()
    archive = ZipFile(stream, "w", ZIP_DEFLATED)
    InMemory(book, archive).save()  # which closes it
    return stream.getvalue()
