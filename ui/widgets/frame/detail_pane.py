"""The pane beside a list: who or what it is about, and its parts as tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import set_icon
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, change_role, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.scrolling import scrolling


class DetailPane(QFrame):
    """Name, code, a line about it, and tabs that wrap instead of being cut.

    ``closed`` is the button or Esc; ``tab_shown(index)`` is for parts that are only filled when seen.
    """

    closed = Signal()
    tab_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "pane")
        self.title = Label(wordWrap=True)
        set_role(self.title, "heading")
        self.code = Label()
        set_role(self.code, "quiet")
        self.notice = Label(wordWrap=True)
        self.close_button = QToolButton()
        set_role(self.close_button, "close")
        set_icon(self.close_button, "close")
        self.close_button.setAccessibleName(self.tr("Close the details"))
        self.close_button.setToolTip(self.tr("Close the details (Esc)"))
        self.close_button.clicked.connect(self.closed)
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._on_tab_toggled)
        self._stack = QStackedWidget()
        self._lay_out()
        self.say("")

    def show_about(self, title: str, code: str) -> None:
        """Say what the pane is about."""
        self.title.setText(title)
        self.code.setText(code)

    def say(self, text: str, role: str = "ask") -> None:
        """Show *text* under the name (``Read before you ring``) as ask, problem or done; "" takes it off."""
        change_role(self.notice, role)
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def add_tab(self, label: str, body: QWidget) -> QPushButton:
        """Add *body* as a part called *label*; it scrolls when it is high. Return the tab's button."""
        button = QPushButton(label)
        set_role(button, "tab")
        button.setCheckable(True)
        button.setAccessibleName(label)
        self._group.addButton(button, self._stack.count())
        button.installEventFilter(self)
        self._tabs.addWidget(button)
        layout = body.layout()
        if layout is not None:
            layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE_LARGE)
        self._stack.addWidget(scrolling(body, self._stack, wraps=True))
        if self._stack.count() == 1:
            button.setChecked(True)
            self.setFocusProxy(button)
        return button

    def add_above_tabs(self, widget: QWidget) -> None:
        """Put *widget*, such as the one main action, between the name and the tabs."""
        self._head.insertWidget(self._head.count() - 1, widget)
        widget.stackUnder(self._tabs_row)  # and for Tab, too

    def show_tab(self, index: int) -> None:
        """Bring tab *index* to the front."""
        button = self._group.button(index)
        if button is not None:
            button.setChecked(True)

    def scroll_to_top(self) -> None:
        """Show the beginning of the part in front."""
        area = self._stack.currentWidget()
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, stretch=1)
        top.addWidget(self.code)
        top.addWidget(self.close_button)
        self._tabs_row = QWidget()
        self._tabs = FlowLayout(self._tabs_row, spacing=0)
        self._head = head = QVBoxLayout()
        head.setContentsMargins(SPACE_LARGE, SPACE, SPACE, 0)
        head.setSpacing(SPACE_SMALL)
        head.addLayout(top)
        head.addWidget(self.notice)
        head.addWidget(self._tabs_row)
        line = QFrame()
        set_role(line, "hairline")
        line.setFixedHeight(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(line)
        layout.addWidget(self._stack, stretch=1)

    def _on_tab_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self._stack.setCurrentIndex(index)
            self.tab_shown.emit(index)

    def _go_on(self, button: QPushButton, by: int) -> bool:
        """Bring the tab before or after *button* to the front; where there is none, nothing happens."""
        other = self._group.button(self._group.id(button) + by)
        if other is not None:
            other.setFocus()
            other.setChecked(True)
        return True

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right go from tab to tab in their order, also to one that wrapped into the next row."""
        if event.type() is QEvent.Type.KeyPress and isinstance(watched, QPushButton):
            assert isinstance(event, QKeyEvent)  # noqa: S101 - for the type checker
            step = -1 if self.isRightToLeft() else 1
            by = {Qt.Key.Key_Right: step, Qt.Key.Key_Left: -step}.get(Qt.Key(event.key()), 0)
            if by and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return self._go_on(watched, by)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, once no field wants it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
