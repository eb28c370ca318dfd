"""The stops as they are driven: painted with number, times and broken rules; moved by hand or key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coordinator.domain.pickups.plans import Pickup
from ui import theme
from ui.pickups.stops_model import STOP_ROLE, StopsModel, StopText
from ui.theme import SPACE, SPACE_SMALL
from ui.units import Display

Index = QModelIndex | QPersistentModelIndex

_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_TALL = 10_000


class StopDelegate(QStyledItemDelegate):
    """Paints a stop as on the sheet: the number large, what happens in bold, broken rules in words."""

    def _parts(self, text: StopText, font: QFont) -> list[tuple[str, QFont, str]]:
        """Return each paragraph with its font and colour."""
        tokens = theme.tokens()
        strong = QFont(font)
        strong.setBold(True)
        quiet = [(line, font, tokens.quiet) for line in text.lines]
        broken = [(f"⚠ {words}", font, tokens.problem) for words in text.broken]
        return [(text.heading, strong, tokens.text), *quiet, *broken]

    def _indent(self, font: QFont) -> int:
        return QFontMetrics(font).height() * 2 + SPACE

    # Overrides of Qt.

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all paragraphs, wrapped at the list's width."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        font: QFont = option.font
        room = QRect(0, 0, max(width - self._indent(font) - SPACE, 1), _TALL)
        height = 0
        for words, face, _ in self._parts(index.data(STOP_ROLE), font):
            height += QFontMetrics(face).boundingRect(room, _WRAPPED, words).height() + SPACE_SMALL // 2
        return QSize(width, max(height, self._indent(font)) + 2 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, number, paragraphs and the line below."""
        rect: QRect = option.rect
        font: QFont = option.font
        state: QStyle.StateFlag = option.state
        text: StopText = index.data(STOP_ROLE)
        tokens = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selection))
        self._paint_number(painter, rect, font, str(text.number))
        left, top = rect.left() + self._indent(font), rect.top() + SPACE
        for words, face, colour in self._parts(text, font):
            painter.setFont(face)
            painter.setPen(QColor(colour))
            room = QRect(left, top, rect.right() - SPACE - left, _TALL)
            top += painter.boundingRect(room, _WRAPPED, words).height() + SPACE_SMALL // 2
            painter.drawText(room, _WRAPPED, words)
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.focus))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_number(self, painter: QPainter, rect: QRect, font: QFont, number: str) -> None:
        across = round(QFontMetrics(font).height() * 1.6)
        circle = QRect(rect.topLeft() + QPoint(SPACE, SPACE), QSize(across, across))
        painter.setPen(QColor(theme.tokens().text))
        painter.drawEllipse(circle)
        strong = QFont(font)
        strong.setBold(True)
        painter.setFont(strong)
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), number)


class StopsList(QListView):
    """The list, as high as its stops. Alt+Up and Alt+Down move the stop chosen, so does dragging it.

    ``stop_chosen(row)`` follows the selection.
    """

    stop_chosen = Signal(int)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops = StopsModel(display)
        self.setModel(self.stops)
        self.setItemDelegate(StopDelegate(self))
        self.setAccessibleName(self.tr("Stops, in the order driven (Alt+Up and Alt+Down move one)"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.THEME.changed.connect(self._fit)

    def show_pickup(self, pickup: Pickup) -> None:
        """Show the stops of *pickup*; the one chosen stays so wherever it stands now."""
        row = self.currentIndex().row()
        chosen = self.stops.stop_at(row).id if 0 <= row < self.stops.rowCount() else None
        self.stops.set_pickup(pickup)
        self._fit()
        again = None if chosen is None else self.stops.row_of(chosen)
        if self.stops.rowCount():
            self.choose(again or 0)

    def choose(self, row: int) -> None:
        """Select the stop in *row*."""
        self.setCurrentIndex(self.stops.index(row))

    def move_chosen(self, by: int) -> None:
        """Move the stop chosen by *by* places, as far as there are any."""
        row = self.currentIndex().row()
        place = row + by
        if row >= 0 and 0 <= place < self.stops.rowCount():
            self.stops.moveRow(QModelIndex(), row, QModelIndex(), place + (by > 0))

    def _fit(self) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        rows = (self.stops.index(row) for row in range(self.stops.rowCount()))
        height = sum(self.itemDelegate().sizeHint(option, index).height() for index in rows)
        self.setFixedHeight(height + 2 * self.frameWidth() + 2)
        self.scheduleDelayedItemsLayout()

    def _bring_into_view(self) -> None:
        """Scroll what the list stands in: the list itself is as high as its stops."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        body = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and body is not None and self.hasFocus():
            rect = self.visualRect(self.currentIndex())
            for corner in (rect.bottomLeft(), rect.topLeft()):
                place = self.viewport().mapTo(body, corner)
                around.ensureVisible(place.x(), place.y(), 0, SPACE)

    # Overrides of Qt.

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which stop is chosen."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.stop_chosen.emit(current.row())
            self._bring_into_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a stop by Alt and the arrows."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in moves:
            self.move_chosen(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()
