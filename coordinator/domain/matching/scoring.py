"""How well this milk suits this baby beside how it stands: the parts, each in words, and what they count.

A score never speaks of a person: it is about some milk for one baby, and says why. What is not known counts
nothing, so that forgetting an answer never raises a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Final

from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.matching.matches import LotPart, Match
from coordinator.domain.matching.reach import ReachKind
from coordinator.domain.matching.weights import PartKind, RankingPolicy, Weights
from coordinator.domain.milk.splitting import part_from
from coordinator.domain.suitability.standing import standing_of
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, plural, saying

_MONTH_DAYS: Final = 365.25 / 12
_DAY: Final = 1


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: from 0, which counts nothing, to 1; ``None`` is not known, and counts nothing."""

    kind: PartKind
    level: float | None
    said: Saying

    def worth(self, weights: Weights) -> float:
        """Return what it counts, in minutes of driving."""
        return weights[self.kind] * (self.level or 0.0)


@dataclass(frozen=True, slots=True)
class Score:
    """How well some milk suits a baby, by its parts, in a fixed order."""

    parts: tuple[ScorePart, ...] = ()

    def worth(self, weights: Weights) -> float:
        """Return what all of them count, in minutes of driving."""
        return round(sum(part.worth(weights) for part in self.parts), 6)

    def part(self, kind: PartKind) -> ScorePart | None:
        """Return one of them, if it is among them."""
        return next((part for part in self.parts if part.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What a score goes by besides the match: how many donors the baby had milk of.

    Where families are compared: until when its milk lasts (``None`` where nobody knows, ``is_old`` by an old
    figure), and how many ``others`` with milk free live nearby (``None`` where nobody knows its place).
    """

    donors: int = 0
    compares_families: bool = False
    lasts_until: date | None = None
    is_old: bool = False
    others: int | None = None


def score(match: Match, known: Known, policy: RankingPolicy) -> Score:
    """Return how well the milk of *match* suits its baby, in parts."""
    alike = milk_alike(match)
    parts = [
        _minutes(match, policy),
        _covers(match, alike, policy),
        _stage(match, alike, policy),
        _oldest(match, alike, policy),
        _pair(match),
        _donors(match, known, policy),
    ]
    if known.compares_families:
        parts += [_runs_out(match, known, policy), _no_others(known, policy)]
    return Score(tuple(parts))


def milk_alike(match: Match) -> tuple[LotPart, ...]:
    """Return the parts of the donor's lots that stand as the best of them does."""
    if not match.parts:
        return ()
    first = standing_of(match.parts[0].verdict, match.today).order
    return tuple(part for part in match.parts if standing_of(part.verdict, match.today).order == first)


def volume_of(part: LotPart) -> Volume:
    """Return how much of a lot's free milk is in the part that suits, by the share of days."""
    if part.part is None or part.part.is_whole:
        return part.lot.free
    begun = part_from(part.lot, part.part.first).volume
    if part.part.reaches_end:
        return begun
    after = date.fromordinal(part.part.last.toordinal() + _DAY)
    return Volume(max(begun.microlitres - part_from(part.lot, after).volume.microlitres, 0))


def days_given(match: Match) -> float | None:
    """Return for how many days the milk that stands alike is enough; ``None`` while the need is not known."""
    need = match.seeker.need
    if need is None or not need.expected:
        return None
    return sum(volume_of(part).microlitres for part in milk_alike(match)) / need.expected.microlitres


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _minutes(match: Match, policy: RankingPolicy) -> ScorePart:
    if match.minutes is None:
        return ScorePart(PartKind.MINUTES, None, saying("how far it is: not known"))
    drive = format_minutes(match.minutes, exact=match.is_exact and bool(match.road_host))
    added, said = 0.0, saying("{drive}", drive=drive)
    if match.reach is ReachKind.NEEDS_DRIVER:
        added, said = policy.driver, saying("{drive}, with a driver", drive=drive)
    elif match.reach is ReachKind.COULD_MEET_HALFWAY:
        said = saying("{drive}, or halfway", drive=drive)
    return ScorePart(PartKind.MINUTES, _share(1 - (match.minutes + added) / policy.longest_drive), said)


def _covers(match: Match, alike: Sequence[LotPart], policy: RankingPolicy) -> ScorePart:
    need = match.seeker.need
    if need is None or not need.expected:
        words = saying("what the baby needs: not known") if need is None else saying("needs no milk now")
        return ScorePart(PartKind.COVERS, None, words)
    has = sum(volume_of(part).microlitres for part in alike)
    share = has / (need.expected.microlitres * policy.need_days)
    if share >= 1:
        said = saying("covers all of the next {days} days", days=policy.need_days)
    else:
        said = saying(
            "covers {share} % of the next {days} days", share=int(share * 100), days=policy.need_days
        )
    return ScorePart(PartKind.COVERS, _share(share), said)


def _stage(match: Match, alike: Sequence[LotPart], policy: RankingPolicy) -> ScorePart:
    days, born, age = _days(alike), match.offer.baby_born, match.baby_age_days
    if days is None or born is None or age is None or age < 0:
        return ScorePart(PartKind.STAGE, None, saying("for which age it was pumped: not known"))
    first, last = ((day - born).days for day in days)
    apart = max(first - age, age - last, 0) / _MONTH_DAYS
    months = [max(int(one / _MONTH_DAYS), 0) for one in (first, last, age)]
    if months[0] == months[1]:
        said = plural(
            "milk of month {first} for a baby of {n} month",
            "milk of month {first} for a baby of {n} months",
            months[2],
            first=months[0],
        )
    else:
        said = plural(
            "milk of months {first}–{last} for a baby of {n} month",
            "milk of months {first}–{last} for a baby of {n} months",
            months[2],
            first=months[0],
            last=months[1],
        )
    return ScorePart(PartKind.STAGE, _share(1 - apart / policy.stage_months), said)


def _oldest(match: Match, alike: Sequence[LotPart], policy: RankingPolicy) -> ScorePart:
    days = _days(alike)
    if days is None:
        return ScorePart(PartKind.OLDEST, None, saying("when it was pumped: not known"))
    weeks = (match.today - days[0]).days / 7
    said = plural("oldest bag {n} week old", "oldest bag {n} weeks old", max(int(weeks), 0))
    return ScorePart(PartKind.OLDEST, _share(weeks / policy.oldest_weeks), said)


def _pair(match: Match) -> ScorePart:
    past = match.offer.past
    if past is None:
        return ScorePart(PartKind.PAIR, 0.0, saying("the first time for both"))
    said = plural("{n} hand-over before", "{n} hand-overs before", past.deliveries)
    return ScorePart(PartKind.PAIR, 1.0, said)


def _donors(match: Match, known: Known, policy: RankingPolicy) -> ScorePart:
    if match.offer.past is not None:
        return ScorePart(PartKind.DONORS, 1.0, saying("no further donor for the baby"))
    if not known.donors:
        return ScorePart(PartKind.DONORS, 1.0, saying("the baby’s first donor"))
    said = plural("one donor more than the {n} before", "one donor more than the {n} before", known.donors)
    return ScorePart(PartKind.DONORS, _share(1 - known.donors / policy.donors_most), said)


def _runs_out(match: Match, known: Known, policy: RankingPolicy) -> ScorePart:
    if known.lasts_until is None:
        return ScorePart(PartKind.RUNS_OUT, None, saying("when its milk runs out: not known"))
    left = (known.lasts_until - match.today).days
    if left < 0:
        said = saying("its milk has run out")
        if known.is_old:
            said = saying("by an old figure its milk has run out")
    elif known.is_old:
        said = saying("by an old figure its milk lasts until {day:short}", day=known.lasts_until)
    else:
        said = saying("its milk lasts until {day:short}", day=known.lasts_until)
    return ScorePart(PartKind.RUNS_OUT, _share(1 - left / policy.runs_out_days), said)


def _no_others(known: Known, policy: RankingPolicy) -> ScorePart:
    near = round(policy.nearby)
    if known.others is None:
        return ScorePart(PartKind.NO_OTHERS, None, saying("how many others are near: not known"))
    if not known.others:
        said = saying("nobody else with milk free within {near} minutes", near=near)
    else:
        said = plural(
            "{n} other with milk free within {near} minutes",
            "{n} others with milk free within {near} minutes",
            known.others,
            near=near,
        )
    return ScorePart(PartKind.NO_OTHERS, _share(1 - known.others / policy.others_most), said)


def _days(parts: Iterable[LotPart]) -> tuple[date, date] | None:
    """Return the days of the oldest and the newest bag of *parts*; ``None`` when a lot does not tell."""
    found = list(_days_of_each(parts))
    firsts = [first for first, _ in found if first is not None]
    lasts = [last for _, last in found if last is not None]
    if not found or len(firsts) < len(found) or len(lasts) < len(found):
        return None
    return min(firsts), max(lasts)


def _days_of_each(parts: Iterable[LotPart]) -> Iterator[tuple[date | None, date | None]]:
    for one in parts:
        if one.part is not None:
            yield one.part.first, one.part.last
        else:
            yield one.lot.expressed_from, one.lot.expressed_to


@dataclass(frozen=True, slots=True)
class Placed:
    """One match in the order. ``tied`` are the codes of those it ties with, itself not among them."""

    code: str
    worth: float
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToPlace:
    """What is put in order: ``before`` is how it stands, which nothing that is weighed overtakes."""

    code: str
    before: tuple[int, ...]
    score: Score


def in_order(found: Iterable[ToPlace], weights: Weights, tie: float) -> tuple[Placed, ...]:
    """Return *found* in order: how each stands, then what its score counts, then by code.

    Whoever stands alike and counts less than *tie* minutes less than the first of them ties with that one;
    the next that does not is the first of the next tie. The order of *found* plays no part.
    """
    sums = [(one, one.score.worth(weights)) for one in found]
    sums.sort(key=lambda each: (each[0].before, -each[1], each[0].code))
    groups: list[list[tuple[ToPlace, float]]] = []
    for one, worth in sums:
        leader = groups[-1][0] if groups else None
        if leader is not None and leader[0].before == one.before and leader[1] - worth < tie:
            groups[-1].append((one, worth))
        else:
            groups.append([(one, worth)])
    code = attrgetter("code")
    return tuple(
        Placed(one.code, worth, tuple(code(other) for other, _ in group if other is not one))
        for group in groups
        for one, worth in group
    )
