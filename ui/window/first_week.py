"""What to do first: five steps, each with a button that goes there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE, SPACE_HUGE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import Label
from ui.widgets.scrolling import scrolling


class FirstWeek(QDialog):
    """A page to read at the start, and again any time; ``step_wanted(where)`` says which button was pressed.

    *where* is ``import``, ``settings`` or the name of a page.
    """

    step_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("First week"))
        self.buttons: dict[str, QPushButton] = {}
        self._body = QWidget()
        self._steps = QVBoxLayout(self._body)
        self._steps.setContentsMargins(SPACE_HUGE, SPACE_LARGE, SPACE_HUGE, SPACE_LARGE)
        self._steps.setSpacing(SPACE)
        self._add_first_steps()
        self._add_last_steps()
        self._steps.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE)
        layout.addWidget(scrolling(self._body, self, wraps=True), stretch=1)
        layout.addWidget(close)
        close.setContentsMargins(0, 0, SPACE_LARGE, 0)
        width = self.fontMetrics().averageCharWidth() * 96
        self.resize(width, min(500, self._steps.heightForWidth(width) + 4 * SPACE_HUGE))

    def _add_first_steps(self) -> None:
        self._add_step(
            "import",
            self.tr("1  Bring in the lists you have"),
            self.tr(
                "Donors, families and volunteers, from the spreadsheets people filled in. You see every "
                "row before anything is kept, and one undo takes a list back."
            ),
            self.tr("Open a spreadsheet…"),
        )
        self._add_step(
            "settings",
            self.tr("2  Say whose name and phone stand on paper"),
            self.tr(
                "A driver who finds nobody home rings this number. Text size and colours are there, too."
            ),
            self.tr("Settings…"),
        )
        self._add_step(
            "today",
            self.tr("3  Make three calls"),
            self.tr(
                "Today says whom to ring and what to ask. Type the answer as it is said: “no, stopped "
                "10/9”. What nobody can answer yet stays a question."
            ),
            self.tr("Go to Today"),
        )

    def _add_last_steps(self) -> None:
        self._add_step(
            "matching",
            self.tr("4  Find milk for one family"),
            self.tr(
                "Choose a family that runs out soon. Each donor says what is for her milk and what is to be "
                "asked. Hold what both may agree on, ring both, and note each yes."
            ),
            self.tr("Go to Match"),
        )
        self._add_step(
            "pickups",
            self.tr("5  Plan it and print the sheet"),
            self.tr(
                "Say who carries it and when, then print. After the run settle it: what came, what did "
                "not. So the next figures are right."
            ),
            self.tr("Go to Pickups"),
        )

    def _add_step(self, where: str, title: str, about: str, does: str) -> None:
        heading, line = Label(title, wordWrap=True), Label(about, wordWrap=True)
        set_role(heading, "strong")
        set_role(line, "quiet")
        button = QPushButton(does, autoDefault=False)
        button.setAccessibleName(does)
        button.setAccessibleDescription(title)
        button.clicked.connect(partial(self._go, where))
        self.buttons[where] = button
        words = QVBoxLayout()
        words.setSpacing(SPACE_SMALL)
        words.addWidget(heading)
        words.addWidget(line)
        across = QHBoxLayout()
        across.setSpacing(SPACE_LARGE)
        across.addLayout(words, stretch=1)
        across.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self._steps.addLayout(across)
        self._steps.addSpacing(SPACE)

    def _go(self, where: str) -> None:
        self.accept()
        self.step_wanted.emit(where)
