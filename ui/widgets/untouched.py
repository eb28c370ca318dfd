"""Ctrl+Z in a field: it undoes the typing there is; where nothing was typed it is the window's."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_for_the_window(event: QEvent, field: QWidget) -> bool:
    """Say whether *event* asks if *field* wants Undo or Redo, though nothing was typed in it.

    Whoever undid all her typing has not left the field untouched: one Ctrl+Z more does nothing.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return any(event.matches(key) for key in _KEYS) and _is_untouched(field)


def _is_untouched(field: QWidget) -> bool:
    if isinstance(field, QLineEdit):
        return not (field.isUndoAvailable() or field.isRedoAvailable())
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return not (document.isUndoAvailable() or document.isRedoAvailable())
    return False
