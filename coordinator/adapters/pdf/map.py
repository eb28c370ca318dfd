"""Paints the map's drawing primitives on paper: vectors, greys only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.adapters.pdf import fonts
from coordinator.adapters.pdf.blocks import Block
from coordinator.adapters.pdf.text import draw_text
from coordinator.domain.maps.drawing import (
    Anchor,
    Layers,
    Plate,
    Polygon,
    Polyline,
    Primitive,
    Role,
    Route,
    ScaleBar,
    Shape,
    Symbol,
    Symbols,
    Text,
)
from coordinator.domain.maps.frame import FOOT_PX
from coordinator.domain.maps.scene import compose
from coordinator.domain.maps.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

    from coordinator.domain.paper.sheets import PickupSheet

LOWEST, TALLEST = 115.0, 240.0
"""Points; lower, the numbers stand on each other."""
BELOW = 4.0
CLOSEST_MILES_PER_POINT = 0.05
EDGE = 16.0
"""Points kept free around the stops, besides the foot with scale and origin of the data."""

GREY = {
    Role.SEA: 0.88,
    Role.LAND: 1.0,
    Role.LAKE: 0.88,
    Role.RIVER: 0.78,
    Role.COAST: 0.55,
    Role.BORDER: 0.5,
    Role.COUNTY: 0.85,
    Role.TOWN: 0.35,
    Role.RING: 0.55,
    Role.OTHER_MATCH: 0.6,
    Role.ATTRIBUTION: 0.4,
}
"""Everything not named here is black: it is about the run."""


def route_block(sheet: PickupSheet, width: float, height: float) -> Block | None:
    """Return the strip with the run's route and its numbered stops; None when fewer than two are placed.

    *height* is what the page has to spare; the strip takes what it can use of it.
    """
    placed = [(stop.position, str(stop.number)) for stop in sheet.stops if stop.position is not None]
    if len({(place.latitude_deg, place.longitude_deg) for place, _ in placed}) < 2:
        return None
    route = Route(tuple(place for place, _ in placed), tuple(number for _, number in placed))
    height = min(max(height - BELOW, LOWEST), TALLEST)
    above_foot = _oriented(View.fit(route.stops, width, height - FOOT_PX, EDGE))
    view = above_foot.resized(width, height).panned(0, -FOOT_PX / 2)
    scene = compose(view, load_basemap(), Layers(route=route), sheet.distance_unit, fonts.width)
    block = Block(width)

    def paint(canvas: Canvas, left: float, top: float) -> None:
        paint_scene(canvas, scene, left, top, width, height)

    block.mark(paint)
    block.space(height + BELOW)
    return block


def _oriented(view: View) -> View:
    """Return *view* far enough away that a few town names show where it is."""
    return view.zoomed(
        min(view.miles_per_pixel() / CLOSEST_MILES_PER_POINT, 1), view.width / 2, view.height / 2
    )


def paint_scene(
    canvas: Canvas, scene: Iterable[Primitive], left: float, top: float, width: float, height: float
) -> None:
    """Paint *scene* into the rectangle whose upper left corner is (left, top); one pixel is one point."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(left, top - height, width, height)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setFillGray(GREY[Role.SEA])
    canvas.rect(left, top - height, width, height, stroke=0, fill=1)
    canvas.translate(left, top)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    for primitive in scene:
        _paint(canvas, primitive)
    canvas.restoreState()
    canvas.setStrokeGray(0.3)
    canvas.setLineWidth(0.6)
    canvas.rect(left, top - height, width, height, stroke=1, fill=0)


def _paint(canvas: Canvas, primitive: Primitive) -> None:
    match primitive:
        case Polygon():
            _paint_polygon(canvas, primitive)
        case Polyline():
            _paint_polyline(canvas, primitive)
        case Text():
            _paint_text(canvas, primitive)
        case Symbol():
            _paint_symbol(canvas, primitive)
        case Symbols():
            for symbol in primitive.each():
                _paint_symbol(canvas, symbol)
        case Plate():
            _paint_plate(canvas, primitive)
        case ScaleBar():
            _paint_scale(canvas, primitive)


def _paint_plate(canvas: Canvas, plate: Plate) -> None:
    canvas.setFillGray(1)
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.5)
    canvas.rect(plate.left, -plate.top - plate.height, plate.width, plate.height, stroke=1, fill=1)


def _trace(path: PDFPathObject, points: NDArray[np.float64]) -> None:
    # A tenth of a point is finer than any printer, and half the bytes of what a float would print.
    for index, (x, y) in enumerate(points.round(1).tolist()):
        if index:
            path.lineTo(x, -y)
        else:
            path.moveTo(x, -y)


def _paint_polygon(canvas: Canvas, polygon: Polygon) -> None:
    path = canvas.beginPath()
    for part in polygon.parts:
        _trace(path, part)
        path.close()
    canvas.setFillGray(GREY.get(polygon.role, 0))
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def _paint_polyline(canvas: Canvas, line: Polyline) -> None:
    canvas.setStrokeGray(GREY.get(line.role, 0))
    canvas.setLineWidth(line.width_px * (0.8 if line.role is Role.ROUTE else 0.5))
    canvas.setDash([3, 2] if line.dashed else [])
    path = canvas.beginPath()
    _trace(path, line.points)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([])


def _paint_text(canvas: Canvas, text: Text) -> None:
    wide = fonts.width(text.text, text.size_px, bold=text.bold)
    start = text.x - wide * {Anchor.START: 0, Anchor.MIDDLE: 0.5, Anchor.END: 1}[text.anchor]
    if text.halo:
        canvas.setStrokeGray(1)
        canvas.setLineWidth(2.2)
        draw_text(canvas, start, -text.y, text.text, text.size_px, bold=text.bold, outline=True)
    canvas.setFillGray(GREY.get(text.role, 0))
    draw_text(canvas, start, -text.y, text.text, text.size_px, bold=text.bold)


def _paint_symbol(canvas: Canvas, symbol: Symbol) -> None:
    """Paint a mark in white with a black edge and its number in black; a dot is small and filled."""
    half = symbol.size_px / 2
    x, y = symbol.x, -symbol.y
    dot = symbol.shape is Shape.DOT
    canvas.setFillGray(GREY.get(symbol.role, 0) if dot else 1)
    canvas.setStrokeGray(GREY.get(symbol.role, 0))
    canvas.setLineWidth(2.2 if symbol.emphasised else 1.3)
    if symbol.shape is Shape.SQUARE:
        canvas.rect(x - half, y - half, 2 * half, 2 * half, stroke=1, fill=1)
    elif symbol.shape is Shape.TRIANGLE:
        path = canvas.beginPath()
        path.moveTo(x, y + half)
        path.lineTo(x + half, y - half)
        path.lineTo(x - half, y - half)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
    else:
        canvas.circle(x, y, half, stroke=0 if dot else 1, fill=1)
    if symbol.number:
        size = symbol.size_px * (0.62 if len(symbol.number) < 2 else 0.52)
        canvas.setFillGray(0)
        start = x - fonts.width(symbol.number, size, bold=True) / 2
        draw_text(canvas, start, y - size * 0.357, symbol.number, size, bold=True)


def _paint_scale(canvas: Canvas, bar: ScaleBar) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.9)
    canvas.lines(
        [
            (bar.x, -bar.y, bar.x + bar.length_px, -bar.y),
            (bar.x, -bar.y, bar.x, -bar.y + 4),
            (bar.x + bar.length_px, -bar.y, bar.x + bar.length_px, -bar.y + 4),
        ]
    )
    canvas.setFillGray(0)
    draw_text(canvas, bar.x + 3, -bar.y + 3, bar.text, 8)
