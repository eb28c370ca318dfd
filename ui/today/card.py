"""A card of the Today page: what it is about, how many, and short lines that each lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.today.kept_lines import KeptLines
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.label import Label


class Card(QFrame):
    """A titled list; hidden while it has nothing to say, unless *nothing* says that this is good."""

    def __init__(self, title: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._title, self._nothing = title, nothing
        self.in_all = 0
        self.heading = _label(title, "heading")
        self._lines: list[QWidget] = []
        self.kept = KeptLines()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        self._layout.setSpacing(SPACE_SMALL)
        self._layout.addWidget(self.heading)
        self.hide()  # that there is nothing is said once it is known

    @property
    def place(self) -> str:
        """What tells the list from the others of the page."""
        return self._title

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
                line.show()  # now, and not with an event that others may be waiting for
                line.raise_()  # Tab goes by the order of the children
        self.heading.setText(f"{self._title}  {in_all}" if in_all else self._title)
        if self.parentWidget() is not None or not self._lines:  # without a parent it would open as a window
            self.setVisible(bool(self._lines))


def _label(text: str, role: str) -> QLabel:
    label = Label(text, wordWrap=True)
    set_role(label, role)
    return label
