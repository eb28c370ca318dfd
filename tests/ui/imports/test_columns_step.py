"""The columns step: what needs her comes first, and each column is one click or key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coordinator.adapters.spreadsheets.spreadsheet_files import read_tables
from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.imports.columns.guesses import ColumnGuess, ListGuess, Sureness
from coordinator.domain.imports.preview import ImportPreview
from coordinator.services.imports.importing import preview_table
from tests.builders import TODAY
from tests.ui.accessibility import nameless_controls
from ui.imports.column_choices import ColumnChoices, Standing
from ui.imports.column_line import ColumnLine
from ui.imports.columns_step import ColumnsStep

DONORS = (
    "Your full name,Email,Ounces,Are you dairy-free?,Comments,I agree to the rules,Spare\n"
    "Ada Okafor,ada@example.org,1200,yes,on leave,yes,\n"
    "Bea Bird,bea@example.org,900,no,,yes,\n"
    "Cy Poe,cy@example.org,150,no,call late,yes,\n"
    "Di Fox,di@example.org,40,no,,yes,\n"
)
NAME, EMAIL, OUNCES, DAIRY, COMMENTS, CONSENT, SPARE = range(7)
USES = (
    ColumnUse(NAME),
    ColumnUse(EMAIL),
    ColumnUse(OUNCES, unit=Unit.MILLILITRES),
    ColumnUse(DAIRY, yes_means_no=True),
)
TOPICS = ("name", "email", "ounces", "dairy")


def a_preview(
    database: Database, tmp_path: Path, likely: Collection[int] = (), text: str = DONORS
) -> ImportPreview:
    """Return a list of donors read as if *likely* columns were not surely what they seem."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_tables(path)
    read = tuple(
        ColumnGuess(use.index, use, topic, Sureness.LIKELY if use.index in likely else Sureness.SURE)
        for use, topic in zip(USES, TOPICS, strict=True)
    )
    unread = tuple(ColumnGuess(index, ColumnUse(index)) for index in range(len(USES), len(table.headers)))
    guess = ListGuess(Role.DONOR, read + unread, Sureness.SURE)
    preview = preview_table(database, table, TODAY, kind=Role.DONOR, mapping=guess.mapping)
    return replace(preview, guess=guess)


def a_step(qtbot: QtBot, preview: ImportPreview, *, is_kind_sure: bool = True) -> ColumnsStep:
    step = ColumnsStep()
    qtbot.addWidget(step)
    step.resize(1040, 480)
    with qtbot.waitExposed(step):
        step.show()
    step.activateWindow()
    qtbot.waitUntil(step.isActiveWindow)
    step.show_list(preview, ColumnChoices.of(preview), is_kind_sure=is_kind_sure)
    qtbot.waitUntil(lambda: all(line.isVisible() for line in step.lines.values()))
    step.kind.box.setFocus()  # a window of its own has the focus already
    step.setFocus()
    return step


def choices_of(step: ColumnsStep) -> ColumnChoices:
    assert step.choices is not None
    return step.choices


def opened(qtbot: QtBot, step: ColumnsStep, fold: str) -> dict[int, ColumnLine]:
    qtbot.mouseClick(step.sections.folds[fold].button, Qt.MouseButton.LeftButton)
    return step.lines


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(line: ColumnLine, words: str) -> None:
    line.choice.box.setCurrentText(words)
    line.choice.leave()


def words_of(step: ColumnsStep) -> str:
    return "\n".join(label.text() for label in step.findChildren(QLabel) if label.isVisible())


def test_likely_columns_come_first_with_three_different_cells_and_the_rest_is_folded(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES]))

    assert list(step.lines) == [OUNCES, COMMENTS]
    assert "1200\n900\n150" in words_of(step)
    assert step.lines[OUNCES].choice.value == "ounces"
    assert step.sections.folds["sure"].button.text() == "3 columns are surely read"
    assert step.sections.folds["others"].button.text() == (
        "1 column has no field here: “I agree to the rules”"
    )
    assert step.sections.folds["empty"].button.text() == "1 column is empty"
    assert step.hint == "1 column waits for your yes"
    assert not step.is_settled


def test_nothing_is_asked_about_a_column_without_a_word(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    text = DONORS.replace("1200", "").replace("900", "").replace("150", "").replace(",40,", ",,")
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES], text=text))

    assert step.is_settled
    assert "ounces" not in choices_of(step).mapping


def test_one_click_says_yes_to_a_likely_column(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES]))

    with qtbot.waitSignal(step.settled):
        click(qtbot, step.lines[OUNCES].yes_button)

    assert step.is_settled
    assert choices_of(step).standings[OUNCES] is Standing.CONFIRMED
    click(qtbot, step.lines[OUNCES].yes_button)
    assert not step.is_settled


def test_the_keyboard_goes_from_yes_to_yes(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES, DAIRY]))
    first, second = step.lines[OUNCES].yes_button, step.lines[DAIRY].yes_button
    assert first.hasFocus()

    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert second.hasFocus()
    with qtbot.waitSignal(step.settled):
        qtbot.keyClick(second, Qt.Key.Key_Space)


def test_one_click_says_yes_to_all_of_them(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES, DAIRY]))
    assert step.sections.all_button is not None

    with qtbot.waitSignal(step.settled):
        click(qtbot, step.sections.all_button)

    assert choices_of(step).waiting == ()


def test_another_choice_is_her_word_too(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES]))

    choose(step.lines[OUNCES], "Bags")

    assert step.is_settled
    assert choices_of(step).topic(OUNCES) == "bags"
    assert step.lines[OUNCES].yes_button.isHidden()


def test_the_unit_that_a_heading_told_is_said_and_can_be_changed(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path))
    line = opened(qtbot, step, "sure")[OUNCES]
    assert line.reading is not None
    assert line.reading.box.currentText() == "numbers are mL"

    line.reading.box.setCurrentText("numbers are ounces")
    line.reading.leave()

    use = choices_of(step).use(OUNCES)
    assert use is not None
    assert use.unit is Unit.OUNCES


def test_what_yes_means_is_said_and_can_be_turned_round(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path))
    line = opened(qtbot, step, "sure")[DAIRY]
    assert line.reading is not None
    assert line.reading.box.currentText() == "“yes” means she avoids dairy"

    line.reading.box.setCurrentText("“yes” means she eats dairy")
    line.reading.leave()

    use = choices_of(step).use(DAIRY)
    assert use is not None
    assert not use.yes_means_no


@pytest.mark.parametrize(
    ("answer", "read"),
    [("This one", (COMMENTS,)), ("The other", (EMAIL,)), ("Both, together", (EMAIL, COMMENTS))],
)
def test_two_columns_for_one_field_are_asked_about(
    qtbot: QtBot, database: Database, tmp_path: Path, answer: str, read: tuple[int, ...]
) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path))
    line = step.lines[COMMENTS]

    choose(line, "E-mail")
    assert not step.is_settled
    assert line.choice.message.text() == "“Email” is read as this, too. Which is it?"
    click(qtbot, next(button for button in line.clash_buttons if button.text() == answer))

    assert step.is_settled
    assert tuple(use.index for use in choices_of(step).mapping["email"]) == read
    assert line.choice.message.isHidden()


def test_columns_that_the_guess_joined_are_no_conflict(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    text = "Your full name,Email,Your e-mail\nAda Okafor,ada@example.org,\nBea Bird,,bea@example.org\n"
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    mapping = {"name": (ColumnUse(0),), "email": (ColumnUse(1), ColumnUse(2))}
    preview = preview_table(database, read_tables(path)[0], TODAY, kind=Role.DONOR, mapping=mapping)

    step = a_step(qtbot, replace(preview, guess=None))

    assert step.is_settled
    lines = step.lines if 1 in step.lines else opened(qtbot, step, "sure")
    assert "Read together with “Your e-mail”" in lines[1].note.text()


def test_a_list_without_names_offers_its_columns_to_choose_from(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Zz,Email\nAda Okafor,ada@example.org\n", encoding="utf-8")
    mapping = {"email": (ColumnUse(1),)}
    preview = preview_table(database, read_tables(path)[0], TODAY, kind=Role.DONOR, mapping=mapping)
    step = a_step(qtbot, preview)
    assert step.names_button.hasFocus()

    action = step.names_button.menu().actions()[0]
    assert action.text() == "Zz   Ada Okafor"
    action.trigger()

    assert choices_of(step).topic(0) == "name"


def test_whose_list_it_likely_is_waits_for_her_yes(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path), is_kind_sure=False)
    assert not step.is_settled
    assert step.kind_yes.hasFocus()

    with qtbot.waitSignal(step.settled):
        click(qtbot, step.kind_yes)


def test_every_control_of_the_step_has_a_name(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    step = a_step(qtbot, a_preview(database, tmp_path, likely=[OUNCES, DAIRY]), is_kind_sure=False)
    opened(qtbot, step, "sure")
    choose(step.lines[COMMENTS], "E-mail")

    assert nameless_controls(step) == []
