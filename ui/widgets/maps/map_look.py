"""What a map shows and how it is painted: view, layers, kept pictures; the widget around it has the hands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QFontInfo, QPainter

from coordinator.domain.maps.drawing import Basemap, Layers, Primitive
from coordinator.domain.maps.lines import line_at
from coordinator.domain.maps.pins import Cluster, PlacedPins, placed_pins
from coordinator.domain.maps.scene import compose_frame, compose_overlay
from coordinator.domain.maps.view import CLOSEST_FIT_SCALE, View
from coordinator.domain.places.positions import DistanceUnit, Position, Precision
from ui import theme
from ui.widgets.maps import map_painter
from ui.widgets.maps.map_pictures import MapPictures, offset_of, with_margin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.widgets.maps.map_tiles import TileLayer

_RESTS_AFTER_MS = 90
"""Pulled, pins and names move as one picture; after this long at rest the names find their places anew."""
_DESIGNED_FONT_PX = 13.0
_MARGIN_PX = 48.0
_NEAR_PX = 6.0
"""So far beside a line a click still means it."""


class MapLook(QObject):
    """The picture of one map; ``changed`` asks its widget to paint.

    Sizes and points of the widget are logical pixels; those of the view grow with the fonts (``factor``).
    """

    changed = Signal()

    def __init__(self, basemap: Basemap, tiles: TileLayer, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._basemap = basemap
        self.tiles = tiles
        self._pictures = MapPictures(basemap, tiles)
        self._unit = DistanceUnit.MI
        self._placed: PlacedPins | None = None
        self._overlay: list[Primitive] | None = None
        self._is_fitted = True
        self.layers = Layers()
        self.view = View.fit([], 600, 400)
        self._rest = QTimer(self, singleShot=True, interval=_RESTS_AFTER_MS)
        self._rest.timeout.connect(self.come_to_rest)
        tiles.changed.connect(self._on_tiles_changed)

    def show(self, layers: Layers, *, fits: bool) -> None:
        """Show *layers*; fitted, unless *fits* is False and somebody has moved the map."""
        self.layers = layers
        if fits or self._is_fitted:
            self.fit(layers.positions())
        else:
            self.come_to_rest()

    def choose(self, codes: frozenset[str]) -> None:
        """Let the pins with *codes* stand out."""
        if codes != self.layers.chosen:
            self._replace(chosen=codes)

    def spread(self, codes: frozenset[str]) -> None:
        """Draw the pins with *codes* one by one, though they share a place."""
        self._replace(opened=codes)

    def cover(self, box: tuple[float, float, float, float]) -> None:
        """Keep names off *box*, which a button lies over."""
        self._replace(covered=(box,))

    def set_clustered(self, *, clustered: bool) -> None:
        """Gather pins that would hide each other, or draw each where it is."""
        self._replace(clustered=clustered)

    def move_pin(self, code: str, latitude_deg: float, longitude_deg: float) -> None:
        """Show one pin elsewhere, until the next scene."""
        self._is_fitted = False
        where = Position(latitude_deg, longitude_deg, Precision.BY_HAND)
        pins = tuple(replace(pin, position=where) if pin.code == code else pin for pin in self.layers.pins)
        self._replace(pins=pins, opened=self.layers.opened | {code})

    def set_unit(self, unit: DistanceUnit) -> None:
        """Set the unit of the scale bar."""
        self._unit = unit
        self.come_to_rest()

    def fit(self, positions: Sequence[Position]) -> None:
        """Show *positions*; with all there is the map stays fitted when it is resized."""
        self._is_fitted = list(positions) == self.layers.positions()
        width, height = self._size()
        self._look_at(View.fit(positions, width, height, margin=min(_MARGIN_PX, width / 6)))

    def bring_into_view(self, position: Position) -> None:
        """Pull the map no farther than needed to show *position* well inside."""
        x, y = self.view.project([position])[0].tolist()
        edge = min(_MARGIN_PX, self.view.width / 6)
        dx = min(max(x, edge), self.view.width - edge) - x
        dy = min(max(y, edge), self.view.height - edge) - y
        if dx or dy:
            self._is_fitted = False
            self._look_at(self.view.panned(dx, dy))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Look closer (or farther); what is under *at*, else the middle, stays there.

        The pictures there are are stretched; all is drawn anew when the map rests.
        """
        self._is_fitted = False
        point = at / self.factor() if at else QPointF(self.view.width / 2, self.view.height / 2)
        self._move_to(self.view.zoomed(factor, point.x(), point.y()))

    def pull(self, dx: float, dy: float) -> None:
        """Move the map by logical pixels as one picture; names find their places when it rests."""
        self._is_fitted = False
        self._move_to(self.view.panned(dx / self.factor(), dy / self.factor()))

    def come_to_rest(self) -> None:
        """Compose everything anew for the view as it is."""
        self._rest.stop()
        self._pictures.come_to_rest()
        self._forget_places()
        self.changed.emit()

    def resize(self) -> None:
        """Take the widget's size."""
        if self._is_fitted:
            self.fit(self.layers.positions())
        else:
            self._look_at(self.view.resized(*self._size()))

    def forget_land(self) -> None:
        """Draw the land anew when it is next needed: the colours have changed."""
        self._pictures.forget_land()

    def placed(self) -> PlacedPins:
        """Return where the pins stand; found out once for a view, and for a margin around it."""
        if self._placed is None:
            wide = with_margin(self.view)
            shift = offset_of(wide, self.view)
            self._placed = placed_pins(wide, self.layers).shifted(shift.x(), shift.y())
        return self._placed

    def line_at(self, point: QPointF) -> str:
        """Return the key of the line under *point* of the widget; empty for none."""
        factor = self.factor()
        found = line_at(self.view, self.layers.lines, point.x() / factor, point.y() / factor, _NEAR_PX)
        return found.key if found is not None else ""

    def can_part(self, cluster: Cluster) -> bool:
        """Tell whether a closer look draws the pins of *cluster* apart."""
        points = self.layers.table.points[cluster.members]
        return bool(np.ptp(points, axis=0).max() * CLOSEST_FIT_SCALE > cluster.size_px)

    def degrees_at(self, point: QPointF) -> tuple[float, float]:
        """Return latitude and longitude under a point of the widget."""
        return self.view.degrees_at(point.x() / self.factor(), point.y() / self.factor())

    def moving(self) -> list[Primitive]:
        """Return what moves with the map: composed once for a view, finding room for names takes time."""
        if self._overlay is None:
            self._overlay = compose_overlay(
                self.view, self._named(), self.layers, self._unit, map_painter.text_width, self.placed()
            )
        return self._overlay

    def frame(self) -> list[Primitive]:
        """Return what stays where it is while the map is pulled."""
        return compose_frame(self.view, self._named(), self.layers, self._unit, map_painter.text_width)

    def paint(self, painter: QPainter) -> None:
        """Paint it all."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.factor(), self.factor())
        self._pictures.paint(painter, self.view, self._ratio())
        over = self.frame() if self._pictures.is_pulled else [*self.moving(), *self.frame()]
        map_painter.paint(painter, over, map_painter.colours_of(theme.tokens()))

    def factor(self) -> float:
        """Return how much larger than designed the fonts are; the whole map grows with them."""
        return max(QFontInfo(self._widget.font()).pixelSize() / _DESIGNED_FONT_PX, 1.0)

    def _named(self) -> Basemap:
        return self.tiles.named(self._basemap)

    def _replace(self, **changes: object) -> None:
        self.layers = replace(self.layers, **changes)  # type: ignore[arg-type] # each by its own name
        self._forget_places()
        self.changed.emit()

    def _forget_places(self) -> None:
        self._overlay, self._placed = None, None

    def _on_tiles_changed(self) -> None:
        self._overlay = None
        self.changed.emit()

    def _move_to(self, view: View) -> None:
        """Show *view* with the pictures there are, until the map rests."""
        if not self._pictures.is_pulled:
            self._pictures.pull(self.view, self.moving(), self._ratio())
        self.view = view
        self._forget_places()
        if not self._pictures.reaches(view):  # pulled over the edge of what was kept
            self._pictures.pull(view, self.moving(), self._ratio())
        self._rest.start()
        self.changed.emit()

    def _look_at(self, view: View) -> None:
        self.view = view
        self.come_to_rest()

    def _ratio(self) -> float:
        return self._widget.devicePixelRatioF() * self.factor()

    def _size(self) -> tuple[float, float]:
        return self._widget.width() / self.factor(), self._widget.height() / self.factor()
