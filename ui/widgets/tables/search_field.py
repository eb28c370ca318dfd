"""The field that filters a list as she types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import set_icon
from ui.widgets.untouched import is_for_the_window

DEBOUNCE_MS = 120


class SearchField(QLineEdit):
    """Emits ``searched(text)`` 120 ms after the last letter, at once on Enter; Esc empties it.

    ``entered`` asks to go on to the list (Enter or the down key).
    """

    searched = Signal(str)
    entered = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        glass = QAction(self)
        set_icon(glass, "search", "quiet")
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._search)
        self._last = ""
        self.textChanged.connect(self._timer.start)

    def _search(self) -> None:
        self._timer.stop()
        if self.text() != self._last:
            self._last = self.text()
            self.searched.emit(self._last)

    # Overrides of Qt.

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while nothing is typed here."""
        if is_for_the_window(event, self):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and down go to the list, Esc empties first and leaves then."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._search()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._search()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for the hint and both icons."""
        hint = super().sizeHint()
        room = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 4 * hint.height() // 2 + 12
        return QSize(max(hint.width(), room), hint.height())
