"""A practice of a recall: the same page on a copy, and nothing of it in the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.donor_state import DonorState
from coordinator.services.families.donors import donor
from coordinator.services.recall.work import recalls
from tests.builders import TODAY
from tests.ui.conftest import opened_copy
from ui.desk import Desk
from ui.records.recall.page import RecallsPage
from ui.records.recall.work_view import WorkView

KEY = Qt.Key


@pytest.fixture
def database(tmp_path: Path, in_homes_file: Path) -> Iterator[Database]:
    yield from opened_copy(in_homes_file, tmp_path)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> RecallsPage:
    page = RecallsPage(desk)
    qtbot.addWidget(page)
    page.resize(1021, 420)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    page.all.list.empty.other_button.setFocus()
    page.all.list.empty.other_button.click()
    return page


@pytest.fixture
def view(page: RecallsPage) -> WorkView:
    """Give the practice that has begun, the cursor on whom to ring."""
    assert page.practice.view is not None
    page.practice.view.list.table.setFocus()
    return page.practice.view


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, held)


def test_a_practice_leaves_no_mark_and_says_how_long_it_took(
    qtbot: QtBot, page: RecallsPage, view: WorkView, desk: Desk
) -> None:
    before = desk.database.change_counter()
    assert view.head.band.text().startswith("Practice: nothing here is kept")
    view.head.hold_back.click()
    for _ in range(4):
        press(qtbot, KEY.Key_R)
        press(qtbot, KEY.Key_F)
    assert view.head.band.text() == "Practice: all reached in 0 min. Nothing here is kept."
    with qtbot.waitSignal(desk.said) as said:
        view.head.back.click()
    assert said.args[0].startswith("Practice: all reached in 0")
    assert page.views.currentWidget() is page.all
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.all.isAncestorOf(focus)
    assert desk.database.change_counter() == before
    assert recalls(desk.database, TODAY) == []
    assert donor(desk.database, "D-0001", TODAY).state is not DonorState.PAUSED


def test_undo_is_of_the_practice_while_it_is_in_front(qtbot: QtBot, view: WorkView, desk: Desk) -> None:
    before = desk.database.change_counter()
    press(qtbot, KEY.Key_R)
    assert view.work is not None
    assert view.work.families[0].reached
    with qtbot.waitSignal(desk.said) as said:
        press(qtbot, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said.args[0].startswith("Taken back in the practice")
    assert not view.work.families[0].reached
    assert desk.database.change_counter() == before


def test_escape_leaves_it_running_and_practising_again_goes_on_with_it(
    qtbot: QtBot, page: RecallsPage, view: WorkView
) -> None:
    press(qtbot, KEY.Key_R)
    press(qtbot, KEY.Key_Escape)
    press(qtbot, KEY.Key_Escape)
    assert page.views.currentWidget() is page.all
    page.practise()
    assert page.views.currentWidget() is page.practice
    assert page.practice.view is view
    assert view.work is not None
    assert view.work.families[0].reached


def test_a_practice_writes_to_nobody(view: WorkView) -> None:
    assert [action.text() for action in view.head.papers.actions()] == [
        "Report, with codes only",
        "Report, with names",
    ]


def test_the_copy_goes_with_the_window(page: RecallsPage, view: WorkView, desk: Desk) -> None:
    desk.closing.emit()
    assert page.practice.view is None
