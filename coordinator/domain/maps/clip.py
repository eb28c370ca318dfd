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


def visible_lines(
    lines: Lines, view: View, level: int = 0, least_px: float = 0.0
) -> list[NDArray[np.float64]]:
    """Return the pieces of *lines* that touch the view, in pixels, each (n, 2) with n of at least 2.

    Args:
        lines: In mercator units.
        view: What is shown.
        level: Lines that are not for this level of detail are left out.
        least_px: So are lines smaller than this.
    """
    pixels, starts = _gathered(lines, _touching(lines, view, level, least_px), view)
    if len(pixels) < 2:
        return []
    keep = _thinned(pixels, starts, view)
    pixels, starts = pixels[keep], np.concatenate(([0], np.cumsum(keep)))[starts]
    low, high = np.minimum(pixels[:-1], pixels[1:]), np.maximum(pixels[:-1], pixels[1:])
    size = np.array((view.width, view.height))
    shown = np.asarray(((high >= -PAD_PX) & (low <= size + PAD_PX)).all(axis=1))
    breaks = np.zeros(len(shown), dtype=bool)
    breaks[starts[1:-1] - 1] = True  # where one line ends and the next begins
    runs = np.flatnonzero(np.diff(np.concatenate(([False], shown & ~breaks, [False])).astype(np.int8)))
    return [pixels[start : end + 1] for start, end in runs.reshape(-1, 2).tolist()]


def clipped_rings(
    lines: Lines, view: View, level: int = 0, least_px: float = 0.0
) -> tuple[NDArray[np.float64], ...]:
    """Return the closed rings of *lines* cut to the view, in pixels; filled, they look the same there.

    *level* and *least_px* leave out as in ``visible_lines``.
    """
    chosen = _touching(lines, view, level, least_px)
    pixels, starts = _gathered(lines, chosen, view)
    keep = _thinned(pixels, starts, view)
    pixels, starts = pixels[keep], np.concatenate(([0], np.cumsum(keep)))[starts]
    left, top, right, bottom = view.bounds()
    low, high = lines.low[chosen], lines.high[chosen]
    inside = np.asarray(((low >= (left, top)) & (high <= (right, bottom))).all(axis=1))
    rings = (pixels[start:end] for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))
    cut = (ring if is_inside else _cut_to(ring, view) for ring, is_inside in zip(rings, inside, strict=True))
    return tuple(ring for ring in cut if len(ring) >= 3)


def _touching(lines: Lines, view: View, level: int, least_px: float) -> NDArray[np.int64]:
    """Return which lines are for *level*, large enough, and near enough to be seen."""
    pad = PAD_PX / view.scale
    left, top, right, bottom = view.bounds()
    touch = ((lines.high >= (left - pad, top - pad)) & (lines.low <= (right + pad, bottom + pad))).all(axis=1)
    touch &= (lines.levels[:, 0] <= level) & (lines.levels[:, 1] >= level)
    touch &= (lines.high - lines.low).max(axis=1, initial=0) * view.scale >= least_px
    return np.flatnonzero(touch)


def _gathered(
    lines: Lines, chosen: NDArray[np.int64], view: View
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the points of the *chosen* lines end to end, in pixels, and where each line starts."""
    counts = lines.starts[chosen + 1] - lines.starts[chosen]
    starts = np.concatenate(([0], np.cumsum(counts)))
    which = np.arange(starts[-1]) + np.repeat(lines.starts[chosen] - starts[:-1], counts)
    points = lines.points[which].astype(np.float64, copy=False)  # float32 has no pixels left at a close look
    return view.to_pixels(points), starts


def _thinned(points: NDArray[np.float64], starts: NDArray[np.int64], view: View) -> NDArray[np.bool_]:
    """Return which points do not fall on the raster cell of the one before; both ends of a line stay.

    The raster is fixed to the world: pulling the map does not change its lines.
    """
    origin = view.to_pixels(np.zeros((1, 2)))
    cells = np.floor((points - origin) / FINEST_PX)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    keep[starts[:-1]] = True
    keep[starts[1:] - 1] = True
    return keep


def _cut_to(ring: NDArray[np.float64], view: View) -> NDArray[np.float64]:
    for axis, extent in ((0, view.width), (1, view.height)):
        ring = _cut(ring, axis, -PAD_PX, 1.0)
        ring = _cut(ring, axis, extent + PAD_PX, -1.0)
    return ring


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
