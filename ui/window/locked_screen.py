"""What the window shows while the network is locked: nothing of it, and one field to open it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.tasks import Runner
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.label import Label
from ui.widgets.wrapped_label import WrappedLabel
from ui.window.unlock_panel import UnlockPanel

_CHARACTERS = 62


class LockedScreen(QFrame):
    """Lies over the whole of *window*; ``panel`` opens the network or quits."""

    def __init__(self, window: QWidget, runner: Runner, try_secret: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window = window
        self.heading = Label(self.tr("Locked"))
        set_role(self.heading, "heading")
        self.panel = UnlockPanel(runner, try_secret, self)
        self.state = WrappedLabel("")
        set_role(self.state, "quiet")
        held = QWidget()
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(held)
        column.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        column.setSpacing(SPACE)
        for widget in (self.heading, self.panel, self.state):
            column.addWidget(widget)
        held.setFixedWidth(self.fontMetrics().averageCharWidth() * _CHARACTERS)
        around = QGridLayout(self)
        around.addWidget(held, 0, 0, Qt.AlignmentFlag.AlignCenter)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.panel.quit_wanted.emit)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Say *text* under everything."""
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def come(self) -> None:
        """Cover the window, with the keyboard in the field."""
        self.panel.clear()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.window().activateWindow()
        self.panel.setFocus()

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)
