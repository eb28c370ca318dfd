"""How much milk a hold proposes: what the baby needs until the run after the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coordinator.domain.milk.needs import Need
from coordinator.domain.milk.splitting import LaterPart
from coordinator.domain.volume import Volume

_WEEK: Final = timedelta(days=7)
"""How far it reaches where no run tells a usual day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Milk for the days from today until the day *until*, less what is ``coming`` already.

    ``weekday`` is the usual day of the runs (0 is Monday); ``None`` where there were none, and it is a week.
    """

    volume: Volume
    a_day: Volume
    days: int
    until: date
    weekday: int | None = None
    coming: Volume = Volume(0)  # noqa: RUF009 - immutable


def wanted(need: Need | None, coming: Volume, runs: Iterable[date], today: date) -> Wanted | None:
    """Return how much to propose; ``None`` while nobody knows the need, or there is none.

    Where all of it is coming already, whoever holds more means more: then nothing is taken off.
    """
    if need is None or not need.expected:
        return None
    until, weekday = _reach(sorted(runs), today)
    days = (until - today).days
    whole = Volume(need.expected.microlitres * days)
    if coming >= whole:
        coming = Volume()
    return Wanted(whole - coming, need.expected, days, until, weekday, coming)


def whole_bags(part: LaterPart, volume: Volume) -> LaterPart:
    """Return as many whole bags of *part* as hold *volume*; all of it where it is not more."""
    if volume >= part.volume:
        return part
    if not part.bags:
        return LaterPart(volume, None)
    bags = -(-part.bags * volume.microlitres // part.volume.microlitres)
    return LaterPart(Volume(round(part.volume.microlitres * bags / part.bags)), bags)


def _reach(runs: list[date], today: date) -> tuple[date, int | None]:
    """Return the run after the next: the usual day, by the runs there were and that are planned."""
    if not runs:
        return today + _WEEK, None
    counts = Counter(run.weekday() for run in runs)
    weekday = max(runs, key=lambda run: (counts[run.weekday()], run)).weekday()
    planned = [run for run in runs if run >= today]
    first = planned[0] if planned else _next(weekday, today)
    return _next(weekday, first + timedelta(days=1)), weekday


def _next(weekday: int, start: date) -> date:
    """Return the first such day from *start* on."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)
