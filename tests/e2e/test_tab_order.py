"""Tab comes to every control of every page, and back to where it began."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import Keyboard

PAGES = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+9")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def one_round(hands: Keyboard, key: str) -> list[QWidget]:
    """Press *key* until the focus is where it has been, and return where it went."""
    passed: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in passed:
        passed.append(focus)
        hands.press(key)
    assert QApplication.focusWidget() is passed[0], "Tab goes round without what came first"
    return passed


def controls_of(window: QWidget) -> set[QWidget]:
    """Return what takes the focus by Tab, asked of Qt and not of our own order."""
    return {
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    }


def test_tab_comes_to_every_control_of_every_page_both_ways(
    qtbot: QtBot, program: Program, worked_file: Path
) -> None:
    shutil.copy(worked_file, program.path)
    hands = Keyboard(qtbot)
    window = program.start()
    for page in PAGES:
        hands.press(page)
        program.come_to_rest()
        hands.press("Down")
        program.come_to_rest()
        hands.press("Return")
        program.come_to_rest()
        hands.press("Tab")

        forth = one_round(hands, "Tab")
        back = one_round(hands, "Shift+Tab")

        missed = {one.accessibleName() for one in controls_of(window) - set(forth)}
        assert not missed, f"{page}: Tab does not come to {missed}"
        assert set(back) == set(forth), page
