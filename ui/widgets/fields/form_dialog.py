"""A few fields over the window, one main button and Cancel; a refusal keeps all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.fields.edit_field import EditField, NotUnderstoodError
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling


class FormDialog(QDialog):
    """Whoever inherits adds fields and says in ``work`` what is written when the main button is pressed.

    Ctrl+Enter saves, Esc leaves everything as it was. ``said`` is told in the window when it is written.
    """

    said = ""

    def __init__(self, desk: Desk, title: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._desk = desk
        self._is_open = True
        self._fields: list[EditField] = []
        self.form = FieldForm()
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.save_button = QPushButton(button, autoDefault=False)
        self.cancel_button = QPushButton(self.tr("Cancel"), autoDefault=False)
        set_role(self.save_button, "main")
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        for one in (self.save_button, self.cancel_button):
            one.setAccessibleName(one.text())
        self.save_button.setToolTip(self.tr("{button} (Ctrl+Enter)").format(button=button))
        self._lay_out()

    def say(self, text: str, role: str = "") -> None:
        """Add a paragraph to read over the whole width."""
        self.form.add_widget(text_label(text, role))

    def add_below(self, widget: QWidget) -> None:
        """Add *widget* under the form, where it is seen however long the form is."""
        self._below.addWidget(widget)

    def add(self, label: str, field: EditField) -> None:
        """Add *field*; it keeps what is typed until the main button is pressed."""
        field.edited.connect(field.set_value)
        self._fields.append(field)
        self.form.add(label, field)

    def show_at_its_size(self, characters: int = 68) -> None:
        """Open over the window, as wide as so many characters and no higher than a small laptop's screen."""
        width = self.fontMetrics().averageCharWidth() * characters
        wanted = self.form.heightForWidth(width) if self.form.hasHeightForWidth() else 0
        height = max(wanted, self.form.sizeHint().height()) + self.fontMetrics().height() * 6
        self.resize(width, min(height, 500))
        if self._fields:
            self._fields[0].setFocus()
        self.open()

    def work(self) -> Callable[[], object]:
        """Return what is to be written; raises ``NotUnderstoodError`` for what cannot be read."""
        raise NotImplementedError

    def save(self) -> None:
        """Write what was typed, and close; a refusal is said under the form."""
        try:
            for field in self._fields:
                typed_in(field)
            work = self.work()
        except NotUnderstoodError as error:
            self._refused(str(error))
            return
        self.save_button.setEnabled(False)
        self._desk.write(work, self._saved, failed=self._refused, said=self.said)

    def _saved(self, _: object) -> None:
        if self._is_open:
            self.accept()

    def _refused(self, sentence: str) -> None:
        if self._is_open:
            self.save_button.setEnabled(True)
            self.problem.setText(sentence)
            self.problem.show()

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.save_button)
        flow.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(scrolling(self.form, wraps=True), stretch=1)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves; Enter on a button presses it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        focus = self.focusWidget()
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif is_enter and isinstance(focus, QPushButton):
            focus.click()
        elif not is_enter:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close; an answer under way is dropped."""
        self._is_open = False
        super().done(result)


def typed_in(field: EditField) -> Any:  # noqa: ANN401 - each field has its own kind of value
    """Return what stands in a field as a value.

    Raises:
        NotUnderstoodError: If it is none; the field says so itself.
    """
    field.leave()
    if field.message.text():
        raise NotUnderstoodError(field.message.text())
    return field.value
