"""Workbooks of LibreOffice: their values, and what is hidden, struck or pinned."""

import zipfile
from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import UnreadableFileError, read_table
from coordinator.domain.imports.table import Table

HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="ce1" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    '<office:body><office:spreadsheet><table:table table:name="Donors">'
)
TAIL = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>'
)


def a_row(*words: str, row: str = "", cell: str = "", inside: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string" {cell}>{inside}<text:p>{word}</text:p>'
        "</table:table-cell>"
        for word in words
    )
    return f"<table:table-row {row}>{cells}</table:table-row>"


def read(folder: Path, *rows: str) -> Table:
    path = folder / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", HEAD + a_row("Name", "Phone", "Town") + "".join(rows) + TAIL)
    return read_table(path)


def test_values_come_with_what_is_hidden_struck_and_pinned(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        a_row("Ann Able", "603-555-0101", "Dover"),
        a_row("Bea Bird", "603-555-0102", "York", row='table:visibility="filter"'),
        a_row("Cora Cole", "603-555-0103", "York", cell='table:style-name="ce1"'),
        a_row(
            "Dina Dale",
            "603-555-0104",
            inside="<office:annotation><text:p>call first</text:p></office:annotation>",
        ),
    )

    assert [row.words[0] for row in table.rows] == ["Ann Able", "Bea Bird", "Cora Cole", "Dina Dale"]
    assert [(row.is_hidden, row.is_struck) for row in table.rows[:3]] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert table.rows[3].notes == ("call first", "call first")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (a_row("Ann", row='table:number-rows-repeated="900000000"'), "more than 20,000 rows"),
        (a_row("Ann", cell='table:number-columns-repeated="900000000"'), "more than 300 columns"),
    ],
)
def test_cells_that_stand_for_millions_are_refused_at_once(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read(tmp_path, row)
