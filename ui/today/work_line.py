"""A line of the worklist: who, where it stands, and the one next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu

from ui.cases.asking import Choice
from ui.icons import icon
from ui.theme import SPACE, SPACE_SMALL, change_role, set_role
from ui.widgets.elided import Elided
from ui.widgets.label import Label
from ui.widgets.step_button import StepButton
from ui.widgets.tables.table_menu import asks_for_menu

_NARROW_CHARACTERS = 75
_CHOOSES_NOTHING = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_HOUSEHOLDS = frozenset("DRV")
"""Letters of the codes of households."""


class WorkLine(QFrame):
    """An icon, a name with its code, what is to be known, and a button; the rest is in its menu.

    It is one row: words without room are left out, and whole in their tooltip. ``card`` is the household
    that is shown at its right; with ``about``, whose matter it is, it tells the line from others.
    ``chosen`` when the button gets the focus or is pressed, or the line is clicked; ``passed(step)`` when Up
    or Down asks for the line before or after.
    """

    chosen = Signal()
    passed = Signal(int)

    def __init__(  # noqa: PLR0913 - what stands on a line, each by its name
        self,
        name: str,
        code: str,
        parts: Sequence[str],
        *,
        icon_name: str,
        button: str,
        does: Callable[[], object],
        called: str = "",
        more: Sequence[Choice] = (),
        card: str = "",
        about: str = "",
    ) -> None:
        super().__init__()
        set_role(self, "work")
        self.code, self._more = code, tuple(more)
        self.card = card or (code if code[:1] in _HOUSEHOLDS else "")
        self.about = about or code
        self.place = ""
        self.words = Elided(" · ".join(filter(None, parts)))
        self.name = Elided(name, "strong", is_first=True)
        self.button = StepButton(button)
        self.button.setAccessibleName(called or f"{button}: {name}")
        self.button.clicked.connect(lambda *_: self._press(does))
        self.button.installEventFilter(self)
        self._lay_out(icon_name)

    def _lay_out(self, icon_name: str) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(SPACE_SMALL, 2, SPACE_SMALL, 2)
        across.setSpacing(SPACE)
        mark = Label()
        size = self.fontMetrics().height()
        mark.setPixmap(icon(icon_name).pixmap(size, size))
        quiet = Label(self.code)
        set_role(quiet, "quiet")
        about = QHBoxLayout()
        about.setSpacing(SPACE)
        about.addWidget(self.name)
        about.addWidget(quiet)
        about.addStretch()
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.setSpacing(SPACE)
        self._said.addLayout(about)
        self._said.addWidget(self.words, stretch=1)
        across.addWidget(mark)
        across.addLayout(self._said, stretch=1)
        across.addWidget(self.button)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the line from all others, now and when it is made anew; ``place`` is its list."""
        return self.place, self.code, self.about

    def _press(self, does: Callable[[], object]) -> None:
        self.chosen.emit()
        does()

    def mark_chosen(self, *, is_chosen: bool) -> None:
        """Show whether the card at the right is about this line."""
        role = "work-chosen" if is_chosen else "work"
        if self.property("role") != role:
            change_role(self, role)

    def menu(self) -> QMenu | None:
        """Return what else can be done; nothing where there is nothing."""
        if not self._more:
            return None
        menu = QMenu(self.window())  # a line made anew takes no open menu with it
        for words, slot in self._more:
            menu.addAction(words, slot)
        return menu

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say it beside the name, in a narrow window below it."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW_CHARACTERS
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._said.setDirection(way)
        self._said.setSpacing(0 if is_narrow else SPACE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose the line with the focus, and go up and down between lines.

        A mouse that presses the button chooses with its click: the card would move it away under the press.
        """
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() not in _CHOOSES_NOTHING:
            self.chosen.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self.passed.emit(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if asks_for_menu(event):
                self._open_menu(self._foot())
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.button.click()
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the line chooses it."""
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what else can be done."""
        is_by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self._open_menu(event.globalPos() if is_by_mouse else self._foot())

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def _foot(self) -> QPoint:
        return self.button.mapToGlobal(self.button.rect().bottomLeft())
