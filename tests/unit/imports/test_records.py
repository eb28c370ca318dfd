"""Records of a text file: quotes left open, cells slipped aside, rows inside a cell."""

from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.domain.imports.table import Table

HEADER = "Timestamp,Name,Email,Phone,Town,Notes"
ANN = "11/20/2026,Ann,ann@example.org,603-555-0101,Dover,"
BEA = "11/20/2026,Bea,bea@example.org,603-555-0102,York,"
CORA = '11/20/2026,Cora,cora@example.org,603-555-0103,Dover,"ring, twice"'


def read(folder: Path, *lines: str) -> Table:
    path = folder / "list.csv"
    path.write_text("\n".join((HEADER, *lines, "")), encoding="utf-8")
    return read_table(path)


def names(table: Table) -> list[str]:
    return [row.cells[1].text for row in table.rows if not row.waits]


@pytest.mark.parametrize(
    "broken",
    [
        '11/20/2026,Dina,dina@example.org,603-555-0104,Dover,"after 5',
        '11/20/2026,"Dina,dina@example.org,603-555-0104,Dover,after 5',
        '11/20/2026,Dina,dina@example.org,"603-555-0104,Dover,after 5',
    ],
)
def test_a_quote_left_open_costs_nobody_her_row(tmp_path: Path, broken: str) -> None:
    table = read(tmp_path, ANN, broken, CORA, BEA)

    assert names(table) == ["Ann", "Dina", "Cora", "Bea"]
    assert table.rows[1].words[-3:] == ("603-555-0104", "Dover", "after 5")
    assert "row 3" in str(table.notices[0])


def test_a_note_of_several_lines_stays_one_note(tmp_path: Path) -> None:
    dina = "11/20/2026,Dina,dina@example.org,603-555-0104,Dover,"
    note = '"milk, eggs, nuts, soy, and wheat\nshe said, ""no""\n"'

    table = read(tmp_path, ANN, dina + note, BEA)

    assert names(table) == ["Ann", "Dina", "Bea"]
    assert table.rows[1].cells[5].text == 'milk, eggs, nuts, soy, and wheat\nshe said, "no"\n'
    assert table.notices == ()


def test_a_cell_that_holds_rows_is_looked_at(tmp_path: Path) -> None:
    table = read(
        tmp_path, ANN, '11/20/2026,Dina,d@example.org,1,Dover,"x', 'y,Eve,e@example.org,2,"York,z', BEA
    )

    waiting = [row for row in table.rows if row.waits]
    assert "Ann" in names(table)
    assert "Bea" in names(table)
    assert any("e@example.org" in " ".join(row.words) for row in waiting)


def test_a_cell_that_swallowed_the_rest_of_a_row_is_looked_at(tmp_path: Path) -> None:
    swallowed = (
        '11/20/2026,Dina,dina@example.org,603-555-0104,Dover,"call after,eve@example.org,1,York,x,two"'
    )

    assert [row.number for row in read(tmp_path, ANN, swallowed, BEA).rows if row.waits] == [3]


def test_a_note_with_an_address_in_it_is_a_note(tmp_path: Path) -> None:
    note = (
        '11/20/2026,Dina,dina@example.org,603-555-0104,Dover,"ask Tom, tom@example.org, or Eve, or me, or us"'
    )

    assert names(read(tmp_path, ANN, note, BEA)) == ["Ann", "Dina", "Bea"]


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("11/20/2026,Dina,dina@example.org,603-555-0104,Dover, NH,note", True),
        ("11/20/2026,Dale, Dina,dina@example.org,603-555-0104,Dover,", True),
        ("11/20/2026,Dina,dina@example.org,603-555-0104,Dover,note,", False),
        ("11/20/2026,Dina,dina@example.org,603-555-0104", False),
    ],
)
def test_a_row_whose_cells_slipped_aside_waits_with_its_cells(
    tmp_path: Path, line: str, *, waits: bool
) -> None:
    row = read(tmp_path, ANN, line, BEA).rows[1]

    assert bool(row.waits) is waits
    assert "Dina" in " ".join(row.words)


def test_a_header_with_a_comma_of_its_own_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Town, State,Name\nYork,Ada\nDover,Bea\nDover,Cora\n", encoding="utf-8")

    assert "more cells than any row" in str(read_table(path).notices[0])


def test_blank_cells_at_the_end_of_every_row_shift_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Town\nAda,York,\nBea,Dover,\nCora,,\n", encoding="utf-8")

    assert not [row for row in read_table(path).rows if row.waits]


def test_a_row_that_a_line_break_split_loses_nobody(tmp_path: Path) -> None:
    table = read(tmp_path, ANN, "11/20/2026,Dina,dina@example.org,603-555-", "0104,Dover,note", BEA, CORA)

    assert names(table)[:2] == ["Ann", "Dina"]
    assert names(table)[-2:] == ["Bea", "Cora"]


def test_a_separator_line_is_obeyed_and_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("sep=;\nName;Town\nAda;York, ME\n", encoding="utf-8")

    assert read_table(path).rows[0].words == ("Ada", "York, ME")


def test_two_people_in_one_record_wait_where_the_headers_are_lost_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    joined = f"{ANN}{BEA}"
    path.write_text(f"{ANN}\n{joined}\n{BEA}\n{CORA}\n", encoding="utf-8")

    table = read_table(path)

    assert [row.number for row in table.rows if row.waits] == [2]
