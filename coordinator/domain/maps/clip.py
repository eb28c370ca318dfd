"""Keeps of the world's outlines only what a view can show, and only as fine as its pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordinator.domain.maps.drawing import Lines
    from coordinator.domain.maps.view import View

PAD_PX = 8.0
FINEST_PX = 0.6


def visible_lines(lines: Lines, view: View) -> list[NDArray[np.float64]]:
    """Return the pieces of *lines* that touch the view, in pixels, each (n, 2) with n of at least 2."""
    if len(lines.points) < 2:
        return []
    pixels = view.to_pixels(lines.points)
    low, high = np.minimum(pixels[:-1], pixels[1:]), np.maximum(pixels[:-1], pixels[1:])
    size = np.array((view.width, view.height))
    shown = np.asarray(((high >= -PAD_PX) & (low <= size + PAD_PX)).all(axis=1))
    shown[lines.starts[1:-1] - 1] = False  # where one line ends and the next begins
    edges = np.flatnonzero(np.diff(np.concatenate(([False], shown, [False])).astype(np.int8)))
    return [_thinned(pixels[start : end + 1]) for start, end in edges.reshape(-1, 2).tolist()]


def clipped_rings(lines: Lines, view: View) -> tuple[NDArray[np.float64], ...]:
    """Return the closed rings of *lines* cut to the view, in pixels; filled, they look the same there."""
    if not len(lines.points):
        return ()
    left, top, right, bottom = view.bounds()
    firsts = lines.starts[:-1]
    low = np.minimum.reduceat(lines.points, firsts)
    high = np.maximum.reduceat(lines.points, firsts)
    touch = (high >= (left, top)).all(axis=1) & (low <= (right, bottom)).all(axis=1)
    rings = []
    for index in np.flatnonzero(touch).tolist():
        ring = view.to_pixels(lines.points[lines.starts[index] : lines.starts[index + 1]])
        for axis, extent in ((0, view.width), (1, view.height)):
            ring = _cut(ring, axis, -PAD_PX, 1.0)
            ring = _cut(ring, axis, extent + PAD_PX, -1.0)
        ring = _thinned(ring)
        if len(ring) >= 3:
            rings.append(ring)
    return tuple(rings)


def _cut(ring: NDArray[np.float64], axis: int, limit: float, sign: float) -> NDArray[np.float64]:
    """Return the part of a closed ring with ``sign * coordinate >= sign * limit``.

    Source:
        Sutherland & Hodgman, "Reentrant polygon clipping", Comm. ACM 17 (1974) 32-42, all edges at once.
    """
    inside = sign * ring[:, axis] >= sign * limit
    if inside.all():
        return ring
    after = np.roll(ring, -1, axis=0)
    crosses = inside != np.roll(inside, -1)
    step = after - ring
    part = np.divide(limit - ring[:, axis], step[:, axis], out=np.zeros(len(ring)), where=crosses)
    corners = np.stack((ring, ring + step * part[:, None]), axis=1)
    return np.asarray(corners[np.stack((inside, crosses), axis=1)], dtype=np.float64)


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return *points* without those that fall on the raster cell of the one before; both ends stay."""
    if len(points) < 3:
        return points
    cells = np.floor(points / FINEST_PX)
    keep = np.ones(len(points), dtype=bool)
    keep[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1)
    return points[keep]
