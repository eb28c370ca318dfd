"""How long a family's milk lasts once all that is promised has come, and what is missing all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coordinator.domain.milk.needs import (
    Arrival,
    Babies,
    IntakePolicy,
    Runway,
    lasts_until,
    left_on,
    stretches,
)
from coordinator.domain.volume import Volume


def with_arrivals(policy: IntakePolicy, known: Runway, today: date, to_come: tuple[Arrival, ...]) -> Runway:
    """Return *known* with what is *to_come*, and until when the milk lasts once that has come.

    ``lasts_until`` stays: it is about what is there, and a promise kept late would hide the gap.
    """
    if known.babies is None or known.stock is None or not to_come:
        return replace(known, to_come=to_come)
    then = lasts_with(policy, known.babies, known.stock, known.stock_on or today, to_come)
    return replace(known, to_come=to_come, then_until=then)


def lasts_with(
    policy: IntakePolicy, babies: Babies, stock: Volume, stock_on: date, arrivals: Sequence[Arrival]
) -> date | None:
    """Return the last day covered at the expected intake once all *arrivals* have come.

    Days without milk before one of them are over when it comes: it is used from its day on.
    """
    left, day = _after_all(policy, babies, (stock, stock_on), arrivals)
    return lasts_until(policy, babies.born, babies.count, babies.covered, left, day)


def lacking(policy: IntakePolicy, known: Runway, today: date, until: date) -> Volume:
    """Return what is missing through the day *until* once all that is to come has come; nothing if not known.

    Days without milk before the last of it are over when that comes.
    """
    if known.babies is None or known.stock is None:
        return Volume()
    at_home = (known.stock, known.stock_on or today)
    left, day = _after_all(policy, known.babies, at_home, known.to_come)
    if day < today:
        left, day = left_on(policy, known.babies, left, day, today), today
    drunk = sum(run.need.microlitres * run.days for run in stretches(policy, known.babies, day, until))
    return max(Volume(drunk - left.microlitres), Volume())


def _after_all(
    policy: IntakePolicy, babies: Babies, at_home: tuple[Volume, date], arrivals: Sequence[Arrival]
) -> tuple[Volume, date]:
    """Return what is there when the last of *arrivals* has come, and that day."""
    left, day = at_home
    for arrival in sorted(arrivals, key=lambda one: one.on):
        if arrival.on > day:
            left = left_on(policy, babies, left, day, arrival.on)
            day = arrival.on
        left += arrival.volume
    return left, day
