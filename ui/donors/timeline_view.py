"""A donor's facts and her lots on one line of days; facts are moved by mouse and keyboard."""

# ruff: noqa: D102 - the overrides of Qt do what Qt says

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from coordinator.domain.suitability.timeline import Bar, Timeline, moved
from ui import theme
from ui.donors.timeline_painter import TimelinePainter
from ui.donors.timeline_scale import TimelineScale

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

_GRIP_PX = 6.0
DAY = timedelta(days=1)


class TimelineView(QWidget):
    """Facts above, her milk below. Click or arrow keys choose a bar.

    Pulling an end of a fact, or Ctrl+Left and Right for its end and Shift+Left and Right for its start, emits
    ``bar_moved(bar, start, end)`` at every step, with ``bar_dropped`` the same once it is let go. ``Enter``
    emits ``bar_opened``, Del ``removal_wanted``.
    """

    bar_chosen = Signal(object)
    bar_moved = Signal(object, object, object)
    bar_dropped = Signal(object, object, object)
    bar_opened = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._chosen: tuple[int, int] | None = None
        self._pulled: tuple[Bar, bool] | None = None
        self._ends: tuple[date | None, date | None] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline of her answers and her milk"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.THEME.changed.connect(self._resized)

    def show_timeline(self, timeline: Timeline) -> None:
        """Show *timeline*; the bar that was chosen stays chosen while it is there."""
        before = self.chosen
        self._timeline = timeline
        self._ends = None
        self._chosen = self._place_of(before) if before else None
        self._resized()

    @property
    def chosen(self) -> Bar | None:
        """The bar that is chosen, as it is stored."""
        if self._timeline is None or self._chosen is None:
            return None
        lane, nth = self._chosen
        return self._timeline.lanes[lane].bars[nth]

    def choose(self, bar: Bar) -> None:
        """Choose *bar*, which is on the timeline."""
        self._choose(self._place_of(bar))

    def scale(self) -> TimelineScale:
        """Return where days and lanes are, in this widget's pixels."""
        return TimelineScale.of(self._timeline, self.width(), self.fontMetrics())

    def bar_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return lane and number of the bar under *point*."""
        if self._timeline is None:
            return None
        scale = self.scale()
        for lane_number, lane in enumerate(self._timeline.lanes):
            for nth, bar in enumerate(lane.bars):
                if scale.bar_box(lane_number, bar.start, bar.end).adjusted(-3, 0, 3, 0).contains(point):
                    return lane_number, nth
        return None

    def take_back(self) -> None:
        """Show the stored ends again."""
        self._ends, self._pulled = None, None
        self.update()

    def _place_of(self, wanted: Bar) -> tuple[int, int] | None:
        for lane_number, lane in enumerate(self._timeline.lanes if self._timeline else ()):
            for nth, bar in enumerate(lane.bars):
                if (bar.fact_id, bar.lot_code) == (wanted.fact_id, wanted.lot_code):
                    return lane_number, nth
        return None

    def _choose(self, place: tuple[int, int] | None) -> None:
        self._chosen, self._ends = place, None
        bar = self.chosen
        self.setAccessibleDescription(bar.words if bar else "")
        self.update()
        if bar is not None:
            self.bar_chosen.emit(bar)

    def _step(self, lanes: int, bars: int) -> None:
        """Go to another bar from the chosen one; the first when none is."""
        if self._timeline is None or not self._timeline.lanes:
            return
        lane, nth = self._chosen or (0, -1 if bars else 0)
        lane = min(max(lane + lanes, 0), len(self._timeline.lanes) - 1)
        self._choose((lane, min(max(nth + bars, 0), len(self._timeline.lanes[lane].bars) - 1)))

    def _nudge(self, days: int, *, start: bool) -> None:
        """Move an end of the chosen fact; an open one begins from the edge of the timeline."""
        bar = self.chosen
        if bar is None or not bar.is_fact or self._timeline is None:
            return
        first, last = self._ends or (bar.start, bar.end)
        step = timedelta(days=days)
        if start:
            first = (first or self._timeline.first) + step
        else:
            last = (last or self._timeline.today + DAY) + step
        self._move(bar, first, last)
        self.bar_dropped.emit(bar, *self._current_ends(bar))

    def _move(self, bar: Bar, start: date | None, end: date | None) -> None:
        self._ends = moved(bar, start, end)
        self.update()
        self.bar_moved.emit(bar, *self._ends)

    def _current_ends(self, bar: Bar) -> tuple[date | None, date | None]:
        return self._ends or (bar.start, bar.end)

    def _grip_at(self, point: QPointF) -> tuple[Bar, bool] | None:
        """Return the fact whose end is under *point*, and whether it is its start."""
        place = self.bar_at(point)
        if place is None or self._timeline is None:
            return None
        bar = self._timeline.lanes[place[0]].bars[place[1]]
        box = self.scale().bar_box(place[0], bar.start, bar.end)
        if not bar.is_fact or min(abs(point.x() - box.left()), abs(point.x() - box.right())) > _GRIP_PX:
            return None
        return bar, abs(point.x() - box.left()) < abs(point.x() - box.right())

    def _resized(self) -> None:
        self.setFixedHeight(round(self.scale().height))
        self.update()

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        return QSize(420, round(self.scale().height))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._timeline is None:
            return
        painter = QPainter(self)
        TimelinePainter(painter, self.scale(), theme.tokens()).paint(
            self._timeline, self._chosen, self._ends, has_focus=self.hasFocus()
        )
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pulled = self._grip_at(event.position())
        self._choose(self.bar_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pulled is None:
            grip = self._grip_at(event.position())
            self.setCursor(Qt.CursorShape.SplitHCursor if grip else Qt.CursorShape.ArrowCursor)
            place = self.bar_at(event.position())
            bar = self._timeline.lanes[place[0]].bars[place[1]] if place and self._timeline else None
            self.setToolTip(bar.words if bar else "")
            return
        bar, is_start = self._pulled
        day = self.scale().day_at(event.position().x())
        start, end = self._current_ends(bar)
        self._move(bar, day if is_start else start, end if is_start else day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        if self._pulled is not None and self._ends is not None:
            bar = self._pulled[0]
            self.bar_dropped.emit(bar, *self._ends)
        self._pulled = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        if self.chosen is not None:
            self.bar_opened.emit(self.chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen is None:
            self._step(0, 1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        ways = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        way = ways.get(Qt.Key(key))
        moves_end = modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if way and way[1] and moves_end:
            self._nudge(way[1], start=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif way:
            self._step(*way)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.bar_opened.emit(self.chosen)
        elif key == Qt.Key.Key_Delete and self.chosen is not None and self.chosen.is_fact:
            self.removal_wanted.emit(self.chosen)
        elif key == Qt.Key.Key_Escape and self._ends is not None:
            self.take_back()
        else:
            super().keyPressEvent(event)
