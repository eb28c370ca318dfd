"""The pictures the map keeps while it is pulled or zoomed, larger than the view to redraw nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from coordinator.domain.maps.base import compose_base
from coordinator.domain.maps.drawing import Basemap, Primitive, Role
from coordinator.domain.maps.view import View
from ui import theme
from ui.widgets.maps import map_painter
from ui.widgets.maps.map_tiles import TileLayer

_MARGIN = 0.35
"""How much more than the view a picture shows on each side."""


class MapPictures:
    """Keeps the land under the map and, while it is pulled or zoomed, everything that moves with it.

    Zoomed, both are stretched until the map comes to rest: drawing the land takes longer than a turn of the
    wheel.

    ``ratio`` is always device pixels for one pixel of the view.
    """

    def __init__(self, basemap: Basemap, tiles: TileLayer) -> None:
        self._basemap = basemap
        self._tiles = tiles
        self._land: tuple[View, QPixmap] | None = None
        self._pulled: tuple[View, QPixmap] | None = None

    @property
    def is_pulled(self) -> bool:
        """Whether what moves is kept as a picture."""
        return self._pulled is not None

    def reaches(self, view: View) -> bool:
        """Tell whether what moves was kept for all that *view* shows."""
        if self._pulled is None:
            return False
        return self._pulled[0].scale != view.scale or _covers(self._pulled[0], view)

    def forget_land(self) -> None:
        """Draw the land anew when it is next needed: the colours have changed."""
        self._land = None

    def come_to_rest(self) -> None:
        """Let go of what moved."""
        self._pulled = None

    def pull(self, view: View, over: Iterable[Primitive], ratio: float) -> None:
        """Keep *over*, which was composed for *view* and reaches over its edges."""
        wide = with_margin(view)
        picture = _picture(wide, Qt.GlobalColor.transparent, (), ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-offset_of(wide, view))
        map_painter.paint(painter, over, map_painter.colours_of(theme.tokens()))
        painter.end()
        self._pulled = (wide, picture)

    def paint(self, painter: QPainter, view: View, ratio: float) -> None:
        """Paint the land and what is pulled where *view* shows them."""
        if self._land is None or self._is_outdated(self._land[0], view):
            wide = with_margin(view)
            sea = map_painter.colours_of(theme.tokens()).of(Role.SEA)
            self._land = (wide, _picture(wide, sea, compose_base(wide, self._basemap), ratio))
        if self._land[0].scale != view.scale:
            sea = map_painter.colours_of(theme.tokens()).of(Role.SEA)
            painter.fillRect(QRectF(0, 0, view.width, view.height), sea)
        _paint_kept(painter, *self._land, view)
        self._tiles.paint(painter, view, ratio)
        if self._pulled is not None:
            _paint_kept(painter, *self._pulled, view)

    def _is_outdated(self, kept: View, view: View) -> bool:
        if self.is_pulled and kept.scale != view.scale:
            return False
        return not _covers(kept, view)


def _paint_kept(painter: QPainter, kept: View, picture: QPixmap, view: View) -> None:
    """Paint *picture* of *kept* where *view* shows it, stretched if that looks from closer or farther."""
    if kept.scale == view.scale:
        painter.drawPixmap(offset_of(kept, view), picture)
        return
    stretch = view.scale / kept.scale
    seen = replace(kept, scale=view.scale, width=kept.width * stretch, height=kept.height * stretch)
    corner = offset_of(seen, view)
    target = QRectF(corner.x(), corner.y(), seen.width, seen.height)
    painter.drawPixmap(target, picture, QRectF(picture.rect()))


def with_margin(view: View) -> View:
    """Return the larger view that the pictures of *view* show."""
    wider = 1 + 2 * _MARGIN
    return view.resized(round(view.width * wider), round(view.height * wider))


def _picture(
    view: View, ground: QColor | Qt.GlobalColor, primitives: Iterable[Primitive], ratio: float
) -> QPixmap:
    """Return *primitives* of *view* painted on *ground*."""
    pixmap = QPixmap(QSize(round(view.width * ratio), round(view.height * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(ground)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    map_painter.paint(painter, primitives, map_painter.colours_of(theme.tokens()))
    painter.end()
    return pixmap


def offset_of(kept: View, view: View) -> QPointF:
    """Return where the top left corner of *kept* lies on *view*, which has the same scale."""
    x = (kept.centre_x - view.centre_x) * view.scale + (view.width - kept.width) / 2
    y = (kept.centre_y - view.centre_y) * view.scale + (view.height - kept.height) / 2
    return QPointF(x, y)


def _covers(kept: View, view: View) -> bool:
    outer, inner = kept.bounds(), view.bounds()
    inside = outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
    return kept.scale == view.scale and inside
