"""Bars over weeks, a row for each thing counted; all rows share one scale.

A bar says its figure in digits above it; its hatched part and the thin line of its range are told apart by
shape, never by colour alone. A table beside the chart has the same figures for keyboard and screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL

_FULL_LINES = 4.5
"""The highest bar, in lines of text."""
_LABEL_CHARACTERS = 18
_WIDEST_BAR_PX = 44.0
_CAP_PX = 4.0
_SHORTEST_RANGE_PX = 8.0
"""A shorter line is a smudge on its bar; the table tells the range."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: a bar up to ``value``, its upper part ``hatched``, a line from ``low`` to ``high``."""

    value: float
    hatched: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """One thing counted over the weeks; ``about`` stands in small letters under its name."""

    name: str
    about: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What the legend calls the plain part, the hatched part and the line."""

    plain: str
    hatched: str
    line: str


class RunwayChart(QWidget):
    """Paints the rows; as high as they need, as wide as there is room."""

    def __init__(self, words: ChartWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._weeks: tuple[str, ...] = ()
        self._rows: tuple[BarRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.THEME.changed.connect(self.update)

    def show_rows(self, weeks: Sequence[str], rows: Sequence[BarRow]) -> None:
        """Show *rows* under the names of the *weeks*."""
        self._weeks, self._rows = tuple(weeks), tuple(rows)
        self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[BarRow, ...]:
        """What is shown."""
        return self._rows

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def _highest(self) -> float:
        return max((bar.high for row in self._rows for bar in row.bars), default=0.0) or 1.0

    def _row_height(self, row: BarRow) -> float:
        """Return the room of a row: its own highest bar, its figures, and never less than its two words."""
        own = max((bar.high for bar in row.bars), default=0.0)
        bars = own / self._highest() * _FULL_LINES * self._line() + self._line()
        return max(bars, 2 * self._line()) + SPACE_LARGE

    def _height(self) -> float:
        return 2 * (self._line() + SPACE) + sum(map(self._row_height, self._rows))

    def _paint_legend(self, painter: QPainter) -> None:
        metrics, colours = QFontMetricsF(self.font()), theme.tokens()
        size = metrics.ascent()
        x = 0.0
        for kind, words in enumerate((self._words.plain, self._words.hatched, self._words.line)):
            box = QRectF(x + 1, 1 + metrics.descent() / 2, size, size)
            if kind == 2:
                _paint_range(painter, box.center().x(), box.top(), box.bottom())
            else:
                _paint_bar(painter, box, box.height() if kind else 0.0)
            painter.setPen(QColor(colours.text))
            painter.drawText(QPointF(x + size + SPACE, metrics.ascent() + 1), words)
            x += size + SPACE + metrics.horizontalAdvance(words) + SPACE_LARGE

    def _paint_weeks(self, painter: QPainter, top: float) -> None:
        painter.setPen(QColor(theme.tokens().quiet))
        for at, name in enumerate(self._weeks):
            box = QRectF(self._left(at), top, self._width(), self._line())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_row(self, painter: QPainter, row: BarRow, top: float) -> None:
        colours, line = theme.tokens(), self._line()
        bottom = top + self._row_height(row) - SPACE
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(QPointF(0, bottom + 0.5), QPointF(self.width(), bottom + 0.5))
        names = QRectF(0, bottom - 2 * line - SPACE_SMALL, self._label_width() - SPACE, line)
        for words, colour in ((row.name, colours.text), (row.about, colours.quiet)):
            painter.setPen(QColor(colour))
            metrics = QFontMetricsF(painter.font())
            kept = metrics.elidedText(words, Qt.TextElideMode.ElideRight, names.width())
            painter.drawText(names, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, kept)
            names.translate(0, line)
        for at, bar in enumerate(row.bars):
            self._paint_week(painter, bar, at, bottom)

    def _paint_week(self, painter: QPainter, bar: Bar, at: int, bottom: float) -> None:
        scale = _FULL_LINES * self._line() / self._highest()
        width = min(self._width() - SPACE, _WIDEST_BAR_PX)
        middle = self._left(at) + self._width() / 2
        box = QRectF(middle - width / 2, bottom - bar.value * scale, width, bar.value * scale)
        _paint_bar(painter, box, bar.hatched * scale)
        top = bottom - bar.high * scale
        if (bar.high - bar.low) * scale >= _SHORTEST_RANGE_PX:
            _paint_range(painter, middle, top, bottom - bar.low * scale)
        painter.setPen(QColor(theme.tokens().text))
        figure = QRectF(self._left(at), top - self._line() - 1, self._width(), self._line())
        painter.drawText(figure, Qt.AlignmentFlag.AlignCenter, bar.text)

    def _label_width(self) -> float:
        metrics = QFontMetricsF(self.font())
        wanted = max(
            (metrics.horizontalAdvance(words) for row in self._rows for words in (row.name, row.about)),
            default=0.0,
        )
        return min(wanted, metrics.averageCharWidth() * _LABEL_CHARACTERS) + SPACE_LARGE

    def _width(self) -> float:
        return max((self.width() - self._label_width()) / max(len(self._weeks), 1), 1.0)

    def _left(self, at: int) -> float:
        return self._label_width() + at * self._width()

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """As high as the rows, wide enough for every figure."""
        return QSize(self.minimumSizeHint().width() + 200, int(self._height()) + 1)

    def minimumSizeHint(self) -> QSize:
        """Room for every figure beside the next."""
        metrics = QFontMetricsF(self.font())
        figures = [bar.text for row in self._rows for bar in row.bars]
        widest = max((metrics.horizontalAdvance(text) for text in (*figures, *self._weeks)), default=0.0)
        width = self._label_width() + (widest + SPACE) * len(self._weeks)
        return QSize(int(width), int(self._height()) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint legend, weeks and rows."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter)
        top = self._line() + SPACE
        self._paint_weeks(painter, top)
        top += self._line()
        for row in self._rows:
            self._paint_row(painter, row, top)
            top += self._row_height(row)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new font size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


def _paint_bar(painter: QPainter, box: QRectF, hatched: float) -> None:
    """Paint a bar whose upper part, *hatched* high, is lines on the ground."""
    colour = QColor(theme.tokens().recipient)
    plain = QRectF(box.left(), box.top() + hatched, box.width(), max(box.height() - hatched, 0.0))
    if plain.height() > 0:
        painter.fillRect(plain, colour)
    if hatched > 0:
        upper = QRectF(box.left(), box.top(), box.width(), hatched)
        painter.fillRect(upper, QColor(theme.tokens().surface))
        painter.fillRect(upper, QBrush(colour, Qt.BrushStyle.BDiagPattern))
    if box.height() > 0:
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def _paint_range(painter: QPainter, x: float, top: float, bottom: float) -> None:
    """Paint a thin line with caps, edged so that it shows on a bar too."""
    ends = [(QPointF(x, top), QPointF(x, bottom))]
    ends += [(QPointF(x - _CAP_PX, y), QPointF(x + _CAP_PX, y)) for y in (top, bottom)]
    for colour, width in ((theme.tokens().surface, 4.0), (theme.tokens().text, 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        for start, end in ends:
            painter.drawLine(start, end)
