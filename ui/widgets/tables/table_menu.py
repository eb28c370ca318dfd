"""What a table offers beside its rows, by the mouse's right button and by key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from ui.translation import translate


def asks_for_menu(event: QKeyEvent) -> bool:
    """Return whether *event* is the menu key or Shift+F10; not every system makes a menu event of them."""
    is_shift_f10 = event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return is_shift_f10 or event.key() == Qt.Key.Key_Menu


def menu_event_at(table: QTableView, cell: QRect) -> QContextMenuEvent:
    """Return the event that asks for the menu of *table* below *cell*, which is in the viewport."""
    at = cell.bottomLeft()
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, table.viewport().mapToGlobal(at))


def sort_menu(table: QTableView, columns: Sequence[int], parent: QWidget) -> QMenu:
    """Return a menu that sorts *table* by one of *columns*; the one sorted by already turns round."""
    header = table.horizontalHeader()
    menu = QMenu(translate("RowTable", "Sort by"), parent)
    for column in columns:
        action = menu.addAction(str(table.model().headerData(column, Qt.Orientation.Horizontal)))
        is_now = header.sortIndicatorSection() == column
        action.setCheckable(True)
        action.setChecked(is_now)
        turns = is_now and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if turns else Qt.SortOrder.AscendingOrder
        action.triggered.connect(lambda _=False, at=column, way=order: table.sortByColumn(at, way))
    return menu
