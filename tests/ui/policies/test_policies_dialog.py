"""The policy profiles in the window: read, compared, copied, changed, reviewed, used, undone."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.adapters.policies.profiles import shipped_profiles
from coordinator.bootstrap import Database
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.typed import typed_words
from coordinator.services.policies import profiles
from coordinator.services.records import history
from tests.builders import TODAY
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from tests.ui.network import dialog_of, idle, opened, started
from ui import theme
from ui.desk import Desk
from ui.policies.dialog import PoliciesDialog
from ui.policies.forms import ChangeForm, CopyForm, ReviewForm, SameFigureForm
from ui.policies.reviews import ReviewPreviewForm
from ui.policies.value_words import read_value
from ui.widgets import file_dialogs
from ui.widgets.fields.edit_field import EditField, NotUnderstoodError
from ui.widgets.fields.form_dialog import FormDialog

LEFT = Qt.MouseButton.LeftButton
RULE = "blood_test_age"


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> PoliciesDialog:
    return shown(qtbot, desk)


@pytest.fixture
def own(database: Database) -> str:
    """Give the key of a copy of the default, called Seacoast."""
    return profiles.copy_profile(database, "community_sharing", "Seacoast", TODAY)


def shown(qtbot: QtBot, desk: Desk, profile: str = "", beside: str = "") -> PoliciesDialog:
    dialog = PoliciesDialog(desk)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    if profile:
        dialog.shown.profile.setCurrentIndex(dialog.shown.profile.findData(profile))
    if beside:
        dialog.shown.beside.setCurrentIndex(dialog.shown.beside.findData(beside))
    return dialog


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def type_in(qtbot: QtBot, field: EditField, text: str) -> None:
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field.editor, text)


Form = TypeVar("Form", bound=FormDialog)


def form_of(dialog: PoliciesDialog, kind: type[Form]) -> Form:
    assert isinstance(dialog.form, kind)
    return dialog.form


def test_the_menu_opens_them_and_the_profile_in_use_is_in_front(
    qtbot: QtBot, database: Database, own: str, tmp_path: Path
) -> None:
    profiles.use_profile(database, own)
    window = opened(qtbot, database, started(tmp_path))
    (action,) = [one for one in window.menu("&File").actions() if one.text().startswith("Policy")]

    action.trigger()
    idle(qtbot, window)

    found = dialog_of(window, PoliciesDialog)
    assert found.shown.profile.currentText() == "Seacoast (in use, your own)"


def test_a_value_says_its_unit_its_source_that_it_is_unchecked_and_the_day(dialog: PoliciesDialog) -> None:
    dialog.shown.values.choose("cooler")

    said = dialog.shown.pane.text
    assert "24 hours from expression (unchecked)" in said
    assert "CDC leaflet copied at hotpinkbraces.com" in said
    assert "Unchecked: 5 copies that agree were read, not the issuing body's own page" in said
    assert "It is advice." in said
    assert "11/28/26" in said
    assert dialog.shown.values.rows.rowCount() == len(RULES)


def test_a_shipped_profile_is_read_only_and_says_how_to_change_it(dialog: PoliciesDialog) -> None:
    dialog.shown.values.choose("fridge")
    pane = dialog.shown.pane

    assert not pane.change_button.isVisible()
    assert "copy the profile" in pane.why_fixed.text()
    dialog.shown.values.row_opened.emit("fridge")
    assert dialog.form is None


@pytest.mark.parametrize("key", ["new_york_bank", "washington_bank"])
def test_a_profile_for_comparison_says_so_and_is_neither_used_nor_copied(
    qtbot: QtBot, desk: Desk, key: str
) -> None:
    dialog = shown(qtbot, desk, key)

    assert "for comparison only" in dialog.shown.profile.currentText()
    assert "milk is never judged by it" in dialog.shown.about.text()
    assert not dialog.shown.use_button.isEnabled()
    assert not dialog.shown.copy_button.isEnabled()
    assert not dialog.shown.remove_button.isEnabled()


def test_a_profile_is_copied_changed_with_a_reason_and_set_back(
    qtbot: QtBot, dialog: PoliciesDialog, database: Database
) -> None:
    press(qtbot, dialog.shown.copy_button)
    copy = form_of(dialog, CopyForm)
    type_in(qtbot, copy.title_field, "Seacoast")
    press(qtbot, copy.save_button)
    assert dialog.shown.profile.currentText() == "Seacoast (your own)"

    dialog.shown.values.choose(RULE)
    press(qtbot, dialog.shown.pane.change_button)
    change = form_of(dialog, ChangeForm)
    type_in(qtbot, change.value_field, "6")
    type_in(qtbot, change.reason_field, "our clinic asks for it")
    type_in(qtbot, change.by_field, "Rae Finch")
    press(qtbot, change.save_button)

    said = dialog.shown.pane.text
    assert "6 months after the test (unchecked)" in said
    assert "set by Rae Finch on Nov 21, 2026: our clinic asks for it" in said
    assert "It came with: 12 months after the test" in said

    press(qtbot, dialog.shown.pane.restore_button)
    assert "12 months after the test (checked)" in dialog.shown.pane.text
    history.undo(database)
    assert profiles.profile(database, "seacoast_1")[RULE].value == 6


def test_a_change_without_a_reason_keeps_what_was_typed_and_says_what_is_missing(
    qtbot: QtBot, desk: Desk, own: str, database: Database
) -> None:
    dialog = shown(qtbot, desk, own)
    dialog.shown.values.choose(RULE)
    press(qtbot, dialog.shown.pane.change_button)
    form = form_of(dialog, ChangeForm)
    type_in(qtbot, form.value_field, "soon")
    press(qtbot, form.save_button)
    assert "Type a number of months" in form.problem.text()

    type_in(qtbot, form.value_field, "6")
    press(qtbot, form.save_button)

    assert form.problem.text() == "Type why the value is changed, and who says so."
    assert form.value_field.typed() == "6"
    assert profiles.profile(database, own)[RULE].value == 12


def test_a_clinicians_review_makes_a_value_checked(qtbot: QtBot, desk: Desk, own: str) -> None:
    dialog = shown(qtbot, desk, own)
    dialog.shown.values.choose(RULE)
    press(qtbot, dialog.shown.pane.review_button)
    form = form_of(dialog, ReviewForm)
    type_in(qtbot, form.clinician_field, "Dr. Fox")
    press(qtbot, form.save_button)

    assert "12 months after the test (reviewed by Dr. Fox)" in dialog.shown.pane.text


def test_a_page_that_says_the_same_makes_a_value_checked_and_undo_takes_it_back(
    qtbot: QtBot, dialog: PoliciesDialog, database: Database
) -> None:
    dialog.shown.values.choose("frozen_best")
    assert "6 months from expression (unchecked)" in dialog.shown.pane.text

    press(qtbot, dialog.shown.pane.same_button)
    form = form_of(dialog, SameFigureForm)
    assert form.page_field.typed().startswith("https://www.cdc.gov/breastfeeding/")
    type_in(qtbot, form.by_field, "Ana Reyes")
    press(qtbot, form.save_button)

    said = dialog.shown.pane.text
    assert "6 months from expression (checked by Ana Reyes)" in said
    assert "Ana Reyes opened the page on 11/21/26: same figure." in said
    history.undo(database)
    dialog.shown.values.choose("room")
    assert not profiles.profile(database, "community_sharing")["frozen_best"].is_checked


def test_a_copy_that_says_the_same_stays_unchecked_and_says_why(qtbot: QtBot, dialog: PoliciesDialog) -> None:
    dialog.shown.values.choose("frozen_best")
    press(qtbot, dialog.shown.pane.same_button)
    form = form_of(dialog, SameFigureForm)
    type_in(qtbot, form.page_field, "https://hotpinkbraces.com/leaflet")
    type_in(qtbot, form.by_field, "Ana Reyes")
    press(qtbot, form.save_button)

    said = dialog.shown.pane.text
    assert "6 months from expression (unchecked)" in said
    assert "It is not CDC's own page, so the value stays unchecked." in said


def test_what_no_page_can_say_has_no_such_button(dialog: PoliciesDialog) -> None:
    pane = dialog.shown.pane
    for rule in ("cannabis_wait", "other_supplements", "questions"):
        dialog.shown.values.choose(rule)
        assert not pane.same_button.isVisible(), rule
    assert "(our choice)" in pane.text


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "Workbook to fill in (*.xlsx)") -> None:
    """Let the file dialogs answer with *path*; what they show is the system's."""
    monkeypatch.setattr(file_dialogs, "choose_target", lambda *_, **__: file_dialogs.Target(path, kind))
    monkeypatch.setattr(file_dialogs, "choose_file", lambda *_: path)


def fill_in(path: Path, rule: str, answer: str, change_to: str = "") -> None:
    book = load_workbook(path)
    page = book.worksheets[0]
    page["B3"], page["B4"] = "Dr. Fox", TODAY
    row = next(row for row in range(7, page.max_row + 1) if page.cell(row, 12).value == rule)
    page.cell(row, 9).value, page.cell(row, 10).value = answer, change_to or None
    book.save(path)


def test_a_review_is_saved_filled_in_looked_at_and_taken_in(
    qtbot: QtBot,
    dialog: PoliciesDialog,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen(monkeypatch, tmp_path / "review.xlsx")
    press(qtbot, dialog.shown.sheet_button)
    assert dialog.shown.said.text() == "Saved as review.xlsx."
    fill_in(tmp_path / "review.xlsx", "washout", "change to", "21")

    press(qtbot, dialog.shown.read_button)
    form = form_of(dialog, ReviewPreviewForm)
    said = "\n".join(label.text() for label in form.findChildren(QLabel))
    assert "Reviewed by Dr. Fox on Nov 21, 2026." in said
    assert "14 days after the last meal with it becomes 21 days after the last meal with it" in said
    assert "“Community sharing, reviewed”; milk is judged by it once you choose it" in said
    assert profiles.policy_now(database).key == "community_sharing"
    assert len(profiles.profiles(database)) == 4

    press(qtbot, form.save_button)
    assert dialog.shown.profile.currentText() == "Community sharing, reviewed (your own)"
    dialog.shown.values.choose("washout")
    assert "21 days after the last meal with it (reviewed by Dr. Fox)" in dialog.shown.pane.text
    history.undo(database)
    assert len(profiles.profiles(database)) == 4


def test_a_review_without_an_answer_has_nothing_to_take_in_and_esc_leaves_it(
    qtbot: QtBot,
    dialog: PoliciesDialog,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen(monkeypatch, tmp_path / "review.xlsx")
    press(qtbot, dialog.shown.sheet_button)
    fill_in(tmp_path / "review.xlsx", "washout", "agree", "21")
    press(qtbot, dialog.shown.read_button)
    form = form_of(dialog, ReviewPreviewForm)

    assert not form.save_button.isEnabled()
    said = "\n".join(label.text() for label in form.findChildren(QLabel))
    assert "A new value is filled in, but the answer is “agree”." in said
    form.reject()
    assert len(profiles.profiles(database)) == 4


def test_what_is_no_review_is_said_in_a_sentence(
    qtbot: QtBot, dialog: PoliciesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list.csv").write_text("Name,Phone\nAda,1\n", "utf-8")
    chosen(monkeypatch, tmp_path / "list.csv")

    press(qtbot, dialog.shown.read_button)

    assert "no review sheet of Milk Run" in dialog.shown.said.text()
    assert dialog.form is None


def test_a_review_is_printed_where_a_pdf_is_chosen(
    qtbot: QtBot, dialog: PoliciesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, tmp_path / "review", "PDF to tick on paper (*.pdf)")
    press(qtbot, dialog.shown.sheet_button)

    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_asked_besides_is_read_with_its_source(qtbot: QtBot, dialog: PoliciesDialog) -> None:
    press(qtbot, dialog.shown.further_button)

    said = "\n".join(label.text() for label in dialog.further.findChildren(QLabel))
    assert "Is a breast sore or infected, a duct plugged, or a nipple cracked or bleeding?" in said
    assert "Source: Donor form, The New York Milk Bank: https://nymilkbank.secure-form.com" in said
    assert nameless_controls(dialog.further) == []
    dialog.further.reject()


def test_an_own_profile_is_used_and_removed_again(
    qtbot: QtBot, desk: Desk, own: str, database: Database
) -> None:
    dialog = shown(qtbot, desk, own)

    press(qtbot, dialog.shown.use_button)
    assert profiles.policy_now(database).key == own
    assert dialog.shown.profile.currentText() == "Seacoast (in use, your own)"

    press(qtbot, dialog.shown.remove_button)
    assert dialog.shown.profile.currentText() == "Community sharing (in use)"
    history.undo(database)
    assert profiles.policy_now(database).key == own


def test_two_side_by_side_mark_what_differs_by_word_and_can_show_only_that(
    qtbot: QtBot, desk: Desk, own: str, database: Database
) -> None:
    profiles.change_value(database, own, RULE, 6, "our clinic asks for it", "Rae Finch", TODAY)
    dialog = shown(qtbot, desk, "community_sharing", own)
    table = dialog.shown.both
    assert dialog.shown.count.text() == f"1 of {len(RULES)} differ"
    assert table.shown_headers() == ["Rule", "Differs?", "Community sharing", "Seacoast"]

    qtbot.keyClick(dialog.shown.only_differing, Qt.Key.Key_Space)

    assert table.shown_rows() == [["A blood test counts", "differs", "12 months", "6 months"]]
    table.choose(RULE)
    assert "Community sharing" in dialog.shown.pane.text
    assert "6 months after the test (unchecked)" in dialog.shown.pane.text


def test_the_lines_that_differ_have_another_ground(
    qtbot: QtBot, desk: Desk, own: str, database: Database
) -> None:
    profiles.change_value(database, own, RULE, 6, "our clinic asks for it", "Rae Finch", TODAY)
    theme.apply(QApplication.instance(), theme.Scheme.LIGHT)  # type: ignore[arg-type] # the one application
    dialog = shown(qtbot, desk, "community_sharing", own)
    table = dialog.shown.both
    table.choose("room")
    table.scrollTo(table.rows.index(table.rows.position_of(RULE) or 0, 0))
    QApplication.processEvents()

    def ground(rule: str) -> str:
        place = table.visualRect(table.rows.index(table.rows.position_of(rule) or 0, 0)).topRight()
        picture = table.viewport().grab().toImage()
        return picture.pixelColor(place.x() - 3, place.y() + 3).name().upper()

    assert ground(RULE) == theme.LIGHT.ask_ground
    assert ground("blood_panel") == theme.LIGHT.surface


def test_what_is_searched_for_finds_rules_and_sources(qtbot: QtBot, dialog: PoliciesDialog) -> None:
    dialog.shown.search.setText("hotpinkbraces")
    dialog.shown.search.searched.emit("hotpinkbraces")

    rows = dialog.shown.values.shown_rows()
    assert "Fresh milk at room temperature" in [row[0] for row in rows]
    assert len(rows) < len(RULES)


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_every_control_has_a_name_and_no_word_is_cut(
    qtbot: QtBot, desk: Desk, own: str, scale: float
) -> None:
    theme.apply(QApplication.instance(), font_scale=scale)  # type: ignore[arg-type] # the one application
    dialog = shown(qtbot, desk, own, "new_york_bank")
    dialog.shown.both.choose(RULE)
    assert focusable_controls(dialog) > 8
    assert nameless_controls(dialog) == []
    assert cut_labels(dialog) == []

    press(qtbot, dialog.shown.pane.change_button)
    form = form_of(dialog, ChangeForm)
    assert nameless_controls(form) == []
    assert cut_labels(form) == []


def test_every_shipped_value_is_read_back_from_the_way_it_is_typed() -> None:
    for policy in shipped_profiles():
        for rule in RULES.values():
            value = policy[rule.key].value
            assert read_value(rule, typed_words(rule, value)) == value, f"{policy.key}: {rule.key}"


def test_an_amount_is_a_number_or_one_of_its_words() -> None:
    assert read_value(RULES["frozen_chest"], "not accepted") == "not accepted"
    assert read_value(RULES["frozen_chest"], "4,5") == 4.5
    with pytest.raises(NotUnderstoodError, match="not accepted"):
        read_value(RULES["frozen_chest"], "long")
