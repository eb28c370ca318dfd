"""What a benchmark is asked, and how ours compares with a named rival, fairly enough on a busy machine."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def options(about: str | None, words: Sequence[str] | None, **figures: tuple[float, float]) -> Namespace:
    """Read what a benchmark was asked.

    Each of *figures* is an option, with what it is unless told otherwise, and what it is in the small form:
    that takes seconds and has no target, and a test runs it.
    """
    parser = ArgumentParser(description=about, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="only see that it runs")
    for name, (usual, _) in figures.items():
        parser.add_argument(f"--{name}", type=type(usual))
    chosen = parser.parse_args(words)
    for name, (usual, small) in figures.items():
        if getattr(chosen, name) is None:
            setattr(chosen, name, small if chosen.small else usual)
    return chosen


def exit_code(chosen: Namespace, *reached: bool) -> int:
    """Return 0 if every target was reached; the small form has none."""
    return 0 if chosen.small or all(reached) else 1


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
