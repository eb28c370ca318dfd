"""Fields that save when left: no Save button, nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coordinator.domain.text import storable
from coordinator.errors import UserError
from ui.theme import SPACE_SMALL, set_role
from ui.widgets.wrapped_label import WrappedLabel

_MOST_LINES = 6
"""A longer text scrolls in its field."""


class NotUnderstoodError(UserError):
    """What was typed is not a value of this field; the sentence says what would be."""


class EditField(QWidget):
    """A value that can be typed over.

    Leaving the field with another value emits ``edited(value)``. Whoever saves answers with ``set_value``
    (stored) or ``reject(reason)`` (what was typed stays, with the reason under it). Esc goes back to the
    stored value. A subclass says how values become texts (``_to_text``) and back (``_from_text``, which
    raises :class:`NotUnderstoodError`).
    """

    edited = Signal(object)

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._stored: Any = None
        self._left_with = ""
        self.message = WrappedLabel()
        set_role(self.message, "problem")
        self.message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(editor)
        layout.addWidget(self.message)
        self.setFocusProxy(editor)
        editor.installEventFilter(self)

    @property
    def value(self) -> Any:  # noqa: ANN401 - each field has its own kind of value
        """The stored value, not what is being typed."""
        return self._stored

    @property
    def is_dirty(self) -> bool:
        """Whether what stands in the field differs from what is stored."""
        return self.typed() != self._to_text(self._stored)

    @property
    def is_typing(self) -> bool:
        """Whether something stands in the field that was not taken yet: still being typed, or rejected."""
        return self.typed() != self._left_with or bool(self.message.text())

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - likewise
        """Show *value* as the stored one; takes a rejection back."""
        self._stored = value
        self._write(self._to_text(value))
        self._left_with = self.typed()
        self._complain("")

    def reject(self, reason: str) -> None:
        """Keep what was typed and say *reason* under it."""
        self._complain(reason)

    def set_name(self, name: str) -> None:
        """Name the control for screen readers."""
        self.editor.setAccessibleName(name)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the value be read but not changed."""
        self.editor.setEnabled(not read_only)

    def leave(self) -> None:
        """Do what leaving the field does: emit ``edited`` if the value is another one."""
        typed = self.typed()
        if typed == self._left_with:
            return
        self._left_with = typed
        if typed == self._to_text(self._stored):
            self._complain("")
            return
        try:
            value = self._from_text(typed)
        except NotUnderstoodError as error:
            self.reject(str(error))
            return
        self._complain("")
        if value == self._stored:
            self._write(self._to_text(value))
            self._left_with = self.typed()
        else:
            self.edited.emit(value)

    def take_back(self) -> None:
        """Show the stored value again."""
        self.set_value(self._stored)

    def typed(self) -> str:
        """Return what stands in the field."""
        raise NotImplementedError

    def _write(self, text: str) -> None:
        raise NotImplementedError

    def _to_text(self, value: Any) -> str:  # noqa: ANN401 - likewise
        return "" if value is None else str(value)

    def _from_text(self, text: str) -> Any:  # noqa: ANN401 - likewise
        return text.strip()

    def _complain(self, reason: str) -> None:
        self.message.setText(reason)
        self.message.setVisible(bool(reason))
        self.editor.setAccessibleDescription(reason)
        if bool(self.editor.property("rejected")) != bool(reason):
            self.editor.setProperty("rejected", bool(reason))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the focus goes, take back on Esc; a menu opening over the field is not leaving it."""
        if watched is not self.editor:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind == QEvent.Type.FocusOut and getattr(event, "reason", None) is not None:
            if event.reason() != Qt.FocusReason.PopupFocusReason:  # type: ignore[attr-defined] # a QFocusEvent
                self.leave()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            # Esc in an untouched field belongs to the pane.
            if self.is_dirty and kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if self.is_dirty and kind == QEvent.Type.KeyPress:
                self.take_back()
                return True
        return super().eventFilter(watched, event)


class LineField(EditField):
    """One line of text; Enter saves it too.

    Args:
        parse: Turns what was typed into the value; raises :class:`NotUnderstoodError`.
        show: Turns the value into text.
        hint: An example in grey.
    """

    def __init__(
        self,
        *,
        parse: Callable[[str], Any] | None = None,
        show: Callable[[Any], str] | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.line = QLineEdit()
        self._parse, self._show = parse, show
        super().__init__(self.line, parent)
        self.line.setPlaceholderText(hint)
        self.line.returnPressed.connect(self.leave)

    def typed(self) -> str:
        """Return what stands in the field."""
        return storable(self.line.text())

    def _write(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def _to_text(self, value: Any) -> str:  # noqa: ANN401 - likewise
        if value is None:
            return ""
        return self._show(value) if self._show else str(value)

    def _from_text(self, text: str) -> Any:  # noqa: ANN401 - likewise
        return self._parse(text.strip()) if self._parse else text.strip()


class TextField(EditField):
    """Several lines of text; Tab leaves it. It is as high as what stands in it, up to six lines."""

    def __init__(self, *, lines: int = 3, hint: str = "", parent: QWidget | None = None) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box, parent)
        self.box.setPlaceholderText(hint)
        self.box.setTabChangesFocus(True)
        self._lines = lines
        self._fit()
        self.box.blockCountChanged.connect(self._fit)

    def typed(self) -> str:
        """Return what stands in the field."""
        return storable(self.box.toPlainText())

    def _write(self, text: str) -> None:
        if text != self.box.toPlainText():
            self.box.setPlainText(text)

    def _fit(self) -> None:
        lines = max(self._lines, min(self.box.blockCount(), _MOST_LINES))
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * lines + 18)

    # Overrides of Qt.

    def changeEvent(self, event: QEvent) -> None:
        """Stay as high as its lines in a new font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_lines"):
            self._fit()
