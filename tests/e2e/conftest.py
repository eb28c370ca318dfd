"""The program as she starts it: the real window over a real file, on a Saturday in November."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import TODAY
from tests.e2e.driver import PATIENCE_MS
from tests.networks import opened_network
from ui.desk import Desk
from ui.tasks import Runner
from ui.units import Display
from ui.window.network_window import NetworkWindow

A_MOMENT_MS = 500
"""The pages' own pauses are shorter; a notice that goes by itself is not waited for."""
NOW = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)

Page = TypeVar("Page", bound=QWidget)


class Program:
    """Opens windows on one file, one after the other, as starting the program does."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.path = folder / "network.db"
        self._settings = folder / "window.ini"
        self._qtbot = qtbot
        self._runner = Runner()
        self._window: NetworkWindow | None = None

    @property
    def window(self) -> NetworkWindow:
        """The window that is open."""
        assert self._window is not None
        return self._window

    def start(self, width: int = 1093, height: int = 540, *, on: date = TODAY) -> NetworkWindow:
        """Open the window *on* a day, *width* × *height* large, and wait until it has read everything."""
        moment = NOW + (on - TODAY)
        database = opened_network(self.path, alone=True, origin="window", clock=lambda: moment)
        self._runner = Runner()
        settings = QSettings(str(self._settings), QSettings.Format.IniFormat)
        self._window = NetworkWindow(Desk(database, self._runner, Display(), settings, lambda: on))
        self._window.resize(width, height)
        with self._qtbot.waitActive(self._window):
            self._window.show()
            self._window.activateWindow()
        self._window.begin()
        self.come_to_rest()
        return self._window

    def page(self, kind: type[Page]) -> Page:
        """Return the page of *kind*, which is in front."""
        found = self.window.findChild(kind)
        assert isinstance(found, kind)
        assert found.isVisible()
        return found

    def come_to_rest(self) -> None:
        """Wait until the window has nothing more to read or to write, now or after a short pause."""
        self._qtbot.waitUntil(lambda: not self._runner.is_busy and not self._will_read(), timeout=PATIENCE_MS)

    def _will_read(self) -> bool:
        """Tell whether a page waits a moment before it reads again; its lines may change places then."""
        timers = self._window.findChildren(QTimer) if self._window is not None else ()
        return any(one.isActive() and one.isSingleShot() and one.interval() <= A_MOMENT_MS for one in timers)

    def end(self) -> None:
        """Close what is still open."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None


@pytest.fixture
def program(tmp_path: Path, qtbot: QtBot, dressed: None) -> Iterator[Program]:
    """Give the program with no file yet."""
    folder = tmp_path / "her data"
    folder.mkdir()
    program = Program(folder, qtbot)
    yield program
    program.end()
