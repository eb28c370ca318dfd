"""A review sheet: given to a clinician, filled in, looked at, taken in, undone."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from coordinator.adapters.pdf.pages import page_count
from coordinator.adapters.pdf.review_sheet import render_review_sheet
from coordinator.adapters.policies.planning import planning_values
from coordinator.adapters.policies.profiles import PROFILES, load_profile
from coordinator.adapters.spreadsheets.review_workbook import review_workbook
from coordinator.db.database import Database
from coordinator.domain.policies.profiles import PolicyValue
from coordinator.domain.policies.review import Answer, ReviewSheet
from coordinator.domain.policies.rules import RULES
from coordinator.domain.settings import Paper
from coordinator.errors import UserError
from coordinator.services.paper.reviews import (
    goes_where,
    read_review,
    review_sheet,
    save_review_sheet,
    take_in,
)
from coordinator.services.policies.page_checks import note_same_figure
from coordinator.services.policies.profiles import (
    change_value,
    confirm_value,
    copy_profile,
    policy_now,
    profile,
    profiles,
    use_profile,
)
from coordinator.services.records.history import undo
from tests.builders import TODAY

SHARING = "community_sharing"
Fill = Callable[[Worksheet], None]


def filled(
    database: Database,
    tmp_path: Path,
    answers: dict[str, tuple[object, ...]],
    *,
    key: str = SHARING,
    clinician: object = "Dr. Fox",
    reviewed_on: object = TODAY,
    besides: Fill | None = None,
) -> Path:
    """Return a sheet as a clinician sends it back: answer, change to, note by rule."""
    path = tmp_path / "review.xlsx"
    save_review_sheet(database, key, path, TODAY)
    book = load_workbook(path)
    page = book.worksheets[0]
    page["B3"].value, page["B4"].value = clinician, reviewed_on
    for rule, words in answers.items():
        for column, word in enumerate(words, start=9):
            page.cell(row_of(page, rule), column).value = word  # type: ignore[assignment] # whatever she types
    if besides is not None:
        besides(page)
    book.save(path)
    return path


def row_of(page: Worksheet, rule: str) -> int:
    return next(row for row in range(7, page.max_row + 1) if page.cell(row, 12).value == rule)


def value_of(database: Database, rule: str, key: str) -> PolicyValue:
    return profile(database, key)[rule]


def test_the_workbook_has_every_value_with_its_source_and_a_drop_down(
    database: Database, tmp_path: Path
) -> None:
    save_review_sheet(database, SHARING, tmp_path / "r.xlsx", TODAY)
    book = load_workbook(tmp_path / "r.xlsx")
    page = book.worksheets[0]
    rows = {page.cell(row, 12).value: row for row in range(7, page.max_row + 1)}
    (check,) = page.data_validations.dataValidation

    assert set(rows) == set(RULES)
    fridge = [page.cell(rows["fridge"], column).value for column in range(1, 9)]
    assert fridge[:3] == ["Fresh milk in a refrigerator", "4 days from expression", "days from expression"]
    assert "Washington Administrative Code" in str(fridge[5])
    assert str(fridge[6]).startswith("https://lawfilesext.leg.wa.gov/")
    assert fridge[7] == "in force 2023-09-22"
    assert check.formula1 == '"agree,change to,ask"'
    assert [str(one) for one in check.sqref.ranges] == [f"I7:I{6 + len(RULES)}"]
    assert book.sheetnames == ["Review", "For planning and paper", "Asked besides"]
    assert book.worksheets[1].max_row > 25
    assert book.worksheets[2].max_row == 2 + len(load_profile().further)


def test_no_cell_of_the_workbook_is_a_formula(database: Database, tmp_path: Path) -> None:
    own = copy_profile(database, SHARING, "=1+1", TODAY)
    change_value(database, own, "herbs", ["=cmd()"], "=HYPERLINK(1)", "+Ana", TODAY)
    save_review_sheet(database, own, tmp_path / "r.xlsx", TODAY)

    pages = load_workbook(tmp_path / "r.xlsx").worksheets
    cells = [cell for page in pages for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_paper_has_every_value_and_the_same_sheet_gives_the_same_bytes(database: Database) -> None:
    sheet = review_sheet(database, SHARING, TODAY)
    pdf = render_review_sheet(sheet, Paper.LETTER)

    assert pdf.startswith(b"%PDF")
    assert page_count(pdf) > 3
    assert render_review_sheet(sheet, Paper.LETTER) == pdf
    assert page_count(render_review_sheet(sheet, Paper.A4)) > 3


@pytest.mark.parametrize("key", PROFILES)
def test_every_letter_of_a_printed_sheet_is_in_its_fonts(key: str) -> None:
    pdf = render_review_sheet(ReviewSheet(load_profile(key), planning_values(), "Zoë", TODAY), Paper.LETTER)
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

    assert "\ufffd" not in words
    assert "not given" not in words


def test_a_blank_sheet_changes_nothing(database: Database, tmp_path: Path) -> None:
    preview = read_review(database, filled(database, tmp_path, {}), TODAY)

    assert preview.reviewed.proposals == ()
    assert preview.reviewed.not_taken == ()
    assert preview.reviewed.blank == len(RULES)
    with pytest.raises(UserError, match="no answer to take in"):
        take_in(database, preview, TODAY)


def test_looking_at_a_sheet_writes_nothing(database: Database, tmp_path: Path) -> None:
    read_review(database, filled(database, tmp_path, {"washout": ("change to", 21)}), TODAY)

    assert [policy.key for policy in profiles(database) if policy.base] == []


def test_the_answers_go_into_an_own_copy_reviewed_by_whom_and_when(
    database: Database, tmp_path: Path
) -> None:
    path = filled(
        database,
        tmp_path,
        {
            "frozen_best": ("agree",),
            "washout": ("change to", "21", "soy stays longer"),
            "herbs": ("ask", None, "and sage?"),
            "nicotine": ("Change to", "not accepted"),
            "supplements": ("change to", "prenatals; vit D"),
        },
        reviewed_on=date(2026, 11, 20),
    )
    preview = read_review(database, path, TODAY)
    assert (preview.copy, preview.makes_copy, preview.is_in_use) == (
        "Community sharing, reviewed",
        True,
        False,
    )
    assert "once you choose it" in str(goes_where(preview))
    assert len(preview.reviewed.proposals) == 5

    take_in(database, preview, TODAY)

    (own,) = [policy for policy in profiles(database) if policy.base]
    assert own.title == "Community sharing, reviewed"
    best, washout, herbs = own["frozen_best"], own["washout"], own["herbs"]
    assert best.change is not None
    assert (best.change.clinician, best.change.reviewed_on) == ("Dr. Fox", date(2026, 11, 20))
    assert (best.value, best.is_checked) == (6, True)
    assert washout.change is not None
    assert (washout.value, washout.is_checked, washout.change.reason) == (21, True, "soy stays longer")
    assert herbs.change is not None
    assert (herbs.change.asked, herbs.change.asked_by, herbs.is_checked) == ("and sage?", "Dr. Fox", False)
    assert own["nicotine"].value == "not accepted"
    assert own["supplements"].value == ("prenatals", "vit D")
    assert policy_now(database).key == SHARING
    assert profile(database, SHARING)["washout"].value == 14


def test_undo_takes_all_of_it_back_at_once(database: Database, tmp_path: Path) -> None:
    path = filled(database, tmp_path, {"washout": ("change to", 21), "herbs": ("ask",)})
    take_in(database, read_review(database, path, TODAY), TODAY)
    assert [policy.title for policy in profiles(database) if policy.base]

    undo(database)

    assert [policy.title for policy in profiles(database) if policy.base] == []


def test_the_own_profile_in_use_takes_the_answers_of_a_sheet_of_the_shipped_one(
    database: Database, tmp_path: Path
) -> None:
    copy_profile(database, SHARING, "Another", TODAY)
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    use_profile(database, own)

    preview = read_review(database, filled(database, tmp_path, {"washout": ("change to", 21)}), TODAY)

    assert (preview.copy, preview.makes_copy, preview.is_in_use) == ("Seacoast", False, True)
    assert "all milk is judged by" in str(goes_where(preview))
    take_in(database, preview, TODAY)
    assert policy_now(database)["washout"].value == 21


def test_a_value_changed_since_the_sheet_was_made_is_left_as_it_is(
    database: Database, tmp_path: Path
) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    path = filled(database, tmp_path, {"washout": ("agree",), "room": ("agree",)}, key=own)
    change_value(database, own, "washout", 30, "stricter", "Ana", TODAY)

    preview = read_review(database, path, TODAY)

    assert [one.now.rule for one in preview.reviewed.proposals] == ["room"]
    (left,) = preview.reviewed.not_taken
    assert left.title == "Days after a food the baby must avoid"
    assert "another one today than on the sheet" in str(left.why)
    take_in(database, preview, TODAY)
    assert not value_of(database, "washout", own).is_checked


def test_what_changes_between_the_look_and_the_taking_in_is_not_run_over(
    database: Database, tmp_path: Path
) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    preview = read_review(database, filled(database, tmp_path, {"washout": ("agree",)}, key=own), TODAY)
    change_value(database, own, "washout", 30, "stricter", "Ana", TODAY)

    with pytest.raises(UserError, match="changed meanwhile"):
        take_in(database, preview, TODAY)
    assert value_of(database, "washout", own).value == 30


@pytest.mark.parametrize(
    ("rule", "words", "why"),
    [
        ("washout", ("maybe",), "none of “agree”"),
        ("washout", (None, 21), "none of “agree”"),
        ("washout", (None, None, "why 14?"), "none of “agree”"),
        ("washout", ("agree", 21), "but the answer is “agree”"),
        ("washout", ("ask", 21), "but the answer is “ask”"),
        ("washout", ("change to",), "new value is missing"),
        ("washout", ("change to", "soon"), "must be a number of days after the last meal"),
        ("washout", ("change to", "3 weeks"), "must be a number of days after the last meal"),
        ("washout", ("change to", -3), "must be a number"),
        ("nicotine", ("change to", "yes"), "must be “the family decides”"),
        ("questions", ("change to", "dairy; moonlight"), "cannot ask for “moonlight”"),
        ("cannabis_wait", ("agree",), "nothing to agree with"),
    ],
)
def test_what_is_not_understood_is_listed_and_never_guessed(
    database: Database, tmp_path: Path, rule: str, words: tuple[object, ...], why: str
) -> None:
    preview = read_review(database, filled(database, tmp_path, {rule: words}), TODAY)

    assert preview.reviewed.proposals == ()
    (left,) = preview.reviewed.not_taken
    assert why in str(left.why)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (21, 21),
        ("21", 21),
        ("21 days", 21),
        ("21 days after the last meal with it", 21),
        ("2,5", 2.5),
        ("unknown", None),
        ("not known", None),
    ],
)
def test_a_new_value_may_carry_the_unit_of_its_rule(
    database: Database, tmp_path: Path, typed: object, value: object
) -> None:
    preview = read_review(database, filled(database, tmp_path, {"washout": ("change to", typed)}), TODAY)

    (proposal,) = preview.reviewed.proposals
    assert proposal.answer is Answer.CHANGE
    assert proposal.value == value


def test_a_new_value_that_is_the_old_one_is_an_agreement(database: Database, tmp_path: Path) -> None:
    preview = read_review(database, filled(database, tmp_path, {"washout": ("change to", 14)}), TODAY)

    assert [one.answer for one in preview.reviewed.proposals] == [Answer.AGREE]


def test_a_question_ends_an_earlier_review_and_an_answer_ends_the_question(
    database: Database, tmp_path: Path
) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    confirm_value(database, own, "washout", "Dr. Owl", TODAY)
    asking = filled(database, tmp_path, {"washout": ("ask", None, "why 14?")}, key=own)
    take_in(database, read_review(database, asking, TODAY), TODAY)
    assert not value_of(database, "washout", own).is_checked

    agreeing = filled(database, tmp_path, {"washout": ("agree",)}, key=own)
    take_in(database, read_review(database, agreeing, TODAY), TODAY)

    change = value_of(database, "washout", own).change
    assert change is not None
    assert (change.clinician, change.asked, change.asked_on) == ("Dr. Fox", "", None)
    assert value_of(database, "washout", own).is_checked


def test_why_a_value_was_changed_stays_when_a_clinician_agrees(database: Database, tmp_path: Path) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    change_value(database, own, "washout", 30, "stricter", "Ana", TODAY)
    path = filled(database, tmp_path, {"washout": ("agree", None, "fine")}, key=own)
    take_in(database, read_review(database, path, TODAY), TODAY)

    change = value_of(database, "washout", own).change
    assert change is not None
    assert (change.reason, change.by, change.clinician) == ("stricter", "Ana", "Dr. Fox")


def test_a_comment_pinned_to_a_row_and_a_struck_row_are_not_lost(database: Database, tmp_path: Path) -> None:
    def mark(page: Worksheet) -> None:
        page.cell(row_of(page, "herbs"), 9).comment = Comment("and sage?", "Fox")
        for column in range(1, 12):
            page.cell(row_of(page, "room"), column).font = Font(strike=True)

    path = filled(database, tmp_path, {"herbs": ("ask",), "room": ("agree",)}, besides=mark)
    preview = read_review(database, path, TODAY)

    (asked,) = preview.reviewed.proposals
    assert "and sage?" in asked.note
    assert [str(one.why) for one in preview.reviewed.not_taken] == ["The row is struck out."]


def test_two_answers_for_one_value_are_none(database: Database, tmp_path: Path) -> None:
    def add_row(page: Worksheet) -> None:
        row, last = row_of(page, "washout"), page.max_row + 1
        for column in (12, 13):
            page.cell(last, column).value = page.cell(row, column).value
        page.cell(last, 9).value = "ask"

    path = filled(database, tmp_path, {"washout": ("agree",)}, besides=add_row)
    preview = read_review(database, path, TODAY)

    assert preview.reviewed.proposals == ()
    assert {str(one.why) for one in preview.reviewed.not_taken} == {
        "The same value has two answers; nothing of it is taken."
    }


def test_answers_on_the_other_pages_are_counted_and_said(database: Database, tmp_path: Path) -> None:
    path = filled(database, tmp_path, {"washout": ("agree",)})
    book = load_workbook(path)
    book.worksheets[1]["I4"] = "agree"
    book.save(path)

    assert read_review(database, path, TODAY).reviewed.unread == 1


def test_rows_sorted_otherwise_and_words_changed_elsewhere_change_nothing(
    database: Database, tmp_path: Path
) -> None:
    def stir(page: Worksheet) -> None:
        page.cell(row_of(page, "washout"), 1).value = "Something else"
        page.cell(row_of(page, "washout"), 2).value = "99 days"
        page.move_range(f"A{row_of(page, 'washout')}:M{row_of(page, 'washout')}", rows=20)

    path = filled(database, tmp_path, {"washout": ("agree",)}, besides=stir)
    (proposal,) = read_review(database, path, TODAY).reviewed.proposals

    assert (proposal.now.rule, proposal.value) == ("washout", 14)


@pytest.mark.parametrize(
    ("clinician", "reviewed_on", "problem"),
    [
        ("", TODAY, "who reviewed it"),
        ("Dr. Fox", None, "Reviewed on"),
        ("Dr. Fox", "soon", "Reviewed on"),
        ("Dr. Fox", date(2027, 1, 1), "Reviewed on"),
    ],
)
def test_a_sheet_that_does_not_say_who_and_when_is_refused(
    database: Database, tmp_path: Path, clinician: object, reviewed_on: object, problem: str
) -> None:
    path = filled(database, tmp_path, {"washout": ("agree",)}, clinician=clinician, reviewed_on=reviewed_on)

    with pytest.raises(UserError, match=problem):
        read_review(database, path, TODAY)


@pytest.mark.parametrize("typed", [date(2026, 11, 20), "2026-11-20", "11/20/2026", "Nov 20, 2026"])
def test_the_day_of_the_review_is_read_as_it_is_written(
    database: Database, tmp_path: Path, typed: object
) -> None:
    path = filled(database, tmp_path, {"washout": ("agree",)}, reviewed_on=typed)

    assert read_review(database, path, TODAY).reviewed.reviewed_on == date(2026, 11, 20)


def test_another_file_is_no_review(database: Database, tmp_path: Path) -> None:
    stream, book = BytesIO(), Workbook()
    book.worksheets[0]["A1"] = "Name"
    book.save(stream)
    (tmp_path / "list.xlsx").write_bytes(stream.getvalue())

    with pytest.raises(UserError, match="no review sheet"):
        read_review(database, tmp_path / "list.xlsx", TODAY)
    with pytest.raises(UserError, match="no such file"):
        read_review(database, tmp_path / "nothing.xlsx", TODAY)


def test_a_profile_for_comparison_is_printed_and_not_changed(database: Database, tmp_path: Path) -> None:
    path = filled(database, tmp_path, {"fridge": ("agree",)}, key="new_york_bank")

    with pytest.raises(UserError, match="for comparison only"):
        read_review(database, path, TODAY)


def test_a_sheet_says_who_opened_a_page_and_who_asks(database: Database, tmp_path: Path) -> None:
    note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", TODAY)
    path = filled(database, tmp_path, {"herbs": ("ask", None, "and sage?")})
    take_in(database, read_review(database, path, TODAY), TODAY)
    (own,) = [policy for policy in profiles(database) if policy.base]
    save_review_sheet(database, own.key, tmp_path / "again.xlsx", TODAY)
    page = load_workbook(tmp_path / "again.xlsx").worksheets[0]

    assert "Ana Reyes opened https://www.cdc.gov" in str(page.cell(row_of(page, "frozen_best"), 5).value)
    assert "Dr. Fox asks: and sage?" in str(page.cell(row_of(page, "herbs"), 5).value)


def test_the_same_sheet_in_memory_has_the_same_rows() -> None:
    sheet = ReviewSheet(load_profile(), (), "", TODAY)

    assert load_workbook(BytesIO(review_workbook(sheet))).worksheets[0].max_row == 6 + len(RULES)
