"""Our own form as an empty workbook: a heading per question, drop-downs, and help where somebody types.

It has one sheet and no row below the headings, so that nothing of it can be taken for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from coordinator.adapters.spreadsheets.in_memory import saved
from coordinator.domain.families.one_field import Asked
from coordinator.sayings import joined, saying

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator.domain.families.one_field import Question
    from coordinator.domain.families.own_form import Asking, OwnForm

ROWS: Final = 500
"""Down to here cells have drop-downs and help."""
_LETTERS_OF_A_LIST, _LETTERS_OF_A_SHEET = 255, 31
"""As many as Excel takes for all options of a drop-down together, and for the name of a sheet."""
_AS_TYPED: Final = "@"  # else a spreadsheet takes the zero off 03820, and makes a day of "4-5"
_DAY: Final = "mm-dd-yy"  # Excel's own short date: it shows as the computer writes dates
_WIDTHS: Final = {Asked.DAY: 15, Asked.AT_LENGTH: 40}
_WIDTH: Final = 22
_HEADING: Final = PatternFill("solid", fgColor="D5ECE9")
_HELP: Final = {
    Asked.DAY: saying("A date such as 11/21/2026."),
    Asked.CHOICE: saying("Choose, or write other words."),
}


def form_workbook(form: OwnForm) -> bytes:
    """Return *form* as an XLSX file with a heading per question and nothing below."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = str(form.title)[:_LETTERS_OF_A_SHEET]
    names = next(column for column, asking in enumerate(form.askings, start=1) if asking.is_required)
    sheet.freeze_panes = f"{get_column_letter(names + 1)}2"
    sheet.row_dimensions[1].height = 48
    for column, asking in enumerate(form.askings, start=1):
        _add_column(sheet, column, asking)
    return saved(book)


def _add_column(sheet: Worksheet, column: int, asking: Asking) -> None:
    question, letter = asking.question, get_column_letter(column)
    heading = sheet.cell(1, column, str(question.words))
    heading.font = Font(bold=True)
    heading.fill = _HEADING
    heading.alignment = Alignment(wrap_text=True, vertical="top")
    about = sheet.column_dimensions[letter]
    about.width = _WIDTHS.get(question.asked, _WIDTH)
    about.number_format = _DAY if question.asked is Asked.DAY else _AS_TYPED
    if check := _check(question):
        check.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(check)


def _check(question: Question) -> DataValidation | None:
    """Return what a column offers and says; other words are never refused: the import asks about them."""
    options = ",".join(map(str, question.options))
    help_words = joined(" ", filter(None, (_HELP.get(question.asked), question.help)))
    if not help_words:
        return None
    check = DataValidation(allow_blank=True, showErrorMessage=False, showInputMessage=True)
    check.prompt = str(help_words)[:_LETTERS_OF_A_LIST]
    if options and len(options) <= _LETTERS_OF_A_LIST:
        check.type = "list"
        check.formula1 = f'"{options}"'
    return check
