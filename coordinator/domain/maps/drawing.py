"""A map as plain drawing primitives, so that the window and the paper paint the same picture.

``scene.compose`` turns a ``view.View``, a ``Basemap`` and the ``Layers`` on it into a list of the
primitives below, in painting order. A painter (QPainter, reportlab) needs to know these seven shapes and a
colour for each ``Role``, nothing about geography. It paints
``Role.SEA`` over the whole picture first and clips to it.

All coordinates and sizes are pixels of the view: x to the right, **y downwards**, origin at the top left
corner. On paper one pixel is whatever length the painter gives it; it flips y.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.view import mercator
from coordinator.sayings import Saying

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordinator.domain.places.positions import Position


class Role(StrEnum):
    """What a primitive stands for; a painter chooses its colour by this alone."""

    SEA = "sea"
    LAND = "land"
    LAKE = "lake"
    RIVER = "river"
    COAST = "coast"
    BORDER = "border"
    COUNTY = "county"
    TOWN = "town"
    DONOR = "donor"
    RECIPIENT = "recipient"
    DRIVER = "driver"
    STOP = "stop"
    MATCH = "match"
    RING = "ring"
    ROUTE = "route"
    OTHER_MATCH = "other"
    CERTAIN = "certain"
    HOPED = "hoped"
    PLATE = "plate"
    SCALE = "scale"
    ATTRIBUTION = "attribution"


class Shape(StrEnum):
    """The outline of a symbol: kinds of household differ by shape as well as by colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DOT = "dot"


SHAPES = {
    Role.DONOR: Shape.CIRCLE,
    Role.RECIPIENT: Shape.SQUARE,
    Role.DRIVER: Shape.TRIANGLE,
    Role.STOP: Shape.CIRCLE,
    Role.TOWN: Shape.DOT,
}


class Anchor(StrEnum):
    """Which end of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, eq=False)
class Polygon:
    """A filled area without outline.

    ``parts`` are closed rings, float64 of shape (n, 2); the last point joins the first. Parts of one polygon
    are filled by the even-odd rule together, so that a hole stays a hole. A dateline or the view's edge does
    not cut them: clip to the view.
    """

    parts: tuple[NDArray[np.float64], ...]
    role: Role


@dataclass(frozen=True, slots=True, eq=False)
class Polyline:
    """A line through ``points``, float64 of shape (n, 2), not closed by itself."""

    points: NDArray[np.float64]
    role: Role
    width_px: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; (x, y) is on its baseline, at the end named by ``anchor``.

    ``halo`` asks for an outline in the colour of the ground, so that lines beneath do not cut the letters.
    """

    x: float
    y: float
    text: str
    role: Role
    size_px: float = 11.0
    anchor: Anchor = Anchor.START
    bold: bool = False
    halo: bool = True


@dataclass(frozen=True, slots=True)
class Symbol:
    """A mark centred on (x, y), ``size_px`` across, with an optional number or letter inside.

    ``code`` is the household's code (empty for a town's dot or a stop without one), for hit tests.
    ``emphasised`` symbols get a thicker ring.
    """

    x: float
    y: float
    shape: Shape
    role: Role
    size_px: float = 12.0
    number: str = ""
    code: str = ""
    emphasised: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """Many marks of one look: ``points`` float64 (n, 2), their centres; ``codes`` run in parallel.

    Thousands of pins are a few of these, so that nobody handles them one by one.
    """

    points: NDArray[np.float64]
    shape: Shape
    role: Role
    size_px: float
    codes: tuple[str, ...] = ()
    emphasised: bool = False

    def each(self) -> Iterator[Symbol]:
        """Yield the marks one by one, for whoever has few."""
        for (x, y), code in zip(self.points.tolist(), self.codes, strict=True):
            yield Symbol(x, y, self.shape, self.role, self.size_px, code=code, emphasised=self.emphasised)


@dataclass(frozen=True, slots=True)
class Plate:
    """A quiet rectangle under words, so that they can be read over whatever lies there."""

    left: float
    top: float
    width: float
    height: float
    role: Role = Role.PLATE


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar ``length_px`` long from (x, y) to the right, ticks upwards at both ends, ``text`` above."""

    x: float
    y: float
    length_px: float
    text: str
    role: Role = Role.SCALE


Primitive = Polygon | Polyline | Text | Symbol | Symbols | Plate | ScaleBar


@dataclass(frozen=True, slots=True)
class Pin:
    """A household to show: ``role`` is DONOR, RECIPIENT or DRIVER.

    ``label`` and the lines of ``details`` are for the card beside the pointer only.
    """

    code: str
    position: Position
    role: Role
    label: str = ""
    emphasised: bool = False
    details: tuple[str, ...] = ()


PIN_ROLES = (Role.DONOR, Role.RECIPIENT, Role.DRIVER)


@dataclass(frozen=True, slots=True, eq=False)
class PinTable:
    """Pins as parallel arrays: ``points`` in mercator units (n, 2), ``roles`` by place in ``PIN_ROLES``."""

    codes: tuple[str, ...]
    points: NDArray[np.float64]
    roles: NDArray[np.int64]
    emphasised: NDArray[np.bool_]

    @classmethod
    def of(cls, pins: Sequence[Pin]) -> PinTable:
        """Return *pins* as arrays."""
        number = {role: nth for nth, role in enumerate(PIN_ROLES)}
        latitudes = np.array([pin.position.latitude_deg for pin in pins], dtype=np.float64)
        longitudes = np.array([pin.position.longitude_deg for pin in pins], dtype=np.float64)
        return cls(
            tuple(pin.code for pin in pins),
            mercator(latitudes, longitudes),
            np.array([number[pin.role] for pin in pins], dtype=np.int64),
            np.array([pin.emphasised for pin in pins], dtype=np.bool_),
        )


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A line between two households with a text such as ``about 12 mi`` at its middle.

    One that is not ``chosen`` is drawn thin, so that the chosen one is seen. One with a ``role`` of its own
    keeps it and its ``width_px``, wider when chosen. ``key`` names it to whoever clicks on it.
    """

    start: Position
    end: Position
    label: str = ""
    chosen: bool = True
    key: str = ""
    role: Role | None = None
    width_px: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """All points at a straight-line distance around a place."""

    centre: Position
    radius_miles: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A run: where it goes, in order; ``numbers`` stand in the stops (empty: no mark, as for home).

    ``way`` is the road driven where somebody knows it; without, the line goes straight from stop to stop.
    """

    stops: tuple[Position, ...]
    numbers: tuple[str, ...] = ()
    way: tuple[Position, ...] = ()


@dataclass(frozen=True)
class Layers:
    """What lies on the map, all of it optional; ``legend`` names the shapes in the reader's language.

    ``covered`` are rectangles of the picture, (left, top, right, bottom), that buttons lie over: no name is
    put there. Pins that would hide each other stand together with their number, if ``clustered``;
    ``opened`` are the codes of those that are spread instead, ``chosen`` of those that stand out besides
    the emphasised ones.
    """

    pins: tuple[Pin, ...] = ()
    lines: tuple[MatchLine, ...] = ()
    rings: tuple[Ring, ...] = ()
    route: Route | None = None
    legend: tuple[tuple[Role, str], ...] = ()
    covered: tuple[tuple[float, float, float, float], ...] = ()
    clustered: bool = True
    opened: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()

    @cached_property
    def table(self) -> PinTable:
        """The pins as arrays, made once."""
        return PinTable.of(self.pins)

    def positions(self) -> list[Position]:
        """Return every place named, for ``View.fit``."""
        ends = [place for line in self.lines for place in (line.start, line.end)]
        stops = list(self.route.stops) if self.route else []
        return [pin.position for pin in self.pins] + ends + stops


ALL_LEVELS = (0, 255)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Many lines end to end: ``points`` (n, 2); line i is ``points[starts[i]:starts[i + 1]]``.

    ``levels`` (lines, 2) are the first and the last level of detail each line is drawn at (see
    ``base.level_of``); empty means every level. ``low`` and ``high`` (lines, 2) are each line's corners, so
    that nobody looks at the points of a line that is out of sight.
    """

    points: NDArray[np.floating] = field(default_factory=lambda: np.empty((0, 2)))
    starts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    levels: NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, 2), dtype=np.uint8))
    low: NDArray[np.floating] = field(init=False)
    high: NDArray[np.floating] = field(init=False)

    def __post_init__(self) -> None:
        """Look once at all points for the corners."""
        firsts = self.starts[:-1]
        low = np.minimum.reduceat(self.points, firsts) if len(firsts) else np.empty((0, 2))
        high = np.maximum.reduceat(self.points, firsts) if len(firsts) else np.empty((0, 2))
        levels = self.levels if len(self.levels) else np.full((len(firsts), 2), ALL_LEVELS, dtype=np.uint8)
        for name, value in (("low", low), ("high", high), ("levels", levels)):
            object.__setattr__(self, name, value)  # frozen, but not before it is whole


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    """Outlines and towns in mercator units (see ``view.mercator``).

    ``land``, ``lakes`` and ``islands`` (in lakes) are closed rings without holes, the last point joins the
    first; they are painted one over the other in this order. They are cut into cells that overlap a
    little, so that no seam shows. The others are open lines: ``coast`` of the sea, ``shores`` of lakes and
    their islands, ``rivers``, ``countries``, ``borders`` of states and provinces, ``counties``. The towns'
    arrays run in parallel, largest population first.
    """

    land: Lines = field(default_factory=Lines)
    lakes: Lines = field(default_factory=Lines)
    islands: Lines = field(default_factory=Lines)
    rivers: Lines = field(default_factory=Lines)
    coast: Lines = field(default_factory=Lines)
    shores: Lines = field(default_factory=Lines)
    countries: Lines = field(default_factory=Lines)
    borders: Lines = field(default_factory=Lines)
    counties: Lines = field(default_factory=Lines)
    town_names: tuple[str, ...] = ()
    town_points: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    town_population: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    attribution: Saying | str = ""
