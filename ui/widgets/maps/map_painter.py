"""Paints the map's primitives with QPainter."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from shiboken6 import getCppPointer, wrapInstance

from coordinator.domain.maps.drawing import (
    Anchor,
    Plate,
    Polygon,
    Polyline,
    Primitive,
    Role,
    ScaleBar,
    Shape,
    Symbol,
    Symbols,
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
    Role.SEA: "#CBDFEB",
    Role.LAND: "#F6F3EC",
    Role.LAKE: "#CBDFEB",
    Role.RIVER: "#A9C9DC",
    Role.COAST: "#86A9BF",
    Role.BORDER: "#AAA090",
    Role.COUNTY: "#DED7CB",
}
_DARK_GROUND = {
    Role.SEA: "#1B2733",
    Role.LAND: "#2C2F31",
    Role.LAKE: "#1B2733",
    Role.RIVER: "#33495B",
    Role.COAST: "#4C667B",
    Role.BORDER: "#7A746B",
    Role.COUNTY: "#414447",
}


def colours_of(tokens: theme.Tokens) -> MapColours:
    """Return the map's colours that go with the window's."""
    ground = _DARK_GROUND if tokens.is_dark else _LIGHT_GROUND
    ink = dict.fromkeys((Role.MATCH, Role.RING, Role.SCALE), tokens.text)
    quiet = dict.fromkeys((Role.TOWN, Role.ATTRIBUTION), tokens.quiet) | {Role.OTHER_MATCH: tokens.border}
    roles = {
        Role.DONOR: tokens.donor,
        Role.RECIPIENT: tokens.recipient,
        Role.DRIVER: tokens.driver,
        Role.STOP: tokens.driver,
        Role.ROUTE: tokens.driver,
        Role.PLATE: tokens.surface,
        Role.CERTAIN: tokens.done,
        Role.HOPED: tokens.ask,
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
    if len(area.parts) == 1:  # one ring at a time is twenty times faster than a path of them all
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.of(area.role))
        painter.drawPolygon(_polygon_f(area.parts[0]), Qt.FillRule.OddEvenFill)
        return
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for part in area.parts:
        path.addPolygon(_polygon_f(part))
        path.closeSubpath()
    painter.fillPath(path, colours.of(area.role))


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
    ratio = painter.device().devicePixelRatioF() * painter.transform().m11()
    look = (symbol.shape, symbol.size_px, symbol.emphasised)
    stamp = _stamp(*look, colours.by_role[symbol.role], colours.halo, colours.ink, ratio)
    half = stamp.deviceIndependentSize().width() / 2
    painter.drawImage(QPointF(symbol.x - half, symbol.y - half), stamp)
    if symbol.number:
        half = symbol.size_px / 2
        painter.setFont(_font(symbol.size_px * _DIGITS[min(len(symbol.number), 4)], bold=True))
        painter.setPen(QColor(colours.halo))
        box = QRectF(symbol.x - half, symbol.y - half, 2 * half, 2 * half)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, symbol.number)


_DIGITS = {1: 0.62, 2: 0.54, 3: 0.44, 4: 0.36}
"""Height of a number's font, as a part of its mark, by how many digits it has."""


def _paint_symbols(painter: QPainter, symbols: Symbols, colours: MapColours) -> None:
    """Paint them in one call, however many there are."""
    count = len(symbols.points)
    if not count:
        return
    ratio = painter.device().devicePixelRatioF() * painter.transform().m11()
    look = (symbols.shape, symbols.size_px, symbols.emphasised)
    stamp = QPixmap.fromImage(_stamp(*look, colours.by_role[symbols.role], colours.halo, colours.ink, ratio))
    side = stamp.width()
    # x, y, left, top, width, height, scale across, scale down, turn, opacity: QPainter::PixmapFragment.
    fragments = np.empty((count, 10), dtype=np.float64)
    fragments[:, :2] = symbols.points
    fragments[:, 2:] = (0.0, 0.0, side, side, 1.0, 1.0, 0.0, 1.0)
    block = wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    first = cast("QPainter.PixmapFragment", block)
    painter.drawPixmapFragments(first, count, stamp, QPainter.PixmapFragmentHint(0))


def _paint_plate(painter: QPainter, plate: Plate, colours: MapColours) -> None:
    ground = colours.of(plate.role)
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(plate.left, plate.top, plate.width, plate.height), 4, 4)


@lru_cache(maxsize=64)
def _stamp(
    shape: Shape, size_px: float, emphasised: bool, fill: str, halo: str, ink: str, ratio: float
) -> QImage:
    """Return the symbol's picture, drawn once: thousands of pins share a few.

    An image, not a pixmap: that must not outlive the application.
    """
    side = round((size_px + 10) * ratio)
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle, half = side / ratio / 2, size_px / 2
    box = QRectF(middle - half, middle - half, size_px, size_px)
    if emphasised:
        _outline(painter, shape, box.adjusted(-2.5, -2.5, 2.5, 2.5), ink, Qt.PenStyle.NoPen)
    edge = Qt.PenStyle.NoPen if shape is Shape.DOT else Qt.PenStyle.SolidLine
    _outline(painter, shape, box, fill, edge, halo)
    painter.end()
    return picture


def _outline(
    painter: QPainter, shape: Shape, box: QRectF, fill: str, edge: Qt.PenStyle, edge_colour: str = ""
) -> None:
    painter.setPen(QPen(QColor(edge_colour or fill), 1.5, edge))
    painter.setBrush(QColor(fill))
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
    Symbols: _paint_symbols,
    Plate: _paint_plate,
    ScaleBar: _paint_scale,
}
