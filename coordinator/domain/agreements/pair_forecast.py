"""When the next pickup of two is due: when this baby runs out, and when that donor has enough for a trip.

Each is said with how it was worked out, and what is not known is said as that. Nothing is promised by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.needs import Runway
from coordinator.domain.policies.profiles import MatchingPolicy
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, total
from coordinator.sayings import NOTHING, Saying, as_written, joined, plural, saying

_ROUNDING: Final = 0.01
"""Of a day: amounts are whole microlitres, and a day more would be one for a drop."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A day, ``None`` where it is not known, in ``words``, and ``how`` it was worked out."""

    on: date | None
    words: Saying
    how: Saying = NOTHING


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the baby runs out, when the donor has enough for a trip, and what follows for the next pickup."""

    runs_out: Estimate
    has_enough: Estimate
    words: Saying
    by: date | None = None

    @property
    def is_short(self) -> bool:
        """Whether the baby runs out before she has enough."""
        out, enough = self.runs_out.on, self.has_enough.on
        return out is not None and enough is not None and enough > out


@dataclass(frozen=True, slots=True)
class Trip:
    """What a trip is judged by: the least that is worth one, and the policy's days of a pumping rate."""

    today: date
    smallest: Volume
    policy: MatchingPolicy
    unit: VolumeUnit = VolumeUnit.OZ


def forecast(runway: Runway, lots: Sequence[Lot], trip: Trip) -> Forecast:
    """Return the forecast for a family with *runway* and a donor with *lots*, given ones as well."""
    out, enough = runs_out(runway, trip), has_enough(lots, trip)
    words, by = _pickup(out, enough, trip.today)
    return Forecast(out, enough, words, by)


def runs_out(runway: Runway, trip: Trip) -> Estimate:
    """Return the first day that is not covered, promised milk included."""
    if runway.need is None or runway.stock is None:
        what = joined(", ", runway.unknown) if runway.unknown else saying("what the baby needs")
        return Estimate(
            None, saying("not known when the baby runs out"), saying("not known: {what}", what=what)
        )
    how = _worked_out(runway, trip)
    if runway.then_until is None:
        return Estimate(None, saying("the baby needs no more milk by these figures"), how)
    on = runway.then_until + timedelta(days=1)
    if on <= trip.today:
        return Estimate(on, saying("the baby is out since {on:short}", on=on), how)
    return Estimate(on, saying("the baby runs out {on}", on=on), how)


def _worked_out(runway: Runway, trip: Trip) -> Saying:
    need, stock = runway.need, runway.stock or Volume()
    day = _amount(need.expected, trip) if need else as_written("")
    at_home = _amount(stock, trip)
    said = saying("{stock} at home, {day} a day", stock=at_home, day=day)
    if runway.stock_on is not None:
        said = saying(
            "{stock} at home by the figure of {on:short}, {day} a day",
            stock=at_home,
            on=runway.stock_on,
            day=day,
        )
    if runway.babies is not None and runway.babies.covered:
        said = saying("{said} beside {own} of its own", said=said, own=_amount(runway.babies.covered, trip))
    if runway.coming:
        said = saying("{said}, {more} promised", said=said, more=_amount(runway.coming, trip))
    if runway.is_stale:
        said = saying("{said}; an old figure: ask again", said=said)
    if runway.unknown:
        said = saying("{said}; not known: {what}", said=said, what=joined(", ", runway.unknown))
    return said


def has_enough(lots: Sequence[Lot], trip: Trip) -> Estimate:
    """Return when she has the smallest shipment that is worth a trip, by what is free and what she pumps."""
    free = total([one.free for one in lots if one.free > Volume()])
    least = _amount(trip.smallest, trip)
    if free >= trip.smallest:
        much = _amount(free, trip)
        said = saying("she has enough for a trip now")
        return Estimate(
            trip.today, said, saying("{free} free; a trip is worth {least} or more", free=much, least=least)
        )
    rate = _rate(lots, trip)
    lacks = trip.smallest - free
    known = saying(
        "{free} free, {lacks} less than a trip is worth ({least})",
        free=_amount(free, trip),
        lacks=_amount(lacks, trip),
        least=least,
    )
    if rate is None:
        said = saying("not known when she has enough for a trip")
        why = saying("{known}; her dated milk tells no rate of late: ask what she pumps", known=known)
        return Estimate(None, said, why)
    a_day, newest, days = rate
    on = newest + timedelta(days=ceil(lacks.microlitres / a_day.microlitres - _ROUNDING))
    how = saying(
        "{known}; about {rate} a day by her milk dated the {days} days to {newest:short}",
        known=known,
        rate=_amount(a_day, trip),
        days=days,
        newest=newest,
    )
    if on <= trip.today:
        return Estimate(trip.today, saying("she may have enough for a trip by now: ask her"), how)
    return Estimate(on, saying("she has enough for a trip about {on}", on=on), how)


def _rate(lots: Sequence[Lot], trip: Trip) -> tuple[Volume, date, int] | None:
    """Return what she put by a day, the day of her newest bag, and over how many days; ``None`` if unclear.

    Only dated milk counts, given or not, and every day from her oldest bag to her newest one.
    """
    dated = [
        (one.expressed_from, one.expressed_to, one.volume)
        for one in lots
        if one.is_told and one.expressed_from is not None and one.expressed_to is not None
    ]
    if not dated:
        return None
    oldest, newest = min(first for first, _, _ in dated), max(last for _, last, _ in dated)
    days = (newest - oldest).days + 1
    is_old = (trip.today - newest).days > trip.policy.rate_until_days
    if days < trip.policy.rate_from_days or is_old or newest > trip.today:
        return None
    a_day = Volume(total([volume for _, _, volume in dated]).microlitres // days)
    return (a_day, newest, days) if a_day else None


def _pickup(out: Estimate, enough: Estimate, today: date) -> tuple[Saying, date | None]:
    """Return what follows for the next pickup, and by when; no day where nobody can tell."""
    if out.on is None:
        if enough.on is None:
            return saying("The next pickup: not known"), None
        return saying("The next pickup: from {on} on; until when is not known", on=enough.on), None
    if enough.on is None:
        by = max(out.on, today)
        return saying("The next pickup: by {on}, if she has enough by then", on=by), by
    return _between(max(enough.on, today), max(out.on, today), today)


def _between(first: date, last: date, today: date) -> tuple[Saying, date]:
    """Return what follows where she has enough on *first* and the baby is out on *last*."""
    if first > last:
        return _too_late(last, first), first
    if last == today:
        return saying("The next pickup: now"), today
    if first == today:
        return saying("The next pickup: any day, by {on} at the latest", on=last), last
    return saying("The next pickup: from {first}, by {on} at the latest", first=first, on=last), last


def _too_late(out_on: date, on: date) -> Saying:
    return plural(
        "The next pickup: about {on}; the baby lacks milk for {n} day before, so find other milk",
        "The next pickup: about {on}; the baby lacks milk for {n} days before, so find other milk",
        (on - out_on).days,
        on=on,
    )


def _amount(volume: Volume, trip: Trip) -> Saying:
    return as_written(format_volume(volume, trip.unit).replace("\u00a0", " "))
