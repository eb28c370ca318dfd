"""The coolers by keys: added, given to somebody, back; the empty page says what to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.services.pickups.coolers import list_coolers
from coordinator.services.records import history
from tests.pickup_builders import Region, a_region
from tests.ui.accessibility import cut_labels, nameless_controls
from ui.desk import Desk
from ui.pickups.cooler_dialogs import AddCoolerDialog, GiveCoolerDialog
from ui.pickups.coolers_page import CoolersPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def region(database: Database) -> Region:
    return a_region(database)


@pytest.fixture
def page(qtbot: QtBot, region: Region, desk: Desk) -> CoolersPage:
    page = CoolersPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 500)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    return page


def added(qtbot: QtBot, page: CoolersPage, name: str, owner: str) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(page.dialog, AddCoolerDialog))
    dialog = page.dialog
    assert isinstance(dialog, AddCoolerDialog)
    qtbot.keyClicks(dialog.name.line, name)
    qtbot.keyClicks(dialog.quarts.line, "28")
    dialog.owner.set_value(owner)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.dialog is None)


def test_a_cooler_is_added_given_and_back_by_keys_and_undo_takes_each_back(
    qtbot: QtBot, page: CoolersPage, region: Region, database: Database
) -> None:
    qtbot.waitUntil(page.list.empty.isVisible)
    assert "Add those that are lent about" in page.list.empty.sentence.text()
    added(qtbot, page, "blue", region.driver)
    qtbot.waitUntil(lambda: page.list.model.total == 1)
    assert not page.back_button.isEnabled()

    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page.dialog, GiveCoolerDialog))
    dialog = page.dialog
    assert isinstance(dialog, GiveCoolerDialog)
    dialog.save()
    assert "who has it" in dialog.problem.text()
    dialog.to.set_value(region.recipients[0])
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(page.back_button.isEnabled)
    assert page.out.text().startswith("1 cooler of Ana Berg is with Inès Roy (R-0001) since ")
    assert (nameless_controls(page), cut_labels(page)) == ([], [])

    page.activateWindow()
    qtbot.waitUntil(page.list.table.hasFocus)
    qtbot.keyClick(page.list.table, Qt.Key.Key_B, CTRL)
    qtbot.waitUntil(lambda: not page.back_button.isEnabled())
    history.undo(database)
    assert [one.is_out for one in list_coolers(database)] == [True]
    history.undo(database)
    history.undo(database)
    assert list_coolers(database) == ()
