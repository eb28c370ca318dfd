"""Hands that bring a spreadsheet in by the wizard's widgets alone, and count what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from tests.ui.file_answers import answer_with
from tests.ui.network import dialog_of, idle, opened, started
from ui.imports.wizard import ImportWizard, Step
from ui.window.network_window import NetworkWindow


@dataclass
class Hands:
    """Somebody at a wizard; ``done`` is how often she clicked or pressed a key since it was open."""

    qtbot: QtBot
    window: NetworkWindow
    wizard: ImportWizard
    done: int = 0

    def click(self, button: QAbstractButton) -> None:
        """Click a button that is on screen, once it can be clicked."""
        self.qtbot.waitUntil(button.isEnabled)
        assert button.isVisible()
        self.done += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        idle(self.qtbot, self.window)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        self.done += 1
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        idle(self.qtbot, self.window)

    def wait_for(self, true: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(true, timeout=20_000)


def hands_at_wizard(qtbot: QtBot, database: Database, tmp_path: Path) -> Hands:
    """Return hands at a wizard in which no file is chosen yet."""
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_import()
    wizard = dialog_of(window, ImportWizard)
    qtbot.waitUntil(wizard.isActiveWindow)
    return Hands(qtbot, window, wizard)


def say_yes(hands: Hands) -> None:
    """Say yes by clicks to whatever is likely: whose list it is, and what its columns are."""
    columns = hands.wizard.columns
    if hands.wizard.step is not Step.COLUMNS:
        return
    if columns.kind_yes.isVisible():
        hands.click(columns.kind_yes)
    if columns.choices is not None and columns.choices.waiting:
        first = columns.lines[columns.choices.waiting[0]]
        hands.click(columns.sections.all_button or first.yes_button)


def by_mouse(hands: Hands, monkeypatch: pytest.MonkeyPatch, path: Path) -> int:
    """Bring *path* in by clicks alone, and return how many it took."""
    wizard, frame = hands.wizard, hands.wizard.frame
    answer_with(monkeypatch, path)
    hands.click(wizard.files.choose_button)
    hands.click(frame.next_button)
    if wizard.step is Step.COLUMNS:
        say_yes(hands)
        hands.click(frame.next_button)
    assert wizard.steps.currentIndex() == Step.ROWS
    hands.click(frame.next_button)
    hands.wait_for(lambda: hands.window.dialogs.current is None)
    return hands.done


def by_keys(hands: Hands, monkeypatch: pytest.MonkeyPatch, path: Path) -> int:
    """Bring *path* in by keys alone, and return how many it took."""
    wizard, frame = hands.wizard, hands.wizard.frame
    answer_with(monkeypatch, path)
    hands.press(Qt.Key.Key_Return)
    hands.wait_for(frame.next_button.hasFocus)
    hands.press(Qt.Key.Key_Return)
    if wizard.step is Step.COLUMNS:
        while not wizard.columns.is_settled:
            hands.press(Qt.Key.Key_Return)
        hands.press(Qt.Key.Key_Return)
    assert wizard.steps.currentIndex() == Step.ROWS
    hands.wait_for(frame.next_button.isEnabled)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.wait_for(partial(_is_closed, hands))
    return hands.done


def _is_closed(hands: Hands) -> bool:
    return hands.window.dialogs.current is None
