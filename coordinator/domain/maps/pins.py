"""Where the families' pins stand in a picture: alone, spread where few share a place, or together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.clusters import WIDE_CELL_PX, grouped
from coordinator.domain.maps.drawing import PIN_ROLES, SHAPES, PinTable, Primitive, Role, Symbol, Symbols
from coordinator.domain.maps.spread import pushed_apart, spiral

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordinator.domain.maps.drawing import Layers
    from coordinator.domain.maps.view import View

PIN_PX = 13.0
EMPHASISED = 1.3
"""How much larger a pin that matters is."""
CLUSTER_PX = 20.0
FEW = 3
"""So many at one place are spread; more stand together with their number."""
PUSHED_AT_MOST = 80
"""With more marks than this nobody sees which were moved a little."""
SPREAD_AT_MOST = 2000
"""Of more pins than this, those at one place are drawn over each other where nobody gathers them."""
_EDGE_PX = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Several pins of one role drawn as one mark with their number; ``members`` are rows of the table."""

    x: float
    y: float
    role: Role
    members: NDArray[np.int64]

    @property
    def size_px(self) -> float:
        """How large it is drawn: a little larger for more digits."""
        return CLUSTER_PX + 3.0 * (len(str(len(self.members))) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPins:
    """The pins of one view: ``alone`` are rows of the table that are drawn by themselves.

    They stand at ``spots`` (n, 2) in pixels. ``emphasised`` runs in parallel to the table.
    """

    table: PinTable
    emphasised: NDArray[np.bool_]
    alone: NDArray[np.int64]
    spots: NDArray[np.float64]
    clusters: tuple[Cluster, ...] = ()

    def marks(self) -> list[Primitive]:
        """Return what to paint, the emphasised on top."""
        plain: list[Primitive] = []
        marked: list[Primitive] = []
        for nth, role in enumerate(PIN_ROLES):
            for emphasised, marks in ((False, plain), (True, marked)):
                rows = (self.table.roles[self.alone] == nth) & (self.emphasised[self.alone] == emphasised)
                if rows.any():
                    marks.append(self._look(rows, role, emphasised=emphasised))
        clusters = [
            Symbol(one.x, one.y, SHAPES[one.role], one.role, one.size_px, number=f"{len(one.members):,}")
            for one in self.clusters
        ]
        return [*plain, *clusters, *marked]

    def _look(self, rows: NDArray[np.bool_], role: Role, *, emphasised: bool) -> Symbols:
        codes = tuple(map(self.table.codes.__getitem__, self.alone[rows].tolist()))
        size = PIN_PX * (EMPHASISED if emphasised else 1.0)
        return Symbols(self.spots[rows], SHAPES[role], role, size, codes, emphasised)

    def at(self, x: float, y: float, reach_px: float = 5.0) -> str | Cluster | None:
        """Return the code of the uppermost pin, or the cluster, under a point of the picture."""
        if len(self.spots):
            # Column by column: over an axis of two numpy takes ten times as long.
            apart = np.maximum(np.abs(self.spots[:, 0] - x), np.abs(self.spots[:, 1] - y))
            hits = np.flatnonzero(apart <= PIN_PX * EMPHASISED / 2 + reach_px)
            sizes = np.where(self.emphasised[self.alone[hits]], PIN_PX * EMPHASISED, PIN_PX)
            hits = hits[apart[hits] <= sizes / 2 + reach_px]
            if len(hits):
                gaps = np.abs(self.spots[hits] - (x, y)).sum(axis=1)
                nearest = hits[np.lexsort((gaps, ~self.emphasised[self.alone[hits]]))[0]]
                return self.table.codes[int(self.alone[nearest])]
        return next(
            (
                one
                for one in reversed(self.clusters)
                if max(abs(one.x - x), abs(one.y - y)) <= one.size_px / 2 + reach_px
            ),
            None,
        )

    def spot_of(self, code: str) -> tuple[float, float] | None:
        """Return where the pin with *code* is drawn, alone or in its cluster; ``None`` if it is not."""
        row = self.table.codes.index(code) if code in self.table.codes else -1
        found = np.flatnonzero(self.alone == row)
        if len(found):
            x, y = self.spots[found[0]].tolist()
            return x, y
        return next(((one.x, one.y) for one in self.clusters if row in one.members), None)

    def shifted(self, dx: float, dy: float) -> PlacedPins:
        """Return the same pins in a picture whose corner lies elsewhere."""
        clusters = tuple(replace(one, x=one.x + dx, y=one.y + dy) for one in self.clusters)
        return replace(self, spots=self.spots + np.array((dx, dy)), clusters=clusters)

    def inside(self, left: float, top: float, right: float, bottom: float) -> list[str]:
        """Return the codes of all pins drawn inside a rectangle, clusters' too, in the table's order."""
        held = ((self.spots >= (left, top)) & (self.spots <= (right, bottom))).all(axis=1)
        rows = [self.alone[held]] + [
            one.members for one in self.clusters if left <= one.x <= right and top <= one.y <= bottom
        ]
        return [self.table.codes[row] for row in np.sort(np.concatenate(rows)).tolist()]


def placed_pins(view: View, layers: Layers) -> PlacedPins:
    """Return where the pins of *layers* stand in *view*.

    The grid by which pins are gathered is fixed to the world, so pulling the map does not regroup them.
    """
    table = layers.table
    pixels = view.to_pixels(table.points)
    size = np.array((view.width, view.height))
    seen = np.flatnonzero(((pixels > -_EDGE_PX) & (pixels < size + _EDGE_PX)).all(axis=1))
    emphasised = _emphasised(layers)
    if not layers.clustered:
        spots = pixels[seen] if len(seen) > SPREAD_AT_MOST else _spread(pixels[seen])
        return PlacedPins(table, emphasised, seen, spots)
    kept_alone = emphasised[seen]
    if layers.opened:
        kept_alone |= np.array([table.codes[row] in layers.opened for row in seen.tolist()], dtype=np.bool_)
    free = seen[~kept_alone]
    groups = grouped(pixels[free], table.points[free] * view.scale, table.roles[free])
    alone, spots, clusters = _settled(table, free, pixels, groups)
    if len(clusters) > PUSHED_AT_MOST:
        clusters = _side_by_side(clusters)
    opened = seen[kept_alone]
    rows = np.concatenate((alone, opened)).astype(np.int64)
    places = np.concatenate((spots, _spread(pixels[opened])))
    return _apart(PlacedPins(table, emphasised, rows, places, tuple(clusters)), size)


def _emphasised(layers: Layers) -> NDArray[np.bool_]:
    """Return which pins stand out, by themselves or because they are chosen."""
    if not layers.chosen:
        return layers.table.emphasised
    chosen = np.array([code in layers.chosen for code in layers.table.codes], dtype=np.bool_)
    return layers.table.emphasised | chosen


def _spread(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return *pixels* with those at one place on a spiral around it."""
    return np.array(spiral(np.round(pixels, 1), PIN_PX), dtype=np.float64).reshape(-1, 2)


def _settled(
    table: PinTable, free: NDArray[np.int64], pixels: NDArray[np.float64], groups: list[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.float64], list[Cluster]]:
    """Return rows drawn alone, where, and the clusters; *groups* are places in *free*."""
    rows: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    spots: list[NDArray[np.float64]] = [np.empty((0, 2))]
    clusters: list[Cluster] = []
    for group in groups:
        members = free[group]
        at = pixels[members]
        if len(members) == 1:
            rows.append(members)
            spots.append(at)
        elif len(members) <= FEW:
            rows.append(members)
            spots.append(_spread(np.broadcast_to(at.mean(axis=0), at.shape)))
        else:
            x, y = at.mean(axis=0).tolist()
            clusters.append(Cluster(x, y, PIN_ROLES[int(table.roles[members[0]])], members))
    return np.concatenate(rows), np.concatenate(spots), clusters


_SIDES = {Role.DONOR: (-14.0, -10.0), Role.RECIPIENT: (14.0, -10.0), Role.DRIVER: (0.0, 14.0)}


def _side_by_side(clusters: list[Cluster]) -> list[Cluster]:
    """Return *clusters* with those of different kinds in one spot beside each other."""
    kinds: dict[tuple[int, int], set[Role]] = {}
    spots = [(round(one.x / WIDE_CELL_PX), round(one.y / WIDE_CELL_PX)) for one in clusters]
    for one, spot in zip(clusters, spots, strict=True):
        kinds.setdefault(spot, set()).add(one.role)
    return [
        replace(one, x=one.x + _SIDES[one.role][0], y=one.y + _SIDES[one.role][1])
        if len(kinds[spot]) > 1
        else one
        for one, spot in zip(clusters, spots, strict=True)
    ]


def _apart(placed: PlacedPins, size: NDArray[np.float64]) -> PlacedPins:
    """Return *placed* with marks of different kinds pushed off each other, where they are few enough."""
    count = len(placed.spots) + len(placed.clusters)
    if not 2 <= count <= PUSHED_AT_MOST:
        return placed
    centres = np.array([(one.x, one.y) for one in placed.clusters]).reshape(-1, 2)
    points = np.concatenate((placed.spots, centres))
    gap = (CLUSTER_PX + PIN_PX) / 2 if placed.clusters else PIN_PX
    low, high = (-_EDGE_PX, -_EDGE_PX), (float(size[0]) + _EDGE_PX, float(size[1]) + _EDGE_PX)
    moved = pushed_apart(points, gap, low, high)
    clusters = tuple(
        replace(one, x=x, y=y)
        for one, (x, y) in zip(placed.clusters, moved[len(placed.spots) :].tolist(), strict=True)
    )
    return replace(placed, spots=moved[: len(placed.spots)], clusters=clusters)
