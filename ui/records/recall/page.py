"""The recalls: all of them, one of them as an afternoon's work, or a practice on a copy."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coordinator.domain.records.recall import ANY_DAY
from ui.desk import Desk
from ui.records.recall.drill_view import DrillView
from ui.records.recall.lines import recall_lines
from ui.records.recall.recalls_list import RecallsList
from ui.records.recall.work_view import WorkView
from ui.widgets.frame.tab_order import focus_goes_to


class RecallsPage(QWidget):
    """Enter opens a recall, Ctrl+N asks which milk, Esc goes back to all of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.all = RecallsList(desk)
        self.one = WorkView(desk)
        self.views = QStackedWidget()
        self.practice = DrillView(desk)
        for view in (self.all, self.one, self.practice):
            self.views.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.views)
        self._connect()

    def refresh(self) -> None:
        """Read every recall again; the one on screen reads itself."""
        self._desk.read(partial(recall_lines, self._desk.database, self._desk.today()), self.all.show_lines)

    def show_family(self, code: str) -> None:
        """Show the recall ``Q-…``; of any other code ask which of its milk."""
        if code.startswith("Q"):
            self.one.show_recall(code)
            self._go_to(self.one)
        else:
            self._desk.recall_wanted.emit(code, ANY_DAY, "")

    def show_all(self) -> None:
        """Go back to the list, on the recall that was on screen."""
        code = self.one.code
        self.one.leave()
        self._go_to(self.all)
        self.all.list.table.choose(code)

    def begin(self) -> None:
        """Ask which milk a new recall is about."""
        self._desk.recall_wanted.emit("", ANY_DAY, "")

    def practise(self) -> None:
        """Begin a practice on a copy, or go on with it."""
        self.practice.begin()

    def _go_to(self, view: QWidget) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.views.setCurrentWidget(view)
        if had_focus or self.hasFocus():
            view.setFocus()

    def _connect(self) -> None:
        focus_goes_to(self, self.views.currentWidget)
        self._desk.changed.connect(self.refresh)
        self.all.opened.connect(self.show_family)
        self.all.begin_wanted.connect(self.begin)
        self.all.drill_wanted.connect(self.practise)
        self.one.left.connect(self.show_all)
        self.practice.begun.connect(partial(self._go_to, self.practice))
        self.practice.ended.connect(partial(self._go_to, self.all))
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+N"), self, self.begin, context=where)

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to all recalls, once no field wants it."""
        if event.key() == Qt.Key.Key_Escape and self.views.currentWidget() is self.one:
            self.show_all()
        elif event.key() == Qt.Key.Key_Escape and self.views.currentWidget() is self.practice:
            self._go_to(self.all)  # the practice goes on; its button ends it
        else:
            super().keyPressEvent(event)
