"""The line at the foot of the window: how much there is, what can be undone, is it kept, what is going on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QPushButton, QSizePolicy, QStatusBar, QWidget

from ui.icons import set_icon
from ui.tasks import Job, Runner
from ui.theme import SPACE_LARGE, SPACE_SMALL, set_role
from ui.units import Display
from ui.widgets.frame.notice import NoticeLine
from ui.widgets.label import Label, literal

_PATIENCE_MS = 300
"""Work shorter than this shows nothing: a bar that flashes up says less than none."""


_UNDO_CHARACTERS = 52
"""Of what was done last; more would push the rest off a small screen."""


class StatusLine(QStatusBar):
    """Texts by name; ``undo_wanted``, ``lock_wanted`` and ``trouble_wanted(text)`` are clicks on them."""

    undo_wanted = Signal()
    lock_wanted = Signal()
    trouble_wanted = Signal(str)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self.setSizeGripEnabled(False)
        self.summary = Label()
        self.summary.setIndent(SPACE_LARGE)
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.undo_button = self._button("undo", self.undo_wanted.emit)
        self.lock_button = self._button("unlocked", self.lock_wanted.emit)
        self.read_only_button = self._trouble_button()
        self.backup_button = self._trouble_button()
        self.backup = Label()
        set_role(self.backup, "quiet")
        self.volume_button = self._button("", display.switch_volume)
        self.distance_button = self._button("", display.switch_distance)
        self.working = Label()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(120)
        self.cancel_button = self._button("close", self._on_cancel)
        self._notice: NoticeLine | None = None
        self._undone = ""
        self._lay_out()
        self._job: Job | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._timer.timeout.connect(self._show_work)
        display.changed.connect(self._show_units)
        self._show_units()
        for say in (self.say_undo, self.say_not_locked, self.say_backup):
            say("")
        self.say_read_only("", "")
        self.say_no_backup("", "")

    def say_summary(self, text: str) -> None:
        """Say how much there is: ``40 donors · 12 400 oz free``."""
        self.summary.setText(text)
        self.summary.setToolTip(text)

    def say_undo(self, text: str) -> None:
        """Say what was done last and can be undone; "" for nothing. A long text is whole in its tooltip."""
        self._undone = text
        self._say(self.undo_button, text, self.tr("Undo: {text}").format(text=text))
        self._make_way()

    def say_not_locked(self, text: str) -> None:
        """Say that the file is not locked; "" once it is."""
        self._say(self.lock_button, text, text)

    def say_backup(self, text: str) -> None:
        """Say when the last backup was made."""
        self.backup.setText(text)
        self._show_backup()

    def say_read_only(self, text: str, why: str) -> None:
        """Say that nothing can be written, and *why* on a click; "" once it can."""
        self._say(self.read_only_button, text, why)

    def say_no_backup(self, text: str, why: str) -> None:
        """Say that no backup can be made, and *why* on a click, until one was; "" for nothing."""
        self._say(self.backup_button, text, why)
        self._show_backup()

    def lay_over(self, notice: NoticeLine) -> None:
        """Let *notice* lie over what is least needed: the summary, the last backup, the words of Undo."""
        self._notice = notice
        self._first.addWidget(notice, 0, 0)
        notice.shown.connect(lambda _: self._make_way())

    def watch(self, runner: Runner) -> None:
        """Show the work of *runner* while it takes longer than a moment."""
        runner.job_started.connect(self._on_started)
        runner.job_progressed.connect(self._on_progressed)
        runner.job_ended.connect(self._on_ended)

    def _button(self, icon_name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        set_role(button, "status")
        if icon_name:
            set_icon(button, icon_name)
            line = button.fontMetrics().height()
            button.setIconSize(QSize(line, line))
        button.clicked.connect(lambda *_: slot())
        return button

    def _trouble_button(self) -> QPushButton:
        """Return a button that repeats what is wrong."""
        button = self._button("problem", lambda: self.trouble_wanted.emit(button.accessibleName()))
        return button

    def _lay_out(self) -> None:
        self.cancel_button.setText(self.tr("Cancel"))
        first = QWidget()
        self._first = QGridLayout(first)
        self._first.setContentsMargins(0, 0, 0, 0)
        self._first.addWidget(self.summary, 0, 0)
        first.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addWidget(first, 1)
        for widget in (self.working, self.bar, self.cancel_button):
            self.addPermanentWidget(widget)
            widget.hide()
        for widget in (
            self.undo_button,
            self.read_only_button,
            self.lock_button,
            self.backup_button,
            self.backup,
            self.volume_button,
            self.distance_button,
        ):
            self.addPermanentWidget(widget)

    def _say(self, button: QPushButton, text: str, name: str) -> None:
        button.setText(literal(text))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setVisible(bool(text))

    def _show_units(self) -> None:
        volume, distance = self._display.volume_unit.value, self._display.distance_unit.value
        self._say(self.volume_button, volume, self.tr("Amounts in {unit}; switch").format(unit=volume))
        self._say(
            self.distance_button, distance, self.tr("Distances in {unit}; switch").format(unit=distance)
        )

    def _on_started(self, job: Job) -> None:
        if not job.what:
            return
        if self._job is None or job.can_cancel:
            self._job = job
            self._timer.start()

    def _show_work(self) -> None:
        if self._job is None:
            return
        self.working.setText(self._job.what)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self._job.what)
        self.cancel_button.setAccessibleName(self.tr("Cancel: {what}").format(what=self._job.what))
        self.backup.hide()
        self.working.show()
        self.bar.show()
        self.cancel_button.setVisible(self._job.can_cancel)
        self.cancel_button.setEnabled(True)

    def _on_progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job and self.bar.isVisible():
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            said = self.tr("{what}: {done} of {total}")
            self.working.setText(said.format(what=job.what, done=done, total=total))

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._timer.stop()
            for widget in (self.working, self.bar, self.cancel_button):
                widget.hide()
            self._show_backup()

    def _make_way(self) -> None:
        """Leave a notice the room of what is done last, which it says itself; the button keeps its icon."""
        characters = 0 if self._is_noticed() else _UNDO_CHARACTERS
        metrics = self.undo_button.fontMetrics()
        room = metrics.averageCharWidth() * characters
        shown = metrics.elidedText(self._undone, Qt.TextElideMode.ElideRight, room) if room else ""
        self.undo_button.setText(literal(shown))
        # The buttons of a notice are whole; the line is higher than this anyway.
        self._first.setRowMinimumHeight(0, self.fontMetrics().height() + 2 * SPACE_SMALL)
        self._show_backup()

    def _is_noticed(self) -> bool:
        return self._notice is not None and not self._notice.isHidden()

    def _show_backup(self) -> None:
        """Show when the last backup was made, unless there is trouble with it or its room is taken."""
        is_working = not self.bar.isHidden()
        has_room = not self.backup_button.text() and not is_working and not self._is_noticed()
        self.backup.setVisible(has_room and bool(self.backup.text()))

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)
            self.working.setText(self.tr("Stopping…"))
