"""Where the days and the lanes of a timeline are, in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QFontMetricsF

from coordinator.domain.suitability.timeline import Timeline

_GAP_PX = 6.0
_LONGEST_LABEL = 0.34
"""Of the width, for the words at the left of the lanes."""


@dataclass(frozen=True)
class TimelineScale:
    """Days run from ``left`` to ``right``; a lane is ``lane_px`` high, the axis ``axis_px``."""

    first: date
    days: int
    left: float
    right: float
    line_px: float
    facts: int
    lots: int

    @classmethod
    def of(cls, timeline: Timeline | None, width: int, metrics: QFontMetrics) -> TimelineScale:
        """Return the scale of *timeline* on so many pixels; of nothing, one day."""
        if timeline is None:
            return cls(date.min, 1, 0.0, float(width), float(metrics.height()), 0, 0)
        labels = [QFontMetricsF(metrics).horizontalAdvance(lane.label) for lane in timeline.lanes]
        left = min(max(labels, default=0.0) + 12, width * _LONGEST_LABEL)
        days = max((timeline.last - timeline.first).days, 1)
        return cls(
            timeline.first,
            days,
            left,
            max(width - 4.0, left + 40.0),
            float(metrics.height()),
            len(timeline.facts),
            len(timeline.lots),
        )

    @property
    def lane_px(self) -> float:
        """Height of a lane with its gap."""
        return self.line_px + _GAP_PX + 4

    @property
    def axis_px(self) -> float:
        """Height of the months' names."""
        return self.line_px + 8

    @property
    def height(self) -> float:
        """Height of it all; between facts and lots stands a heading."""
        heading = self.lane_px if self.lots else 0.0
        return self.axis_px + (self.facts + self.lots) * self.lane_px + heading + _GAP_PX

    def x_of(self, day: date) -> float:
        """Return where *day* begins."""
        return self.left + (self.right - self.left) * (day - self.first).days / self.days

    def day_at(self, x: float) -> date:
        """Return the day whose beginning is nearest to *x*, kept on the timeline."""
        part = (x - self.left) / (self.right - self.left)
        return self.first + timedelta(days=min(max(round(part * self.days), 0), self.days))

    def lane_top(self, lane: int) -> float:
        """Return the upper edge of a lane, counted over facts and lots."""
        heading = self.lane_px if lane >= self.facts else 0.0
        return self.axis_px + lane * self.lane_px + heading

    def bar_box(self, lane: int, start: date | None, end: date | None) -> QRectF:
        """Return the box of days [start, end) on a lane, open ends at the edges; two pixels wide at least."""
        left = self.left if start is None else max(self.x_of(start), self.left)
        right = self.right if end is None else min(self.x_of(end), self.right)
        top = self.lane_top(lane) + _GAP_PX / 2
        return QRectF(left, top, max(right - left, 2.0), self.lane_px - _GAP_PX)
