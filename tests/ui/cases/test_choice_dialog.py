"""The dialog before a yes: what is read aloud, what is recorded by it, and what a refusal keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.agreements.choices import Choice, ChoiceHow, ChoiceKind, HomeHeating
from coordinator.domain.agreements.holds import Side
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.agreements.choice_list import choice_lines
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.ui.accessibility import cut_labels, nameless_controls, overlapping
from tests.ui.file_answers import answer_with
from ui.cases.choice_dialog import ChoiceDialog
from ui.desk import Desk
from ui.widgets.fields.typed_dates import show_date

LONG = "Zoë Ahlberg-Montgomery-Featherstonehaugh"


@pytest.fixture
def network(database: Database) -> Database:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, LONG), 200)
        a_recipient(session, "Inès Roy", stock=Volume(), stock_on=TODAY)
    holds.hold_milk(database, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    return database


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1093, 540)
    window.show()
    return window


def all_choices(database: Database) -> list[Choice]:
    return [line.choice for line in choice_lines(database, TODAY)]


def opened(qtbot: QtBot, desk: Desk, over: QWidget, side: Side) -> ChoiceDialog:
    dialog = ChoiceDialog(desk, "H-0001", side, over)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.yes_button.isEnabled() and dialog.reading.hasFocus())
    return dialog


def read_aloud(dialog: ChoiceDialog) -> str:
    return " ".join(label.text() for label in dialog.text.findChildren(QLabel))


def test_enter_right_after_reading_records_the_yes_and_one_undo_takes_it_back(
    qtbot: QtBot, network: Database, desk: Desk, over: QWidget
) -> None:
    dialog = opened(qtbot, desk, over, Side.FAMILY)
    assert "What Zoë told us" in read_aloud(dialog)
    assert "American Academy of Pediatrics" in read_aloud(dialog)
    dialog.heats.set_value(HomeHeating.HEATS)

    with qtbot.waitSignal(desk.changed):
        qtbot.keyClick(dialog.reading, Qt.Key.Key_Return)

    (one,) = all_choices(network)
    assert (one.side, one.kind, one.how) == (Side.FAMILY, ChoiceKind.YES, ChoiceHow.SPOKEN)
    assert (one.chosen_by, one.heats) == ("Inès", HomeHeating.HEATS)
    history.undo(network)
    assert all_choices(network) == []
    assert holds.holds(network, TODAY)[0].family_yes_on is None


def test_a_no_frees_the_milk(qtbot: QtBot, network: Database, desk: Desk, over: QWidget) -> None:
    dialog = opened(qtbot, desk, over, Side.DONOR)

    with qtbot.waitSignal(desk.changed):
        dialog.no_button.click()

    assert holds.holds(network, TODAY) == []


def test_a_scanned_paper_is_kept_and_what_is_none_is_refused_with_all_else_kept(
    qtbot: QtBot,
    network: Database,
    desk: Desk,
    over: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = opened(qtbot, desk, over, Side.DONOR)
    (tmp_path / "notes.txt").write_text("yes")
    (tmp_path / "signed.pdf").write_bytes(b"%PDF-1.7 signed")
    answer_with(monkeypatch, tmp_path / "notes.txt")
    dialog.attach_button.click()
    qtbot.waitUntil(lambda: "no PDF, PNG or JPEG" in dialog.problem.text())
    answer_with(monkeypatch, tmp_path / "signed.pdf")
    dialog.attach_button.click()
    qtbot.waitUntil(lambda: "signed.pdf" in dialog.paper.text())

    with qtbot.waitSignal(desk.changed):
        dialog.yes_button.click()

    (one,) = all_choices(network)
    assert (one.how, one.file_name) == (ChoiceHow.SIGNED, "signed.pdf")


def test_a_day_that_lies_ahead_is_said_and_nothing_is_lost(
    qtbot: QtBot, network: Database, desk: Desk, over: QWidget
) -> None:
    dialog = opened(qtbot, desk, over, Side.DONOR)
    dialog.by.line.setText("Zoë and Kim")
    dialog.on.line.setText(show_date(TODAY.replace(year=TODAY.year + 1)))
    dialog.yes_button.click()

    qtbot.waitUntil(lambda: "lies ahead" in dialog.problem.text())
    assert dialog.by.line.text() == "Zoë and Kim"
    assert dialog.yes_button.isEnabled()
    assert all_choices(network) == []


def test_the_text_is_pasted_as_the_letter_is(
    qtbot: QtBot, network: Database, desk: Desk, over: QWidget
) -> None:
    dialog = opened(qtbot, desk, over, Side.DONOR)
    dialog.copy_button.click()

    assert "What we tell Inès of you" in QGuiApplication.clipboard().text()
    assert not cut_labels(dialog)
    assert not nameless_controls(dialog)
    assert not overlapping(dialog)
