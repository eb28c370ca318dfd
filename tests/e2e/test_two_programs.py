"""The window and another program at the same file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import PATIENCE_MS, Keyboard
from tests.e2e.story import SAMPLE, plain
from ui.donors.page import DonorsPage
from ui.window.open_window import ALREADY_OPEN

HOUSE = Path(__file__).parents[2]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def milkrun(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the program with *words*, as from a terminal."""
    command = [sys.executable, "-m", "ui", *map(str, words)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        command, cwd=HOUSE, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_the_window_shows_what_the_command_line_imports_meanwhile(qtbot: QtBot, program: Program) -> None:
    hands = Keyboard(qtbot)
    window = program.start()
    hands.push("Start empty")
    hands.push("Not now")
    program.come_to_rest()
    hands.press("Ctrl+2")
    program.come_to_rest()
    assert program.page(DonorsPage).list.count.text() == "0"

    done = milkrun("import", SAMPLE / "donor_form_responses.csv", "--database", program.path)

    assert (done.returncode, done.stderr) == (0, "")
    hands.wait_for(lambda: program.page(DonorsPage).list.count.text() == "40")
    hands.wait_for(lambda: "40 donors" in plain(window.status.summary.text()))


def test_a_second_start_ends_and_the_first_window_comes_to_the_front(qtbot: QtBot, program: Program) -> None:
    window = program.start()
    hands = Keyboard(qtbot)
    hands.push("Start empty")
    hands.push("Not now")
    window.showMinimized()
    assert window.windowState() & Qt.WindowState.WindowMinimized

    second = milkrun("--database", program.path)

    assert second.returncode == ALREADY_OPEN
    assert "already open" in second.stderr
    qtbot.waitUntil(
        lambda: not window.windowState() & Qt.WindowState.WindowMinimized and window.isActiveWindow(),
        timeout=PATIENCE_MS,
    )
