"""A column of short rows that is made anew whenever its list changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.tab_order import keeping_focus
from ui.widgets.label import Label


def text_label(text: str, role: str = "") -> QLabel:
    """Return a label that wraps, never reads markup, and can be selected by mouse."""
    label = Label(text, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role)
    return label


def left_aligned(button: QPushButton) -> QWidget:
    """Return *button* at its own width, with room on its right."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(button)
    layout.addStretch()
    return holder


class Rows(QWidget):
    """Widgets one under the other, so far *apart*, with a quiet sentence while there are none."""

    def __init__(self, nothing: str, parent: QWidget | None = None, *, apart: int = SPACE) -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(apart)

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        """Show *rows* instead of what is there."""
        with keeping_focus(self):
            while (item := self._layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            for row in rows or [text_label(self._nothing, "quiet")]:
                self._layout.addWidget(row)
            self._layout.addStretch()


class Row(QFrame):
    """A strong line, a quiet *code* behind it, quiet lines under it, and buttons."""

    def __init__(
        self, heading: str, lines: Sequence[str] = (), parent: QWidget | None = None, *, code: str = ""
    ) -> None:
        super().__init__(parent)
        set_role(self, "row")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, SPACE)
        self._top = QHBoxLayout()
        self._top.addWidget(text_label(heading, "strong"), stretch=1)
        if code:
            self._top.addWidget(text_label(code, "quiet"), alignment=Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(self._top)
        for line in lines:
            if line:
                self._layout.addWidget(text_label(line, "quiet"))
        self._buttons: FlowLayout | None = None

    def add(self, widget: QWidget) -> None:
        """Add *widget* below."""
        self._layout.addWidget(widget)

    def add_button_beside(self, text: str, name: str = "") -> QPushButton:
        """Add a button on the right of the strong line."""
        button = QPushButton(text)
        button.setAccessibleName(name or text)
        self._top.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return button

    def add_button(self, text: str, name: str = "") -> QPushButton:
        """Add a button called *text*; *name* tells it from its likes for screen readers."""
        if self._buttons is None:
            holder = QWidget()
            self._buttons = FlowLayout(holder)
            self._layout.addWidget(holder)
        button = QPushButton(text)
        button.setAccessibleName(name or text)
        self._buttons.addWidget(button)
        return button
