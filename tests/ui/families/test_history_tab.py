"""The history on a family's page: by day and in words, searched, undone and done again by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk, record_yes
from coordinator.services.families import households
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.network import dialog_of, idle, opened, started
from ui.families.history_tab import AT_ONCE, HistoryTab
from ui.families.list_page import FamilyListPage
from ui.records.history_dialog import HistoryDialog
from ui.window.network_window import NetworkWindow

LONG = "Wilhelmina-Katherine Featherstonehaugh-O’Brien"


@pytest.fixture
def network(database: Database) -> Database:
    """Wilhelmina (D-0001) has milk, Inès (R-0001) asks; a phone, notes and a hold were changed."""
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session, LONG), 300)
        a_recipient(session, "Inès Roy")
    households.change_profile(database, "D-0001", "phone", "603-555-0199")
    households.change_profile(database, "D-0001", "notes", "Rings back after six")
    hold = hold_milk(database, "R-0001", "L-0001", Volume.from_oz(84), TODAY)
    record_yes(database, hold, Side.DONOR, TODAY)
    return database


def history_of(qtbot: QtBot, window: NetworkWindow, code: str) -> HistoryTab:
    """Open the history of a family on its page."""
    window.show_family_history(code)
    read(qtbot, window)
    return tab_of(window)


def read(qtbot: QtBot, window: NetworkWindow) -> None:
    """Wait until everything is read, and the lines made of it have come to the screen."""
    idle(qtbot, window)
    QApplication.processEvents()


def tab_of(window: NetworkWindow) -> HistoryTab:
    page = next(page for page in window.findChildren(FamilyListPage) if page.isVisible())
    return page.detail.history


def words(tab: HistoryTab) -> list[str]:
    return [label.text() for label in tab.rows.findChildren(QLabel) if label.isVisible()]


def buttons(tab: HistoryTab, text: str) -> dict[str, QPushButton]:
    return {
        one.accessibleName(): one
        for one in tab.findChildren(QPushButton)
        if one.text() == text and one.isVisible()
    }


def test_the_page_tells_each_value_and_undoes_one_of_another_day_by_keys(
    qtbot: QtBot, network: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, network, started(tmp_path))
    tab = history_of(qtbot, window, "D-0001")
    assert "Phone: now (603) 555-0199" in words(tab)
    assert any(
        text.startswith("Later work builds on it") for text in words(tab)
    )  # the hold: a yes came since
    phone = f"Undo this: Changed phone of {LONG}"
    assert len(buttons(tab, "Undo this")) == 3  # beside the yes
    assert (cut_labels(tab), nameless_controls(tab)) == ([], [])

    before = dump(network)["household"][0]
    button = buttons(tab, "Undo this")[phone]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    read(qtbot, window)
    assert tab.said.text() == f"Undone: Changed phone of {LONG}"
    assert dump(network)["household"][0] == {**before, "phone": ""}
    again = buttons(tab, "Do again")[f"Do again: Undid: Changed phone of {LONG}"]
    again.setFocus()
    qtbot.keyClick(again, Qt.Key.Key_Space)
    read(qtbot, window)
    assert dump(network)["household"][0] == before


def test_searching_and_choosing_narrow_it_and_nothing_found_says_so(
    qtbot: QtBot, network: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, network, started(tmp_path))
    tab = history_of(qtbot, window, "R-0001")
    assert any("84 oz" in text for text in words(tab))
    qtbot.keyClicks(tab.search, "nothing like it")
    qtbot.keyClick(tab.search, Qt.Key.Key_Return)
    read(qtbot, window)
    assert tab.none_found.isVisible()
    assert not tab.rows.isVisible()
    qtbot.keyClick(tab.search, Qt.Key.Key_Escape)
    read(qtbot, window)
    tab.area.setFocus()
    while tab.area.currentText() != "Holds and agreements":
        qtbot.keyClick(tab.area, Qt.Key.Key_Down)
    read(qtbot, window)
    assert not any(text.startswith("Family added") for text in words(tab))
    assert any(text.startswith("Hold H-0001 added") for text in words(tab))


def test_a_long_history_begins_with_the_newest_and_shows_older_when_asked(
    qtbot: QtBot, network: Database, tmp_path: Path
) -> None:
    for number in range(AT_ONCE):
        households.change_profile(network, "D-0001", "notes", f"note {number}")
    window = opened(qtbot, network, started(tmp_path))
    tab = history_of(qtbot, window, "D-0001")
    assert tab.older.text() == "Show older: 5 more"
    assert not any("603" in text for text in words(tab))
    qtbot.mouseClick(tab.older, Qt.MouseButton.LeftButton)
    read(qtbot, window)
    assert any("603" in text for text in words(tab))
    assert not tab.older.isVisible()


def test_the_history_of_all_leads_to_the_family_of_a_line(
    qtbot: QtBot, network: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, network, started(tmp_path))
    window.dialogs.open_history()
    read(qtbot, window)
    dialog = dialog_of(window, HistoryDialog)
    qtbot.keyClicks(dialog.search, "555-0199")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.model.rowCount() == 1
    qtbot.keyClick(dialog.table, Qt.Key.Key_Home)
    read(qtbot, window)
    assert dialog.details.text() == f"Changed phone of {LONG}\nPhone: now (603) 555-0199"
    (family,) = dialog.families_button.menu().actions()
    assert family.text() == f"{LONG} (D-0001)"
    family.trigger()
    read(qtbot, window)
    assert window.dialogs.current is None
    assert "Phone: now (603) 555-0199" in words(tab_of(window))
