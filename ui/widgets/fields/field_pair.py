"""A field with its label before it, for forms that stand on one line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.fields.edit_field import EditField
from ui.widgets.label import Label


def field_pair(words: Label, field: EditField, characters: int, *after: QWidget) -> QWidget:
    """Return a field for about *characters*, its label before it; with what is *after* it on one line."""
    words.setBuddy(field.editor)
    set_role(words, "quiet")
    field.setFixedWidth(field.fontMetrics().averageCharWidth() * characters + 2 * SPACE_LARGE)
    pair = QWidget()
    layout = QHBoxLayout(pair)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    for widget in (words, field, *after):
        layout.addWidget(widget)
    return pair
