"""A round in the real window, with the real runner beside it, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.volume import Volume
from coordinator.services import rounds
from coordinator.services.families.recipients import recipient
from coordinator.services.screening import switched_off
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.pickup_builders import SETUP
from tests.ui.network import dialog_of, idle, opened
from ui.calls.round_dialog import RoundDialog
from ui.settings.dialog import SettingsDialog
from ui.today.page import TodayPage
from ui.window.network_window import NetworkWindow


@pytest.fixture
def window(qtbot: QtBot, database: Database) -> NetworkWindow:
    with database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=Volume(), stock_on=TODAY, health=None)
        a_stored_lot(session, a_donor(session, "Ada Lind", facts=without(FactKind.NICOTINE)), 100)
    return opened(qtbot, database, size=(1366, 768))


def press(qtbot: QtBot, window: NetworkWindow, key: Qt.Key, words: str = "") -> None:
    idle(qtbot, window)
    QApplication.processEvents()
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClicks(target, words)
    qtbot.keyClick(target, key)
    idle(qtbot, window)
    QApplication.processEvents()


def is_on_an_answer() -> bool:
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and field.accessibleName().startswith("Answer to: ")


def test_by_ctrl_r_from_the_minutes_to_the_end_and_today_goes_on_with_it(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    database = window._desk.database
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, RoundDialog)
    qtbot.waitUntil(lambda: dialog.start.go.isEnabled() and dialog.start.isVisible())

    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(is_on_an_answer)
    assert dialog.card.name.text() == "Uma Out"
    press(qtbot, window, Qt.Key.Key_Return, "home and well")
    qtbot.waitUntil(lambda: dialog.card.answers.first_open() is not None)
    strip = dialog.card.answers.first_open()
    assert strip is not None
    qtbot.waitUntil(strip.strip.isVisible)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recipient(database, "R-0001", TODAY).baby.health is not None)
    press(qtbot, window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: dialog.card.name.text() == "Ada Lind")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.dialogs.current is None

    idle(qtbot, window)
    page = window.findChild(TodayPage)
    assert page is not None
    qtbot.waitUntil(lambda: page.calls.round.button.text() == "Go on with the round: 1 to ring")
    page.calls.round.button.click()
    again = dialog_of(window, RoundDialog)
    qtbot.waitUntil(lambda: again.progress.text() == "2 of 2, about 5 minutes left")
    press(qtbot, window, Qt.Key.Key_F5)
    qtbot.waitUntil(again.end.isVisible)
    assert again.end.summary.text() == "1 reached"
    again.close()


def test_ctrl_z_in_the_round_undoes_the_last_step_and_without_a_round_it_begins_anew(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    window.dialogs.open_round(40)
    dialog = dialog_of(window, RoundDialog)
    qtbot.waitUntil(is_on_an_answer)
    press(qtbot, window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: dialog.card.name.text() == "Ada Lind")

    def undo() -> None:
        idle(qtbot, window)
        qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        idle(qtbot, window)

    undo()
    qtbot.waitUntil(lambda: len(left(window)) == 2)
    undo()
    qtbot.waitUntil(dialog.start.isVisible)
    dialog.close()


def left(window: NetworkWindow) -> tuple[object, ...]:
    found = rounds.round_now(window._desk.database, TODAY)
    return found.to_ring(TODAY) if found else ()


def test_what_is_never_asked_is_asked_again_from_the_settings(qtbot: QtBot, window: NetworkWindow) -> None:
    database = window._desk.database
    switched_off.stop_asking(database, "reach")
    window.dialogs.open_settings()
    dialog = dialog_of(window, SettingsDialog)
    idle(qtbot, window)
    again = next(one for one in dialog.asked.rows.findChildren(type(dialog.folder_button)) if one.isEnabled())
    assert again.accessibleName() == "Ask again: How far they drive"

    again.click()

    qtbot.waitUntil(lambda: all(one.is_asked for one in switched_off.asked_topics(database)))
    idle(qtbot, window)
    dialog.close()
