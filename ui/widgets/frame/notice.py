"""One line in the window that says what happened; it stays out of the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from ui.icons import set_icon
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, change_role, set_role
from ui.widgets.label import Label

_SHOWN_MS = 10_000


class NoticeLine(QFrame):
    """Says one thing at a time: what happened, what was kept, what to do.

    It lies over the foot of *parent*, so that nothing on a page moves when it comes or goes. News goes after
    ten seconds; a problem, an offer and an import stay until closed or followed by something else.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action_id: int | None = None
        self.setAutoFillBackground(True)
        if parent is not None:
            parent.installEventFilter(self)
        self._text = Label(wordWrap=True)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_button)
        self._action: Callable[[], None] | None = None
        self._close = QToolButton()
        set_role(self._close, "close")
        set_icon(self._close, "close")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_SMALL, SPACE, SPACE_SMALL)
        layout.addWidget(self._text, stretch=1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said."""
        return self._text.text()

    def tell(self, text: str, button: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what happened, with a button if there is something to do about it."""
        self._show(text, button, action, "notice")
        self._timer.start()

    def keep(self, text: str, button: str, action: Callable[[], None], action_id: int) -> None:
        """Say what the action of that number did, with its button; it stays until another is done."""
        self.offer(text, button, action)
        self._action_id = action_id

    def on_last_action(self, action_id: int) -> None:
        """Let go of what was done before the last action, which has this number."""
        if self._action_id is not None and action_id > self._action_id:
            self.hide()

    def offer(self, text: str, button: str, action: Callable[[], None]) -> None:
        """Say quietly what could be done, with its button; it stays."""
        self._timer.stop()
        self._show(text, button, action, "notice")

    def warn(self, text: str, button: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what did not work; it stays."""
        self._timer.stop()
        self._show(text, button, action, "notice-problem")

    def _show(self, text: str, button: str, action: Callable[[], None] | None, role: str) -> None:
        change_role(self, role)
        self._action_id = None
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action = action
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setAccessibleDescription(text)
        self._button.setVisible(bool(button))
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        """Lie over the foot of the parent, as high as the words need."""
        parent, layout = self.parentWidget(), self.layout()
        if parent is None or layout is None:
            return
        width = parent.width()
        high = layout.heightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
        high = min(max(high, self.minimumSizeHint().height()), parent.height())
        self.setGeometry(0, parent.height() - high, width, high)

    def _on_button(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of a window that is made larger or smaller."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
