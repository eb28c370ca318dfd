"""A button that the second press of a double click on another one leaves alone."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QPushButton


class StepButton(QPushButton):
    """The button of a step; once it is done, the button of the next step may stand under the pointer.

    A double click would do both. So whatever the mouse pressed last counts for all these buttons: a second
    press at the same place of the same window, on another button and too soon, is not taken.
    """

    _last: ClassVar[tuple[int, QPoint, int]] = (0, QPoint(), 0)
    """Window, place and millisecond of the last press."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._is_pressed_before = False

    def _is_second_press(self, window: int, at: QPoint, moment: int) -> bool:
        hints, (last_window, before, last_moment) = QGuiApplication.styleHints(), StepButton._last
        is_soon = 0 < moment - last_moment < hints.mouseDoubleClickInterval()
        is_near = (at - before).manhattanLength() <= 2 * hints.mouseDoubleClickDistance()
        return is_soon and is_near and window == last_window and not self._is_pressed_before

    # Overrides of Qt.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, unless it is the second of a double click on another button."""
        press = (int(self.window().winId()), event.globalPosition().toPoint(), event.timestamp())
        is_second = self._is_second_press(*press)
        StepButton._last = press
        if is_second and event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            return
        self._is_pressed_before = True
        super().mousePressEvent(event)
