"""How often a standing pair hands over: every week, every other Saturday, the first Friday of a month.

The days are worked out by ``dateutil``'s recurrence rules (RFC 5545), which know months with five Saturdays
and the turn of a year; no time of day is in them, so no clock that is put forward moves one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from coordinator.domain.agreements.messages import WEEKDAYS
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, plural, saying

LONGEST_WEEKS: Final = 12
"""Rarer than this nobody calls it a rhythm."""
LAST: Final = -1
"""The last such day of a month, whether it is the fourth or the fifth."""
_FIFTH: Final = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One weekday (0 is Monday): every so many weeks, or on the days of a month that ``in_month`` tells.

    ``in_month`` ``(1, 3)`` is the first and third of a month, ``(-1,)`` its last; then weeks do not count.
    """

    weekday: int
    every_weeks: int = 1
    in_month: tuple[int, ...] = ()

    def days(self, first: date, after: date) -> Iterator[date]:
        """Yield the days after the day *after*, of a rhythm that begins on *first* or the next such day."""
        for found in self._rule(first).xafter(datetime.combine(after, time()), inc=False):
            yield found.date()

    def days_to_next(self, first: date, on: date) -> int:
        """Return how many days it is from its day *on* to its next."""
        return (next(self.days(first, on)) - on).days

    def is_day(self, first: date, on: date) -> bool:
        """Whether *on* is one of its days."""
        return next(self.days(first, on - timedelta(days=1)), None) == on

    def _rule(self, first: date) -> rrule:
        if self.in_month:
            days = [weekday(self.weekday, which) for which in self.in_month]
            return rrule(MONTHLY, dtstart=datetime.combine(first, time()), byweekday=days)
        start = first + timedelta(days=(self.weekday - first.weekday()) % 7)  # weeks are counted from it
        return rrule(WEEKLY, dtstart=datetime.combine(start, time()), interval=self.every_weeks)

    @property
    def words(self) -> Saying:
        """How often it is, as people say it."""
        day = WEEKDAYS[self.weekday]
        if self.in_month:
            which = joined(_AND, (_WHICH[one] for one in self.in_month))
            return saying("the {which} {day} of the month", which=which, day=day)
        if self.every_weeks <= len(_EVERY):
            return saying("{every} {day}", every=_EVERY[self.every_weeks - 1], day=day)
        return plural("{day}, every week", "{day}, every {n} weeks", self.every_weeks, day=day)


_AND: Final = ", "
_EVERY: Final = (saying("every"), saying("every other"))
_WHICH: Final = {
    1: saying("1st"),
    2: saying("2nd"),
    3: saying("3rd"),
    4: saying("4th"),
    _FIFTH: saying("5th"),
    LAST: saying("last"),
}


def check_rhythm(rhythm: Rhythm) -> None:
    """Raise ``UserError`` for a rhythm nobody keeps."""
    if not 1 <= rhythm.every_weeks <= LONGEST_WEEKS:
        raise UserError(
            saying("A standing pair meets every so many weeks, from 1 to {most}.", most=LONGEST_WEEKS)
        )


def day_words(on: date) -> Saying:
    """Return a day with its weekday, short: ``Sat, Dec 12``."""
    return saying("{weekday}, {on:short}", weekday=_SHORT[on.weekday()], on=on)


_SHORT: Final = (
    saying("Mon"),
    saying("Tue"),
    saying("Wed"),
    saying("Thu"),
    saying("Fri"),
    saying("Sat"),
    saying("Sun"),
)
