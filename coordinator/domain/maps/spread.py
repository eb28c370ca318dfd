"""Marks that would hide each other are moved apart, so that each can be read where it belongs."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TURN = math.pi * (3 - math.sqrt(5))
"""The golden angle: marks set at it around one point never line up."""
_ROUNDS = 200


def spiral(points: NDArray[np.float64], size_px: float) -> list[tuple[float, float]]:
    """Return *points* (n, 2) with those at exactly one place (one ZIP) on a spiral around it.

    Fast for thousands; marks that are merely near each other still overlap.
    """
    counts: Counter[tuple[float, float]] = Counter()
    spots = []
    for x, y in points.tolist():
        nth = counts[x, y]
        counts[x, y] += 1
        reach, angle = size_px * 0.75 * math.sqrt(nth), nth * _TURN
        spots.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return spots


def pushed_apart(
    points: NDArray[np.float64], gap_px: float, low: tuple[float, float], high: tuple[float, float]
) -> NDArray[np.float64]:
    """Return *points* (n, 2), for a few dozen, moved as little as need be to stand *gap_px* apart.

    Each pair that is too close gives way by half until none is, all of them between *low* and *high*. Too
    many for the room are left as far apart as they got. The same points give the same answer.
    """
    spots = points.copy()
    angles = np.arange(len(points)) * _TURN
    nudges = np.column_stack((np.cos(angles), np.sin(angles))) * 0.01
    for _ in range(_ROUNDS):
        step = spots[:, None] - spots[None, :]
        step += (nudges[:, None] - nudges[None, :]) * (np.abs(step).sum(axis=2, keepdims=True) < 1e-3)
        apart = np.hypot(step[..., 0], step[..., 1])
        np.fill_diagonal(apart, np.inf)
        short = np.clip(gap_px - apart, 0, None)
        spots += (step * (short / apart)[..., None]).sum(axis=1) * 0.5
        spots = np.clip(spots, low, high)
        if short.max(initial=0) < 0.05:
            break
    return spots
