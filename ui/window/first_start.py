"""What a network nobody is in yet offers: the sample region, her own spreadsheets, or an empty notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coordinator.services.sample import samples
from ui.desk import Desk
from ui.errors import explain
from ui.theme import SPACE, SPACE_HUGE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import Label

Answer = TypeVar("Answer")

_STARTED = "first_start/done"


def is_first_start(settings: QSettings | None) -> bool:
    """Return whether nobody has said "Start empty" yet."""
    return settings is None or not settings.value(_STARTED, defaultValue=False, type=bool)


def remember_started(settings: QSettings | None) -> None:
    """Never offer the first start again."""
    if settings is not None:
        settings.setValue(_STARTED, True)


class FirstStart(QDialog):
    """Three ways to begin, each a button and a line on what it does.

    ``sample_opened(report)``, ``import_wanted`` and ``empty_chosen`` say which; closing it says none, and
    it is offered again next time.
    """

    sample_opened = Signal(object)
    import_wanted = Signal()
    empty_chosen = Signal()

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, prepare: Callable[[], object] | None = None
    ) -> None:
        """Make the dialog; *prepare* makes and opens the network, beside the window, once a way is chosen."""
        super().__init__(parent)
        self._desk = desk
        self._prepare = prepare
        self._is_open = True
        self.setWindowTitle(self.tr("Welcome to Milk Run"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SPACE_HUGE, SPACE_HUGE, SPACE_HUGE, SPACE_HUGE)
        self._layout.setSpacing(SPACE_SMALL)
        heading = Label(self.tr("How would you like to begin?"))
        set_role(heading, "heading")
        self._layout.addWidget(heading)
        self.import_button = self._add_way(
            self.tr("Open my spreadsheets…"),
            self.tr("Donors, families and drivers from the forms people filled in. You see every row first."),
        )
        set_role(self.import_button, "main")
        self.sample_button = self._add_way(
            self.tr("Open the sample region"),
            self.tr("40 donors, 60 families and 8 drivers, all made up, to look around and try everything."),
        )
        self.empty_button = self._add_way(
            self.tr("Start empty"), self.tr("Add families one by one, or open spreadsheets later.")
        )
        self.said = Label(wordWrap=True)
        set_role(self.said, "quiet")
        policy = self.said.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what is said later cuts no words above it
        self.said.setSizePolicy(policy)
        self.said.hide()
        self._layout.addSpacing(SPACE)
        self._layout.addWidget(self.said)
        self._layout.addStretch()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        self.import_button.clicked.connect(self._on_import)
        self.sample_button.clicked.connect(self._on_sample)
        self.empty_button.clicked.connect(self._on_empty)

    def _add_way(self, words: str, about: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setAccessibleDescription(about)
        line = Label(about, wordWrap=True)
        set_role(line, "quiet")
        self._layout.addSpacing(SPACE_LARGE)
        self._layout.addWidget(button)
        self._layout.addWidget(line)
        return button

    def _on_import(self) -> None:
        self._begin(lambda: None, lambda _: self.import_wanted.emit(), self.tr("Making the network…"))

    def _on_empty(self) -> None:
        self._begin(lambda: None, lambda _: self.empty_chosen.emit(), self.tr("Making the network…"))

    def _on_sample(self) -> None:
        desk, today = self._desk, self._desk.today()
        self._begin(
            lambda: samples.open_sample_region(desk.database, today),
            self.sample_opened.emit,
            self.tr("Opening the sample region…"),
        )

    def _begin(self, work: Callable[[], Answer], done: Callable[[Answer], None], said: str) -> None:
        """Prepare the network, then do *work*; close with *done*, or stay and say what was in the way."""
        for button in (self.import_button, self.sample_button, self.empty_button):
            button.setEnabled(False)
        self._say(said)

        def prepared_work() -> Answer:
            if self._prepare is not None and not self._desk.is_open:
                self._prepare()
            return work()

        def finish(answer: Answer) -> None:
            if self._is_open:
                self.accept()
                done(answer)

        self._desk.runner.run(prepared_work, finish, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if self._is_open:
            self._say(explain(error))
            for button in (self.import_button, self.sample_button, self.empty_button):
                button.setEnabled(True)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the lines need at this width."""
        super().showEvent(event)
        self.resize(self.width(), self._layout.heightForWidth(self.width()))

    def done(self, result: int) -> None:
        """Close, unless the sample region is coming in."""
        if self.import_button.isEnabled() or result == QDialog.DialogCode.Accepted:
            self._is_open = False
            super().done(result)
