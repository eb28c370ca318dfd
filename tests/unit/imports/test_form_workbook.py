"""Our own form as a workbook: drop-downs, days, help, and nothing that could be a person."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from coordinator.adapters.spreadsheets.form_workbook import form_workbook
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.own_form import Asking, OwnForm, own_form


def sheet_of(role: Role) -> Worksheet:
    (sheet,) = load_workbook(BytesIO(form_workbook(own_form(role)))).worksheets
    return sheet


def checks_of(form: OwnForm, sheet: Worksheet) -> list[tuple[Asking, str, str]]:
    """Return each question with the list and the help its cells have."""
    checks = sheet.data_validations.dataValidation
    by_letter = {str(check.sqref).partition("2:")[0]: check for check in checks}
    found = [by_letter.get(get_column_letter(at)) for at in range(1, sheet.max_column + 1)]
    return [
        (asking, (check.formula1 or "") if check else "", (check.prompt or "") if check else "")
        for asking, check in zip(form.askings, found, strict=True)
    ]


@pytest.mark.parametrize("role", Role)
def test_it_has_one_row_of_questions_that_stays_in_view(role: Role) -> None:
    sheet = sheet_of(role)

    assert [cell.value for cell in sheet[1]] == [str(one.question.words) for one in own_form(role).askings]
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "C2"
    assert all(cell.comment is None for cell in sheet[1])


@pytest.mark.parametrize("role", Role)
def test_a_choice_has_its_options_and_what_has_help_says_it(role: Role) -> None:
    for asking, options, said in checks_of(own_form(role), sheet_of(role)):
        question = asking.question
        assert options.strip('"').split(",") == [*map(str, question.options)] or not question.options
        assert bool(options) is (question.asked is Asked.CHOICE)
        assert len(options) < 255
        assert str(question.help) in said


def test_other_words_than_the_options_are_never_refused() -> None:
    checks = sheet_of(Role.DONOR).data_validations.dataValidation

    assert not any(check.showErrorMessage for check in checks)


def test_what_is_typed_stays_as_typed_and_days_are_days() -> None:
    sheet = sheet_of(Role.DONOR)

    for at, asking in enumerate(own_form(Role.DONOR).askings, start=1):
        shape = sheet.column_dimensions[get_column_letter(at)].number_format
        assert shape == ("mm-dd-yy" if asking.question.asked is Asked.DAY else "@")
