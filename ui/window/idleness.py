"""Nobody at the keyboard and the mouse for a while, and the key that locks at once, in whatever window."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from ui.idle_minutes import kept_minutes
from ui.window.system_lock import SystemLock

_LOOK_EVERY_MS: Final = 5000
_SIGNS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


def seconds() -> float:
    """Return seconds that go on counting while the computer sleeps, where the system has such a clock."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Idleness(QObject):
    """``idle``: nobody did anything for the chosen minutes, or the screen was locked; ``lock_wanted``: a key.

    It sees what comes to the program's windows before they do: so a key counts in a dialog too, which keeps
    the menu's keys from the window behind it.
    """

    idle = Signal()
    lock_wanted = Signal()

    def __init__(
        self, settings: QSettings | None, parent: QObject, clock: Callable[[], float] = seconds
    ) -> None:
        """Make what watches; *clock* gives seconds."""
        super().__init__(parent)
        self._settings, self._clock = settings, clock
        self._last = clock()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._system = SystemLock(self)
        self._system.locked.connect(self.idle)

    def begin(self) -> None:
        """Watch from now on."""
        self._last = self._clock()
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())
        self._system.begin()

    def look(self) -> None:
        """Want the lock if it is time."""
        minutes = kept_minutes(self._settings)
        if minutes and self._clock() - self._last >= minutes * 60:
            self._last = self._clock()
            self.idle.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
        """Note that somebody is there; after too long a time whoever it is finds the network locked."""
        kind = event.type()
        if kind not in _SIGNS:
            return False
        self.look()
        self._last = self._clock()
        if kind == QEvent.Type.KeyPress and _is_lock_key(event):
            self.lock_wanted.emit()
            return True
        return False


def _is_lock_key(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )
