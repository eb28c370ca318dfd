"""The day as a strip: a line for each volunteer, with free hours, driving, stops and lunch.

All are told apart by shape, not by colour: free hours are an empty frame, driving a thin bar, a pick-up a
full box, a drop an empty one, lunch is hatched. The list below it has the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from coordinator.domain.pickups.day.answer import DayRun
from ui import theme
from ui.pickups.day_hand import DayHand, Target
from ui.pickups.day_pieces import Doing, Piece, Pull, paint_piece, pieces_of
from ui.pickups.day_plan_words import at_words, in_words, run_title, who_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL

_HOUR = 60
_DAY = 24 * _HOUR
_STEP = 5
"""Minutes in one step of what is pulled."""
_AROUND = 20
"""Minutes shown before the first and after the last thing of the day."""
_LABEL_CHARACTERS = 22
_LEAST_HOUR_PX = 26.0


class DayStrip(QWidget):
    """Paints the runs; ``run_wanted(number)`` when a line is clicked.

    A stop is pulled along its line to another time or place in its run, or onto another line; a run by the
    way before its first stop. What is broken is marked, and said with its reason beside the pointer.
    """

    run_wanted = Signal(int)

    def __init__(self, hand: DayHand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = hand
        self._broken: Sequence[Sequence[tuple[str, str]]] = ()
        self._pull: Pull | None = None
        self._runs: tuple[DayRun, ...] = ()
        self._chosen, self._stop = -1, -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The day as a strip; the list below has the same in words"))
        theme.THEME.changed.connect(self.update)

    def show_runs(self, runs: Sequence[DayRun], broken: Sequence[Sequence[tuple[str, str]]] = ()) -> None:
        """Show a line for each of *runs*, with what each breaks: about which code, and in words."""
        self._broken = broken or [()] * len(runs)
        self._pull = None
        self._runs, self._chosen, self._stop = tuple(runs), -1, -1
        self.setVisible(bool(self._runs))
        self.setAccessibleDescription("\n".join(words for run in self._runs for words in in_words(run)))
        self.updateGeometry()
        self.update()

    def choose(self, number: int, stop: int = -1) -> None:
        """Mark the line of run *number*, and one of its stops where *stop* is not -1."""
        self._chosen, self._stop = number, stop
        self.update()

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _lane(self) -> float:
        return self._line() + 2 * SPACE

    def _top(self) -> float:
        return 2 * (self._line() + SPACE_SMALL) + SPACE_SMALL

    def _span(self) -> tuple[int, int]:
        """From when to when the day is shown, in whole hours."""
        starts = [run.starts_at for run in self._runs] + [
            one.opens for run in self._runs for one in run.hours
        ]
        ends = [run.ends_at for run in self._runs] + [one.closes for run in self._runs for one in run.hours]
        first = max((min(starts, default=9 * _HOUR) - _AROUND) // _HOUR * _HOUR, 0)
        last = min(-(-(max(ends, default=17 * _HOUR) + _AROUND) // _HOUR) * _HOUR, _DAY)
        return first, max(last, first + _HOUR)

    def _label_width(self) -> float:
        metrics = QFontMetricsF(self.font())
        widest = max(
            (metrics.horizontalAdvance(self._name(at)) for at in range(len(self._runs))), default=0.0
        )
        return min(widest, metrics.averageCharWidth() * _LABEL_CHARACTERS) + SPACE_LARGE

    def _name(self, number: int) -> str:
        """Return whose line it is, marked where a rule is broken."""
        name = self._runs[number].driver_name
        return self.tr("⚠ {name}").format(name=name) if self._broken[number] else name

    def _x(self, minute: float) -> float:
        first, last = self._span()
        left = self._label_width()
        return left + (minute - first) / (last - first) * (self.width() - left - SPACE)

    def _box(self, starts: float, ends: float, number: int, height: float) -> QRectF:
        """Return the room of some minutes on the line *number*, at least as wide as can be seen."""
        left = self._x(starts)
        middle = self._top() + (number + 0.5) * self._lane()
        return QRectF(left, middle - height / 2, max(self._x(ends) - left, 3.0), height)

    def _paint_hours(self, painter: QPainter) -> None:
        first, last = self._span()
        metrics, colours = QFontMetricsF(self.font()), theme.tokens()
        bottom = self._top() + len(self._runs) * self._lane()
        free_from = 0.0
        for minute in range(first, last + 1, _HOUR):
            x = self._x(minute)
            painter.setPen(QPen(QColor(colours.hairline), 1))
            painter.drawLine(QPointF(x, self._top()), QPointF(x, bottom))
            words = at_words(minute % _DAY)
            wide = metrics.horizontalAdvance(words)
            left = min(max(x - wide / 2, self._label_width() - SPACE), self.width() - wide)
            if left < free_from:
                continue
            free_from = left + wide + SPACE
            painter.setPen(QColor(colours.quiet))
            painter.drawText(QPointF(left, self._top() - SPACE_SMALL - metrics.descent()), words)

    def _paint_ground(self, painter: QPainter, number: int, run: DayRun) -> None:
        colours, lane = theme.tokens(), self._lane()
        whole = QRectF(0, self._top() + number * lane, self.width(), lane)
        if number == self._chosen:
            painter.fillRect(whole, QColor(colours.selection))
        for opens, closes in run.hours:
            pen = QPen(QColor(colours.border), 1)
            pen.setStyle(Qt.PenStyle.SolidLine if run.is_told else Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(QColor(colours.surface))
            painter.drawRect(self._box(opens, closes, number, lane - SPACE_SMALL))

    def _paint_doings(self, painter: QPainter, number: int, run: DayRun) -> None:
        colours, lane = theme.tokens(), self._lane()
        metrics = QFontMetricsF(self.font())
        names = QRectF(
            SPACE_SMALL, self._top() + number * lane, self._label_width() - SPACE - SPACE_SMALL, lane
        )
        is_broken = bool(self._broken[number])
        kept = metrics.elidedText(self._name(number), Qt.TextElideMode.ElideRight, names.width())
        painter.setPen(QColor(colours.problem if is_broken else colours.text))
        painter.drawText(names, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, kept)
        for piece in pieces_of(run):
            height = lane / 5 if piece.doing is Doing.DRIVE else self._line() + SPACE_SMALL
            box = self._box(piece.starts, piece.ends, number, height)
            paint_piece(painter, piece.doing, box)
            if piece.number:
                self._paint_number(painter, piece, box)
                if any(code == run.stops[piece.number - 1].home.code for code, _ in self._broken[number]):
                    painter.fillRect(
                        QRectF(box.left(), box.bottom(), box.width(), 3), QColor(colours.problem)
                    )
                if number == self._chosen and piece.number - 1 == self._stop:
                    painter.setPen(QPen(QColor(colours.focus), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(box.adjusted(-2, -2, 2, 2))

    def _paint_number(self, painter: QPainter, piece: Piece, box: QRectF) -> None:
        metrics, colours, words = QFontMetricsF(self.font()), theme.tokens(), str(piece.number)
        if metrics.horizontalAdvance(words) + 2 > box.width():
            return
        painter.setPen(QColor(colours.surface if piece.doing is Doing.PICK_UP else colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _legend(self) -> tuple[tuple[Doing | None, str], ...]:
        return (
            (Doing.PICK_UP, self.tr("pick up")),
            (Doing.DROP, self.tr("drop")),
            (Doing.DRIVE, self.tr("driving")),
            (Doing.LUNCH, self.tr("lunch")),
            (None, self.tr("free hours (dashed: to ask)")),
        )

    def _paint_legend(self, painter: QPainter) -> None:
        metrics, colours = QFontMetricsF(self.font()), theme.tokens()
        size, x = metrics.ascent(), 1.0
        for doing, words in self._legend():
            box = QRectF(x, 1 + metrics.descent() / 2, size * 1.4, size)
            if doing is None:
                painter.setPen(QPen(QColor(colours.border), 1))
                painter.setBrush(QColor(colours.surface))
                painter.drawRect(box)
            else:
                inner = box.adjusted(0, size * 0.35, 0, -size * 0.35) if doing is Doing.DRIVE else box
                paint_piece(painter, doing, inner)
            painter.setPen(QColor(colours.text))
            painter.drawText(QPointF(box.right() + SPACE_SMALL, metrics.ascent() + 1), words)
            x = box.right() + SPACE_SMALL + metrics.horizontalAdvance(words) + SPACE_LARGE

    def _paint_pull(self, painter: QPainter, pull: Pull) -> None:
        """Paint where a stop that is pulled would come to, and when."""
        colours = theme.tokens()
        box = self._box(pull.minute, pull.minute + pull.minutes, pull.line, self._line() + SPACE_SMALL)
        painter.setPen(QPen(QColor(colours.focus), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.drawText(box.topRight() + QPointF(SPACE_SMALL, box.height() / 2), at_words(pull.minute))

    def minute_at(self, x: float) -> int:
        """Return the minute of the day at a place across, in steps of five."""
        first, last = self._span()
        left = self._label_width()
        minute = first + (x - left) / max(self.width() - left - SPACE, 1) * (last - first)
        return min(max(round(minute / _STEP) * _STEP, 0), _DAY - _STEP)

    def _piece_at(self, at: QPointF) -> tuple[int, Piece] | None:
        number = self._run_at(at.y())
        if number < 0:
            return None
        for piece in pieces_of(self._runs[number]):
            if self._x(piece.starts) <= at.x() <= max(self._x(piece.ends), self._x(piece.starts) + 3):
                return number, piece
        return None

    def _begin_pull(self, at: QPointF) -> None:
        found = self._piece_at(at)
        self._pull = None
        if found is None:
            return
        run, piece = found
        is_way_out = piece.doing is Doing.DRIVE and piece.ends <= self._runs[run].stops[0].arrive
        if piece.number or is_way_out:
            grabbed = self.minute_at(at.x()) - piece.starts
            self._pull = Pull(
                run, piece.number - 1, at, grabbed, piece.ends - piece.starts, piece.starts, run
            )

    def _let_go(self, pull: Pull) -> None:
        """Move what was pulled: onto another line, to another place in its run, or to another time."""
        run = self._runs[pull.run]
        if pull.stop < 0:
            self._hand.set_time(pull.run, -1, pull.minute)
        elif pull.line != pull.run:
            words = run_title(self._runs[pull.line])
            target = Target(words, pull.line, self._runs[pull.line].driver)
            self._hand.move_to(pull.run, pull.stop, target)
        else:
            others = [stop.arrive for number, stop in enumerate(run.stops) if number != pull.stop]
            place = sum(arrive < pull.minute for arrive in others)
            if place != pull.stop:
                self._hand.move_within(pull.run, pull.stop, place)
            else:
                self._hand.set_time(pull.run, pull.stop, pull.minute)

    def _run_at(self, y: float) -> int:
        number = int((y - self._top()) // self._lane())
        return number if 0 <= number < len(self._runs) else -1

    def words_at(self, at: QPointF) -> str:
        """Return what is under a point: a stop with its times, driving, or nothing."""
        number = self._run_at(at.y())
        if number < 0:
            return ""
        run, said = self._runs[number], self._broken[number]
        found = self._piece_at(at)
        if found is None:
            return "\n".join(words for _, words in said)
        piece = found[1]
        times = self.tr("{starts} to {ends}").format(starts=at_words(piece.starts), ends=at_words(piece.ends))
        if not piece.number:
            return f"{times}\n{dict(self._legend())[piece.doing]}"
        stop = run.stops[piece.number - 1]
        lines = [times, f"{stop.kind.words} {who_words(stop)}"]
        return "\n".join([*lines, *(words for code, words in said if code == stop.home.code)])

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """As high as its lines; as wide as there is room."""
        return QSize(self.minimumSizeHint().width() + 300, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for each hour and for the legend."""
        first, last = self._span()
        metrics = QFontMetricsF(self.font())
        hours = self._label_width() + (last - first) / _HOUR * _LEAST_HOUR_PX
        legend = sum(
            metrics.horizontalAdvance(words) + 1.4 * metrics.ascent() + SPACE_SMALL + SPACE_LARGE
            for _, words in self._legend()
        )
        high = self._top() + len(self._runs) * self._lane() + SPACE_SMALL
        return QSize(int(max(hours, legend)), int(high) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint legend, hours and a line for each run."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter)
        for number, run in enumerate(self._runs):
            self._paint_ground(painter, number, run)
        self._paint_hours(painter)
        for number, run in enumerate(self._runs):
            self._paint_doings(painter, number, run)
        if self._pull is not None and self._pull.is_far:
            self._paint_pull(painter, self._pull)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what may be pulled; nothing scrolls away under the hand meanwhile."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin_pull(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where it would come to."""
        if self._pull is not None:
            line = self._run_at(event.position().y())
            minute = (self.minute_at(event.position().x()) - self._pull.grabbed) // _STEP * _STEP
            far = (event.position() - self._pull.at).manhattanLength() >= QApplication.startDragDistance()
            self._pull = self._pull._replace(
                minute=max(minute, 0),
                line=self._pull.run if line < 0 or self._pull.stop < 0 else line,
                is_far=self._pull.is_far or far,
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Move what was pulled, or ask for the run that was clicked."""
        pull, self._pull = self._pull, None
        self.update()
        if pull is not None and pull.is_far:
            self._let_go(pull)
        elif (number := self._run_at(event.position().y())) >= 0:
            self.run_wanted.emit(number)

    def event(self, event: QEvent) -> bool:
        """Say what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new font size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
