"""Ctrl+K: a family by name, town, e-mail, code or the last four digits of her phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import SPACE_SMALL, set_role
from ui.widgets.label import one_line
from ui.widgets.untouched import is_for_the_window

_MOST_SHOWN = 8
_CODE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class FinderHit:
    """Something found: its code, a name, a quiet line about it, and the icon of its role."""

    code: str
    title: str
    subtitle: str = ""
    icon: str = ""


class Finder(QLineEdit):
    """The field and its list of hits; ``chosen(code)`` is Enter or a click on one.

    ``search`` is asked as she types and must answer from memory; for slow sources hand hits in later
    with ``show_hits``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search: Callable[[str], Sequence[FinderHit]] | None = None
        hint = self.tr("Name, town, last 4 digits…   Ctrl+K")
        self.setPlaceholderText(hint)
        self.setAccessibleName(self.tr("Find a family by name, town, e-mail, code or last four digits"))
        self._popup = QFrame(self.window())
        set_role(self._popup, "popup")
        self.hits = QListWidget()
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setAccessibleName(self.tr("Found"))
        self.hits.itemClicked.connect(self._choose)
        layout = QVBoxLayout(self._popup)
        layout.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        layout.addWidget(self.hits)
        self._popup.hide()
        self._timer = QTimer(self, singleShot=True, interval=120)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._timer.start)

    def set_search(self, search: Callable[[str], Sequence[FinderHit]]) -> None:
        """Ask *search* for hits, best first, from now on."""
        self._search = search

    def show_hits(self, hits: Sequence[FinderHit]) -> None:
        """Show *hits*, at most eight; none says so."""
        self.hits.clear()
        for hit in hits[:_MOST_SHOWN]:
            item = QListWidgetItem(f"{one_line(hit.title)}   {hit.code}\n{one_line(hit.subtitle)}")
            item.setData(_CODE, hit.code)
            if hit.icon:
                item.setIcon(icon(hit.icon))
            self.hits.addItem(item)
        if not hits:
            nothing = QListWidgetItem(self.tr("Nobody found. A part of the name is enough."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(nothing)
        self.hits.setCurrentRow(0 if hits else -1)
        self._place()

    def _ask(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if not text:
            self._popup.hide()
        elif self._search is not None:
            self.show_hits(self._search(text))

    def _place(self) -> None:
        if self._popup.parentWidget() is not self.window():
            self._popup.setParent(self.window())
        rows = sum(self.hits.sizeHintForRow(row) for row in range(self.hits.count()))
        height = rows + 4 * SPACE_SMALL
        width = max(self.width(), self.fontMetrics().averageCharWidth() * 44)
        corner = self.mapTo(self.window(), QPoint(self.width() - width, self.height() + 2))
        self._popup.setGeometry(corner.x(), corner.y(), width, height)
        self._popup.show()
        self._popup.raise_()

    def _choose(self, item: QListWidgetItem | None) -> None:
        code = item.data(_CODE) if item is not None else None
        if isinstance(code, str):
            self._leave()
            self.chosen.emit(code)

    def _leave(self) -> None:
        self._timer.stop()
        self._popup.hide()
        self.clear()

    # Overrides of Qt.

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while nothing is typed here."""
        if is_for_the_window(event, self):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk the hits, Enter takes one, Esc gives up."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, self.hits.currentRow() + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._ask()
            self._choose(self.hits.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the hits when something else is used."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()

    def sizeHint(self) -> QSize:
        """Return room for the whole hint."""
        hint = super().sizeHint()
        room = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 2 * hint.height()
        return QSize(max(hint.width(), room), hint.height())
