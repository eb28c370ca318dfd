"""A card of the Today page: what it is about, how many, and short lines that each lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.label import Label

Choice = tuple[str, Callable[[], object]]
"""A menu entry: its words and what it does."""


_UNBROKEN_CHARACTERS = 40
"""Longer parts of a line may break inside, lest they widen the window."""


def on_whole_lines(parts: Sequence[str]) -> str:
    """Return *parts* with dots between, written so that short ones do not break across lines."""
    kept = (
        part.replace(" ", "\u00a0") if len(part) < _UNBROKEN_CHARACTERS else part for part in parts if part
    )
    return " · ".join(kept)


class Line(QFrame):
    """A family or pickup in one strong line, what presses in a quiet one, and its buttons."""

    def __init__(self, heading: str, text: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, SPACE_SMALL, 0, SPACE_SMALL)
        self._across.setSpacing(SPACE)
        top = Qt.AlignmentFlag.AlignTop
        if icon_name:
            mark = Label()
            size = self.fontMetrics().height()
            mark.setPixmap(icon(icon_name).pixmap(size, size))
            self._across.addWidget(mark, alignment=top)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_label(heading, "strong"))
        if text:
            words.addWidget(_label(text, "quiet"))
        words.addStretch()
        self._across.addLayout(words, stretch=1)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(SPACE_SMALL)
        self._across.addLayout(self._buttons)
        self._buttons.addStretch()

    def add_button(self, words: str, name: str, slot: Callable[[], object]) -> QPushButton:
        """Add a button called *words*; *name* tells it from its likes for screen readers."""
        button = QPushButton(words)
        button.setAccessibleName(name)
        button.clicked.connect(lambda *_: slot())
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def add_menu(self, words: str, name: str, choices: Sequence[Choice]) -> QPushButton:
        """Add a button that opens a menu of *choices*."""
        button = QPushButton(words)
        button.setAccessibleName(name)
        menu = QMenu(button)
        for text, slot in choices:
            menu.addAction(text, slot)
        button.setMenu(menu)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button


class Card(QFrame):
    """A titled list; hidden while it has nothing to say, unless *nothing* says that this is good."""

    def __init__(self, title: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._title, self._nothing = title, nothing
        self.in_all = 0
        self.heading = _label(title, "heading")
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        self._layout.setSpacing(SPACE_SMALL)
        self._layout.addWidget(self.heading)
        self.set_lines([], 0)

    def set_lines(self, lines: Sequence[QWidget], in_all: int, more: str = "") -> None:
        """Show *lines* of *in_all* things; *more* says where the rest is. A line shown before stays."""
        self.in_all = in_all
        with keeping_focus(self):
            for old in self._lines:
                if old not in lines:
                    old.hide()
                    old.deleteLater()
            self._lines = list(lines)
            if not lines and self._nothing:
                self._lines = [_label(self._nothing, "quiet")]
            elif more:
                self._lines.append(_label(more, "quiet"))
            for line in self._lines:
                self._layout.addWidget(line)
                line.raise_()  # Tab goes by the order of the children
        self.heading.setText(f"{self._title}  {in_all}" if in_all else self._title)
        if self.parentWidget() is not None or not self._lines:  # without a parent it would open as a window
            self.setVisible(bool(self._lines))


def _label(text: str, role: str) -> QLabel:
    label = Label(text, wordWrap=True)
    set_role(label, role)
    return label
