"""Enter presses a button outside dialogs, too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Whether *event* is Enter by itself, pressed once and not held down."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and held == Qt.KeyboardModifier.NoModifier and not event.isAutoRepeat()


def press(widget: QWidget | None) -> bool:
    """Press *widget* if it is a button that can be; say whether it was."""
    if not isinstance(widget, QAbstractButton) or not widget.isEnabled():
        return False
    widget.click()
    return True
