"""Widgets from left to right, and on to the next line when the width is used up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem
from shiboken6 import delete

from ui.theme import SPACE


class FlowLayout(QLayout):
    """A layout that wraps, so that no label is ever cut; lines are as far apart as widgets unless told."""

    def __init__(self, parent: QWidget | None = None, spacing: int = SPACE) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._between_lines: int | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def set_between_lines(self, spacing: int) -> None:
        """Let lines stand so far apart."""
        self._between_lines = spacing
        self.invalidate()

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        apart = self.spacing() if self._between_lines is None else self._between_lines
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + apart, 0
            if not is_trial:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(size.width(), rect.width()), size.height())))
            x, line = x + size.width() + self.spacing(), max(line, size.height())
        return y + line - rect.y()

    # Overrides of Qt.

    def addItem(self, item: QLayoutItem) -> None:
        """Take *item* as the last one.

        Qt makes the item of a widget itself and later deletes it unseen; what Python kept of it would then
        pass for whatever comes to lie at its address. One made here is known to be gone when it goes.
        """
        widget = item.widget()
        if widget is None:
            self._items.append(item)
            return
        self._items.append(QWidgetItem(widget))
        delete(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, or None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that a narrower one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at *width*."""
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        height = self._arrange(rect, is_trial=False)
        parent = self.parentWidget()
        if parent is not None and parent.layout() is self and parent.minimumHeight() != height:
            # A box around it knows one line only and would squeeze the others out of sight.
            parent.setMinimumHeight(height)

    def sizeHint(self) -> QSize:
        """Return the least size; it grows by lines."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size
