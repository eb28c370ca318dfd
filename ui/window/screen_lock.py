"""Locking the window at once: nothing is shown, the key leaves memory, and what was being typed is kept."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from coordinator.services.records import shutting
from ui.desk import Desk
from ui.errors import explain
from ui.tasks import Runner
from ui.window.covering import Cover
from ui.window.idleness import Idleness
from ui.window.locked_screen import LockedScreen
from ui.window.main_window import MainWindow

log = logging.getLogger(__name__)


class ScreenLock(QObject):
    """Covers the window of a locked network, lets the work end, forgets the key, and opens it again.

    ``locking`` comes before, ``passphrase_wanted`` where there is nothing to lock with; ``opened`` says that
    everything may be old by now. What is covered is hidden, not destroyed: what the network told stays in the
    memory of this process, in widgets and lists, until the program ends; only the key does not
    (``domain.records.keys`` says how far that goes).
    """

    locking = Signal()
    passphrase_wanted = Signal()
    opened = Signal()

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._own = Runner(self)
        """The others are held while it is locked."""
        self._at_work: set[Runner] = set()
        self.is_on = False
        self._cover = Cover(window)
        self.idleness = Idleness(desk.settings, self)
        self.idleness.lock_wanted.connect(self.lock_now)
        self.idleness.idle.connect(self.lock)
        self.screen = LockedScreen(
            window, self._own, lambda secret: shutting.open_again(desk.database, secret)
        )
        self.screen.panel.opened.connect(self._on_opened)
        self.screen.panel.refused.connect(self._shut_at_rest)
        self.screen.panel.quit_wanted.connect(window.close)

    def begin(self) -> None:
        """Lock by itself from now on."""
        self.idleness.begin()

    def lock_now(self) -> None:
        """Lock, or ask for a passphrase where there is none."""
        if self._desk.database.key is None and not self.is_on:
            self.passphrase_wanted.emit()
        else:
            self.lock()

    def lock(self) -> None:
        """Show nothing from now on, and forget the key as soon as what was begun is done."""
        if self.is_on or not self._desk.is_open or self._desk.database.key is None:
            return
        self.locking.emit()
        self.is_on = True
        self._cover.put_on()
        self._window.name_undo("", "")
        self.screen.come()
        self.screen.say(self.tr("Finishing what was begun…"))
        _clear_clipboard()
        runners = {self._desk.runner, self._desk.online, self._desk.planner}
        self._at_work = set(runners)
        for runner in runners:
            # What is saved or read is finished; what asks servers or works out a plan can begin again.
            runner.hold(partial(self._on_rest, runner), cancel=runner is not self._desk.runner)
        log.info("locked")

    def close(self) -> None:
        """Wait for what runs here."""
        self._own.close()

    def _on_rest(self, runner: Runner) -> None:
        self._at_work.discard(runner)
        self._shut_at_rest()

    def _shut_at_rest(self) -> None:
        """Forget the key, unless something is still at work, or the passphrase is being tried just now."""
        database = self._desk.database
        if self._at_work or self._own.is_busy or database.is_shut:
            return
        if database.key is None:  # what was finished was taking the lock off
            self._on_opened()
            return
        self._own.run(lambda: shutting.shut(database), lambda _: self._say_shut(), self._on_not_shut)

    def _say_shut(self) -> None:
        self.screen.say(
            self.tr("What was being typed is kept as long as the program runs.")
            if self._cover.has_others
            else ""
        )

    def _on_not_shut(self, error: Exception) -> None:
        self.screen.say(explain(error))

    def _on_opened(self, _answer: object = None) -> None:
        self.is_on = False
        self.screen.hide()
        self._cover.take_off()
        for runner in {self._desk.runner, self._desk.online, self._desk.planner}:
            runner.go_on()
        self.opened.emit()


def _clear_clipboard() -> None:
    """Take back what this program put on the clipboard; what another one put there stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(clipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)
