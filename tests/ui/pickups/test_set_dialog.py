"""The papers of a pickup from its print dialog: ticks, labels, and what a driver takes along."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coordinator.db.database import Database
from coordinator.domain.paper.label_sheets import Shift
from coordinator.domain.paper.privacy import Part
from coordinator.services.paper import labels
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.ui.accessibility import nameless_controls
from tests.unit.paper.test_label_sheets import words_of
from ui.desk import Desk
from ui.labels.dialog import LabelsDialog, labels_of_lot
from ui.pickups.print_dialog import PrintDialog
from ui.pickups.steps import PickupSteps
from ui.units import Display
from ui.widgets import file_dialogs
from ui.widgets.file_dialogs import Target

RUN = "P-0003"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def desk(worked_region: Database, tmp_path: Path, qapp: object) -> Desk:
    settings = QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)
    return Desk(worked_region, ImmediateRunner(), Display(), settings, lambda: TODAY)


@pytest.fixture
def printing(desk: Desk, window: QWidget) -> PrintDialog:
    return opened(desk, window)


def opened(desk: Desk, window: QWidget) -> PrintDialog:
    steps = PickupSteps(desk, window)
    steps.print_sheet(RUN)
    assert isinstance(steps.dialog, PrintDialog)
    return steps.dialog


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(file_dialogs, "choose_target", lambda *_: Target(path, ""))


def test_one_click_offers_the_set_and_ticks_are_remembered(
    desk: Desk, window: QWidget, printing: PrintDialog
) -> None:
    assert printing.parts is not None
    assert printing.preview.page_count == 9
    assert nameless_controls(printing) == []

    printing.parts.boxes[Part.SLIPS].click()
    printing.parts.boxes[Part.TAGS].click()

    assert printing.preview.page_count == 5
    assert opened(desk, window).preview.page_count == 5


def test_what_is_ticked_is_saved_and_noted_as_printed(
    desk: Desk, printing: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printing.parts is not None
    printing.parts.boxes[Part.RECEIPTS].click()
    save_to(monkeypatch, tmp_path / "set.pdf")

    printing.save_button.click()

    pages = words_of((tmp_path / "set.pdf").read_bytes())
    assert len(pages) == 6
    assert not any("Keeping and thawing" in page for page in pages)
    assert planning.pickup(desk.database, RUN, TODAY).prints == 1


def test_with_nothing_ticked_nothing_can_be_printed_until_something_is(printing: PrintDialog) -> None:
    assert printing.parts is not None
    ticked = [box for box in printing.parts.boxes.values() if box.isChecked()]

    for box in ticked:
        box.click()
    assert not printing.print_button.isEnabled()
    assert printing.problem.text().startswith("Nothing to print")
    ticked[0].click()

    assert printing.print_button.isEnabled()
    assert printing.problem.text() == ""


def test_a_driver_gets_text_and_links_by_click_and_is_told_where_places_go(
    desk: Desk, printing: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    desk.said.connect(said.append)
    save_to(monkeypatch, tmp_path / "runs")

    printing.for_driver.copy_text.trigger()
    assert "Hello Noor," in QGuiApplication.clipboard().text()
    printing.for_driver.copy_links.trigger()
    assert QGuiApplication.clipboard().text().startswith("https://www.google.com/maps/dir/")
    printing.for_driver.save_calendar.trigger()

    assert "www.google.com" in printing.for_driver.copy_links.text()
    assert "sends the places to www.google.com" in said[1]
    calendar = (tmp_path / "runs.ics").read_text("utf-8")
    assert "SUMMARY:Milk run P-0003: 6 stops" in calendar
    assert "Main Ln" not in calendar


def test_labels_begin_where_the_last_ended_and_a_shift_is_kept_and_can_be_undone(
    desk: Desk, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = labels_of_lot(desk, "L-0012", window)
    assert nameless_controls(dialog) == []
    assert dialog.note.text().startswith("Labels: 30, sheets: 1.")
    dialog.right.setValue(1.5)
    assert labels.shift_of(desk.database, "5160") == Shift(1.5, 0.0)
    dialog.start.setValue(7)
    save_to(monkeypatch, tmp_path / "labels")

    dialog.save_button.click()

    assert "L-0012" in words_of((tmp_path / "labels.pdf").read_bytes())[0]
    again: LabelsDialog = labels_of_lot(desk, "L-0012", window)
    assert (again.start.value(), again.right.value(), again.key) == (7, 1.5, "5160")
    again.sheet.setCurrentIndex(2)
    assert (again.start.value(), again.right.value(), again.key) == (1, 0.0, "L7160")
    again.calibrating.click()
    assert "plain paper at 100 %" in again.note.text()


def test_labels_of_milk_that_is_gone_are_refused_in_a_sentence(desk: Desk, window: QWidget) -> None:
    dialog = LabelsDialog(
        desk, "P-9999", lambda on: labels.labels_of_pickup(desk.database, "P-9999", TODAY, on), window
    )

    assert not dialog.print_button.isEnabled()
    assert "P-9999" in dialog.problem.text()


def test_the_papers_of_a_day_are_one_click_and_one_printing(
    desk: Desk, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = PickupSteps(desk, window)
    steps.print_day(planning.pickup(desk.database, RUN, TODAY).on)
    assert isinstance(steps.dialog, PrintDialog)
    assert steps.dialog.preview.page_count == 10
    assert not hasattr(steps.dialog, "labels_button")
    save_to(monkeypatch, tmp_path / "day.pdf")

    steps.dialog.save_button.click()

    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")
    assert planning.pickup(desk.database, RUN, TODAY).prints == 1


def test_a_day_with_nothing_to_print_says_why(desk: Desk, window: QWidget) -> None:
    steps = PickupSteps(desk, window)
    refused = list[str]()
    steps.refused.connect(refused.append)

    steps.print_day(TODAY - timedelta(days=400))

    assert steps.dialog is None
    assert "Nothing is planned for" in refused[0]
