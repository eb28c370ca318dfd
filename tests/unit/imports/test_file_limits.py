"""What a file claims is measured before it is believed."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from coordinator.adapters.spreadsheets.spreadsheet_files import UnreadableFileError, read_table, read_tables

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "</worksheet>"
)
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Town</t></is></c></row>'
)


def a_workbook(folder: Path, rows: str = "", parts: dict[str, bytes] | None = None) -> Path:
    """Write a workbook whose sheet has *rows* of XML below its header, and *parts* instead of its own."""
    book, stream = Workbook(), io.BytesIO()
    book.save(stream)
    changed = {"xl/worksheets/sheet1.xml": SHEET.format(HEADER + rows).encode(), **(parts or {})}
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(folder / "list.xlsx", "w") as new:
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return folder / "list.xlsx"


def a_name(row: int, cell: str = "") -> str:
    return f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Ann {row}</t></is></c>{cell}</row>'


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>', "damaged"),
        ('<row r="2000000000"><c><v>1</v></c></row>', "damaged"),
        (a_name(2, '<c r="XFD2"><v>1</v></c>'), "more than 300 columns"),
        (a_name(1_048_576, '<c r="KN1048576"><v>1</v></c>'), "far below the list, in row 1,048,576"),
        ("".join(a_name(row) for row in range(2, 20_010)), "more than 20,000 rows"),
    ],
)
def test_a_sheet_larger_than_any_list_is_refused_at_once(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read_table(a_workbook(tmp_path, rows))


def test_blank_cells_far_to_the_right_cost_nothing(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, "".join(a_name(row, f'<c r="XFD{row}" s="0"/>') for row in range(2, 2000)))

    table = read_table(path)

    assert table.headers == ("Name", "Town")
    assert len(table.rows) == 1998


def test_many_names_for_one_sheet_are_refused(tmp_path: Path) -> None:
    names = "".join(f'<sheet name="S{at}" sheetId="{at + 1}" r:id="rId1"/>' for at in range(300))
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{names}</sheets></workbook>"
    )

    with pytest.raises(UnreadableFileError, match="more than 100 sheets"):
        read_tables(a_workbook(tmp_path, parts={"xl/workbook.xml": book.encode()}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'Name,Town\nAnn,"a\n' + b"x" * 3_000_000, "more than 300 columns"),
        (b'Name,Town\nAnn,"a\n' + b"x\n" * 200_000, "row 2 holds more text"),
        (b"Name,Town\n" + b"Ann,Dover\n" * 500_000, "more than 20,000 rows"),
        ("Zoë".encode() + b"\xe9," * 1_000_000, "more than 300 columns"),
    ],
)
def test_a_text_that_runs_on_is_refused_at_once(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=words):
        read_table(path)


def test_a_part_packed_in_a_way_nobody_has_is_damage(tmp_path: Path) -> None:
    path = a_workbook(tmp_path)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 10 : at + 12] = b"\x63\x00"
    path.write_bytes(bytes(content))

    with pytest.raises(UnreadableFileError, match="damaged"):
        read_table(path)


def test_a_workbook_with_macros_is_read_and_runs_none(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, a_name(2), {"xl/vbaProject.bin": b"never looked at"})

    assert [row.cells[0].text for row in read_table(path).rows] == ["Ann 2"]


def test_a_day_at_the_end_of_time_is_a_cell_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Born,Phone\nAnn Able,12/31/9999,603-555-0101\n")

    assert [cell.text for cell in read_table(path).rows[0].cells] == [
        "Ann Able",
        "12/31/9999",
        "603-555-0101",
    ]


def test_answers_as_google_forms_sends_them_are_read_out_of_their_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "answers.csv.zip", "w") as archive:
        archive.writestr("answers.csv", "Name,Email\nAnn Able,ann@example.org\n")

    assert [row.words for row in read_table(tmp_path / "answers.csv.zip").rows] == [
        ("Ann Able", "ann@example.org")
    ]
