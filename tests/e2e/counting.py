"""Hands that count: every click, every key, every turn of the wheel, and nothing gets past them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow

if TYPE_CHECKING:
    from tests.e2e.driver import Hands


@dataclass
class Effort:
    """What a piece of work took. A combination, as Ctrl+Enter, is one key; a letter typed is one, too."""

    clicks: int = 0
    keys: int = 0
    letters: int = 0
    turns: int = 0

    def __str__(self) -> str:
        """Return it in words, as ``11 clicks, 0 keys, 0 letters``."""
        told = f"{self.clicks} clicks, {self.keys} keys, {self.letters} letters"
        return f"{told}, {self.turns} turns of the wheel"


class Watcher(QObject):
    """Sees what reaches the windows from outside, whoever sends it."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks = 0
        self.keys = 0
        self.turns = 0

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count presses of the mouse, keys that are let go, and the wheel, once each: at the window."""
        if isinstance(watched, QWindow):
            kind = event.type()
            if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                self.clicks += 1
            elif isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyRelease:
                # A shortcut takes the press before the window sees it.
                self.keys += event.key() not in _HELD_DOWN
            elif kind is QEvent.Type.Wheel:
                self.turns += 1
        return False


_HELD_DOWN = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)


@contextmanager
def counting(hands: Hands) -> Iterator[Effort]:
    """Count what *hands* do inside this block; fail where a click or a key came past them."""
    application = QCoreApplication.instance()
    assert application is not None
    watcher, effort = Watcher(), Effort()
    before = hands.effort
    hands.effort = effort
    application.installEventFilter(watcher)
    try:
        yield effort
    finally:
        application.removeEventFilter(watcher)
        hands.effort = before
    assert watcher.clicks == effort.clicks, (watcher.clicks, effort)
    # A window that closed with the press takes no more keys.
    assert watcher.keys <= effort.keys + effort.letters, (watcher.keys, effort)
    assert watcher.turns == effort.turns
