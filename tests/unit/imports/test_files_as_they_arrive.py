"""Files as people really send them: each stands for a kind, with what must come of it."""

from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import UnreadableFileError, read_table, read_tables
from coordinator.domain.imports.table import Table

CASES = Path("tests/data/cases")


def case(name: str) -> Table:
    return read_table(CASES / name)


def names(table: Table) -> list[str]:
    at = table.headers.index("Your full name")
    return [row.cells[at].text for row in table.rows]


def cells(table: Table, header: str) -> list[str]:
    at = table.headers.index(header)
    return [row.cells[at].text for row in table.rows]


def left_out(table: Table) -> list[tuple[int, str]]:
    return [(row.number, str(row.why)) for row in table.left_out]


def waiting(table: Table) -> dict[int, str]:
    return {row.number: str(row.waits) for row in table.rows if row.waits}


def notices(table: Table) -> str:
    return "\n".join(map(str, table.notices))


def test_people_behind_a_quote_that_was_never_closed_are_not_lost_in_a_note() -> None:
    table = case("01_unclosed_quote.csv")

    assert names(table) == ["Ann Able", "Bea Bird", "Cora Cole", "Dina Dale", "Eve East"]
    assert cells(table, "Anything else?") == ["", "call after 5", "", "", ""]
    assert "row 3" in notices(table)


def test_one_odd_byte_spoils_neither_the_file_nor_the_name() -> None:
    table = case("02_mixed_encoding.csv")

    assert names(table) == ["Zoë Müller", "José Peña", "Renée Côté"]
    assert "“Renée Côté”" in notices(table)


def test_names_encoded_twice_are_mended_and_that_is_shown() -> None:
    table = case("05_mojibake.csv")

    assert names(table) == ["José Peña", "Zoë Müller"]
    assert "“JosÃ©” is “José” (row 2)" in notices(table)


def test_text_that_a_spreadsheet_program_was_kept_from_calculating_is_unwrapped() -> None:
    table = case("07_equals_text.csv")

    assert cells(table, "ZIP") == ["03820", "03820"]
    assert cells(table, "Cell phone") == ["6035550101", "6035550102"]


def test_a_second_row_of_headers_is_nobody() -> None:
    table = case("10_surveymonkey_second_header.csv")

    assert names(table) == ["Ann Able", "Bea Bird"]
    assert left_out(table) == [(2, "a second row of headers")]


def test_totals_sections_and_repeated_headers_are_nobody_and_listed() -> None:
    table = case("11_total_and_section_rows.csv")

    assert names(table) == ["Ann Able", "Bea Bird"]
    assert left_out(table) == [
        (3, "it is a line of its own: “--- NOVEMBER ---”"),
        (4, "the headers stand there once more"),
        (6, "it is a total: “TOTAL · 240 · 60”"),
    ]


def test_a_row_that_a_comma_split_waits_and_is_not_written_shifted() -> None:
    table = case("13_unquoted_comma.csv")

    assert list(waiting(table)) == [3]
    assert " Apt 2" in [cell.text for cell in table.rows[1].cells]


def test_every_visible_sheet_is_read() -> None:
    tables = read_tables(CASES / "15b_three_lists_one_workbook.xlsx")

    assert [table.sheet for table in tables] == ["Donors", "Drivers"]
    assert [len(table.rows) for table in tables] == [2, 4]
    assert len({table.sha256 for table in tables}) == 2


def test_hidden_and_struck_rows_wait_and_the_note_is_kept() -> None:
    table = case("16_hidden_rows_comment_strike.xlsx")

    assert waiting(table) == {3: "this row is hidden in the file", 4: "this row is struck out in the file"}
    assert table.rows[2].notes == ("Withdrew - do not call",)
    assert "A note is pinned to row 4: “Withdrew - do not call”" in notices(table)


def test_errors_of_formulas_are_blank_and_known() -> None:
    row = case("18_error_values.xlsx").rows[0]

    assert [cell.text for cell in row.cells[4:8]] == ["", "", "", ""]
    assert [cell.error for cell in row.cells[4:8]] == ["#VALUE!", "#N/A", "#N/A", "#REF!"]


def test_a_strict_workbook_is_read_like_any_other() -> None:
    assert names(case("19_strict_ooxml.xlsx")) == ["Ann Able", "Bea Bird"]


def test_line_breaks_written_as_letters_are_line_breaks() -> None:
    table = case("21_x000D.xlsx")

    assert [text.strip() for text in cells(table, "Email Address")] == ["ann.able@example.org"]
    assert cells(table, "Street address") == ["12 Main St\nApt 2"]


def test_characters_nobody_sees_change_nothing() -> None:
    table = case("27_invisible_characters.csv")

    assert cells(table, "ZIP") == ["03820", "03820"]
    assert names(table) == ["Ann Able", "Ann Able"]
    assert cells(table, "Cell phone") == ["(603) 555-0142", "+1-603-555-0142"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("22_damaged_download.xlsx", "damaged.*Download"),
        ("43c_html_named.xls", "web page.*save it as XLSX or CSV"),
        ("43d_apple.numbers", "Numbers document.*Export To"),
    ],
)
def test_what_is_no_list_is_named_with_how_to_make_one_of_it(name: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        case(name)
