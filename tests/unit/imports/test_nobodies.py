"""Which rows are people: a person must never be lost, a total never be a person."""

import pytest

from coordinator.domain.imports.layout import Layout, lay_out
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell

HEADERS = "Timestamp|Name|Email|Phone|Town|Ounces|Bags"
ANN = "11/20/2026 10:00|Ann Able|ann@example.org|603-555-0101|Dover|120|30"
BEA = "11/20/2026 11:00|Bea Bird|bea@example.org|603-555-0102|York|120|30"


def laid(*lines: str) -> Layout:
    """Lay rows out; a line is a row, its cells divided by bars."""
    rows = [SourceRow(at, tuple(map(Cell, line.split("|")))) for at, line in enumerate(lines, start=1)]
    return lay_out([row for row in rows if row.words or any(cell.error for cell in row.cells)])


def people(*lines: str) -> list[int]:
    return [row.number for row in laid(HEADERS, ANN, *lines, BEA).rows if not row.waits]


@pytest.mark.parametrize(
    "line",
    [
        "|TOTAL||||240|60",
        "Totals|||||240 oz|60",
        "|Grand total:||||1,240|60",
        "|||||240|60",
        "|Average||||120|30",
        "||||Total oz|240|",
        "|||| Suma |240|",
        "--- NOVEMBER ---||||||",
        "New families||||||",
        "|== waiting list ==|||||",
        "Donors in York County||||||",
        "November 2026||||||",
        "TOTAL DONORS: 12||||||",
        "FALSE|||||FALSE|",
        "Timestamp|Name|Email|Phone|Town|Ounces|Bags",
        "|name|EMAIL|Phone|town||",
        "|Open-Ended Response|Open-Ended Response|Response|||",
        "Notes: please keep this list private, it is printed for drivers on Fridays||||||",
    ],
)
def test_a_row_that_is_nobody_is_left_out_and_says_why(line: str) -> None:
    laid_out = laid(HEADERS, ANN, line, BEA)

    assert [row.number for row in laid_out.rows] == [2, 4]
    assert [row.number for row in laid_out.left_out] == [3]
    assert str(laid_out.left_out[0].why)


@pytest.mark.parametrize(
    "line",
    [
        "|Total|total@example.org||||",
        "|Tom Total||603-555-0199||240|",
        "|Total Family|||Dover|240|60",
        "|Dina Dale|||||",
        "|Dina Dale||||80|",
        "11/20/2026 12:00|||603 555 0104|||",
        "|November Jones||(603) 555-0105|||",
        "|Sum Wong|||York|90|",
        "|May Summer|may@example.org||||",
        "--- Eve ---|eve@example.org|||||",
        "|||5550199 or 603.555.0188|||",
    ],
)
def test_a_person_is_never_taken_for_a_total_or_a_section(line: str) -> None:
    assert 3 in people(line)


@pytest.mark.parametrize("line", ["|April||||||", "Rita Ross||||||", "||||York|12|"])
def test_who_may_be_somebody_waits_and_is_not_lost(line: str) -> None:
    rows = laid(HEADERS, ANN, line, BEA).rows

    assert [row.number for row in rows if row.waits] == [3]


@pytest.mark.parametrize(
    "line",
    [
        "|Total|||Dover|300|60",
        "|Dover total||||300|60",
        "|TOTAL as of 11/20/2026|||Dover|300|60",
        "|Subtotal York|||York|300|60",
        "||||York total|300|60",
        "|Average|||Dover|150|30",
        "|Total|||11/20/2026|300|60",
        "11/20/2026|Total||||300|60",
    ],
)
def test_what_is_called_a_total_beside_more_than_amounts_needs_a_look(line: str) -> None:
    rows = laid(HEADERS, ANN, line, BEA).rows

    assert [(row.number, str(row.waits)) for row in rows if row.waits] == [
        (3, "it may be a total: is it somebody?")
    ]


def test_a_total_below_a_list_of_names_and_places_needs_a_look() -> None:
    rows = laid("Name|Town", "Ada|York", "Bea|Dover", "Total|2 towns").rows

    assert [row.number for row in rows if row.waits] == [4]


def test_a_note_of_a_total_is_no_total() -> None:
    rows = laid("Name|Town|Notes", "Ada|York|", "Bea|Dover|total of 240 oz in 60 bags").rows

    assert not [row.number for row in rows if row.waits]


def test_a_list_of_names_alone_is_a_list_of_people() -> None:
    assert [row.number for row in laid("Name|Town", "Ada|York", "Bea|", "Donors|").rows] == [2, 3, 4]


def test_title_rows_and_empty_rows_are_listed() -> None:
    left_out = laid("Our donors||||||", "", HEADERS, ANN, "", BEA).left_out

    assert [(row.number, str(row.why)) for row in left_out] == [
        (1, "it stands above the headers"),
        (5, "it is empty"),
    ]


def test_very_many_empty_rows_are_one_notice() -> None:
    laid_out = laid(HEADERS, ANN, *[""] * 50, BEA)

    assert laid_out.left_out == ()
    assert list(map(str, laid_out.notices)) == ["50 empty rows are left out"]


def test_a_list_without_headers_loses_nobody() -> None:
    laid_out = laid(ANN, BEA)

    assert laid_out.headers == ("",) * 7
    assert [row.number for row in laid_out.rows] == [1, 2]
    assert list(map(str, laid_out.notices)) == ["No row of this sheet says what the columns are."]


def test_groups_above_the_headers_tell_columns_of_one_name_apart() -> None:
    laid_out = laid("|Mother||Baby|", "ID|Name|Born|Name|Born", "1|Ann|5/1/1990|Max|7/10/2026")

    assert laid_out.headers == ("ID", "Mother: Name", "Mother: Born", "Baby: Name", "Baby: Born")


def test_a_title_over_two_cells_changes_no_header() -> None:
    laid_out = laid("Milk share|updated 11/20|||", "ID|Name|Born|Phone|Town", "1|Ann|5/1/1990||Dover")

    assert laid_out.headers == ("ID", "Name", "Born", "Phone", "Town")


def test_a_baby_above_the_headers_is_told_though_no_name_stands_twice() -> None:
    laid_out = laid("Mother|||Baby||", "First|Last|Phone|Name|Born|mL", "Ann|Hill||Mia|7/10/2026|900")

    assert laid_out.headers[:4] == ("Mother: First", "Mother: Last", "Mother: Phone", "Baby: Name")
    assert [row.number for row in laid_out.rows] == [3]
