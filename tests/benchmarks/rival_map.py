"""The map somebody would build from Qt's own parts: a QGraphicsView with an item for each pin.

It is given every help: the land is the pieces our own map has clipped and projected, no more of it than our
map keeps around its window; pins of one kind share a pixmap, drawn by our painter; Qt chooses what to paint
anew, and moves by its scroll bars, so that the picture can be shoved along.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsScene,
    QGraphicsView,
)

from coordinator.domain.maps.base import compose_base
from coordinator.domain.maps.drawing import SHAPES, Basemap, Pin, Polygon, Polyline, Role, Symbol
from coordinator.domain.maps.pins import PIN_PX
from coordinator.domain.maps.view import View
from ui import theme
from ui.widgets.maps import map_painter

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_MARGIN, _EDGE_PX = 1.7, 48.0
_CODE = 0


class ItemMap(QGraphicsView):
    """*pins* over the land of *basemap*, fitted into a picture of this size."""

    def __init__(self, basemap: Basemap, pins: Sequence[Pin], width: int, height: int) -> None:
        self._items = QGraphicsScene()
        super().__init__(self._items)
        self._colours = map_painter.colours_of(theme.tokens())
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setBackgroundBrush(self._colours.of(Role.SEA))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.resize(width, height)
        view = View.fit([pin.position for pin in pins], width, height, margin=_EDGE_PX)
        wide = view.resized(width * _MARGIN, height * _MARGIN)
        self.setSceneRect(0, 0, wide.width, wide.height)
        self._lay_land(wide, basemap)
        self._lay_pins(wide, pins)
        self.centerOn(wide.width / 2, wide.height / 2)

    def pull(self, dx: int) -> None:
        """Move the picture to the right."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - dx)

    def code_at(self, x: int, y: int) -> str:
        """Return the code of the pin at a point; empty for none."""
        item = self.itemAt(x, y)
        return str(item.data(_CODE) or "") if item else ""

    def _lay_land(self, view: View, basemap: Basemap) -> None:
        for piece in compose_base(view, basemap):
            if isinstance(piece, Polygon):
                for part in piece.parts:
                    area = QGraphicsPolygonItem(_polygon(part))
                    area.setPen(Qt.PenStyle.NoPen)
                    area.setBrush(self._colours.of(piece.role))
                    self._items.addItem(area)
            elif isinstance(piece, Polyline):
                self._items.addItem(self._line(piece))

    def _line(self, line: Polyline) -> QGraphicsItem:
        item = QGraphicsPathItem(_path(line.points))
        pen = QPen(self._colours.of(line.role), line.width_px)
        pen.setCosmetic(True)
        item.setPen(pen)
        return item

    def _lay_pins(self, view: View, pins: Sequence[Pin]) -> None:
        pictures = {role: self._picture(role) for role in {pin.role for pin in pins}}
        half = next(iter(pictures.values())).width() / 2
        for pin, (x, y) in zip(pins, view.project([pin.position for pin in pins]).tolist(), strict=True):
            item = QGraphicsPixmapItem(pictures[pin.role])
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
            item.setOffset(-half, -half)
            item.setPos(x, y)
            item.setData(_CODE, pin.code)
            self._items.addItem(item)

    def _picture(self, role: Role) -> QPixmap:
        side = round(PIN_PX + 10)
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        map_painter.paint(painter, [Symbol(side / 2, side / 2, SHAPES[role], role, PIN_PX)], self._colours)
        painter.end()
        return picture


def _polygon(points: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF(list(starmap(QPointF, points.tolist())))


def _path(points: NDArray[np.float64]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(_polygon(points))
    return path
