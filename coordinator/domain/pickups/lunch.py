"""Lunch on a run: when, how long, and between which of its stops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator.domain.pickups.ordering import minute_of_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from coordinator.domain.pickups.ordering import Arrival


@dataclass(frozen=True, slots=True)
class Lunch:
    """When the volunteer eats and how many minutes that takes.

    ``after`` is the number of the stop before it, 0 before the first; ``None`` while no times are known.
    It follows from the times, so it is no part of what was agreed.
    """

    at: time
    minutes: int
    after: int | None = field(default=None, compare=False)


def stop_before(lunch: Lunch, arrivals: Sequence[Arrival | None]) -> int | None:
    """Return the number of the last stop that begins before *lunch*, 0 for none; ``None`` without times."""
    known = [one for one in arrivals if one is not None]
    if not known:
        return None
    return sum(one.arrive <= minute_of_day(lunch.at) for one in known)


def wait_for(lunch: Lunch, arrivals: Sequence[Arrival | None], after: int) -> int:
    """Return the minutes between the end of stop number *after* and the end of *lunch*."""
    last = arrivals[after - 1] if after else None
    idle = 0 if last is None else max(minute_of_day(lunch.at) - last.leave, 0)
    return idle + lunch.minutes
