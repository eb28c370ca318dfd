"""How much milk a household needs a day, and when its own runs out.

A planning estimate, never a prescription: the figures come from a policy file with their sources.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coordinator.domain.volume import Volume, total
from coordinator.sayings import Saying, saying

BIRTH_DATE = saying("baby's birth date")
OWN_SUPPLY = saying("own supply")
MILK_AT_HOME = saying("milk at home")
WHETHER_FORMULA_STAYS = saying("whether formula stays")
"""What may not be known of a household."""


class Intake(StrEnum):
    """Which figure of the band is planned with."""

    LOW = "low"
    EXPECTED = "expected"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class IntakeBand:
    """Daily intake of one baby from an age on, in whole microlitres.

    ``label`` names the age; ``seen_in``, ``status`` and ``differs`` are what the policy file says of where
    the figures were seen, how well, and what other sources say.
    """

    from_days: int
    low: Volume
    expected: Volume
    high: Volume
    label: str = ""
    seen_in: str = ""
    status: str = ""
    differs: str = ""

    def of(self, intake: Intake) -> Volume:
        """Return the figure for *intake*."""
        if intake is Intake.EXPECTED:
            return self.expected
        return self.low if intake is Intake.LOW else self.high


@dataclass(frozen=True, slots=True)
class IntakePolicy:
    """Intake by age, youngest first; ``source`` is what the file says of where it was seen."""

    bands: tuple[IntakeBand, ...]
    source: str

    def band_for(self, age_days: int) -> IntakeBand:
        """Return the band of a baby *age_days* old; before birth the first band."""
        after = bisect_right(self.bands, age_days, key=lambda band: band.from_days)
        return self.bands[max(after - 1, 0)]


@dataclass(frozen=True, slots=True)
class Need:
    """What donor milk a household needs a day at low, expected and high intake; never negative."""

    low: Volume
    expected: Volume
    high: Volume

    def of(self, intake: Intake) -> Volume:
        """Return the figure for *intake*."""
        return {Intake.LOW: self.low, Intake.EXPECTED: self.expected, Intake.HIGH: self.high}[intake]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Milk that is to come to a family: on hold or agreed. ``is_planned``: a pickup on that day brings it."""

    on: date
    volume: Volume
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Babies:
    """What the need of a household rests on: how many babies, born when, own milk (its low end), formula."""

    born: date
    count: int = 1
    own_supply: Volume = Volume(0)  # noqa: RUF009 - immutable
    formula: Volume = Volume(0)  # noqa: RUF009 - immutable

    @property
    def covered(self) -> Volume:
        """What they have a day beside donor milk."""
        return self.own_supply + self.formula


@dataclass(frozen=True, slots=True)
class Formula:
    """What is known of formula a day: told when asked, or only ``mentioned`` (zero: without an amount).

    ``is_supply_unclear``: what the family said of its own milk could not be read.
    """

    a_day: Volume | None = None
    mentioned: Volume | None = None
    is_supply_unclear: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the family mentions formula and nobody has asked whether it stays."""
        return self.a_day is None and self.mentioned is not None


@dataclass(frozen=True, slots=True)
class Runway:
    """How long the milk at home lasts.

    ``need`` is ``None`` when the baby's birth date is unknown, ``lasts_until`` when the need, the own
    supply or the stock is. ``lasts_until`` is by the expected intake, ``soonest`` by the high one, ``latest``
    by the low one; each may also be ``None`` because nothing is needed for three years. ``stock_on`` says of
    which day the figure is (the last count, or the last milk delivered, which joins the stock); ``is_stale``
    that it is to be asked again. ``to_come`` is promised milk, by day; with it the stock lasts until
    ``then_until``. ``babies`` and ``band``, what their age says, are what the need rests on. While nobody has
    asked whether formula stays, the need is ``None``, and ``either`` what it is with the formula and without.
    """

    need: Need | None
    stock: Volume | None
    stock_on: date | None
    lasts_until: date | None
    unknown: tuple[Saying, ...] = ()
    is_stale: bool = False
    soonest: date | None = None
    latest: date | None = None
    to_come: tuple[Arrival, ...] = ()
    then_until: date | None = None
    babies: Babies | None = None
    band: IntakeBand | None = None
    either: tuple[Need, Need] | None = None

    @property
    def coming(self) -> Volume:
        """All that is to come."""
        return total([arrival.volume for arrival in self.to_come])


def need_a_day(policy: IntakePolicy, born: date, babies: int, own_supply: Volume, on: date) -> Need:
    """Return babies x intake by age - own supply, on the day *on*."""
    band = policy.band_for((on - born).days)
    low, expected, high = (_need(band, Babies(born, babies, own_supply), intake) for intake in Intake)
    return Need(low, expected, high)


_ROUNDING = 1
"""Microlitres by which a day's need may be off, its intake and own supply both being rounded to whole ones.

Without it 3000 oz at 15 oz a day would lack 11 microlitres for the 200th day. Each further baby's intake is
rounded too.
"""
HORIZON = timedelta(days=3 * 366)
"""Milk that lasts longer is said to have no end."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the need is the same: ``days`` of them from ``first`` on."""

    first: date
    days: int
    need: Volume


def stretches(
    policy: IntakePolicy, babies: Babies, first: date, last: date, intake: Intake = Intake.EXPECTED
) -> Iterator[Stretch]:
    """Yield the stretches of equal need from *first* to *last*, both included, as the babies grow."""
    age, end = (first - babies.born).days, (last - babies.born).days + 1
    later = [band for band in policy.bands if age < band.from_days < end]
    starts = [age, *(band.from_days for band in later)]
    for band, start, stop in zip((policy.band_for(age), *later), starts, [*starts[1:], end], strict=True):
        yield Stretch(first + timedelta(days=start - age), stop - start, _need(band, babies, intake))


def lasts_until(
    policy: IntakePolicy,
    born: date,
    babies: int,
    own_supply: Volume,
    stock: Volume,
    stock_on: date,
    intake: Intake = Intake.EXPECTED,
) -> date | None:
    """Return the last day fully covered by *stock* counted on *stock_on*, as the baby grows.

    The day before *stock_on* means there was not enough for one day. ``None`` when nothing is needed
    for three years.
    """
    left = stock.microlitres
    allowance = _ROUNDING * (babies + 2) // 2
    family = Babies(born, babies, own_supply)
    for stretch in stretches(policy, family, stock_on, stock_on + HORIZON - timedelta(days=1), intake):
        eaten = max(stretch.need.microlitres - allowance, 0)
        if eaten * stretch.days > left:
            return stretch.first + timedelta(days=left // eaten - 1)
        left -= eaten * stretch.days
    return None


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


def is_stale(stock_on: date | None, today: date, stale_after: timedelta) -> bool:
    """Return whether a count of *stock_on* is older than *stale_after*, so that it is asked again."""
    return stock_on is not None and today - stock_on > stale_after


def runway(  # noqa: PLR0913 - what a family told, each by its name
    policy: IntakePolicy,
    born: date | None,
    babies: int,
    own_supply: Volume | None,
    stock: Volume | None,
    stock_on: date | None,
    today: date,
    *,
    formula: Formula = Formula(),
) -> Runway:
    """Return what the household needs a day and how long its milk lasts, with what is not known named.

    An own supply nobody asked about counts as none for the need, and is named as unknown. One that was told
    in words that could not be read, or formula of which nobody knows whether it stays, leaves no figure.
    """
    missing = {BIRTH_DATE: born, OWN_SUPPLY: own_supply, MILK_AT_HOME: stock}
    unknown = tuple(name for name, value in missing.items() if value is None)
    if born is None:
        return Runway(None, stock, stock_on, None, unknown)
    family = Babies(born, babies, own_supply or Volume(), formula.a_day or Volume())
    if formula.is_open or formula.is_supply_unclear:
        return _without_a_figure(policy, family, formula, today, Runway(None, stock, stock_on, None, unknown))
    known = Runway(
        need_a_day(policy, born, babies, family.covered, today),
        stock,
        stock_on,
        None,
        unknown,
        babies=family,
        band=policy.band_for((today - born).days),
    )
    if stock is None:
        return known
    soonest, expected, latest = (
        lasts_until(policy, born, babies, family.covered, stock, stock_on or today, intake)
        for intake in (Intake.HIGH, Intake.EXPECTED, Intake.LOW)
    )
    return replace(known, soonest=soonest, lasts_until=expected, latest=latest, then_until=expected)


def _without_a_figure(
    policy: IntakePolicy, family: Babies, formula: Formula, today: date, known: Runway
) -> Runway:
    """Return *known* without a need, and what it is either way where only formula is open."""
    if not formula.is_open:
        return known
    unknown = (*known.unknown, WHETHER_FORMULA_STAYS)
    if formula.is_supply_unclear or not formula.mentioned:
        return replace(known, unknown=unknown)
    covered = (family.own_supply + formula.mentioned, family.own_supply)
    stays, else_ = (need_a_day(policy, family.born, family.count, own, today) for own in covered)
    return replace(known, unknown=unknown, either=(stays, else_))


def with_arrivals(policy: IntakePolicy, known: Runway, today: date, to_come: tuple[Arrival, ...]) -> Runway:
    """Return *known* with what is *to_come*, and until when the milk lasts once that has come.

    ``lasts_until`` stays: it is about what is there, and a promise kept late would hide the gap.
    """
    if known.babies is None or known.stock is None or not to_come:
        return replace(known, to_come=to_come)
    then = lasts_with(policy, known.babies, known.stock, known.stock_on or today, to_come)
    return replace(known, to_come=to_come, then_until=then)


def _need(band: IntakeBand, babies: Babies, intake: Intake) -> Volume:
    drunk = band.of(intake).microlitres * babies.count
    return Volume(max(drunk - babies.covered.microlitres, 0))


def left_on(policy: IntakePolicy, babies: Babies, stock: Volume, first: date, until: date) -> Volume:
    """Return what is left on the morning of *until*; never negative."""
    eaten = sum(
        stretch.need.microlitres * stretch.days
        for stretch in stretches(policy, babies, first, until - timedelta(days=1))
    )
    return max(Volume(stock.microlitres - eaten), Volume())
