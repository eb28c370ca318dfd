"""The import wizard: from three spreadsheets to a network, by keys and clicks alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Role
from coordinator.domain.imports.planning import Outcome
from coordinator.services.families import donors, households
from coordinator.services.records import backups
from coordinator.services.settings.values import change_setting
from tests import seacoast
from tests.builders import TODAY
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from tests.ui.file_answers import answer_with
from tests.ui.network import dialog_of, idle, opened, started
from ui import theme
from ui.imports.column_line import ColumnLine
from ui.imports.wizard import ImportWizard, Step
from ui.window.network_window import NetworkWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def a_wizard(qtbot: QtBot, database: Database, tmp_path: Path, *paths: Path) -> ImportWizard:
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_import(paths)
    idle(qtbot, window)
    return dialog_of(window, ImportWizard)


def window_of(wizard: ImportWizard) -> NetworkWindow:
    window = wizard.parent()
    assert isinstance(window, NetworkWindow)
    return window


def go_on(qtbot: QtBot, wizard: ImportWizard) -> None:
    window = window_of(wizard)
    qtbot.waitUntil(wizard.frame.next_button.isEnabled)
    qtbot.mouseClick(wizard.frame.next_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)


def has_imported(wizard: ImportWizard, files: int) -> bool:
    return len(wizard.reports) == files


def at_rows(qtbot: QtBot, database: Database, tmp_path: Path, path: Path) -> ImportWizard:
    wizard = a_wizard(qtbot, database, tmp_path, path)
    go_on(qtbot, wizard)
    if wizard.step is Step.COLUMNS:
        say_yes(qtbot, wizard)
        go_on(qtbot, wizard)
    assert wizard.step is Step.ROWS
    return wizard


def open_fold(qtbot: QtBot, wizard: ImportWizard, name: str) -> dict[int, ColumnLine]:
    """Open a folded section of the columns step, and return the lines on screen, by column."""
    if wizard.step is Step.ROWS:
        qtbot.mouseClick(wizard.rows.columns_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(wizard.frame.next_button.isEnabled)
    qtbot.mouseClick(wizard.columns.sections.folds[name].button, Qt.MouseButton.LeftButton)
    return wizard.columns.lines


def say_yes(qtbot: QtBot, wizard: ImportWizard) -> None:
    """Say yes to whatever is likely, not sure: whose list it is, and what its columns are."""
    columns = wizard.columns
    likely = [line.yes_button for line in columns.lines.values() if not line.yes_button.isHidden()]
    for button in [columns.kind_yes, *likely]:
        if button.isVisible():
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def count_of(database: Database, role: Role) -> int:
    return sum(entry.hit.role is role for entry in households.family_index(database))


def a_file(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_three_spreadsheets_come_in_by_keys_alone(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, *seacoast.LISTS)
    window = opened(qtbot, database, started(tmp_path))

    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    wizard = dialog_of(window, ImportWizard)
    qtbot.waitUntil(wizard.isActiveWindow)
    qtbot.keyClick(wizard.files.choose_button, Qt.Key.Key_Return)
    idle(qtbot, window)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    idle(qtbot, window)
    for done in range(3):
        assert wizard.steps.currentIndex() == Step.ROWS
        assert count_of(database, Role.DRIVER) == 0
        qtbot.waitUntil(wizard.frame.next_button.isEnabled)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(partial(has_imported, wizard, done + 1), timeout=20_000)
        idle(qtbot, window)

    assert window.dialogs.current is None
    assert [count_of(database, role) for role in Role] == [40, 60, 8]
    assert "Imported 42 rows of donors: 38 new" in window.notice.text
    assert "40 donors · 60 families" in window.status.summary.text()


def test_one_click_takes_the_whole_import_back(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)
    window = window_of(wizard)
    go_on(qtbot, wizard)
    assert count_of(database, Role.DONOR) == 40

    undo = next(button for button in window.notice.findChildren(QPushButton) if button.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    idle(qtbot, window)

    assert count_of(database, Role.DONOR) == 0
    assert window.notice.text == "Undone: Imported 42 rows of a donor list"


def test_one_undo_takes_back_every_list_that_came_in_with_the_last(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    donors = a_file(tmp_path, "Name,Phone,Ounces\nAda Poole,603-555-0101,40\n", "donors.csv")
    drivers = a_file(
        tmp_path, "Driver name,Phone,Willing to drive\nCal Roy,603-555-0103,yes\n", "drivers.csv"
    )
    wizard = a_wizard(qtbot, database, tmp_path, donors, drivers)
    window = window_of(wizard)
    go_on(qtbot, wizard)
    while window.dialogs.current is not None:
        say_yes(qtbot, wizard)
        go_on(qtbot, wizard)
    assert len(households.family_index(database)) == 2
    both = "Imported 1 row of a donor list and 1 list after it"
    assert window.status.undo_button.accessibleName() == f"Undo: {both}"  # its text makes way for the notice

    window.undo_wanted.emit()
    idle(qtbot, window)
    assert not households.family_index(database)
    assert window.notice.text == f"Undone: {both}"

    window.redo_wanted.emit()
    idle(qtbot, window)
    assert len(households.family_index(database)) == 2
    assert window.notice.text == f"Done again: {both}"
    assert window.status.undo_button.accessibleName() == f"Undo: {both}"  # its text makes way for the notice

    window.undo_wanted.emit()
    idle(qtbot, window)
    assert not households.family_index(database)
    assert window.status.undo_button.isHidden()


def test_what_was_done_since_an_import_is_named_and_taken_back_with_it(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)
    window = window_of(wizard)
    go_on(qtbot, wizard)
    first = households.family_index(database)[0].hit
    households.change_profile(database, first.code, "donor_state", DonorState.PAUSED)

    qtbot.mouseClick(window.notice._button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)

    assert window.notice.text == (
        "“Imported 42 rows of a donor list” cannot be undone alone: "
        f"“Changed state of {first.name}” came after it "
        f"and stands in the way (changed since: {first.name}). Undo both, or neither."
    )
    assert count_of(database, Role.DONOR) == 40
    assert window.notice._button.text() == "Undo both"
    qtbot.mouseClick(window.notice._button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert count_of(database, Role.DONOR) == 0


def test_columns_that_are_all_sure_stop_nobody_and_can_be_looked_at(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    text = "Name,Phone,Ounces,Do you eat dairy?,Signature\nAda Poole,603-555-0101,40,no,AP\n"
    wizard = a_wizard(qtbot, database, tmp_path, a_file(tmp_path, text))

    go_on(qtbot, wizard)

    assert wizard.steps.currentIndex() == Step.ROWS
    assert wizard.rows.columns_button.isVisible()
    assert wizard.rows.passed.text() == (
        "Every column is surely read. 1 column has no field here: “Signature”."
    )
    qtbot.mouseClick(wizard.rows.columns_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window_of(wizard))
    assert wizard.steps.currentIndex() == Step.COLUMNS
    go_on(qtbot, wizard)
    assert wizard.steps.currentIndex() == Step.ROWS
    assert not wizard.rows.columns_button.isVisible()


@pytest.mark.parametrize("heading", ["Zork", "Pounds"])
def test_a_column_that_is_not_read_is_shown_before_anything_else(
    qtbot: QtBot, database: Database, tmp_path: Path, heading: str
) -> None:
    text = f"Name,Phone,Ounces,{heading}\nAda Poole,603-555-0101,40,night shift\n"
    wizard = a_wizard(qtbot, database, tmp_path, a_file(tmp_path, text))

    go_on(qtbot, wizard)

    assert wizard.step is Step.COLUMNS


def test_nothing_is_written_before_import_is_clicked(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    before = database.change_counter()
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)

    qtbot.keyClick(wizard, Qt.Key.Key_Escape)

    assert window_of(wizard).dialogs.current is None
    assert database.change_counter() == before
    assert backups.backups(database) == []


def test_the_network_is_backed_up_where_she_chose_before_an_import(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    change_setting(database, "backup_folder", str(tmp_path / "stick"))
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)

    go_on(qtbot, wizard)

    assert [backup.reason for backup in backups.backups(database, folder=tmp_path / "stick")] == ["import"]


def test_the_counts_add_up_and_filter_the_rows(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)
    every, *parts = wizard.rows.filters.buttons()
    numbers = [int(button.text().rpartition(" ")[2]) for button in parts]

    assert int(every.text().rpartition(" ")[2]) == sum(numbers) == wizard.rows.model.rowCount() == 42
    look = next(button for button in parts if button.text().startswith("Needs a look"))
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    assert wizard.rows.model.rowCount() == int(look.text().rpartition(" ")[2])


def test_a_row_that_needs_a_look_becomes_one_family_when_she_says_so(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)
    assert wizard.rows.table.chosen_key == 12
    options = wizard.rows.detail.options
    assert [option.text() for option in options] == [
        "The same as Amara Chen (row 10)\nsame name",
        "Two people: a family of its own",
        "Not sure: a family of its own, and both are asked",
    ]
    assert options[2].isChecked()

    qtbot.keyClick(wizard.rows.table, Qt.Key.Key_Return)
    qtbot.keyClick(options[2], Qt.Key.Key_Up)
    qtbot.keyClick(options[1], Qt.Key.Key_Up)
    row = wizard.rows.model.position_of(12)
    assert row is not None
    assert wizard.rows.model.index(row, 2).data() == "Becomes one family with row 10"
    go_on(qtbot, wizard)

    assert sum(e.hit.name == "Amara Chen" for e in households.family_index(database)) == 1


def test_rows_of_removed_codes_are_counted_told_and_left_out(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    go_on(qtbot, at_rows(qtbot, database, tmp_path, seacoast.DONORS))
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS_LATER)
    code = next(
        p.person.code for p in wizard.rows.model.all_rows() if p.outcome is Outcome.UPDATE and p.person
    )
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    households.remove_family(database, code, TODAY)

    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS_LATER)

    left_out = next(b for b in wizard.rows.filters.buttons() if b.text().startswith("Left out"))
    assert left_out.text() == "Left out 1"
    qtbot.mouseClick(left_out, Qt.MouseButton.LeftButton)
    assert wizard.rows.model.rowCount() == 1
    assert wizard.rows.model.index(0, 2).data() == (
        f"Left out: {code} was removed; undo that, then import again"
    )
    window = window_of(wizard)
    go_on(qtbot, wizard)
    assert "1 of removed codes left out" in window.notice.text


def test_next_weeks_export_shows_what_changes_from_old_to_new(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    go_on(qtbot, at_rows(qtbot, database, tmp_path, seacoast.DONORS))
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS_LATER)
    assert wizard.columns.note.text().startswith("The columns are matched as you did it last time")
    updates = [plan for plan in wizard.rows.model.all_rows() if plan.outcome is Outcome.UPDATE]

    wizard.rows.table.choose(updates[0].number)

    assert len(updates) == 6
    shown = [label.text() for label in wizard.rows.detail.findChildren(QLabel)]
    assert any(text.startswith("Ounces offered: ") and " → " in text for text in shown)


def test_a_file_that_is_no_spreadsheet_says_so_and_another_can_be_chosen(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    wizard = a_wizard(qtbot, database, tmp_path, picture)
    assert wizard.files.problem.text().startswith("photo.png: This file is not a spreadsheet.")
    assert not wizard.frame.next_button.isEnabled()

    answer_with(monkeypatch, seacoast.DONORS)
    qtbot.mouseClick(wizard.files.choose_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window_of(wizard))

    assert wizard.files.problem.isHidden()
    assert wizard.files.readable == [seacoast.DONORS]
    assert wizard.frame.next_button.isEnabled()


def test_headers_that_say_nothing_ask_whose_list_it_is(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = a_wizard(qtbot, database, tmp_path, a_file(tmp_path, "Name,What\nAda Okafor,x\n"))
    go_on(qtbot, wizard)
    assert "do not say whose list" in wizard.columns.note.text()
    assert not wizard.frame.next_button.isEnabled()

    wizard.columns.kind.box.setFocus()
    qtbot.keyClick(wizard.columns.kind.box, Qt.Key.Key_Down)
    idle(qtbot, window_of(wizard))

    assert open_fold(qtbot, wizard, "sure")[0].choice.value == "name"
    assert wizard.frame.next_button.isEnabled()


def test_two_columns_read_as_one_thing_must_be_sorted_out_first(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = a_wizard(qtbot, database, tmp_path, seacoast.DONORS)
    go_on(qtbot, wizard)
    lines = open_fold(qtbot, wizard, "sure")
    name, email = lines[1].choice, lines[2].choice

    email.box.setCurrentText("Name")
    email.leave()
    assert not wizard.frame.next_button.isEnabled()
    assert not name.message.isHidden()

    email.box.setCurrentIndex(0)
    email.leave()
    idle(qtbot, window_of(wizard))
    assert wizard.frame.next_button.isEnabled()
    assert name.message.isHidden()
    assert wizard.columns.choices is not None
    assert "email" not in wizard.columns.choices.mapping


def test_the_order_of_day_and_month_is_shown_per_column(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    text = "Your full name,Ounces,Oldest milk,Newest milk\nAda Okafor,40,13/10/2026,14/11/2026\n"
    wizard = a_wizard(qtbot, database, tmp_path, a_file(tmp_path, text))
    go_on(qtbot, wizard)

    notes = [line.note for line in open_fold(qtbot, wizard, "sure").values()]
    assert [note.text() for note in notes if not note.isHidden()] == ["Dates read as day/month"] * 2


def test_stopping_an_import_leaves_nothing_of_it(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)
    qtbot.waitUntil(wizard.frame.next_button.isEnabled)
    qtbot.mouseClick(wizard.frame.next_button, Qt.MouseButton.LeftButton)
    assert wizard.frame.cancel_button.text() == "Stop"

    qtbot.mouseClick(wizard.frame.cancel_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window_of(wizard))

    assert wizard.isVisible()
    assert wizard.frame.problem.text() == "Stopped. Nothing of this file was imported."
    assert count_of(database, Role.DONOR) == 0
    assert wizard.frame.next_button.isEnabled()


def test_a_click_too_many_on_next_does_not_import(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    wizard = at_rows(qtbot, database, tmp_path, seacoast.DONORS)

    qtbot.mouseClick(wizard.frame.next_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window_of(wizard))

    assert wizard.isVisible()
    assert count_of(database, Role.DONOR) == 0


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_no_word_of_the_wizard_is_cut_on_the_old_laptop(
    qtbot: QtBot, qapp: QApplication, database: Database, tmp_path: Path, scale: float
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    wizard = a_wizard(qtbot, database, tmp_path, seacoast.DONORS)
    for step in (Step.FILES, Step.ROWS, Step.COLUMNS):
        assert wizard.step is step
        assert cut_labels(wizard) == []
        assert focusable_controls(wizard) >= 3
        assert nameless_controls(wizard) == []
        assert wizard.width() <= 1093
        assert wizard.height() <= 540
        if step is Step.FILES:
            go_on(qtbot, wizard)
        else:
            wizard.rows.columns_button.click()


CASES = Path("tests/data/cases")


def test_every_list_in_a_workbook_is_offered_and_comes_in(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = a_wizard(qtbot, database, tmp_path, CASES / "15b_three_lists_one_workbook.xlsx")
    said = [wizard.files.list.item(row).text() for row in range(wizard.files.list.count())]

    for _ in range(3):
        go_on(qtbot, wizard)

    assert said == [
        "15b_three_lists_one_workbook.xlsx › Donors: a list of donors, 2 rows",
        "15b_three_lists_one_workbook.xlsx › Drivers: a list of drivers, 4 rows",
    ]
    assert (count_of(database, Role.DONOR), count_of(database, Role.DRIVER)) == (2, 4)


def test_a_hidden_row_is_shown_and_comes_in_only_when_she_says_so(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = at_rows(qtbot, database, tmp_path, CASES / "16_hidden_rows_comment_strike.xlsx")
    window = window_of(wizard)

    assert "A note is pinned to row 4" in wizard.rows.told.toPlainText()
    assert wizard.rows.model.index(1, 2).data() == "Not imported: this row is hidden in the file"

    wizard.rows.table.choose(3)
    button = next(found for found in wizard.rows.detail.findChildren(QPushButton) if found.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert wizard.rows.model.index(1, 2).data() == "New donor"
    go_on(qtbot, wizard)

    assert count_of(database, Role.DONOR) == 2


COUPLE = Path(__file__).parents[2] / "data" / "cases"


def test_an_older_answer_is_shown_beside_the_one_that_counts(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    wizard = at_rows(qtbot, database, tmp_path, COUPLE / "08b_newest_first_same_day.csv")

    wizard.rows.table.choose(3)

    assert wizard.rows.detail.beside is not None
    shown = [label.text() for label in wizard.rows.detail.beside.findChildren(QLabel)]
    assert shown[:2] == ["This older row", "Row 2 counts"]
    place = shown.index("Ounces offered")
    assert shown[place : place + 3] == ["Ounces offered", "200 oz", "40 oz"]


@pytest.mark.usefixtures("dressed")
def test_a_couple_at_one_address_is_shown_side_by_side_and_stays_two(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    go_on(qtbot, at_rows(qtbot, database, tmp_path, COUPLE / "41_couple_donors.csv"))
    wizard = at_rows(qtbot, database, tmp_path, COUPLE / "41_couple_drivers.csv")

    assert wizard.rows.detail.beside is not None
    shown = [label.text() for label in wizard.rows.detail.beside.findChildren(QLabel)]
    assert shown[:5] == ["This row", "Ann Able (D-0001)", "Name", "Tom Able", "Ann Able"]
    two = next(option for option in wizard.rows.detail.options if option.text().startswith("Two people"))
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)
    assert wizard.rows.model.index(0, 2).data() == "New driver; two people"
    go_on(qtbot, wizard)

    assert {entry.hit.name for entry in households.family_index(database)} == {"Ann Able", "Tom Able"}


def test_what_two_lists_tell_differently_is_chosen_field_by_field(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    go_on(qtbot, at_rows(qtbot, database, tmp_path, COUPLE / "41_couple_donors.csv"))
    headers, *_ = (COUPLE / "41_couple_drivers.csv").read_text("utf-8").splitlines()
    told = "Ann Able,ann.able@example.org,603-555-0199,1 Pine St,Rollinsford,NH,03869,Sat,6,28,50,100,"
    text = f"{headers}\n{told}\n"
    wizard = at_rows(qtbot, database, tmp_path, a_file(tmp_path, text))
    words = [option.text() for option in wizard.rows.detail.options]
    assert words == [
        "Keep (603) 555-0101",
        "Take (603) 555-0199",
        "Keep it for now and ask",
        "Keep 3 Elm St, Dover, NH 03820",
        "Take 1 Pine St, Rollinsford, NH 03869",
        "Keep it for now and ask",
    ]

    for place in (0, 4):
        qtbot.mouseClick(wizard.rows.detail.options[place], Qt.MouseButton.LeftButton)
    go_on(qtbot, wizard)

    (ann,) = {entry.hit.name for entry in households.family_index(database)}
    home = donors.donor(database, "D-0001", TODAY).household
    assert (ann, home.phone, home.address.street) == ("Ann Able", "+16035550101", "1 Pine St")


def test_all_rows_of_a_filtered_list_come_in_by_one_click(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    path = a_file(
        tmp_path,
        "Timestamp,Name,Phone,Ounces to share,Town\n"
        "11/20/2026,Ann Able,603-555-0101,12 oz,Dover\n"
        "11/20/2026,Bea Bird,603-555-0102,12 oz,Dover, NH\n"
        "11/20/2026,Cora Cole,603-555-0103,12 oz,Dover, NH\n",
    )
    wizard = at_rows(qtbot, database, tmp_path, path)
    all_words = "Import all 2 such rows"

    buttons = wizard.rows.detail.findChildren(QPushButton)
    qtbot.mouseClick(next(found for found in buttons if found.text() == all_words), Qt.MouseButton.LeftButton)
    idle(qtbot, window_of(wizard))
    go_on(qtbot, wizard)

    assert count_of(database, Role.DONOR) == 3
