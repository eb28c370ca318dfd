"""Words over several lines that are never cut."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.label import Label


class WrappedLabel(Label):
    """A label that keeps the height its words need at the width it got.

    A form asks how high a row is at the width it would like, not at the one it gets, and cuts the last line.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent, wordWrap=True)

    def setText(self, text: str) -> None:
        """Show *text* and make room for it."""
        super().setText(text)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())) if self.text() else 0)

    # Overrides of Qt.

    def minimumSizeHint(self) -> QSize:
        """Return the label's own, but any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for more lines in a narrower form."""
        super().resizeEvent(event)
        self._fit()
