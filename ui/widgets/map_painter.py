"""Paints the map's primitives with QPainter."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from shiboken6 import getCppPointer

from coordinator.domain.maps import (
    Anchor,
    Polygon,
    Polyline,
    Primitive,
    Role,
    ScaleBar,
    Shape,
    Symbol,
    Text,
)
from ui import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class MapColours:
    """A colour for every role, and the one around letters and pins."""

    by_role: dict[Role, str]
    halo: str
    ink: str

    def of(self, role: Role) -> QColor:
        """Return the colour of *role*."""
        return QColor(self.by_role[role])


_LIGHT_GROUND = {
    Role.SEA: "#DBE7EE",
    Role.LAND: "#F6F3EC",
    Role.LAKE: "#DBE7EE",
    Role.COAST: "#7F9DB0",
    Role.BORDER: "#A79F92",
    Role.COUNTY: "#DDD6CA",
}
_DARK_GROUND = {
    Role.SEA: "#1B2733",
    Role.LAND: "#2C2F31",
    Role.LAKE: "#1B2733",
    Role.COAST: "#557086",
    Role.BORDER: "#7A746B",
    Role.COUNTY: "#414447",
}


def colours_of(tokens: theme.Tokens) -> MapColours:
    """Return the map's colours that go with the window's."""
    ground = _DARK_GROUND if tokens == theme.DARK else _LIGHT_GROUND
    ink = dict.fromkeys((Role.MATCH, Role.RING, Role.SCALE), tokens.text)
    quiet = dict.fromkeys((Role.TOWN, Role.ATTRIBUTION), tokens.quiet)
    roles = {
        Role.DONOR: tokens.donor,
        Role.RECIPIENT: tokens.recipient,
        Role.DRIVER: tokens.driver,
        Role.STOP: tokens.driver,
        Role.ROUTE: tokens.driver,
    }
    return MapColours(ground | ink | quiet | roles, halo=ground[Role.LAND], ink=tokens.text)


def paint(painter: QPainter, primitives: Iterable[Primitive], colours: MapColours) -> None:
    """Paint *primitives* in order; the caller has filled the sea and set the transform."""
    for item in primitives:
        _PAINTERS[type(item)](painter, item, colours)


@lru_cache(maxsize=4096)
def text_width(text: str, size_px: float) -> float:
    """Return the width of *text* in the map's font."""
    return float(QFontMetricsF(_font(size_px, bold=False)).horizontalAdvance(text))


@lru_cache(maxsize=32)
def _font(size_px: float, *, bold: bool) -> QFont:
    font = QFont()
    font.setPixelSize(round(size_px))
    font.setBold(bold)
    return font


def _polygon_f(points: NDArray[np.float64]) -> QPolygonF:
    """Return *points* as Qt's polygon, copied in one block (a list of QPointF takes 90 times longer)."""
    polygon = QPolygonF()
    polygon.resize(len(points))
    block = np.ascontiguousarray(points, dtype=np.float64)
    address = getCppPointer(polygon.data())[0]
    ctypes.memmove(address, block.ctypes.data, block.nbytes)
    return polygon


def _paint_polygon(painter: QPainter, area: Polygon, colours: MapColours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.of(area.role))
    for part in area.parts:
        painter.drawPolygon(_polygon_f(part), Qt.FillRule.OddEvenFill)


def _paint_polyline(painter: QPainter, line: Polyline, colours: MapColours) -> None:
    style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colours.of(line.role), line.width_px, style))
    painter.drawPolyline(_polygon_f(line.points))


def _paint_text(painter: QPainter, text: Text, colours: MapColours) -> None:
    font = _font(text.size_px, bold=text.bold)
    width = QFontMetricsF(font).horizontalAdvance(text.text)
    left = text.x - width * {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[text.anchor]
    painter.setFont(font)
    if text.halo:
        painter.setPen(QColor(colours.halo))
        for dx, dy in _AROUND:
            painter.drawText(QPointF(left + dx, text.y + dy), text.text)
    painter.setPen(colours.of(text.role))
    painter.drawText(QPointF(left, text.y), text.text)


_AROUND = ((-1.5, 0), (1.5, 0), (0, -1.5), (0, 1.5), (-1, -1), (1, -1), (-1, 1), (1, 1))


def _paint_symbol(painter: QPainter, symbol: Symbol, colours: MapColours) -> None:
    half = symbol.size_px / 2
    box = QRectF(symbol.x - half, symbol.y - half, 2 * half, 2 * half)
    if symbol.emphasised:
        _outline(
            painter, symbol.shape, box.adjusted(-2.5, -2.5, 2.5, 2.5), QColor(colours.ink), Qt.PenStyle.NoPen
        )
    edge = Qt.PenStyle.NoPen if symbol.shape is Shape.DOT else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(colours.halo), 1.5, edge))
    _outline(painter, symbol.shape, box, colours.of(symbol.role), edge, QColor(colours.halo))
    if symbol.number:
        painter.setFont(_font(symbol.size_px * 0.62, bold=True))
        painter.setPen(QColor(colours.halo))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, symbol.number)


def _outline(
    painter: QPainter,
    shape: Shape,
    box: QRectF,
    fill: QColor,
    edge: Qt.PenStyle,
    edge_colour: QColor | None = None,
) -> None:
    painter.setPen(QPen(edge_colour or fill, 1.5, edge))
    painter.setBrush(fill)
    if shape is Shape.SQUARE:
        painter.drawRect(box)
    elif shape is Shape.TRIANGLE:
        painter.drawPolygon(
            QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
        )
    else:
        painter.drawEllipse(box)


def _paint_scale(painter: QPainter, bar: ScaleBar, colours: MapColours) -> None:
    painter.setPen(QPen(colours.of(bar.role), 1.5))
    ends = (
        (bar.x, bar.y - 5),
        (bar.x, bar.y),
        (bar.x + bar.length_px, bar.y),
        (bar.x + bar.length_px, bar.y - 5),
    )
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in ends]))
    _paint_text(painter, Text(bar.x + 3, bar.y - 6, bar.text, bar.role), colours)


_PAINTERS: dict[type, Callable[[QPainter, Any, MapColours], None]] = {
    Polygon: _paint_polygon,
    Polyline: _paint_polyline,
    Text: _paint_text,
    Symbol: _paint_symbol,
    ScaleBar: _paint_scale,
}
