"""Hiding everything the program shows, and showing it again just as it was.

What is hidden is kept: a form half filled in, a field in the middle of a word. So nothing here closes or
leaves what is being typed in; only lists that had dropped down and tips are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid


class Cover(QObject):
    """Hides what *window* and all others of the program show, and brings it back."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._parts: list[QWidget] = []
        self._others: list[QWidget] = []
        self._typed_in: QWidget | None = None
        self._cursor = _Cursor()
        self._title = ""

    @property
    def has_others(self) -> bool:
        """Whether a dialog is among what is hidden."""
        return bool(self._others)

    def put_on(self) -> None:
        """Hide everything but the bare window, which keeps its place; its title names nobody."""
        _close_lists()
        self._typed_in = QApplication.focusWidget()
        if self._typed_in is not None:
            self._typed_in.installEventFilter(self)
            self._cursor = _cursor_of(self._typed_in)
        window = self._window
        self._others = [one for one in _windows() if one is not window]
        for other in reversed(self._others):
            _hide(other)
        self._parts = [one for one in _children(window) if one.isVisibleTo(window)]
        for part in self._parts:
            part.hide()
        window.menuBar().setEnabled(False)  # on macOS it stays at the top of the screen
        self._title = window.windowTitle()
        window.setWindowTitle("Milk Run")
        window.setAcceptDrops(False)

    def take_off(self) -> None:
        """Show everything again, with the keyboard where it was."""
        window = self._window
        window.setWindowTitle(self._title)
        window.setAcceptDrops(True)
        window.menuBar().setEnabled(True)
        for part in filter(isValid, self._parts):
            part.show()
        for other in filter(isValid, self._others):
            QWidget.setVisible(other, True)
        self._parts, self._others = [], []
        typed_in, self._typed_in = self._typed_in, None
        if typed_in is not None and isValid(typed_in):
            typed_in.removeEventFilter(self)
            typed_in.window().activateWindow()
            QTimer.singleShot(0, typed_in, _give_keyboard(typed_in, self._cursor))

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let what is being typed in not notice that the keyboard goes: it would save half a word."""
        return event.type() == QEvent.Type.FocusOut or super().eventFilter(watched, event)


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where the cursor stood in a line, and what was marked: the first letter, -1 for none, and how many."""

    at: int = 0
    first: int = -1
    length: int = 0


def _cursor_of(widget: QWidget) -> _Cursor:
    line = _line_in(widget)
    if line is None:
        return _Cursor()
    return _Cursor(line.cursorPosition(), line.selectionStart(), line.selectionLength())


def _line_in(widget: QWidget) -> QLineEdit | None:
    return widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)


def _give_keyboard(widget: QWidget, cursor: _Cursor) -> Callable[[], None]:
    """Return what gives *widget* the keyboard with its *cursor*: coming to a line may mark all of it."""

    def give() -> None:
        widget.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        line = _line_in(widget)
        if line is None:
            return
        line.setCursorPosition(cursor.at)
        if cursor.first >= 0:
            line.setSelection(cursor.first, cursor.length)

    return give


def _close_lists() -> None:
    """Close menus, lists that dropped down and tips."""
    QToolTip.hideText()
    seen: set[int] = set()
    while (popup := QApplication.activePopupWidget()) is not None and id(popup) not in seen:
        seen.add(id(popup))
        popup.close()


def _windows() -> list[QWidget]:
    """Return every window on screen, those that stand over others after them."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return sorted(shown, key=_depth)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())


def _children(window: QMainWindow) -> list[QWidget]:
    return [one for one in window.children() if isinstance(one, QWidget) and not one.isWindow()]


def _hide(window: QWidget) -> None:
    """Hide *window* as it is. A dialog told to hide by its own rule would take that for its end.

    A dialog of the system's own cannot be kept: it is cancelled, with the name of a file at most.
    """
    if isinstance(window, QDialog) and window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
        window.reject()
    else:
        QWidget.setVisible(window, False)


__all__ = ["Cover"]
