"""Exports of the tools people ask with: the headers and the people come right."""

from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table

EXPORTS = Path("tests/data/exports")


@pytest.mark.parametrize(
    ("name", "header", "answers"),
    [
        ("google_sheets.csv", "What's your name?", ["Ann Able", "Zoë Müller"]),
        ("google_sheets.csv", "Anything else?", ["", "Call after 5,\nplease"]),
        ("google_forms.csv", "Which of these do you take? [Vitamins]", ["Yes", "No"]),
        ("microsoft_forms.xlsx", "Your full name", ["Ann Able", "Bea Bird"]),
        ("microsoft_forms.xlsx", "How many ounces do you have?", ["120", "80;"]),
        ("surveymonkey.csv", "How can we reach you?: Name", ["Ann Able", "Bea Bird"]),
        ("surveymonkey.csv", "How can we reach you?: ZIP/Postal Code", ["03820", "03904"]),
        ("surveymonkey.csv", "How many ounces do you have?", ["120", "80 oz"]),
        ("surveymonkey.csv", "Do you use any of these?: Alcohol", ["", "Alcohol"]),
        ("qualtrics.csv", "What is your name?", ["Ann Able", "Bea Bird"]),
        ("qualtrics.csv", "How much milk do you have? - Ounces", ["120", "80"]),
        ("jotform.csv", "Which of these apply?", ["Dairy-free\nEgg-free", ""]),
        ("airtable.csv", "Approved", ["checked", ""]),
        ("old_excel.xls", "Born", ["2026-05-12", "2026-06-01"]),
        ("old_excel.xls", "Name", ["Zoë Müller", "Bea Bird"]),
    ],
)
def test_an_export_gives_its_questions_and_answers(name: str, header: str, answers: list[str]) -> None:
    table = read_table(EXPORTS / name)

    at = table.headers.index(header)
    assert [row.cells[at].text for row in table.rows] == answers
    assert not [row for row in table.rows if row.waits]


@pytest.mark.parametrize(("name", "rows"), [("surveymonkey.csv", [2]), ("qualtrics.csv", [1, 3])])
def test_rows_of_headers_a_tool_adds_are_listed_as_left_out(name: str, rows: list[int]) -> None:
    assert [row.number for row in read_table(EXPORTS / name).left_out] == rows
