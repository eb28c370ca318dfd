"""How much faster ours is than a named rival, measured fairly enough on a busy machine."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def median_ratio(rival: Callable[[], object], ours: Callable[[], object], rounds: int = 5) -> float:
    """Return the median of rival's time over ours, the two run in turn so that both meet the same weather.

    Each runs once beforehand, for imports and caches.
    """
    ours()
    rival()
    return median(seconds(rival) / seconds(ours) for _ in range(rounds))


def seconds(work: Callable[[], object]) -> float:
    """Return how long *work* takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def report(what: str, ratio: float, target: float) -> bool:
    """Print the ratio beside its target and tell whether it was reached."""
    is_reached = ratio >= target
    print(f"{what}: {ratio:,.0f} times (target {target:,.0f}): {'reached' if is_reached else 'MISSED'}")
    return is_reached
