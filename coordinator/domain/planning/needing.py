"""What each family lacks week by week, how much room it has, and how much its days count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from coordinator.domain.imports.measures import read_space
from coordinator.domain.milk.arriving import lacking
from coordinator.domain.milk.needs import Babies, IntakePolicy, Runway, left_on
from coordinator.domain.planning.network import Priority, Week
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.volume import Volume

_YEAR: Final = 365
_WEEK: Final = 7


def weeks_lacking(intake: IntakePolicy, runway: Runway, today: date, weeks: int) -> tuple[Week, ...]:
    """Return what is missing in each week once all that is promised has come; none where the need is unknown.

    Where nobody knows what is at home, nothing is taken to be there: the family is asked before milk goes.
    """
    babies = runway.babies
    if babies is None or runway.need is None:
        return ()
    known = runway if runway.stock is not None else replace(runway, stock=Volume(), stock_on=today)
    bare = replace(runway, stock=Volume(), stock_on=today, to_come=())
    ends = [today + timedelta(days=_WEEK * (week + 1) - 1) for week in range(weeks)]
    missing = _by_week([lacking(intake, known, today, end).oz for end in ends])
    needed = _by_week([lacking(intake, bare, today, end).oz for end in ends])
    return tuple(_week(lacks, needs, babies) for lacks, needs in zip(missing, needed, strict=True))


def _by_week(until: list[float]) -> list[float]:
    return [after - before for before, after in zip([0.0, *until], until, strict=False)]


def _week(lacks: float, needs: float, babies: Babies) -> Week:
    return Week(lacks, _WEEK * babies.count * lacks / needs if needs else 0.0)


def room_oz(freezer: str, runway: Runway, intake: IntakePolicy, policy: PlanPolicy, today: date) -> float:
    """Return how much its freezer still takes beside what is there and coming; infinite if not known."""
    cubic_feet = read_space(freezer) if freezer else None
    if cubic_feet is None:
        return float("inf")
    there = Volume()
    if runway.babies is not None and runway.stock is not None:
        since = min(runway.stock_on or today, today)
        there = left_on(intake, runway.babies, runway.stock, since, today)
    return max(cubic_feet * policy.freezer_oz - there.oz - runway.coming.oz, 0.0)


def weight_of(priority: Priority, born: date | None, reason: str, policy: PlanPolicy, today: date) -> float:
    """Return what a day of this baby's counts: 1, or more where it comes first."""
    if priority is Priority.YOUNGEST and born is not None:
        return 1 + policy.first * max(1 - max((today - born).days, 0) / _YEAR, 0.0)
    if priority is Priority.MEDICAL and any(word in reason.casefold() for word in policy.medical):
        return 1 + policy.first
    return 1.0
