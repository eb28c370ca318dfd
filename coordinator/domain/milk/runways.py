"""The whole network's runway: what is missing week by week, by what families ask for.

A family counts under each of its traits and once under all, so the rows of traits do not add up to all. What
is missing is counted day by day: milk at home is used first, promised milk from the day it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from coordinator.domain.facts.food_names import food_keys
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.milk.needs import Arrival, Babies, Intake, IntakePolicy, stretches
from coordinator.domain.volume import Volume, total
from coordinator.sayings import Saying, saying

WEEKS = 8
WEEK = timedelta(days=7)
_NOTHING = Volume()


class TraitKind(StrEnum):
    """What a family asks of milk."""

    ALL = "all families"
    WITHOUT_FOOD = "without"
    NO_MEDICINE = "no medicine"
    NO_NICOTINE = "no nicotine"
    FOODS_NOT_ASKED = "foods not asked"


@dataclass(frozen=True, slots=True)
class Trait:
    """Something asked of milk; ``food`` is named where the milk must be without one."""

    kind: TraitKind
    food: str = ""

    @property
    def words(self) -> Saying:
        """As it is listed: ``without dairy``, ``no medicine``."""
        if self.kind is TraitKind.WITHOUT_FOOD:
            return saying("without {food}", food=self.food)
        return _TRAIT_WORDS[self.kind]


_TRAIT_WORDS = {
    TraitKind.ALL: saying("all families"),
    TraitKind.NO_MEDICINE: saying("no medicine"),
    TraitKind.NO_NICOTINE: saying("no nicotine"),
    TraitKind.FOODS_NOT_ASKED: saying("foods not asked"),
}


EVERYBODY = Trait(TraitKind.ALL)


@dataclass(frozen=True, slots=True)
class Unmet:
    """What is missing in a week at low, expected and high intake.

    ``by_old_figures`` is the part of ``expected`` that rests on counts too old to trust.
    """

    low: Volume = _NOTHING
    expected: Volume = _NOTHING
    high: Volume = _NOTHING
    by_old_figures: Volume = _NOTHING

    def __add__(self, other: Unmet) -> Unmet:
        return Unmet(
            self.low + other.low,
            self.expected + other.expected,
            self.high + other.high,
            self.by_old_figures + other.by_old_figures,
        )


@dataclass(frozen=True, slots=True)
class Family:
    """A family as the forecast sees it. ``stock`` ``None``: nobody knows what is at home.

    ``stock_on`` is the day of that figure, ``is_stale`` that it is too old to trust.
    """

    code: str
    babies: Babies | None
    stock: Volume | None
    stock_on: date
    to_come: tuple[Arrival, ...] = ()
    traits: tuple[Trait, ...] = ()
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class TraitRow:
    """One trait over the weeks, and how many families ask for it."""

    trait: Trait
    families: int
    weeks: tuple[Unmet, ...]

    @property
    def in_all(self) -> Unmet:
        """All its weeks together."""
        return sum(self.weeks, Unmet())


@dataclass(frozen=True, slots=True)
class NetworkRunway:
    """The next weeks of the whole network; ``weeks`` are their first days, seven days each.

    The first of ``rows`` is everybody, the others follow by how much is missing. ``unknown`` are the families
    of whom nobody knows the baby's birth date or what is at home: they are in no row, and to be asked.
    ``referred`` babies are in hospital or ill: a bank is asked, not this network. ``paused`` ones rest.
    """

    weeks: tuple[date, ...]
    rows: tuple[TraitRow, ...]
    unknown: tuple[str, ...] = ()
    referred: tuple[str, ...] = ()
    paused: int = 0
    to_come: Volume = _NOTHING

    def short_after(self, free: Volume) -> Volume:
        """Return what all weeks lack at least, were all that is *free* given; counts too old do not count."""
        found = self.rows[0].in_all
        missing = found.expected.microlitres - found.by_old_figures.microlitres
        return Volume(max(missing - free.microlitres, 0))


def traits_of(baby: Baby) -> tuple[Trait, ...]:
    """Return what the family asks of milk; an answer nobody has given yet is a trait of its own for foods."""
    traits = [Trait(TraitKind.WITHOUT_FOOD, food) for food in food_keys(baby.must_avoid)]
    if baby.must_avoid is None:
        traits.append(Trait(TraitKind.FOODS_NOT_ASKED))
    if baby.medicine_ok is Willing.NO:
        traits.append(Trait(TraitKind.NO_MEDICINE))
    if baby.nicotine_ok is Willing.NO:
        traits.append(Trait(TraitKind.NO_NICOTINE))
    return tuple(traits)


def unmet_by_week(
    policy: IntakePolicy, family: Family, today: date, weeks: int = WEEKS
) -> tuple[Unmet, ...] | None:
    """Return what is missing in each of the *weeks* from *today* on; ``None`` when it is not known."""
    if family.babies is None or family.stock is None:
        return None
    low, expected, high = (_missing(policy, family, today, weeks, intake) for intake in Intake)
    return tuple(
        Unmet(*amounts, by_old_figures=amounts[1] if family.is_stale else _NOTHING)
        for amounts in zip(low, expected, high, strict=True)
    )


def network_runway(
    policy: IntakePolicy, families: Sequence[Family], today: date, weeks: int = WEEKS
) -> NetworkRunway:
    """Return what is missing week by week by trait, counting every family that is not paused or referred."""
    counted: dict[Trait, list[tuple[Unmet, ...]]] = {EVERYBODY: []}
    unknown = []
    for family in families:
        missing = unmet_by_week(policy, family, today, weeks)
        if missing is None:
            unknown.append(family.code)
            continue
        for trait in (EVERYBODY, *family.traits):
            counted.setdefault(trait, []).append(missing)
    rows = [_row(trait, lines, weeks) for trait, lines in counted.items()]
    everybody, others = rows[0], rows[1:]
    others.sort(key=lambda row: (-row.in_all.expected.microlitres, row.trait.kind, row.trait.food))
    return NetworkRunway(
        weeks=tuple(today + WEEK * week for week in range(weeks)),
        rows=(everybody, *others),
        unknown=tuple(unknown),
        to_come=total([arrival.volume for family in families for arrival in family.to_come]),
    )


def _row(trait: Trait, lines: Sequence[tuple[Unmet, ...]], weeks: int) -> TraitRow:
    sums = tuple(sum((line[week] for line in lines), Unmet()) for week in range(weeks))
    return TraitRow(trait, len(lines), sums)


def _missing(
    policy: IntakePolicy, family: Family, today: date, weeks: int, intake: Intake
) -> tuple[Volume, ...]:
    """Count down from the day of the figure; what was missing before *today* is past.

    Goes by runs of days on which nothing comes and the need is the same, not day by day: in such a run milk
    is used until it ends, and every day after that lacks it all.
    """
    end = today + WEEK * weeks
    first = min(family.stock_on, today)
    coming: dict[date, int] = {}
    for arrival in family.to_come:
        day = max(arrival.on, first)
        coming[day] = coming.get(day, 0) + arrival.volume.microlitres
    left = 0 if family.stock is None else family.stock.microlitres
    missing = [0] * weeks
    for start, need in _runs(policy, family, (first, end), sorted({*_starts(today, weeks), *coming}), intake):
        left += coming.get(start, 0)
        if start >= today:
            missing[(start - today).days // 7] += max(need - left, 0)
        left = max(left - need, 0)
    return tuple(Volume(amount) for amount in missing)


@lru_cache(maxsize=8)
def _starts(today: date, weeks: int) -> tuple[date, ...]:
    return tuple(today + WEEK * week for week in range(weeks))


def _runs(
    policy: IntakePolicy, family: Family, days: tuple[date, date], cuts: Sequence[date], intake: Intake
) -> Iterator[tuple[date, int]]:
    """Yield the first day and the whole need, in microlitres, of each run between *cuts*."""
    first, end = days
    if family.babies is None:
        return
    for stretch in stretches(policy, family.babies, first, end - timedelta(days=1), intake):
        after = stretch.first + timedelta(days=stretch.days)
        inside = (cut for cut in cuts if stretch.first < cut < after)
        for start, stop in pairwise((stretch.first, *inside, after)):
            yield start, stretch.need.microlitres * (stop - start).days
