"""What stands around the wizard's steps: title, what is wrong, progress, buttons."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.tasks import Job, Runner
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.label import Label

_USUAL = QSize(1040, 500)
_FLICKER_MS = 300


class WizardFrame(QObject):
    """Lays *body* out in *dialog*, between a title and a row of buttons.

    ``settled`` says that a step which had to ``settle`` may be left again.
    """

    settled = Signal()

    def __init__(self, dialog: QDialog, body: QWidget, runner: Runner) -> None:
        super().__init__(dialog)
        self._job: Job | None = None
        self.title = Label(wordWrap=True)
        set_role(self.title, "heading")
        self.done = Label(wordWrap=True)
        set_role(self.done, "done")
        self.problem = Label(wordWrap=True)
        set_role(self.problem, "problem")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(self.tr("How far the import is"))
        self.cancel_button = QPushButton(autoDefault=False)
        self.hint = Label(wordWrap=True)
        set_role(self.hint, "quiet")
        self.skip_button = QPushButton(self.tr("Leave this list out"), autoDefault=False)
        self.skip_button.setAccessibleName(self.tr("Leave this list out"))
        self.back_button = QPushButton(self.tr("Back"), autoDefault=False)
        self.back_button.setAccessibleName(self.tr("Back"))
        self.next_button = QPushButton(default=True)
        set_role(self.next_button, "main")
        for widget in (self.done, self.problem, self.bar, self.hint, self.skip_button):
            widget.hide()
        self._lay_out(dialog, body)
        dialog.resize(_USUAL)
        runner.job_progressed.connect(self._on_progressed)
        # The second click of a double click on "Next" must not land on "Import".
        self._settling = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._settling.timeout.connect(self.settled)
        # A bar for what takes no time at all would only flicker.
        self._reading = QTimer(self, singleShot=True, interval=_FLICKER_MS)
        self._reading.timeout.connect(self._show_reading)

    def say_title(self, text: str) -> None:
        """Say where the wizard is."""
        self.title.setText(text)

    def say_done(self, text: str) -> None:
        """Say what came in with the file before."""
        self.done.setText(text)
        self.done.setVisible(bool(text))

    def say_problem(self, text: str) -> None:
        """Say what is in the way; "" for nothing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def say_hint(self, text: str) -> None:
        """Say beside the main button what it waits for; "" for nothing."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def show_reading(self, *, is_reading: bool) -> None:
        """Show that something is being read, if it takes a while."""
        if not is_reading:
            self._reading.stop()
            self.bar.setVisible(self._job is not None)
        elif not self._reading.isActive():
            self._reading.start()

    def show_buttons(
        self, *, back: bool, skip: bool, ready: bool, next_words: str, cancel_words: str
    ) -> None:
        """Call the buttons as the step needs them."""
        self.skip_button.setVisible(skip)
        self.skip_button.setEnabled(self._job is None)
        self.back_button.setVisible(back)
        self.back_button.setEnabled(self._job is None)
        self.next_button.setText(next_words)
        self.next_button.setAccessibleName(next_words)
        self.next_button.setEnabled(ready and not self._settling.isActive())
        words = cancel_words if self._job is None else self.tr("Stop")
        self.cancel_button.setText(words)
        self.cancel_button.setAccessibleName(words)

    def settle(self) -> None:
        """Take no click on the main button for a moment."""
        self._settling.start()

    def watch(self, job: Job | None) -> None:
        """Show how far *job* is; None when it has ended."""
        self._job = job
        self.bar.setRange(0, 0)
        self.bar.setVisible(job is not None)

    def _show_reading(self) -> None:
        if self._job is None:
            self.bar.setRange(0, 0)
            self.bar.show()

    def _on_progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _lay_out(self, dialog: QDialog, body: QWidget) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.bar, stretch=1)
        buttons.addWidget(self.hint, stretch=1)
        buttons.addStretch()
        buttons.addWidget(self.skip_button)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.title)
        layout.addWidget(self.done)
        layout.addWidget(self.problem)
        layout.addWidget(body, stretch=1)
        layout.addLayout(buttons)
