"""The body of a list page: what it is called, how many, search, filters, one main action, the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.frame.beside import Beside
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.label import Label
from ui.widgets.tables.empty_state import EmptyState
from ui.widgets.tables.filter_chips import Filter, FilterChips
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable
from ui.widgets.tables.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Iterable


class ListPane(QWidget):
    """A titled, searchable table.

    ``main_action_wanted`` is the click on the main button, ``fill_wanted`` and ``other_fill_wanted`` those of
    the empty state,
    ``export_wanted(headers, rows)`` carries what is shown as lists of text.
    """

    main_action_wanted = Signal()
    fill_wanted = Signal()
    other_fill_wanted = Signal()
    export_wanted = Signal(list, list)

    def __init__(
        self,
        model: RowTableModel[Any],
        name: str,
        *,
        title: str,
        main_action: str = "",
        filters: Sequence[Filter] = (),
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._begins_at_first = False
        self._settings = settings
        self.title = Label(title)
        set_role(self.title, "heading")
        self.count = Label()
        set_role(self.count, "quiet")
        self.search = SearchField(self.tr("Search {title}").format(title=title))
        self.search.setPlaceholderText(self.tr("Search"))  # of what stands beside it
        self.chips = FilterChips(filters)
        self.main_button = QPushButton(main_action)
        self.table = RowTable(model, name, settings)
        self.table.setAccessibleName(title)
        self.empty = EmptyState()
        self._nothing_said = (self.tr("Nothing here yet."), "", "")
        self._lay_out(main_action)
        self._connect()
        focus_goes_to(self, self._entrance)
        self._show_count()

    def begin_at_first(self) -> None:
        """Have a row selected always, so that the keyboard has where to start."""
        self._begins_at_first = True

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show *rows*; search, filters, sorting and selection stay."""
        self.model.set_rows(rows)

    def set_empty(self, sentence: str, button: str = "", other: str = "") -> None:
        """Say *sentence* while there are no rows; its buttons emit ``fill_wanted``, ``other_fill_wanted``."""
        self._nothing_said = (sentence, button, other)
        self._show_count()

    def export_shown(self) -> None:
        """Emit ``export_wanted`` with the columns and rows on screen."""
        self.export_wanted.emit(self.table.shown_headers(), self.table.shown_rows())

    def put_search_below(self) -> None:
        """Give the search a line of its own, where the pane is narrow."""
        line = QHBoxLayout()
        line.setContentsMargins(SPACE_LARGE, 0, SPACE_LARGE, SPACE)
        line.addWidget(self.search)
        self._lines.insertLayout(1, line)

    def put_button(self, button: QPushButton) -> None:
        """Put another button before the main one."""
        self._top.insertWidget(self._top.indexOf(self.main_button), button)
        button.stackUnder(self.main_button)

    def put_beside(self, make: Callable[[QWidget], QWidget], name: str) -> Beside:
        """Offer what *make* makes beside the table; its switch stands before the main button."""
        beside = Beside(self._body, make, name, self._settings)
        self._lines.addWidget(beside, stretch=1)
        self._top.insertWidget(self._top.indexOf(self.main_button), beside.switch)
        beside.switch.stackUnder(self.main_button)
        return beside

    def _lay_out(self, main_action: str) -> None:
        set_role(self.main_button, "main")
        self.main_button.setAccessibleName(main_action)
        if not main_action:
            self.main_button.hide()
        top = self._top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        for widget in (self.title, self.count, self.search, self.chips, self.main_button):
            top.addWidget(widget, stretch=2 if widget is self.search else int(widget is self.chips) * 3)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.empty)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(top)
        self._lines.addWidget(self._body, stretch=1)

    def _connect(self) -> None:
        self.search.searched.connect(self._apply_filter)
        self.search.entered.connect(self._on_search_entered)
        self.chips.changed.connect(self._apply_filter)
        self.main_button.clicked.connect(self.main_action_wanted)
        self.empty.wanted.connect(self._on_empty_wanted)
        self.empty.other_wanted.connect(self.other_fill_wanted)
        self.model.layoutChanged.connect(self._show_count)
        self.model.modelReset.connect(self._show_count)

    def _entrance(self) -> QWidget | None:
        """Return what takes the focus given to the list: its rows, or what fills it while there are none."""
        if self.model.rowCount():
            return self.table
        return None if self.empty.button.isHidden() else self.empty.button

    def _apply_filter(self) -> None:
        self.model.set_filter(self.search.text(), self.chips.predicates())

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        said = (
            f"{total:n}" if shown == total else self.tr("{shown} of {total}").format(shown=shown, total=total)
        )
        self.count.setText(said)
        if total == 0:
            self.empty.say(*self._nothing_said)
        elif shown == 0:
            self.empty.say(self.tr("Nothing matches the search and the filters."), self.tr("Show all"))
        # Whoever came before the rows were read waits at the list, or at its empty state.
        waits = self.hasFocus() or self.empty.button.hasFocus()
        self._body.setCurrentWidget(self.table if shown else self.empty)
        if self._begins_at_first:
            self.table.begin()
        entrance = self._entrance()
        if waits and entrance is not None:
            entrance.setFocus()

    def _on_search_entered(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
            if not self.table.was_chosen:
                self.table.choose(self.model.key_at(0))

    def _on_empty_wanted(self) -> None:
        if self.model.total == 0:
            self.fill_wanted.emit()
            return
        self.search.clear()
        self.chips.clear()
        self._apply_filter()

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the table to the search."""
        if event.key() == Qt.Key.Key_Escape and self.table.hasFocus():
            self.search.setFocus()
            self.search.selectAll()
        else:
            super().keyPressEvent(event)
