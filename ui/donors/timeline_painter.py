"""Paints a timeline: bars tell by shape, hatching and word what they are, colour only helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.suitability.timeline import Bar, BarKind, Piece, Timeline
from ui.donors.timeline_scale import TimelineScale
from ui.theme import Tokens
from ui.translation import translate

_ROUND_PX = 3.0
_SIGNS = {
    VerdictKind.NO_OBJECTION: "✓",
    VerdictKind.NO_OBJECTION_IF: "✓…",
    VerdictKind.ASK: "?",
    VerdictKind.NOT_A_FIT: "✕",
    VerdictKind.REFER: "→",
}


@dataclass(frozen=True)
class TimelinePainter:
    """One painting of a timeline."""

    painter: QPainter
    scale: TimelineScale
    colours: Tokens

    def paint(
        self,
        timeline: Timeline,
        chosen: tuple[int, int] | None,
        ends: tuple[date | None, date | None] | None,
        *,
        has_focus: bool,
    ) -> None:
        """Paint it all; the *chosen* bar stands at *ends* while it is being moved."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_months(timeline)
        for lane_number, lane in enumerate(timeline.lanes):
            self._paint_label(lane_number, lane.label if self._is_first(timeline, lane_number) else "")
            for nth, bar in enumerate(lane.bars):
                is_chosen = (lane_number, nth) == chosen
                start, end = ends if ends is not None and is_chosen else (bar.start, bar.end)
                box = self.scale.bar_box(lane_number, start, end)
                self._paint_bar(bar, box, lane_number)
                if is_chosen:
                    self._paint_ring(box, has_focus=has_focus)
        if timeline.lots:
            self._paint_heading(timeline)
        self._paint_today(timeline)

    def _is_first(self, timeline: Timeline, lane: int) -> bool:
        """Whether the lane is not another row of the one above."""
        lanes = timeline.lanes
        return lane in (0, len(timeline.facts)) or lanes[lane - 1].label != lanes[lane].label

    def _paint_months(self, timeline: Timeline) -> None:
        metrics = QFontMetricsF(self.painter.font())
        self._text(QPointF(0, metrics.ascent() + 2), str(timeline.first.year), self.colours.quiet)
        free_from = 0.0
        for day in _firsts_of_months(timeline.first, timeline.last):
            x = self.scale.x_of(day)
            self._line(x, self.colours.hairline)
            name = QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
            text = f"{name} {day.year}" if day.month == 1 else name
            if x >= free_from and x + metrics.horizontalAdvance(text) < self.scale.right:
                self._text(QPointF(x + 3, metrics.ascent() + 2), text, self.colours.quiet)
                free_from = x + metrics.horizontalAdvance(text) + 10

    def _paint_today(self, timeline: Timeline) -> None:
        x = self.scale.x_of(timeline.today)
        self.painter.setPen(QPen(QColor(self.colours.text), 1.0, Qt.PenStyle.DashLine))
        self.painter.drawLine(QPointF(x, self.scale.axis_px - 4), QPointF(x, self.scale.height))

    def _paint_heading(self, timeline: Timeline) -> None:
        top = self.scale.lane_top(len(timeline.facts)) - self.scale.lane_px
        box = QRectF(0, top, self.scale.right, self.scale.lane_px)
        font = self.painter.font()
        bold = self.painter.font()
        bold.setBold(True)
        self.painter.setFont(bold)
        self.painter.setPen(QColor(self.colours.text))
        self.painter.drawText(
            box,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            translate("TimelinePainter", "Her milk"),
        )
        self.painter.setFont(font)

    def _paint_label(self, lane: int, label: str) -> None:
        top = self.scale.lane_top(lane)
        box = QRectF(0, top, self.scale.left - 8, self.scale.lane_px)
        text = QFontMetricsF(self.painter.font()).elidedText(label, Qt.TextElideMode.ElideRight, box.width())
        self.painter.setPen(QColor(self.colours.quiet))
        self.painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_bar(self, bar: Bar, box: QRectF, lane: int) -> None:
        ground, edge = self._look(bar.kind)
        self.painter.setPen(QPen(QColor(edge), 1.0))
        self.painter.setBrush(QColor(ground))
        self.painter.drawRoundedRect(box, _ROUND_PX, _ROUND_PX)
        if bar.kind is BarKind.UNCLEAR:
            self._hatch(box, edge)
        for piece in bar.pieces:
            self._paint_piece(piece, lane)
        if not bar.pieces:
            self._inside(box, bar.label, edge)

    def _paint_piece(self, piece: Piece, lane: int) -> None:
        box = self.scale.bar_box(lane, piece.start, piece.end)
        ground, edge = self._verdict_look(piece.kind)
        self.painter.setPen(QPen(QColor(edge), 1.0))
        self.painter.setBrush(QColor(ground))
        self.painter.drawRect(box)
        if piece.kind in (VerdictKind.NOT_A_FIT, VerdictKind.REFER):
            self._hatch(box, edge)
        self._inside(box, _SIGNS[piece.kind], edge)

    def _hatch(self, box: QRectF, colour: str) -> None:
        faint = QColor(colour)
        faint.setAlphaF(0.35)
        self.painter.fillRect(box, QBrush(faint, Qt.BrushStyle.BDiagPattern))

    def _inside(self, box: QRectF, text: str, colour: str) -> None:
        inner = box.adjusted(5, 0, -5, 0)
        metrics = QFontMetricsF(self.painter.font())
        if inner.width() < metrics.averageCharWidth():
            return
        self.painter.setPen(QColor(colour))
        self.painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()),
        )

    def _paint_ring(self, box: QRectF, *, has_focus: bool) -> None:
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.SolidLine if has_focus else Qt.PenStyle.DotLine
        self.painter.setPen(QPen(QColor(self.colours.focus), 2.0, style))
        self.painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), _ROUND_PX + 1, _ROUND_PX + 1)

    def _line(self, x: float, colour: str) -> None:
        self.painter.setPen(QPen(QColor(colour), 1.0))
        self.painter.drawLine(QPointF(x, 0), QPointF(x, self.scale.height))

    def _text(self, at: QPointF, text: str, colour: str) -> None:
        self.painter.setPen(QColor(colour))
        self.painter.drawText(at, text)

    def _look(self, kind: BarKind) -> tuple[str, str]:
        """Return ground and edge of a bar."""
        c = self.colours
        return {
            BarKind.FACT: (c.selection, c.donor),
            BarKind.NO: (c.surface, c.border),
            BarKind.UNCLEAR: (c.ask_ground, c.ask),
            BarKind.LOT: (c.surface, c.border),
        }[kind]

    def _verdict_look(self, kind: VerdictKind) -> tuple[str, str]:
        c = self.colours
        return {
            VerdictKind.NO_OBJECTION: (c.done_ground, c.done),
            VerdictKind.NO_OBJECTION_IF: (c.done_ground, c.done),
            VerdictKind.ASK: (c.ask_ground, c.ask),
            VerdictKind.NOT_A_FIT: (c.problem_ground, c.problem),
            VerdictKind.REFER: (c.problem_ground, c.problem),
        }[kind]


def _firsts_of_months(first: date, last: date) -> list[date]:
    days = []
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day < last:
        days.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return days
