"""Paints tiles under one map's pins and lines, and knows which of the map's own words they replace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Signal
from PySide6.QtGui import QPainter

from coordinator.domain.maps.tiles import (
    Tile,
    TileLimits,
    pixels_of,
    tiles_in,
    towns_beside,
    without_towns,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from coordinator.domain.maps.drawing import Basemap
    from coordinator.domain.maps.view import View
    from ui.widgets.maps.tile_store import TileStore

_FARTHEST_STAND_IN = 5
"""A tile five zooms out, enlarged 32 times, is still a colour; beyond that the land says more."""


class TileLayer(QObject):
    """The tiles of one map; without a *store*, or one without a source, it paints nothing.

    ``changed`` asks the map to compose its words anew and to paint; it also comes while tiles are painted,
    so that the words painted next are already the right ones.
    """

    changed = Signal()

    def __init__(self, store: TileStore | None, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._store = store
        self._drawn: frozenset[Tile] = frozenset()
        self._covers = False
        self._named: tuple[Basemap, frozenset[Tile], Basemap] | None = None
        if store is not None:
            store.changed.connect(self.changed)
            canvas.installEventFilter(self)

    @property
    def drawn(self) -> frozenset[Tile]:
        """The tiles that were painted, themselves or through a stand-in."""
        return self._drawn

    @property
    def covers(self) -> bool:
        """Whether the tiles hide all of the land."""
        return self._covers

    def paint(self, painter: QPainter, view: View, ratio: float) -> None:
        """Paint the tiles of *view* that are at hand and ask for the others; call it over the land."""
        store = self._store
        limits = store.limits if store is not None else None
        drawn: list[Tile] = []
        tiles: list[Tile] = []
        if store is not None and limits is not None:
            tiles = tiles_in(view, ratio, limits)
            store.want(self, tiles)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            drawn = [tile for tile in tiles if self._paint_tile(painter, tile, view, ratio)]
            painter.restore()
        self._note(frozenset(drawn), covers=bool(tiles) and len(drawn) == len(tiles) and _fills(view, limits))

    def named(self, basemap: Basemap) -> Basemap:
        """Return *basemap* with the words that are to be read: no town a tile names, and whose map it is."""
        if not self._drawn or self._store is None or self._store.source is None:
            return basemap
        if self._named is None or self._named[0] is not basemap or self._named[1] != self._drawn:
            credit = self._store.source.attribution
            if not self._covers:
                credit = f"{credit} · {basemap.attribution}"
            beside = without_towns(basemap) if self._covers else towns_beside(basemap, sorted(self._drawn))
            found = replace(beside, attribution=credit)
            self._named = (basemap, self._drawn, found)
        return self._named[2]

    def _paint_tile(self, painter: QPainter, tile: Tile, view: View, ratio: float) -> bool:
        found = self._nearest(tile)
        if found is None:
            return False
        picture, part = found
        left, top, right, bottom = pixels_of(tile, view, ratio)
        painter.drawImage(QRectF(left, top, right - left, bottom - top), picture, part)
        return True

    def _nearest(self, tile: Tile) -> tuple[QImage, QRectF] | None:
        """Return the picture of *tile* or the nearest around it, and which part of that shows the tile."""
        if self._store is None:
            return None
        for levels in range(min(_FARTHEST_STAND_IN, tile.zoom) + 1):
            around = tile.ancestor(levels)
            picture = self._store.picture(around)
            if picture is not None:
                left, top, right, bottom = tile.part_of(around)
                width, height = picture.width(), picture.height()
                return picture, QRectF(
                    left * width, top * height, (right - left) * width, (bottom - top) * height
                )
        return None

    def _note(self, drawn: frozenset[Tile], *, covers: bool) -> None:
        """Keep what was painted; where it is other tiles than before, the map's words follow."""
        if (drawn, covers) != (self._drawn, self._covers):
            self._drawn, self._covers, self._named = drawn, covers, None
            self.changed.emit()

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Want nothing for a map that is not seen."""
        if event.type() == QEvent.Type.Hide and self._store is not None:
            self._store.want(self, ())
        return super().eventFilter(watched, event)


def _fills(view: View, limits: TileLimits | None) -> bool:
    """Tell whether *view* lies within *limits*."""
    if limits is None:
        return False
    left, top, right, bottom = view.bounds()
    box = limits.box
    return box[0] <= left and box[1] <= top and right <= box[2] and bottom <= box[3]
