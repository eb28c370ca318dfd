"""One line in the window that says what happened; it stays out of the way."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWhatsThis, QWidget

from ui.icons import set_icon
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets.elided import Elided
from ui.widgets.label import one_line

_SHOWN_MS = 10_000


class NoticeLine(QFrame):
    """Says one thing at a time: what happened, what was kept, what to do.

    It takes one line and lies in the status line, so that nothing moves under her hand when it comes or goes;
    a text with no room is whole behind "More". News goes after ten seconds; a problem, an offer and an import
    stay until closed or followed by something else. ``shown`` is emitted when it comes and when it goes.
    """

    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action_id: int | None = None
        self._whole = ""
        self._more_once: tuple[str, Callable[[], None]] | None = None
        self._text = Elided("")
        self._button = QPushButton()
        self._button.clicked.connect(self._on_button)
        self.more = QToolButton()
        self.more.setText(self.tr("More"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.more.clicked.connect(self._show_whole)
        for button in (self.more, self._button):
            set_role(button, "notice")
        self._action: Callable[[], None] | None = None
        self._close = QToolButton()
        set_role(self._close, "close")
        set_icon(self._close, "close")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        # It takes the room there is: a long text must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, 0, SPACE, 0)
        layout.addWidget(self._text, stretch=1)
        layout.addWidget(self.more)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said."""
        return self._whole

    def tell(self, text: str, button: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what happened, with a button if there is something to do about it."""
        if self._more_once is not None:
            more, told = self._more_once
            self._more_once = None
            text = f"{text} {more}"
            told()
        self._show(text, button, action, "notice")
        self._timer.start()

    def add_once(self, text: str, told: Callable[[], None]) -> None:
        """Say *text*, a whole sentence, after whatever is told next, and call *told* then."""
        self._more_once = (text, told)

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
        self._whole = text
        self._text.setText(one_line(text))
        self.setAccessibleName(text)
        self._action = action
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setAccessibleDescription(text)
        self._button.setVisible(bool(button))
        self.more.setAccessibleDescription(text)
        self.show()
        self._offer_whole()

    def _offer_whole(self) -> None:
        """Offer the whole text where its line has no room for it, with or without the button for it."""
        others = [each for each in (self._button, self._close) if not each.isHidden()]
        taken = sum(each.sizeHint().width() + SPACE for each in others)
        room = self.contentsRect().width() - SPACE_LARGE - SPACE - taken
        self.more.setVisible(self._text.sizeHint().width() > room)

    def _show_whole(self) -> None:
        above = self.mapToGlobal(QPoint(SPACE_LARGE, -self.height()))
        QWhatsThis.showText(above, f"<p>{escape(self._whole)}</p>", self)

    def _on_button(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    # Overrides of Qt.

    def setVisible(self, visible: bool) -> None:
        """Tell the line it lies in."""
        super().setVisible(visible)
        self.shown.emit(visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the text still has room."""
        super().resizeEvent(event)
        self._offer_whole()
