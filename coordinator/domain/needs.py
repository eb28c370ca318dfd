"""How much milk a household needs a day, and when its own runs out.

A planning estimate, never a prescription: the figures come from a policy file with their sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True)
class IntakeBand:
    """Daily intake of one baby from an age on, in whole microlitres."""

    from_days: int
    low: Volume
    expected: Volume
    high: Volume


@dataclass(frozen=True, slots=True)
class IntakePolicy:
    """Intake by age, youngest first; ``source`` is what the file says of where it was seen."""

    bands: tuple[IntakeBand, ...]
    source: str

    def band_for(self, age_days: int) -> IntakeBand:
        """Return the band of a baby *age_days* old; before birth the first band."""
        fitting = [band for band in self.bands if band.from_days <= age_days]
        return fitting[-1] if fitting else self.bands[0]


@dataclass(frozen=True, slots=True)
class Need:
    """What donor milk a household needs a day at low, expected and high intake; never negative."""

    low: Volume
    expected: Volume
    high: Volume


@dataclass(frozen=True, slots=True)
class Runway:
    """How long the milk at home lasts.

    ``need`` is ``None`` when the baby's birth date is unknown, ``lasts_until`` when the need, the own
    supply or the stock is. ``stock_on`` says of which day the figure is; ``is_stale`` that it is to be asked
    again.
    """

    need: Need | None
    stock: Volume | None
    stock_on: date | None
    lasts_until: date | None
    unknown: tuple[str, ...] = ()
    is_stale: bool = False


def need_a_day(policy: IntakePolicy, born: date, babies: int, own_supply: Volume, on: date) -> Need:
    """Return babies x intake by age - own supply, on the day *on*."""
    band = policy.band_for((on - born).days)
    nothing = Volume(0)
    low, expected, high = (
        max(intake * babies - own_supply, nothing) for intake in (band.low, band.expected, band.high)
    )
    return Need(low, expected, high)


def full_days(stock: Volume, need_per_day: Volume) -> int | None:
    """Return for how many full days *stock* lasts; ``None`` when nothing is needed.

    Example: 3000 oz at an own supply of 4 oz last 115, 142 and 200 full days at 30, 25 and 19 oz intake.
    """
    if need_per_day.microlitres <= 0:
        return None
    return (stock.microlitres + _ROUNDING) // max(need_per_day.microlitres - _ROUNDING, 1)


_ROUNDING = 1
"""Microlitres by which a day's need may be off, its intake and own supply both being rounded to whole ones.

Without it 3000 oz at 15 oz a day would lack 11 microlitres for the 200th day.
"""


def lasts_until(
    policy: IntakePolicy, born: date, babies: int, own_supply: Volume, stock: Volume, stock_on: date
) -> date | None:
    """Return the last day fully covered by *stock* counted on *stock_on*, as the baby grows.

    The day before *stock_on* means there was not enough for one day. ``None`` when nothing is needed
    for three years.
    """
    left, day = stock.microlitres, stock_on
    limit = stock_on + timedelta(days=3 * 366)
    while day < limit:
        need = need_a_day(policy, born, babies, own_supply, day).expected.microlitres
        if need - _ROUNDING > left:
            return day - timedelta(days=1)
        left -= max(need - _ROUNDING, 0)
        day += timedelta(days=1)
    return None


def is_stale(stock_on: date | None, today: date, stale_after: timedelta) -> bool:
    """Return whether a count of *stock_on* is older than *stale_after*, so that it is asked again."""
    return stock_on is not None and today - stock_on > stale_after


def runway(
    policy: IntakePolicy,
    born: date | None,
    babies: int,
    own_supply: Volume | None,
    stock: Volume | None,
    stock_on: date | None,
    today: date,
) -> Runway:
    """Return what the household needs a day and how long its milk lasts, with what is not known named.

    An own supply nobody asked about counts as none for the need, and is named as unknown.
    """
    missing = {"baby's birth date": born, "own supply": own_supply, "milk at home": stock}
    unknown = tuple(name for name, value in missing.items() if value is None)
    if born is None:
        return Runway(None, stock, stock_on, None, unknown)
    supply = own_supply or Volume()
    need = need_a_day(policy, born, babies, supply, today)
    if stock is None:
        return Runway(need, None, stock_on, None, unknown)
    return Runway(
        need, stock, stock_on, lasts_until(policy, born, babies, supply, stock, stock_on or today), unknown
    )
