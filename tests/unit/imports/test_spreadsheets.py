"""Reading spreadsheets from strangers, and writing tables that run nothing."""

import csv
import io
import os
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from coordinator.adapters.spreadsheets import raw_sheet, spreadsheet_files
from coordinator.adapters.spreadsheets.spreadsheet_files import UnreadableFileError, read_table, write_table
from coordinator.domain.imports.table import neutralise, restore
from coordinator.domain.reading.cells import Cell

BORN = datetime.combine(date(2026, 5, 12), time())
SATURDAY = datetime.combine(date(2026, 11, 21), time())
HEADERS = ("Name", "Town", "Notes")
ROWS = (("Zoë Ito", "York", "two lines:\nring twice"), ("Sofía Roy", "Wells", "a, b; c"))


def a_file(folder: Path, content: bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def as_csv(delimiter: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([HEADERS, *ROWS])
    return stream.getvalue()


def a_workbook(folder: Path, rows: list[list[object]], name: str = "list.xlsx") -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def a_zip(folder: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def texts(path: Path) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in read_table(path).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_usual_encoding_and_delimiter(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    table = read_table(a_file(tmp_path, as_csv(delimiter).encode(encoding)))

    assert table.headers == HEADERS
    assert table.delimiter == delimiter
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == list(ROWS)


def test_title_rows_and_empty_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    content = "Seacoast Milk Share - donors,,\n\nName,Town,Notes\n,,\nAda,York,x\n\nBea,Wells,\n"

    table = read_table(a_file(tmp_path, content.encode()))

    assert table.headers == HEADERS
    assert [(row.number, row.cells[0].text) for row in table.rows] == [(5, "Ada"), (7, "Bea")]


def test_a_column_without_a_header_is_kept(tmp_path: Path) -> None:
    table = read_table(a_file(tmp_path, b"Name,Town\nAda,York,rang on Monday\n"))

    assert table.headers == ("Name", "Town", "")
    assert table.rows[0].cells[2].text == "rang on Monday"


def test_a_workbook_gives_dates_and_numbers_with_their_types_and_as_people_write_them(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path,
        [
            ["Name", "ZIP", "Born", "Space"],
            ["Ada", 3227, BORN, 3.5],
            ["Bea", "03801", None, 20.0],
        ],
    )

    ada, bea = read_table(path).rows

    assert ada.cells[1] == Cell("3227", 3227)
    assert ada.cells[2] == Cell("2026-05-12", BORN)
    assert (ada.cells[3].text, bea.cells[3].text) == ("3.5", "20")
    assert bea.cells[2].is_blank


def test_the_sheet_with_the_most_rows_is_read(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Read me first"])
    answers = book.create_sheet("Answers")
    for row in (["Name", "Town"], ["Ada", "York"], ["Bea", "Wells"]):
        answers.append(row)
    book.save(tmp_path / "list.xlsx")

    assert read_table(tmp_path / "list.xlsx").sheet == "Answers"


def test_a_formula_without_a_stored_result_is_kept_as_its_own_text(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [["Name", "Ounces"], ["Ada", "=100+20"]])

    assert texts(path) == [("Ada", "=100+20")]


def test_a_cell_far_outside_does_not_make_a_million_rows(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Name", "Town"])
    book.active.append(["Ada", "York"])
    book.active.cell(row=1_048_576, column=1, value=" ")
    book.save(tmp_path / "list.xlsx")

    assert texts(tmp_path / "list.xlsx") == [("Ada", "York")]


def test_the_same_bytes_have_the_same_fingerprint_and_others_another(tmp_path: Path) -> None:
    first = read_table(a_file(tmp_path, b"Name,Town\nAda,York\n"))
    again = read_table(a_file(tmp_path, b"Name,Town\nAda,York\n", "copy.csv"))
    other = read_table(a_file(tmp_path, b"Name,Town\nAda,Wells\n"))

    assert first.sha256 == again.sha256 != other.sha256
    assert first.signature == other.signature


BOOK = b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"xl/workbook.xml": BOOK, "xl/worksheets/sheet1.xml": b" " * 60_000_000}, "unpacks"),
        ({"xl/workbook.bin": b"binary"}, "damaged"),
        ({"content.xml": b"no sheets"}, "damaged"),
        ({"Index/Document.iwa": b"x"}, "Apple Numbers"),
        ({"word/document.xml": b"<x/>"}, "Word document"),
        (
            {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + BOOK},
            "outside itself",
        ),
        ({"xl/workbook.xml": BOOK}, "damaged"),
        ({"holiday.jpg": b"picture"}, "ZIP archive"),
    ],
)
def test_a_hostile_or_foreign_zip_is_refused_in_one_sentence(
    tmp_path: Path, members: dict[str, bytes], word: str
) -> None:
    with pytest.raises(UnreadableFileError, match=word) as refusal:
        read_table(a_zip(tmp_path, members))

    assert str(refusal.value).endswith(".")


def test_a_zip_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    members = {f"xl/part{number}.txt": b"" for number in range(3000)} | {"xl/workbook.xml": BOOK}

    with pytest.raises(UnreadableFileError, match="unpacks"):
        read_table(a_zip(tmp_path, members, zipfile.ZIP_STORED))


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [["Name"], ["Ada"]])

    with pytest.raises(UnreadableFileError, match="damaged"):
        read_table(a_file(tmp_path, path.read_bytes()[:2000], "half.xlsx"))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"%PDF-1.7 ...", "not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not a spreadsheet"),
        (b"<!DOCTYPE html><html><body>sign in</body></html>", "not a spreadsheet"),
        (bytes(range(1, 32)) * 40, "not a spreadsheet"),
        (b"", "no rows"),
        (b"\n\n  \n,,,\n", "no rows"),
        (b"Name,Notes\nAda," + b"x" * 500_000 + b"\n", "more text"),
        (b'Name,Notes\nAda,"never closed\n' + b"y,z\n" * 100_000, "more text"),
        (b"Name\n" + b"Ada\n" * 20_001, "more than 20,000 rows"),
        (b",".join(b"h%d" % number for number in range(400)) + b"\n", "more than 300 columns"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(UnreadableFileError, match=word):
        read_table(a_file(tmp_path, content))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(spreadsheet_files.MAX_FILE_BYTES + 1)

    with pytest.raises(UnreadableFileError, match="50 MB"):
        read_table(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        read_table(tmp_path / "nothing.csv")


@given(st.binary(max_size=3000))
def test_no_bytes_make_the_reader_fail_in_another_way(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(content)
    try:
        table = read_table(path)
    except UnreadableFileError:
        return
    assert all(len(row.cells) == len(table.headers) for row in table.rows)
    assert len(table.rows) <= raw_sheet.MAX_ROWS


FORMULAS = (
    '=HYPERLINK("http://example.org","call me")',
    "+1 207 555 0141",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1",
    " =1+1",
    "＝1+1",
    "'=already quoted",
    "'plain apostrophe",
    "O'Brien",
)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_formulas_in_a_written_table_are_text_and_come_back_whole(tmp_path: Path, name: str) -> None:
    write_table(tmp_path / name, ["Name", "Words"], [["Ada", text] for text in FORMULAS])

    if os.name == "posix":  # Elsewhere the folder's own rules hold.
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600

    read_back = [cells[1] for cells in texts(tmp_path / name)]

    assert not [text for text in read_back if text.lstrip().startswith(tuple("=+-@＝"))]
    assert [restore(text) for text in read_back] == [text.replace("\r", "\n") for text in FORMULAS]


def test_a_written_workbook_holds_no_formula_cell(tmp_path: Path) -> None:
    write_table(tmp_path / "out.xlsx", ["=1+1"], [[text] for text in FORMULAS])

    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert {cell.data_type for (cell,) in sheet.iter_rows()} == {"s"}


def test_numbers_and_dates_are_written_as_such(tmp_path: Path) -> None:
    write_table(tmp_path / "out.xlsx", ["a", "b", "c"], [[-3, date(2026, 11, 21), 0.5]])
    write_table(tmp_path / "out.csv", ["a", "b", "c"], [[-3, date(2026, 11, 21), "x"]])

    assert [cell.value for cell in read_table(tmp_path / "out.xlsx").rows[0].cells] == [
        -3,
        SATURDAY,
        0.5,
    ]
    assert texts(tmp_path / "out.csv") == [("-3", "2026-11-21", "x")]


def test_characters_a_workbook_cannot_hold_do_not_stop_the_export(tmp_path: Path) -> None:
    write_table(tmp_path / "out.xlsx", ["Words"], [["bell\x07 null\0 end"]])

    assert texts(tmp_path / "out.xlsx") == [("bell  null  end",)]


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="could not be written"):
        write_table(tmp_path / "missing" / "out.csv", ["a"], [])

    assert list(tmp_path.iterdir()) == []


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_neutralising_can_be_taken_back(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(st.text())
def test_nothing_neutralised_starts_like_a_formula(text: str) -> None:
    assert not neutralise(text).lstrip().startswith(tuple("=+-@"))
