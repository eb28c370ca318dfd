"""Gathers marks that would lie over each other, on a grid that stays where the world is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL_PX, WIDE_CELL_PX = 24.0, 54.0
"""Marks of one kind in one cell are gathered; the wide one leaves room for three kinds side by side."""
MANY = 400
"""From so many marks on, cells are wide."""
NEAR_PX = 15.0
"""Groups of one kind whose middles are nearer than this become one."""


def grouped(
    pixels: NDArray[np.float64], world_px: NDArray[np.float64], kinds: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """Return the marks that overlap, as arrays of their places in the input; every mark is in one group.

    A cell whose marks all keep clear of each other is left as groups of one.

    Args:
        pixels: (n, 2) in the picture.
        world_px: (n, 2) counted from the world's corner at the same scale, so that the cells stay put.
        kinds: (n,) only marks of one kind are gathered.
    """
    if not len(pixels):
        return []
    cells = np.floor(world_px / (CELL_PX if len(pixels) < MANY else WIDE_CELL_PX)).astype(np.int64)
    keys = (cells[:, 1] * (1 << 26) + cells[:, 0]) * 8 + kinds
    _, group = np.unique(keys, return_inverse=True)
    group = _joined(pixels, kinds, group)
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    return [single for part in parts for single in _clear_or_together(pixels, part)]


def _joined(
    pixels: NDArray[np.float64], kinds: NDArray[np.int64], group: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return *group* with neighbours over a cell's edge joined; a chain of them becomes one."""
    counts = np.bincount(group)
    middles = np.column_stack([np.bincount(group, pixels[:, axis]) / counts for axis in (0, 1)])
    kind = np.zeros(len(counts), dtype=np.int64)
    kind[group] = kinds
    parent = list(range(len(counts)))
    squares: dict[tuple[int, int, int], list[int]] = {}
    spots = np.floor(middles / NEAR_PX).astype(int).tolist()
    for nth, (column, row) in enumerate(spots):
        for dx, dy in product((-1, 0, 1), repeat=2):
            for other in squares.get((int(kind[nth]), column + dx, row + dy), ()):
                if np.hypot(*(middles[nth] - middles[other])) < NEAR_PX:
                    parent[_root(parent, nth)] = _root(parent, other)
        squares.setdefault((int(kind[nth]), column, row), []).append(nth)
    roots = np.array([_root(parent, nth) for nth in range(len(counts))], dtype=np.int64)
    return np.asarray(roots[group], dtype=np.int64)


def _root(parent: list[int], nth: int) -> int:
    while parent[nth] != nth:
        parent[nth] = parent[parent[nth]]
        nth = parent[nth]
    return nth


_COMPARED_AT_MOST = 12
"""More than these in one cell overlap in any case."""


def _clear_or_together(pixels: NDArray[np.float64], part: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return *part* as it is, or one by one where none of its marks overlaps another."""
    if 1 < len(part) <= _COMPARED_AT_MOST:
        gaps = np.abs(pixels[part][:, None] - pixels[part][None, :]).max(axis=2)
        if (gaps[np.triu_indices(len(part), 1)] >= NEAR_PX - 2).all():
            return list(part.reshape(-1, 1))
    return [part]
