"""A dialog closed before it has read or saved: nobody answers to what is gone, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.services.imports import typed_in
from tests.builders import TODAY
from tests.ui.network import dialog_of, idle, opened
from ui.families.add_dialog import AddDialog
from ui.widgets.fields.place_field import TownField
from ui.window.dialogs import Dialogs
from ui.window.network_window import NetworkWindow

READING: dict[str, Callable[[Dialogs], None]] = {
    "backups": Dialogs.open_restore,
    "settings": Dialogs.open_settings,
    "history": Dialogs.open_history,
    "weeks": Dialogs.open_weeks,
    "round": Dialogs.open_round,
    "policies": Dialogs.open_policies,
}


def delete_now() -> None:
    """Delete what was closed, as the window does once it has a moment."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def hold_the_runner(window: NetworkWindow) -> Event:
    """Let what is asked for from now on wait for the event."""
    gate = Event()
    window._desk.read(lambda: gate.wait(10), lambda _: None)
    return gate


@pytest.fixture
def window(qtbot: QtBot, database: Database) -> NetworkWindow:
    typed_in.add_family(database, Role.DONOR, {"name": "Ada Okafor", "town": "Dover"}, TODAY)
    return opened(qtbot, database)


@pytest.mark.parametrize("name", READING)
def test_a_dialog_closed_before_it_has_read_is_told_nothing(
    qtbot: QtBot, window: NetworkWindow, name: str
) -> None:
    gate = hold_the_runner(window)
    READING[name](window.dialogs)
    dialog = window.dialogs.current
    assert dialog is not None

    dialog.close()
    delete_now()
    gate.set()
    idle(qtbot, window)

    assert window.notice.text == ""


def test_a_family_is_added_though_its_form_was_closed_while_it_was_saved(
    qtbot: QtBot, window: NetworkWindow, database: Database
) -> None:
    window.dialogs.open_add(Role.DONOR)
    dialog = dialog_of(window, AddDialog)
    gate = hold_the_runner(window)
    window._desk.write(
        lambda: typed_in.add_family(database, Role.DONOR, {"name": "Zoe Ueda"}, TODAY), dialog._on_saved
    )

    dialog.close()
    delete_now()
    gate.set()
    idle(qtbot, window)

    assert window.status.summary.text().startswith("2 donors")


def test_a_form_closed_under_its_list_of_places_takes_the_list_along(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    window.dialogs.open_add(Role.DONOR)
    idle(qtbot, window)
    dialog = dialog_of(window, AddDialog)
    town = dialog.findChild(TownField)
    assert isinstance(town, TownField)
    gone = list[str]()
    town.destroyed.connect(lambda: gone.append("field"))
    town.offers.destroyed.connect(lambda: gone.append("list"))
    qtbot.waitUntil(town.line.isVisible)
    town.line.setFocus()
    qtbot.keyClicks(town.line, "Do")
    assert QApplication.activePopupWidget() is town.offers

    dialog.close()
    delete_now()

    assert sorted(gone) == ["field", "list"]
    assert QApplication.activePopupWidget() is None
