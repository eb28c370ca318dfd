"""Today in a network where somebody is missing yet: it says what to do next, with a button that does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.services.today import today_page
from tests.builders import TODAY, a_donor, a_recipient
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.network import dialog_of, opened, started
from ui.desk import Desk
from ui.families.add_dialog import AddDialog
from ui.today.page import TodayPage

SETUP = Action("test", "Set up")


def page_on(qtbot: QtBot, desk: Desk) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1093, 540)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    QApplication.processEvents()
    return page


def buttons(page: TodayPage) -> list[str]:
    return [one.text() for one in page.beginning.findChildren(QPushButton) if one.isVisible()]


def test_an_empty_network_offers_lists_families_and_the_sample_and_nothing_else(
    qtbot: QtBot, desk: Desk
) -> None:
    page = page_on(qtbot, desk)

    assert buttons(page) == ["Open a spreadsheet…", "New family…", "New donor…", "Open the sample region"]
    assert not page.now.isVisible(), "that nobody is out would be no news"
    assert not page.calls.isVisible()
    assert not page.header.figures.isVisible(), "that nothing is short would be none either"
    assert cut_labels(page) == []
    assert nameless_controls(page) == []


def test_who_is_missing_is_offered_and_who_is_there_is_not(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    with database.writing(SETUP) as session:
        a_donor(session)
    page = page_on(qtbot, desk)
    assert buttons(page) == ["Open a spreadsheet…", "New family…"]
    assert page.now.isVisible()

    with database.writing(SETUP) as session:
        a_recipient(session)
    desk.changed.emit()

    assert not page.beginning.isVisible()


def test_the_buttons_do_it(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    window = opened(qtbot, database, started(tmp_path))
    page = window._slots["today"].page
    assert isinstance(page, TodayPage)

    page.beginning.family_button.click()
    dialog = dialog_of(window, AddDialog)
    assert dialog._role is Role.RECIPIENT
    dialog.reject()
    page.beginning.sample_button.click()

    qtbot.waitUntil(lambda: not page.beginning.isVisible(), timeout=90_000)
    assert today_page(database, TODAY).cases
    qtbot.waitUntil(lambda: not window._desk.runner.is_busy, timeout=90_000)
