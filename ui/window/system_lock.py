"""Hearing that the screen was locked, or that the computer goes to sleep.

On Linux by D-Bus: systemd's login manager, and the screen savers of GNOME, KDE and the others. Windows and
macOS say it in ways of their own that are not listened to: there a network is locked when nobody is at it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

log = logging.getLogger(__name__)

_LOGIN: Final = "org.freedesktop.login1"
_SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")
_TOLD: Final = SLOT("told(bool)")
_TOLD_TO_LOCK: Final = SLOT("told_to_lock()")


class SystemLock(QObject):
    """``locked`` when the system locks the screen or goes to sleep."""

    locked = Signal()

    def begin(self) -> int:
        """Listen from now on; return how many signals were found to listen to, 0 where there is no bus."""
        try:
            from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - only Linux has it
        except ImportError:
            return 0
        try:
            heard = self._listen(QDBusConnection.sessionBus(), QDBusConnection.systemBus())
        except (TypeError, ValueError):  # another Qt: the minutes lock it all the same
            log.warning("no listening for a locked screen")
            return 0
        log.info("listening for a locked screen: %d", heard)
        return heard

    def _listen(self, session: QDBusConnection, system: QDBusConnection) -> int:
        heard = 0
        # The stubs ask for bytes, which are refused: SLOT's own text is what is taken.
        if session.isConnected():
            for saver in _SAVERS:
                heard += session.connect("", "", saver, "ActiveChanged", self, _TOLD)  # type: ignore[call-overload]
        if system.isConnected():
            sleep = (_LOGIN, "", f"{_LOGIN}.Manager", "PrepareForSleep", self, _TOLD)
            heard += system.connect(*sleep)  # type: ignore[call-overload]
            lock = (_LOGIN, "", f"{_LOGIN}.Session", "Lock", self, _TOLD_TO_LOCK)
            heard += system.connect(*lock)  # type: ignore[call-overload]
        return heard

    @Slot(bool)
    def told(self, is_so: bool) -> None:
        """Hear that the screen is locked, or about to sleep, or not any more."""
        if is_so:
            self.locked.emit()

    @Slot()
    def told_to_lock(self) -> None:
        """Hear that the session is locked."""
        self.locked.emit()
