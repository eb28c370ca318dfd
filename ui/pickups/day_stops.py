"""The stops of a run that is still planned: each has a handle to move it by mouse, key and menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QMenu, QToolButton, QWidget

from coordinator.domain.pickups.day.answer import DayRun, DayStop
from ui import theme
from ui.icons import set_icon
from ui.pickups.day_hand import DayHand, Target, is_free_to_move
from ui.pickups.day_plan_words import at_words, milk_words, other_ends, who_words
from ui.pickups.pickup_words import stop_words
from ui.theme import SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import literal
from ui.widgets.rows import text_label

STOP_MIME = "application/x-day-stop"


class StopHandle(QToolButton):
    """The number of a stop. Space or the menu key opens what can be done, Alt+Up and Alt+Down move it.

    Delete leaves its milk out; Up and Down go from stop to stop; dragging it moves it.
    """

    def __init__(self, hand: DayHand, run: int, stop: int, parent: StopGrid) -> None:
        super().__init__(parent)
        self._hand, self.run, self.stop = hand, run, stop
        self._grid = parent
        self._pressed: QPoint | None = None
        one = parent.run.stops[stop]
        self.setText(self.tr("{number}.").format(number=stop + 1))
        set_role(self, "notice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named = self.tr(
            "Stop {number}, {time} {doing} {who}. Space: what can be done; Alt+Up, Alt+Down: move it"
        )
        self.setAccessibleName(
            named.format(
                number=stop + 1, time=at_words(one.arrive), doing=stop_words(one.kind), who=who_words(one)
            )
        )
        if one.is_locked:
            set_icon(self, "locked")
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.setAccessibleDescription(self.tr("Locked"))
        self.setToolTip(self.tr("Drag it, or press it for what can be done with this stop"))
        self.clicked.connect(self.open_menu)

    def menu_of(self) -> QMenu:
        """Return what can be done with this stop."""
        hand, run, stop = self._hand, self.run, self.stop
        one = self._grid.run.stops[stop]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        up = self._entry(menu, self.tr("Move up"), "Alt+Up", partial(hand.move_by, run, stop, -1))
        up.setEnabled(stop > 0)
        down = self._entry(menu, self.tr("Move down"), "Alt+Down", partial(hand.move_by, run, stop, 1))
        down.setEnabled(stop + 1 < len(self._grid.run.stops))
        is_free = is_free_to_move(self._grid.run, stop)
        where = menu.addMenu(self.tr("Move to…"))
        fill_targets(where, hand.targets(run), partial(hand.move_to, run, stop))
        where.setEnabled(is_free)
        self._entry(menu, self.tr("Not before…"), "", partial(hand.time_wanted.emit, run, stop))
        if one.not_before is not None:
            self._entry(menu, self.tr("As early as it fits"), "", partial(hand.set_time, run, stop, None))
        words = self.tr("Unlock") if one.is_locked else self.tr("Lock")
        self._entry(menu, words, "L", partial(hand.lock, run, stop))
        out = self._entry(menu, self.tr("Leave it out"), "Del", partial(hand.leave_out, run, stop))
        out.setEnabled(is_free)
        return menu

    def _entry(self, menu: QMenu, words: str, keys: str, do: partial[None]) -> QAction:
        action = menu.addAction(words)
        if keys:
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda *_: do())
        return action

    def open_menu(self) -> None:
        """Show what can be done, below the number."""
        self.menu_of().popup(self.mapToGlobal(QPoint(0, self.height())))

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, leave out, or go to the next stop."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._hand.move_by(self.run, self.stop, by)
        elif by is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._grid.go_to(self.stop + by)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.open_menu()
        elif is_lock_key(event):
            self._hand.lock(self.run, self.stop)
        elif event.key() == Qt.Key.Key_Delete:
            self._hand.leave_out(self.run, self.stop)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu by the right button or the menu key."""
        self.open_menu()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which stop is pointed at."""
        super().focusInEvent(event)
        self._hand.chosen.emit(self.run, self.stop)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag could begin."""
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the stop."""
        far = QApplication.startDragDistance()
        if self._pressed is None or (event.position().toPoint() - self._pressed).manhattanLength() < far:
            super().mouseMoveEvent(event)
            return
        self._pressed = None
        self.setDown(False)
        drag = QDrag(self)
        drag.setMimeData(mime_of(self.run, self.stop))
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)


class StopGrid(QWidget):
    """The stops of one run in columns; stops of any run may be dropped between them.

    ``handles`` are the numbers, in the order driven.
    """

    def __init__(self, hand: DayHand, number: int, run: DayRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self._hand, self._number = hand, number
        self._drop_before: int | None = None
        self.setAcceptDrops(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE_LARGE, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_LARGE)
        self._grid.setVerticalSpacing(SPACE_SMALL)
        self.handles = [StopHandle(hand, number, stop, self) for stop in range(len(run.stops))]
        others = other_ends(run)
        for row, stop in enumerate(run.stops):
            theirs = {hold: others.get((stop.kind, hold), "") for hold in stop.holds}
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(self.handles[row], row, 0, top)
            for column, label in enumerate(self._cells(stop, milk_words(stop, theirs)), start=1):
                self._grid.addWidget(label, row, column, top)
        self._grid.setColumnStretch(3, 1)
        self._grid.setColumnStretch(4, 1)

    def _cells(self, stop: DayStop, milk: str) -> list[QLabel]:
        time = text_label(at_words(stop.arrive), "strong")
        time.setWordWrap(False)
        kind = text_label(stop_words(stop.kind))
        kind.setWordWrap(False)
        who = who_words(stop)
        if stop.not_before is not None:
            who = self.tr("{who} (not before {time})").format(who=who, time=at_words(stop.not_before))
        return [time, kind, text_label(who), text_label(milk)]

    def go_to(self, stop: int) -> None:
        """Put the keyboard on a stop, if there is one."""
        if 0 <= stop < len(self.handles):
            self.handles[stop].setFocus()

    def place_at(self, y: float) -> int:
        """Return before which stop something dropped at height *y* comes; their count behind the last."""
        middles = [handle.geometry().center().y() for handle in self.handles]
        return next((number for number, middle in enumerate(middles) if y < middle), len(middles))

    def take(self, run: int, stop: int, before: int) -> None:
        """Move a stop of any run to before one of here."""
        if run == self._number:
            place = before - 1 if stop < before else before
            if place != stop:
                self._hand.move_within(run, stop, place)
            return
        words = self.tr("{name} {code}").format(name=self.run.driver_name, code=self.run.driver)
        self._hand.move_to(run, stop, Target(words, self._number, self.run.driver), before)

    def _show_drop(self, before: int | None) -> None:
        self._drop_before = before
        self.update()

    # Overrides of Qt.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take stops of the day."""
        if event.mimeData().hasFormat(STOP_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        if event.mimeData().hasFormat(STOP_MIME):
            self._show_drop(self.place_at(event.position().y()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        del event
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the stop here."""
        self._show_drop(None)
        event.acceptProposedAction()
        self.take(*stop_in(event.mimeData()), self.place_at(event.position().y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line where a stop would be dropped."""
        super().paintEvent(event)
        if self._drop_before is None:
            return
        at = self._drop_before
        last = self.handles[-1].geometry().bottom() + 1
        y = self.handles[at].geometry().top() - 1 if at < len(self.handles) else last
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.tokens().focus), 2))
        painter.drawLine(0, max(y, 1), self.width(), max(y, 1))
        painter.end()


def mime_of(run: int, stop: int) -> QMimeData:
    """Return a stop to drag."""
    data = QMimeData()
    data.setData(STOP_MIME, f"{run},{stop}".encode())
    return data


def stop_in(data: QMimeData) -> tuple[int, int]:
    """Return the run and the stop that are dragged."""
    run, stop = bytes(data.data(STOP_MIME).data()).decode().split(",")
    return int(run), int(stop)


def fill_targets(menu: QMenu, targets: list[Target], go: partial[None]) -> None:
    """Fill *menu* with where milk could go: runs, then volunteers without one."""
    before: Target | None = None
    for target in targets:
        if before is not None and before.run >= 0 > target.run:
            menu.addSeparator()
        menu.addAction(literal(target.words)).triggered.connect(lambda *_, target=target: go(target))
        before = target
    menu.setEnabled(bool(targets))


def is_lock_key(event: QKeyEvent) -> bool:
    """Whether L was pressed, which locks and unlocks."""
    is_press = event.type() == QEvent.Type.KeyPress
    return is_press and event.key() == Qt.Key.Key_L and not event.modifiers()
