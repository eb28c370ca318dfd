"""The land under the map, as the window paints it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from coordinator.domain.maps.base import compose_base
from coordinator.domain.maps.drawing import Basemap, Polygon, Primitive, Role
from coordinator.domain.maps.view import View, mercator
from coordinator.domain.places.positions import Position, Precision
from coordinator.services.paper.maps import load_basemap
from ui import theme
from ui.widgets.maps import map_painter

LOOKS = pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


def painted(primitives: list[Primitive], colours: map_painter.MapColours, width: int, height: int) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(colours.of(Role.SEA))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    map_painter.paint(painter, primitives, colours)
    painter.end()
    return picture


def colours_in(picture: QImage) -> set[str]:
    spots = [(x, y) for x in range(picture.width()) for y in range(0, picture.height(), 7)]
    return {QColor(picture.pixel(x, y)).name() for x, y in spots}


@LOOKS
def test_land_lake_and_sea_have_their_colours(qtbot: QtBot, tokens: theme.Tokens) -> None:
    colours = map_painter.colours_of(tokens)
    places = {
        Role.LAND: Position(43.55, -70.7, Precision.BY_HAND),
        Role.LAKE: Position(43.85, -70.57, Precision.BY_HAND),
        Role.SEA: Position(43.3, -69.9, Precision.BY_HAND),
    }
    view = View.fit(list(places.values()), 500, 400)

    picture = painted(compose_base(view, load_basemap()), colours, 500, 400)

    for role, (x, y) in zip(places, view.project(list(places.values())).tolist(), strict=True):
        assert QColor(picture.pixel(round(x), round(y))) == colours.of(role)


@pytest.mark.parametrize("scale", [2.0**nth for nth in (10, 12, 13.9, 14.1, 15.5, 16.2, 16.5, 18, 21)])
def test_far_from_water_no_seam_shows_between_the_cells(qtbot: QtBot, scale: float) -> None:
    colours = map_painter.colours_of(theme.LIGHT)
    corner = mercator(np.array([45.0]), np.array([-112.5]))[0]  # where cells of all levels meet
    view = View(float(corner[0]), float(corner[1]), scale, 40, 40)

    picture = painted(compose_base(view, Basemap(land=load_basemap().land)), colours, 40, 40)

    assert colours_in(picture) == {colours.of(Role.LAND).name()}


@LOOKS
def test_every_part_of_the_ground_has_a_colour(qtbot: QtBot, tokens: theme.Tokens) -> None:
    colours = map_painter.colours_of(tokens)
    ground = (Role.SEA, Role.LAND, Role.LAKE, Role.RIVER, Role.COAST, Role.BORDER, Role.COUNTY)

    assert all(colours.of(role).isValid() for role in ground)
    assert colours.of(Role.LAND) != colours.of(Role.LAKE)


def test_a_hole_in_an_area_of_several_rings_stays_a_hole(qtbot: QtBot) -> None:
    colours = map_painter.colours_of(theme.LIGHT)
    outer, hole = (np.array([(a, a), (b, a), (b, b), (a, b)], dtype=float) for a, b in ((10, 90), (30, 70)))

    picture = painted([Polygon((outer, hole), Role.LAND)], colours, 100, 100)

    assert QColor(picture.pixel(20, 50)) == colours.of(Role.LAND)
    assert QColor(picture.pixel(50, 50)) == colours.of(Role.SEA)
