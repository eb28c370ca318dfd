"""A formula that failed is a question with the column's name, and nobody's answer."""

from datetime import date
from pathlib import Path

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.sheet import read_sheet


def test_each_error_is_asked_once_by_the_columns_name() -> None:
    table = read_table(Path("tests/data/cases/18_error_values.xlsx"))
    mapping = guess_list(table, Role.DONOR).mapping

    ann, nameless = read_sheet(table, Role.DONOR, mapping, date(2026, 11, 25)).answers

    asked = [question.text for question in ann.questions if question.topic in {"email", "street", "zip"}]
    assert asked == [
        "Email Address: the file shows only #N/A there",
        "Street address: the file shows only #VALUE! there",
        "ZIP: the file shows only #REF! there",
    ]
    assert (ann.contact.email, ann.contact.address.street) == ("", "")
    assert "#N/A" in ann.cells
    assert [question.text for question in nameless.questions if question.topic == "name"] == [
        "Your full name: the file shows only #N/A there"
    ]
