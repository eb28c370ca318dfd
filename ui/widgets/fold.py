"""Lines behind one line of words, made when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.theme import SPACE_SMALL, set_role
from ui.widgets.label import literal


class Fold(QWidget):
    """A line of words that opens what stands behind it.

    Args:
        words: What stands behind it.
        make: Makes the lines when it is opened for the first time.
    """

    def __init__(
        self, words: str, make: Callable[[], Sequence[QWidget]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make: Callable[[], Sequence[QWidget]] | None = make
        self.button = QToolButton(arrowType=Qt.ArrowType.RightArrow)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_role(self.button, "fold")
        self.button.toggled.connect(self._on_toggled)
        self.body = QWidget()
        self.body.hide()
        self._inside = QVBoxLayout(self.body)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(SPACE_SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.button)
        layout.addWidget(self.body)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Say what stands behind it."""
        self.button.setText(literal(words))
        self.button.setAccessibleName(words)

    def open(self) -> None:
        """Show what stands behind it."""
        self.button.setChecked(True)

    def _on_toggled(self, is_open: bool) -> None:
        if self._make is not None and is_open:
            for line in self._make():
                self._inside.addWidget(line)
            self._make = None
        self.button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.body.setVisible(is_open)
