"""Several lists in one workbook, rows that are nobody, ways back and past a list: nothing is lost unsaid."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidgetItem
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.services.families import households
from tests import seacoast
from tests.ui.imports.import_hands import Hands, hands_at_wizard, say_yes
from tests.ui.network import dialog_of, idle
from ui.imports.wizard import ImportWizard, Step

DONORS = (("Your full name", "Email", "Ounces"), ("Ada Okafor", "ada@example.org", 40))
DRIVERS = (
    ("Name", "Phone", "Cooler size (quarts)", "Max miles"),
    ("Cy Poe", "207-555-0103", 48, 40),
)
SUMS = (("Month", "Sum"), ("May", 120), ("June", 300))
WITH_A_TOTAL = (
    "Your full name,Email,Ounces,Do you eat dairy?\n"
    "Ada Okafor,ada@example.org,40,no\n"
    "Bea Bird,bea@example.org,200,no\n"
    "TOTAL,,240,\n"
)

FOR_BOTH = (
    "I want to,Your full name,Email Address,Town / city,State,ZIP,"
    "About how many ounces do you have to share?,Newest milk pumped on,"
    "Baby's DOB,Why do you need donor milk?\n"
    "donate milk,Ann Able,a@example.org,Dover,NH,03820,100,11/1/2026,,\n"
    "receive milk,Bea Bird,b@example.org,Dover,NH,03820,,,10/1/2026,low supply\n"
    "receive milk,Cy Poe,c@example.org,Dover,NH,03820,,,9/1/2026,low supply\n"
)


def a_workbook(tmp_path: Path, **sheets: tuple[tuple[object, ...], ...]) -> Path:
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def a_file(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def with_files(qtbot: QtBot, database: Database, tmp_path: Path, *paths: Path) -> Hands:
    hands = hands_at_wizard(qtbot, database, tmp_path)
    hands.wizard.files.add(paths)
    idle(qtbot, hands.window)
    return hands


def at_columns(qtbot: QtBot, database: Database, tmp_path: Path, *paths: Path) -> Hands:
    hands = with_files(qtbot, database, tmp_path, *paths)
    hands.click(hands.wizard.frame.next_button)
    if hands.wizard.step is Step.ROWS:
        hands.click(hands.wizard.rows.columns_button)
    assert hands.wizard.step is Step.COLUMNS
    return hands


def items_of(hands: Hands) -> list[QListWidgetItem]:
    shown = hands.wizard.files.list
    return [shown.item(row) for row in range(shown.count())]


def shown_words(hands: Hands) -> str:
    labels = hands.wizard.columns.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def names_of(database: Database) -> list[str]:
    return sorted(entry.hit.name for entry in households.family_index(database))


def say_donors(hands: Hands) -> None:
    """Say by a key whose list it is, where nothing in the file does."""
    kind = hands.wizard.columns.kind
    if kind.value is None:
        hands.qtbot.keyClick(kind.box, Qt.Key.Key_Down)
        idle(hands.qtbot, hands.window)
    assert kind.value is Role.DONOR


def tick(hands: Hands, row: int) -> None:
    """Tick or untick a list by the keyboard."""
    shown = hands.wizard.files.list
    shown.setCurrentRow(row)
    hands.qtbot.keyClick(shown, Qt.Key.Key_Space)


def test_every_sheet_of_a_workbook_is_offered_with_its_kind(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    path = a_workbook(tmp_path, Donors=DONORS, Sums=SUMS, Drivers=DRIVERS)
    hands = with_files(qtbot, database, tmp_path, path)

    assert [item.text() for item in items_of(hands)] == [
        "book.xlsx › Donors: a list of donors, 1 row",
        "book.xlsx › Sums: no list of people, 2 rows",
        "book.xlsx › Drivers: a list of drivers, 1 row",
    ]
    assert [found.kind for found in hands.wizard.files.chosen] == [Role.DONOR, Role.DRIVER]


def test_a_sheet_can_be_left_out_and_the_others_come_in(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    path = a_workbook(tmp_path, Donors=DONORS, Sums=SUMS, Drivers=DRIVERS)
    hands = with_files(qtbot, database, tmp_path, path)

    tick(hands, 0)
    for _ in (Step.FILES, Step.ROWS):
        hands.click(hands.wizard.frame.next_button)
    hands.wait_for(lambda: hands.window.dialogs.current is None)

    assert names_of(database) == ["Cy Poe"]


def test_a_sheet_that_seems_to_be_no_list_can_be_taken_all_the_same(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    hands = with_files(qtbot, database, tmp_path, a_workbook(tmp_path, Donors=DONORS, Sums=SUMS))
    tick(hands, 0)
    assert not hands.wizard.frame.next_button.isEnabled()

    tick(hands, 1)
    hands.click(hands.wizard.frame.next_button)

    assert "do not say whose list" in hands.wizard.columns.note.text()
    assert "Month: May · June" in shown_words(hands)


def test_a_form_for_donors_and_families_alike_shows_both(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    hands = with_files(qtbot, database, tmp_path, a_file(tmp_path, FOR_BOTH))
    assert [item.text() for item in items_of(hands)] == [
        "list.csv: a list of donors, 1 row",
        "list.csv: a list of families, 2 rows",
    ]

    hands.click(hands.wizard.frame.next_button)
    for _ in range(2):
        say_yes(hands)
        hands.click(hands.wizard.frame.next_button)
        hands.click(hands.wizard.frame.next_button)
    hands.wait_for(lambda: hands.window.dialogs.current is None)

    found = {entry.hit.name: entry.hit.role for entry in households.family_index(database)}
    assert found == {"Ann Able": Role.DONOR, "Bea Bird": Role.RECIPIENT, "Cy Poe": Role.RECIPIENT}


def test_rows_that_are_nobody_are_told_before_anything_is_written_and_once_more_after(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    hands = at_columns(qtbot, database, tmp_path, a_file(tmp_path, WITH_A_TOTAL))
    left_out = "Row 4 is nobody and left out: "
    assert left_out in shown_words(hands)

    hands.click(hands.wizard.frame.next_button)
    assert "Row 4" in hands.wizard.rows.told.toPlainText()
    assert names_of(database) == []
    hands.click(hands.wizard.frame.next_button)
    hands.wait_for(lambda: hands.window.dialogs.current is None)

    assert names_of(database) == ["Ada Okafor", "Bea Bird"]
    assert left_out in hands.window.notice.text


def test_going_back_to_the_files_loses_no_choice(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    hands = at_columns(qtbot, database, tmp_path, seacoast.DONORS)
    wizard = hands.wizard
    hands.click(wizard.columns.sections.folds["sure"].button)
    wizard.columns.lines[2].choice.box.setCurrentIndex(0)
    wizard.columns.lines[2].choice.leave()
    idle(qtbot, hands.window)

    hands.click(wizard.frame.back_button)
    assert wizard.steps.currentIndex() == Step.FILES
    hands.click(wizard.frame.next_button)

    assert wizard.columns.choices is not None
    assert "email" not in wizard.columns.choices.mapping
    assert wizard.columns.lines[2].choice.value is None


def test_going_back_to_the_columns_loses_no_decision(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    hands = at_columns(qtbot, database, tmp_path, seacoast.DONORS)
    wizard = hands.wizard
    hands.click(wizard.frame.next_button)
    qtbot.keyClick(wizard.rows.detail.options[0], Qt.Key.Key_Space)
    decided = dict(wizard.rows.decisions)
    assert decided

    hands.click(wizard.frame.back_button)
    hands.click(wizard.frame.next_button)
    assert wizard.rows.decisions == decided

    hands.click(wizard.frame.back_button)
    hands.click(wizard.columns.sections.folds["sure"].button)
    wizard.columns.lines[2].choice.box.setCurrentIndex(0)
    wizard.columns.lines[2].choice.leave()
    idle(qtbot, hands.window)
    hands.click(wizard.frame.next_button)
    assert wizard.rows.decisions == decided


def test_a_list_that_cannot_come_in_is_left_out_and_the_next_comes(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    nameless = a_file(tmp_path, "Ounces,Email,Do you eat dairy?\n40,a@example.org,no\n", "a.csv")
    hands = at_columns(qtbot, database, tmp_path, nameless, seacoast.DRIVERS)
    wizard = hands.wizard
    say_donors(hands)
    assert wizard.frame.problem.text() == "Choose which column holds the names."
    assert wizard.columns.names_button.isVisible()
    assert not wizard.frame.next_button.isEnabled()

    hands.click(wizard.frame.skip_button)
    hands.click(wizard.frame.next_button)
    hands.wait_for(lambda: hands.window.dialogs.current is None)

    assert len(names_of(database)) == 8


def test_the_column_of_the_names_is_chosen_from_the_problem(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    text = "Ounces,Oldest milk,Do you eat dairy?,Q17\n40,11/1/2026,no,Ada Okafor\n"
    hands = at_columns(qtbot, database, tmp_path, a_file(tmp_path, text))
    wizard = hands.wizard
    say_donors(hands)
    menu = wizard.columns.names_button.menu()

    next(action for action in menu.actions() if action.text().startswith("Q17")).trigger()
    idle(qtbot, hands.window)

    assert wizard.frame.problem.text() == ""
    assert wizard.columns.names_button.isHidden()
    assert wizard.frame.next_button.isEnabled()


def test_a_file_can_be_taken_off_while_it_is_read(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    hands = hands_at_wizard(qtbot, database, tmp_path)
    files = hands.wizard.files

    files.add([seacoast.DONORS, seacoast.DRIVERS])
    assert files.is_reading
    files.list.setCurrentRow(0)
    hands.click(files.drop_button)

    assert files.readable == [seacoast.DRIVERS]
    assert not files.is_reading


def test_a_long_reading_is_shown_and_can_be_cancelled(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    hands = hands_at_wizard(qtbot, database, tmp_path)
    wizard, is_read = hands.wizard, Event()
    hands.window._desk.runner.run(is_read.wait, lambda _: None, lambda _: None)

    wizard.files.add([seacoast.DONORS])
    hands.wait_for(wizard.frame.bar.isVisible)
    assert wizard.files.list.item(0).text() == "donor_form_responses.csv: reading…"
    assert not wizard.frame.next_button.isEnabled()
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)

    assert hands.window.dialogs.current is None
    is_read.set()
    idle(qtbot, hands.window)
    assert names_of(database) == []


def test_what_she_chose_for_a_heading_is_read_so_in_the_next_list(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    first = a_file(tmp_path, "Your full name,Email,Ounces,Zork\nAda Okafor,ada@example.org,40,night shift\n")
    hands = at_columns(qtbot, database, tmp_path, first)
    line = hands.wizard.columns.lines[3]
    line.choice.box.setCurrentText("Good times")
    line.choice.leave()
    idle(qtbot, hands.window)
    say_yes(hands)
    hands.click(hands.wizard.frame.next_button)
    hands.click(hands.wizard.frame.next_button)
    hands.wait_for(lambda: hands.window.dialogs.current is None)

    text = "Zork,Your full name,Phone,Bags,Ounces\nmornings,Bea Bird,207-555-0102,9,50\n"
    hands.window.dialogs.open_import([a_file(tmp_path, text, "other.csv")])
    idle(qtbot, hands.window)
    again = Hands(qtbot, hands.window, dialog_of(hands.window, ImportWizard))
    again.click(again.wizard.frame.next_button)
    again.click(again.wizard.rows.columns_button)
    fold = again.wizard.columns.sections.folds["remembered"]
    again.click(fold.button)

    assert fold.button.text() == "1 column is read as you chose last time"
    line = again.wizard.columns.lines[0]
    assert (line.choice.value, line.note.text()) == ("hours", "As you chose last time")
