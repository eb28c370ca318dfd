"""The land under the map: one region drawn ours, against one path for everything.

    python -m tests.benchmarks.bench_basemap

The rival is what one would write first with the same data at hand: project every line, put all land into
one QPainterPath and fill it, all coasts, shores, rivers and borders into others and stroke them at their
widths, antialiased; Qt leaves out what is out of sight. Beside it, as a figure, the same with only the lines
whose boxes touch the view. Ours is ``compose_base`` and the window's painter. Both draw southern Maine on
1280 x 820. Then, as figures, our time at four zooms with the margin the window keeps around its map, the load
of the pack, and its memory.
"""

from __future__ import annotations

import os
import resource
import sys
from functools import partial
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication

from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.domain.maps.base import compose_base, level_of
from coordinator.domain.maps.drawing import Basemap, Lines, Role
from coordinator.domain.maps.view import View
from coordinator.domain.places.positions import Position, Precision
from tests.benchmarks.ratio import exit_code, median_ratio, options, report, seconds
from ui import theme
from ui.widgets.maps import map_painter

MARGIN = 1.7
TARGET = 5.0
MOST_MS = 70.0


def place(latitude: float, longitude: float) -> Position:
    """Return a corner of a view."""
    return Position(latitude, longitude, Precision.BY_HAND)


SOUTHERN_MAINE = (place(43.0, -71.2), place(44.2, -69.6))
VIEWS = {
    "Casco Bay": (place(43.5, -70.35), place(43.85, -69.75)),
    "southern Maine": SOUTHERN_MAINE,
    "the Northeast": (place(38.5, -80.0), place(47.5, -66.0)),
    "the lower 48": (),
}


def painted(view: View, basemap: Basemap) -> QImage:
    """Return the land of *view* as the window draws it."""
    colours = map_painter.colours_of(theme.LIGHT)
    picture = QImage(round(view.width), round(view.height), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(colours.of(Role.SEA))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    map_painter.paint(painter, compose_base(view, basemap), colours)
    painter.end()
    return picture


def one_path(lines: Lines, view: View, *, closed: bool, culled: bool) -> QPainterPath:
    """Return every line of the view's level, or those that touch the view, as one path."""
    left, top, right, bottom = view.bounds() if culled else (-1.0, -1.0, 2.0, 2.0)
    touch = ((lines.high >= (left, top)) & (lines.low <= (right, bottom))).all(axis=1)
    touch &= (lines.levels[:, 0] <= level_of(view)) & (lines.levels[:, 1] >= level_of(view))
    path = QPainterPath()
    for index in np.flatnonzero(touch).tolist():
        points = view.to_pixels(lines.points[lines.starts[index] : lines.starts[index + 1]].astype(float))
        path.moveTo(*points[0].tolist())
        for x, y in points[1:].tolist():
            path.lineTo(x, y)
        if closed:
            path.closeSubpath()
    return path


def painted_plainly(view: View, basemap: Basemap, *, culled: bool) -> QImage:
    """Return the rival's picture."""
    colours = map_painter.colours_of(theme.LIGHT)
    picture = QImage(round(view.width), round(view.height), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(colours.of(Role.SEA))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for rings, role in ((basemap.land, Role.LAND), (basemap.lakes, Role.LAKE), (basemap.islands, Role.LAND)):
        painter.fillPath(one_path(rings, view, closed=True, culled=culled), QColor(colours.of(role)))
    for lines, role, width in (
        (basemap.rivers, Role.RIVER, 1.0),
        (basemap.counties, Role.COUNTY, 1.0),
        (basemap.shores, Role.COAST, 1.0),
        (basemap.coast, Role.COAST, 1.0),
        (basemap.borders, Role.BORDER, 1.4),
        (basemap.countries, Role.BORDER, 2.0),
    ):
        painter.strokePath(one_path(lines, view, closed=False, culled=culled), QPen(colours.of(role), width))
    painter.end()
    return picture


def main(words: list[str] | None = None) -> int:
    """Print ratio and figures; 0 if the ratio and the region's time were reached."""
    asked = options(__doc__, words, width=(1280, 160), height=(820, 100), rounds=(5, 1))
    _app = QApplication.instance() or QApplication([])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"load: {1000 * seconds(load_basemap):.0f} ms")
    print(
        f"memory: {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000:.0f} MB more at most"
    )
    basemap, view = load_basemap(), View.fit(SOUTHERN_MAINE, asked.width, asked.height)
    ratio, culled = (
        median_ratio(
            partial(painted_plainly, view, basemap, culled=culled),
            lambda: painted(view, basemap),
            asked.rounds,
        )
        for culled in (False, True)
    )
    print(f"southern Maine against one path of what touches it: {culled:.1f} times")
    is_good = report("southern Maine against one path for everything", ratio, TARGET)
    times = {
        name: _median_ms(View.fit(corners, view.width, view.height), basemap, asked.rounds)
        for name, corners in VIEWS.items()
    }
    for name, took in times.items():
        print(f"{name}, with the margin kept around the window: {took:.0f} ms (wanted {MOST_MS:.0f})")
    return exit_code(asked, is_good, times["southern Maine"] <= MOST_MS)


def _median_ms(view: View, basemap: Basemap, rounds: int) -> float:
    wide = view.resized(view.width * MARGIN, view.height * MARGIN)
    return median(1000 * seconds(lambda: painted(wide, basemap)) for _ in range(rounds))


if __name__ == "__main__":
    sys.exit(main())
