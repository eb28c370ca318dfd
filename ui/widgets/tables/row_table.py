"""The table every list of the window is shown in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSettings,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget

from ui.theme import SPACE, row_height
from ui.widgets.clipboard import as_tsv
from ui.widgets.tables.column_room import ColumnRoom, tight_width, width_of
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.table_memory import TableMemory
from ui.widgets.tables.table_menu import asks_for_menu, menu_event_at, sort_menu

_SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowTable(QTableView):
    """A table over a :class:`RowTableModel`; widths, order, columns and sorting are remembered by *name*.

    ``row_chosen`` says which row is selected now (its key), ``row_opened`` that Enter or a double click
    asked for it. Rows reloaded by ``set_rows`` keep the selection by key without a new ``row_chosen``.
    ``was_chosen`` is False while a row is selected only because the list begins there.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(
        self,
        model: RowTableModel[Any],
        name: str,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self._memory = TableMemory(settings, name, model.columns)
        self._tight: dict[int, int] = {}
        self._room = ColumnRoom(
            self.horizontalHeader(),
            lambda column: width_of(model.columns[column], self.fontMetrics()),
            self._tight_width,
        )
        self._row_actions: tuple[QAction, ...] = ()
        self._kept_keys: list[Hashable] = []
        self._kept_row = 0
        self._character_px = self.fontMetrics().averageCharWidth()
        self._is_restoring = False
        self.was_chosen = False
        self._typed = ""
        self._since_typed = QElapsedTimer()
        self.setModel(model)
        self._set_up_view()
        self._set_up_header()
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(model.key_at(index.row())))

    @property
    def chosen_key(self) -> Hashable | None:
        """The key of the row that is selected, or None."""
        index = self.currentIndex()
        return self.rows.key_at(index.row()) if index.isValid() else None

    @property
    def chosen_keys(self) -> list[Hashable]:
        """The keys of all selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.key_at(row) for row in rows]

    def choose(self, key: Hashable) -> bool:
        """Select the row with *key* and scroll to it; return False while it is not shown."""
        position = self.rows.position_of(key)
        if position is None:
            return False
        begun_there = not self.was_chosen and self.chosen_key == key
        self._go_to(position)
        if begun_there:
            self._say_chosen(key)
        return True

    def begin(self) -> None:
        """Select a row while none is: the first, or the one in the place of a row that is gone.

        So the keyboard has where to start. It is not said to be chosen until she clicks or opens it.
        """
        if self.selectionModel().hasSelection() or not self.rows.rowCount():
            return
        self._is_restoring = True
        at = self.currentIndex().row() if self.currentIndex().isValid() else self._kept_row
        self._go_to(min(at, self.rows.rowCount() - 1))
        self._is_restoring = False
        self._kept_row = 0
        self.was_chosen = False

    def choose_all(self, keys: Iterable[Hashable]) -> None:
        """Select the rows with *keys* and no others; those that are filtered out are passed over."""
        positions = [at for key in keys if (at := self.rows.position_of(key)) is not None]
        chosen = QItemSelection()
        for at in positions:
            chosen.select(self.rows.index(at, 0), self.rows.index(at, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def set_row_actions(self, actions: Sequence[QAction]) -> None:
        """Offer *actions* in the context menu of a row; their shortcuts work while the table has focus."""
        for old in self._row_actions:
            self.removeAction(old)
        self._row_actions = tuple(actions)
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    def shown_columns(self) -> list[int]:
        """Return the chosen columns, from left to right, as indices into the model's.

        The last of them may wait for room while the table is narrow.
        """
        header, waiting = self.horizontalHeader(), self._room.squeezed
        chosen = (at for at in range(header.count()) if at in waiting or not header.isSectionHidden(at))
        return sorted(chosen, key=header.visualIndex)

    def shown_headers(self) -> list[str]:
        """Return the titles on screen, from left to right."""
        return [self.rows.columns[column].shown_title for column in self.shown_columns()]

    def shown_rows(self) -> list[list[str]]:
        """Return every row that passes the filter, as it stands on screen."""
        columns = self.shown_columns()
        return [self.rows.cells_at(row, columns) for row in range(self.rows.rowCount())]

    def copy_chosen(self) -> None:
        """Put the selected rows on the clipboard, tab-separated, nothing in them a live formula."""
        columns = self.shown_columns()
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(as_tsv(self.rows.cells_at(row, columns) for row in chosen))

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu that shows and hides columns; one always stays."""
        menu = QMenu(self.tr("Columns"), parent)
        shown = self.shown_columns()
        for column, about in enumerate(self.rows.columns):
            action = menu.addAction(about.shown_title)
            action.setCheckable(True)
            action.setChecked(column in shown)
            action.setEnabled(len(shown) > 1 or column not in shown)
            action.toggled.connect(lambda on, at=column: self._show_column(at, visible=on))
        return menu

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_to_font()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setStretchLastSection(False)  # the room of the columns sees to it
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        for column, about in enumerate(self.rows.columns):
            header.resizeSection(column, width_of(self.rows.columns[column], self.fontMetrics()))
            header.setSectionHidden(column, about.hidden_by_default)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._memory.restore(header)
        self._room.widths = {at: header.sectionSize(at) for at in range(header.count())}
        self.setSortingEnabled(True)
        header.sectionResized.connect(self._on_resized)
        for changed in (header.sectionMoved, header.sortIndicatorChanged):
            changed.connect(self._on_header_changed)

    def _fit_to_font(self) -> None:
        size = self.fontMetrics().height()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        self.setIconSize(QSize(size, size))

    def _widen_to_font(self) -> None:
        """Give columns the same number of characters as before in another size of text."""
        width = self.fontMetrics().averageCharWidth()
        self._tight.clear()
        if width != self._character_px:
            by, self._character_px = width / self._character_px, width
            self._room.widths = {at: round(kept * by) for at, kept in self._room.widths.items()}
            self._on_header_changed()

    def _show_column(self, column: int, *, visible: bool) -> None:
        header = self.horizontalHeader()
        self._room.squeezed.discard(column)
        header.setSectionHidden(column, not visible)
        if visible:
            least = width_of(self.rows.columns[column], self.fontMetrics())
            self._room.widths[column] = max(self._room.widths[column], least)
            self._room.want(column)
        self._on_header_changed()

    def _on_resized(self, column: int, _: int, width: int) -> None:
        if not self._room.is_fitting and width:
            self._room.widths[column] = width
            self._room.by_hand.add(column)
            self._on_header_changed()

    def _on_header_changed(self) -> None:
        """Keep how she left the columns, and give them their room."""
        self._memory.keep(self.horizontalHeader(), self._room)
        self._fit_columns()

    def _tight_width(self, column: int) -> int:
        if column not in self._tight:
            icon_px = self.iconSize().width() + SPACE if self.rows.columns[column].icon else 0
            self._tight[column] = tight_width(self.rows, column, self.fontMetrics()) + icon_px
        return self._tight[column]

    def _fit_columns(self) -> None:
        self._room.fit(self.shown_columns(), self.viewport().width())

    def _go_to(self, position: int) -> None:
        columns = self.shown_columns()
        index = self.rows.index(position, columns[0] if columns else 0)
        self.selectionModel().setCurrentIndex(index, _SELECT_ROW)
        self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Choose the row the list began with: a click changes no selection there."""
        if not self.was_chosen:
            self._say_chosen(self.rows.key_at(index.row()))

    def _say_chosen(self, key: Hashable) -> None:
        self.was_chosen = True
        self.row_chosen.emit(key)

    def _keep_selection(self) -> None:
        self._kept_row = max(self.currentIndex().row(), 0)
        self._kept_keys = self.chosen_keys
        current = self.chosen_key
        if current in self._kept_keys:
            self._kept_keys.remove(current)
            self._kept_keys.insert(0, current)

    def _restore_selection(self) -> None:
        self._is_restoring = True
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for nth, key in enumerate(self._kept_keys):
            position = self.rows.position_of(key)
            if position is not None and nth == 0:
                self._go_to(position)
            elif position is not None:
                self.selectionModel().select(self.rows.index(position, 0), flags)
        self._is_restoring = False
        self._tight.clear()
        self._fit_columns()

    def _on_header_menu(self, at: QPoint) -> None:
        header = self.horizontalHeader()
        self.columns_menu(header).popup(header.mapToGlobal(at))

    # Overrides of Qt.

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say which row is chosen now."""
        super().selectionChanged(selected, deselected)
        current = self.chosen_key
        if not self._is_restoring and selected.count() and current is not None:
            self._say_chosen(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Shift+F10 offers all else, letters jump (see ``keyboardSearch``)."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif asks_for_menu(event):
            self.contextMenuEvent(menu_event_at(self, self.visualRect(index)))
        elif event.key() in _OPENING_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if index.isValid():
                self.was_chosen = True
                self.row_opened.emit(self.rows.key_at(index.row()))
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row."""
        column = max(self.currentIndex().column(), 0)
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self.rows.index(0, column)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self.rows.index(self.rows.rowCount() - 1, column)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Jump to the next row whose sorted (or first) column starts with what was typed."""
        pause = QApplication.keyboardInputInterval()
        starts_over = not self._since_typed.isValid() or self._since_typed.elapsed() > pause
        self._typed = search if starts_over else self._typed + search
        self._since_typed.start()
        section, columns = self.horizontalHeader().sortIndicatorSection(), self.shown_columns()
        column = section if section in columns else columns[0]
        position = self.rows.next_starting_with(
            self._typed, column, max(self.currentIndex().row(), 0) + (len(self._typed) == 1)
        )
        if position is not None:
            self._go_to(position)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the row's actions, copying, sorting, and the columns."""
        if not self.was_chosen and self.chosen_key is not None:
            self._say_chosen(self.chosen_key)
        menu = QMenu(self)
        menu.addActions(self._row_actions)
        copy = menu.addAction(self.tr("Copy rows"), self.copy_chosen)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(bool(self.chosen_keys))
        menu.addMenu(sort_menu(self, self.shown_columns(), menu))
        menu.addMenu(self.columns_menu(menu))
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new font size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_to_font()
            self._widen_to_font()
