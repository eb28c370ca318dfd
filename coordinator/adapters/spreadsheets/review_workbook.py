"""A review sheet as a workbook: a row per value with a drop-down for the answer, and read back.

It is read like every file from outside: by calamine, in a process of its own, after it was measured. The key
of a row and the figure that stood on it are in hidden columns; what else is changed changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.spreadsheets.in_memory import saved
from coordinator.domain.policies.page_checks import figure_of
from coordinator.domain.policies.review import Answer, FilledSheet, Mark
from coordinator.domain.policies.review_words import (
    HOW_TO_ANSWER,
    INFORMATION,
    checks_of,
    may_be,
    status_line,
)
from coordinator.domain.policies.rules import RULES
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import decide_order, read_date
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

    from coordinator.adapters.spreadsheets.raw_sheet import RawSheet
    from coordinator.domain.imports.table import SourceRow
    from coordinator.domain.policies.profiles import PolicyValue
    from coordinator.domain.policies.review import PlanningValue, ReviewSheet

_MARK: Final = "milkrun-review"
"""In the first row: whose sheet this is, with the key of the profile."""
_CLINICIAN, _REVIEWED_ON, _HEAD = 3, 4, 6
_COLUMNS: Final = (
    (saying("Value of"), 30),
    (saying("It says"), 26),
    (saying("In"), 26),
    (saying("Otherwise"), 16),
    (saying("How well it is known"), 30),
    (saying("Source"), 44),
    (saying("Address"), 44),
    (saying("Date of the page"), 18),
    (saying("Answer"), 13),
    (saying("Change to"), 22),
    (saying("Note"), 34),
)
_ANSWER, _CHANGE_TO, _NOTE, _KEY, _FIGURE = 9, 10, 11, 12, 13
_LETTERS_OF_A_SHEET: Final = 31
"""As many as Excel takes for its name."""
_REVIEW: Final = saying("Review")
_PLANNING: Final = saying("For planning and paper")
_FURTHER: Final = saying("Asked besides")
_ASKS: Final = "D5ECE9"
_OURS: Final = "F1F1F1"


class NotAReviewError(UserError):
    """The file is no review sheet of this program, or lacks who reviewed it and when."""


def review_workbook(sheet: ReviewSheet) -> bytes:
    """Return *sheet* as an XLSX file; every text is stored as text."""
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter of a second that reading does without

    book = Workbook()
    first = book.worksheets[0]
    first.title = _named(_REVIEW)
    _write_head(first, sheet)
    _write_values(first, sheet)
    _write_planning(book.create_sheet(_named(_PLANNING)), sheet.planning)
    _write_further(book.create_sheet(_named(_FURTHER)), sheet)
    return saved(book)


def _named(words: Saying) -> str:
    return str(words)[:_LETTERS_OF_A_SHEET]


def _write_head(page: Worksheet, sheet: ReviewSheet) -> None:
    title = saying("Review of the policy profile “{title}”", title=sheet.policy.title)
    _put(page, 1, 1, title, bold=True)
    _put(page, 1, _KEY, _MARK)
    _put(page, 1, _FIGURE, sheet.policy.key)
    _put(page, 2, 1, joined(" ", [HOW_TO_ANSWER, INFORMATION]))
    _put(page, _CLINICIAN, 1, saying("Clinician"), bold=True)
    _put(page, _REVIEWED_ON, 1, saying("Reviewed on"), bold=True)
    for row in (_CLINICIAN, _REVIEWED_ON):
        _put(page, row, 2, "", ground=_ASKS)
    page.cell(_REVIEWED_ON, 2).number_format = "yyyy-mm-dd"
    _put(page, 5, 1, saying("Printed on {day}. {network}", day=sheet.made_on, network=sheet.network_name))


def _write_values(page: Worksheet, sheet: ReviewSheet) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see above

    for column, (title, width) in enumerate(_COLUMNS, start=1):
        _put(page, _HEAD, column, title, bold=True, ground=_ASKS if column >= _ANSWER else _OURS)
        page.column_dimensions[get_column_letter(column)].width = width
    for column in (_KEY, _FIGURE):
        page.column_dimensions[get_column_letter(column)].hidden = True
    page.freeze_panes = f"B{_HEAD + 1}"
    values = [sheet.policy[rule] for rule in RULES]
    for row, value in enumerate(values, start=_HEAD + 1):
        for column, text in enumerate(_cells(value), start=1):
            _put(page, row, column, text)
        _put(page, row, _KEY, value.rule)
        _put(page, row, _FIGURE, figure_of(value))
    _offer_answers(page, _HEAD + 1, _HEAD + len(values))


def _offer_answers(page: Worksheet, first: int, last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - see above

    words = ",".join(Answer)
    answers = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    answers.prompt, answers.showInputMessage = str(HOW_TO_ANSWER)[:255], True
    answers.add(f"I{first}:I{last}")
    page.add_data_validation(answers)
    for row in range(first, last + 1):
        for column in (_ANSWER, _CHANGE_TO, _NOTE):
            _put(page, row, column, "")
            page.cell(row, column).number_format = "@"


def _cells(value: PolicyValue) -> Iterator[Saying | str]:
    known = "" if value.value is None else value.otherwise.words
    yield from (RULES[value.rule].title, value.words, may_be(value), known)
    yield joined("; ", [status_line(value.status, value.page.copies), *checks_of(value)])
    yield joined("; ", _sources(value))
    yield value.page.address
    yield value.page.dated


def _sources(value: PolicyValue) -> Iterator[Saying | str]:
    yield from value.seen_in
    if value.page.kind is not None:
        yield value.page.kind.words
    if value.remark:
        yield value.remark
    if value.differs:
        yield saying("others say otherwise: {what}", what=value.differs)


def _write_planning(page: Worksheet, values: Sequence[PlanningValue]) -> None:
    about = saying("What the program plans and prints by. To be read: answers on this page are not taken in.")
    _put(page, 1, 1, about)
    titles = (*(title for title, _ in _COLUMNS[:3]), *(title for title, _ in _COLUMNS[4:8]))
    rows = [
        (
            one.title,
            one.words,
            one.unit,
            status_line(one.status),
            "; ".join(one.seen_in),
            one.address,
            one.dated,
        )
        for one in values
    ]
    _write_table(page, titles, rows)


def _write_further(page: Worksheet, sheet: ReviewSheet) -> None:
    about = saying("Read aloud on the phone; no milk is judged by it. Answers on this page are not taken in.")
    _put(page, 1, 1, about)
    titles = (saying("Question"), saying("Asked of"), *(title for title, _ in _COLUMNS[4:8]))
    rows = [
        (
            one.text,
            one.asked_of.words,
            status_line(one.status),
            joined("; ", [*one.seen_in, *filter(None, (one.remark, one.differs))]),
            one.page.address,
            one.page.dated,
        )
        for one in sheet.policy.further
    ]
    _write_table(page, titles, rows)


def _write_table(page: Worksheet, titles: Sequence[Saying], rows: Sequence[Sequence[Saying | str]]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see above

    for column, title in enumerate(titles, start=1):
        _put(page, 2, column, title, bold=True, ground=_OURS)
        page.column_dimensions[get_column_letter(column)].width = 30
    for number, row in enumerate(rows, start=3):
        for column, text in enumerate(row, start=1):
            _put(page, number, column, text)
    page.freeze_panes = "B3"


def _put(
    page: Worksheet, row: int, column: int, text: Saying | str, *, bold: bool = False, ground: str = ""
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - see above

    cell = page.cell(row, column, str(text))
    cell.data_type = "s"
    is_above = row < _HEAD and page.title == _named(_REVIEW)
    cell.alignment = Alignment(wrap_text=not is_above, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    if ground:
        cell.fill = PatternFill("solid", fgColor=ground)


def filled_in(sheets: Sequence[RawSheet], today: date) -> FilledSheet:
    """Return what was filled in, in the sheets of a file as they were read.

    Raises:
        NotAReviewError: If none of them is a review sheet.
    """
    for sheet in sheets:
        rows = {row.number: row for row in sheet.rows}
        if 1 in rows and _text(rows[1], _KEY) == _MARK:
            others = [one for one in sheets if one is not sheet]
            return FilledSheet(
                profile=_text(rows[1], _FIGURE),
                clinician=_text(rows.get(_CLINICIAN), 2),
                reviewed_on=_day(rows.get(_REVIEWED_ON), today),
                marks=tuple(_mark(row) for row in sheet.rows if _text(row, _KEY) and row.number > _HEAD),
                unread=sum(_is_answered(row) for one in others for row in one.rows),
            )
    raise NotAReviewError(
        saying("This is no review sheet of Milk Run. Choose the workbook that was filled in.")
    )


def _mark(row: SourceRow) -> Mark:
    answer = " ".join(_text(row, _ANSWER).casefold().split())
    note = "; ".join(filter(None, (_text(row, _NOTE), *row.notes)))
    return Mark(
        row.number,
        rule=_text(row, _KEY),
        figure=_text(row, _FIGURE),
        answer=answer,
        change_to=_text(row, _CHANGE_TO),
        note=note,
        is_struck=row.is_struck,
    )


def _is_answered(row: SourceRow) -> bool:
    """Return whether somebody wrote beside the columns of a page whose answers are not taken in."""
    return any(_text(row, column) for column in (8, _ANSWER, _CHANGE_TO, _NOTE)) or bool(row.notes)


def _text(row: SourceRow | None, column: int) -> str:
    cells: Sequence[Cell] = row.cells if row is not None else ()
    return cells[column - 1].text.strip() if len(cells) >= column else ""


def _day(row: SourceRow | None, today: date) -> date | None:
    """Return the day that was filled in; the preview says it back in words."""
    cell = row.cells[1] if row is not None and len(row.cells) > 1 else Cell()
    found = read_date(cell, decide_order([cell.text], today))
    return found.on if found else None
