"""A window on a network in a real file, with the real runner beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from tests.builders import TODAY
from ui.desk import Desk
from ui.tasks import Runner
from ui.units import Display
from ui.window.network_window import NetworkWindow

LAPTOP = (1093, 540)

Dialog = TypeVar("Dialog", bound=QDialog)


def a_desk(database: Database, settings: QSettings | None = None) -> Desk:
    """Return a desk with the real runner."""
    return Desk(database, Runner(), Display(), settings, lambda: TODAY)


def opened(
    qtbot: QtBot, database: Database, settings: QSettings | None = None, size: tuple[int, int] = LAPTOP
) -> NetworkWindow:
    """Return the window of *database* on screen, everything read."""
    window = NetworkWindow(a_desk(database, settings))
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.begin()
    idle(qtbot, window)
    return window


def idle(qtbot: QtBot, window: NetworkWindow) -> None:
    """Wait until nothing runs beside the window any more."""
    runner = window._desk.runner
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)


def dialog_of(window: NetworkWindow, kind: type[Dialog]) -> Dialog:
    """Return the dialog that is open over *window*."""
    current = window.dialogs.current
    assert isinstance(current, kind)
    return current


def started(tmp_path: Path) -> QSettings:
    """Return settings of a window where "Start empty" was said before."""
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("first_start/done", "true")
    return settings
