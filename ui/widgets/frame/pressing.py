"""Enter presses the button the keyboard is on: outside dialogs, and in those that only close otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QPushButton, QWidget

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


def closes_by_enter(buttons: QDialogButtonBox) -> QPushButton:
    """Let Enter close the dialog wherever the keyboard is on no other button, and return the Close button.

    A button that is not to be pressed from elsewhere needs no ``setAutoDefault(False)`` then: with that,
    Enter on it would close the dialog.
    """
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    close.setDefault(True)
    return close
