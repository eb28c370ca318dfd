"""Labels and fields of a detail pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.fields.edit_field import EditField
from ui.widgets.label import Label
from ui.widgets.wrapped_label import WrappedLabel

_FEWEST_CHARACTERS = 14
"""A text with less room in its row than for so many goes under its label."""


class FieldForm(QWidget):
    """Label left, field right; where that is too narrow, the field goes under its label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        self._form = QFormLayout()
        outer.addLayout(self._form)
        outer.addStretch()
        outer.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(SPACE_LARGE)
        self._form.setVerticalSpacing(SPACE)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)

    def add(self, label: str, field: EditField) -> None:
        """Add *field*, named *label* on screen and for screen readers."""
        words = Label(label)
        words.setBuddy(field.editor)
        set_role(words, "quiet")
        field.set_name(label)
        self._form.addRow(words, field)

    def add_text(self, label: str, text: str = "") -> QLabel:
        """Add a line that is only read; return the label that holds *text*, selectable by mouse."""
        words = Label(label)
        set_role(words, "quiet")
        value = WrappedLabel(text)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(label)
        value.setMinimumWidth(value.fontMetrics().averageCharWidth() * _FEWEST_CHARACTERS)
        self._form.addRow(words, value)
        return value

    def add_widget(self, widget: QWidget) -> None:
        """Add *widget* over the whole width."""
        self._form.addRow(widget)

    def add_heading(self, text: str) -> None:
        """Begin a group of fields called *text*."""
        heading = Label(text)
        set_role(heading, "strong")
        self._form.addRow(heading)
