"""Rows of a table on a ground of their own."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem


class TintedRows(QStyledItemDelegate):
    """Paints the ground that the model names; the style sheet's rule for items passes it over.

    What is selected has the ground of the selection.
    """

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground, then the cell."""
        tint = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(tint, QColor) and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tint)
        super().paint(painter, option, index)
