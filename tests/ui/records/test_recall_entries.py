"""Where "Which babies have this milk?" can be asked: of a donor, a family, a lot, from any page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.records.ledger import By
from coordinator.domain.records.recall import ANY_DAY
from coordinator.services.recall.work import open_recall
from tests.builders import NOW, TODAY
from tests.ui.conftest import opened_copy
from tests.ui.network import dialog_of, idle, opened, started
from ui.desk import Desk
from ui.donors.page import DonorsPage
from ui.recipients.page import RecipientsPage
from ui.records.ledger_page import LedgerPage
from ui.records.recall.open_dialog import OpenRecallDialog
from ui.records.recall.page import RecallsPage
from ui.today.page import TodayPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def database(tmp_path: Path, in_homes_file: Path) -> Iterator[Database]:
    yield from opened_copy(in_homes_file, tmp_path)


@pytest.fixture
def asked(desk: Desk) -> list[str]:
    """Give the codes that were asked about."""
    found: list[str] = []
    desk.recall_wanted.connect(lambda code, *_: found.append(code))
    return found


def test_a_row_of_donors_and_of_families_asks_by_a_key(qtbot: QtBot, desk: Desk, asked: list[str]) -> None:
    for page in (DonorsPage(desk), RecipientsPage(desk)):
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
        page.refresh()
        page.list.table.setFocus()
        qtbot.keyClick(page.list.table, Qt.Key.Key_B, CTRL)
    assert asked == ["D-0001", "R-0001"]


def test_the_donors_pane_asks_of_her_and_of_each_lot(qtbot: QtBot, desk: Desk, asked: list[str]) -> None:
    page = DonorsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.show_family("D-0001")
    page.detail.given.which.click()
    page.detail.milk.cards["L-0001"].which.click()
    assert asked == ["D-0001", "L-0001"]


def test_a_line_of_the_ledger_asks_of_its_lot(qtbot: QtBot, desk: Desk, asked: list[str]) -> None:
    page = LedgerPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    page.show_view(By.LOT.value)
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_B, CTRL)
    assert asked == ["L-0001"]


def test_from_any_page_it_is_asked_of_whoever_is_chosen_there(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    open_recall(database, "D-0001", ANY_DAY, "", NOW, TODAY)
    window = opened(qtbot, database, started(tmp_path))
    today = window.findChild(TodayPage)
    assert today is not None
    [line] = [one for one in today._lines if one.about == "Q-0001"]
    assert line.words.text().startswith("0 of 4 homes reached")

    window.show_family("D-0001")
    idle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL | SHIFT)
    dialog = dialog_of(window, OpenRecallDialog)
    assert dialog.who.value == "D-0001"
    dialog.reject()

    line.button.click()
    idle(qtbot, window)
    page = window.findChild(RecallsPage)
    assert page is not None
    assert page.one.code == "Q-0001"
    window.close()
