"""Which lots may go to a family, by its ranking, and in words why the others may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from coordinator.domain.matching.matches import LotPart, Match, Offer
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.matching.reach import ReachKind
from coordinator.domain.planning.conditions import KNOWN_AT_HOME, hoped_of
from coordinator.domain.planning.hopes import hope_of
from coordinator.domain.planning.network import Hoped, NotOffered, Pair
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.suitability.asks import Ask, Whom
from coordinator.domain.suitability.standing import Standing, StandingKind, standing_of, together
from coordinator.sayings import Saying, plural

_MAY_GO = frozenset({StandingKind.READY, StandingKind.ONE_CALL})
_TOLD_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Paired:
    """What may go to one family: the pairs, what is asked of each household, and why others may not.

    ``asked`` are the questions that milk waits for, by household.
    """

    pairs: tuple[Pair, ...]
    asked: Mapping[int, tuple[Ask, ...]]
    left_out: tuple[Saying, ...]
    not_offered: NotOffered


@dataclass(frozen=True, slots=True)
class Around:
    """What pairing knows besides a ranking: each donor's household, what is hoped, and how far is too far."""

    homes: Mapping[str, int]
    hopes: Mapping[str, float]
    policy: PlanPolicy
    minutes: float


@dataclass(frozen=True, slots=True)
class Found:
    """What of one donor's milk may go to one family and what is asked for it, or why nothing may."""

    pairs: tuple[Pair, ...] = ()
    of_donor: tuple[Ask, ...] = ()
    of_family: tuple[Ask, ...] = ()
    why: str = ""


class KeptPairs:
    """What was found of each donor and family, kept while nothing it goes by has changed."""

    def __init__(self) -> None:
        self._known: Final[dict[tuple[str, str], tuple[tuple[Any, ...], Found]]] = {}
        self._rounds: Final[dict[str, tuple[tuple[Any, ...], int]]] = {}

    def round_of(self, family: str, by: tuple[Any, ...]) -> int:
        """Return a number that stays while what all matches of a *family* go *by* is the same."""
        known = self._rounds.get(family)
        if known is None or known[0] != by:
            known = self._rounds[family] = by, (known[1] + 1 if known else 0)
        return known[1]

    def found(self, by: tuple[Any, ...], match: Match, find: Callable[[], Found]) -> Found:
        """Return what *find* found last time, or finds now where it goes *by* something else."""
        key = match.code, match.seeker.code
        known = self._known.get(key)
        if known is None or known[0] != by:
            known = self._known[key] = by, find()
        return known[1]


class _Asked:
    """What is asked of each household; the same questions again cost next to nothing."""

    def __init__(self) -> None:
        self._told: dict[int, list[tuple[Ask, ...]]] = {}

    def add(self, home: int, asks: tuple[Ask, ...]) -> None:
        told = self._told.setdefault(home, [])
        if asks not in told:
            told.append(asks)

    def all(self) -> dict[int, tuple[Ask, ...]]:
        return {
            home: tuple(dict.fromkeys(ask for asks in told for ask in asks))
            for home, told in self._told.items()
        }


def paired(
    ranking: Ranking,
    home: int,
    around: Around,
    today: date,
    *,
    asks_need: bool,
    kept: KeptPairs | None = None,
) -> Paired:
    """Return what may go to the family of *ranking*; *asks_need*: it is asked what is at home first."""
    kept = kept or KeptPairs()
    alike = (ranking.baby_standing, home, asks_need, around.hopes, around.policy, around.minutes, today)
    same = kept.round_of(ranking.seeker.code, alike)
    pairs: list[Pair] = []
    asked = _Asked()
    aside: Counter[str] = Counter(far=len(ranking.too_far))
    for match in ranking.matches:
        donor = around.homes[match.code]
        offer = match.offer
        flags = (offer.is_own, offer.may_be_own, offer.read_before_ringing, offer.is_bereaved)
        by = (same, match.parts, match.minutes, match.reach, offer.past is not None, donor, flags)
        find = partial(_of_match, ranking, match, home, around, today, asks_need=asks_need)
        found = kept.found(by, match, find)
        if found.why:
            aside[found.why] += 1
            continue
        pairs.extend(found.pairs)
        asked.add(donor, found.of_donor)
        asked.add(home, found.of_family)
    if paused := sum(bool(one.paused) for one in ranking.set_aside):
        aside["paused"] = paused
    left_out = (*_words(aside, around), *(one.said for one in ranking.folded[:_TOLD_AT_MOST]))
    not_offered = NotOffered(aside["far"], aside.total() - aside["far"] + len(ranking.not_a_fit))
    return Paired(tuple(pairs), asked.all(), left_out, not_offered)


def kept_out(offer: Offer) -> str:
    """Return why no plan may propose milk of this donor, wherever it lies; empty if one may."""
    if offer.is_own or offer.may_be_own:
        return "own"
    return "read" if offer.read_before_ringing or offer.is_bereaved else ""


def _set_aside(match: Match, around: Around) -> str:
    """Return why nothing of this donor is planned for the family; empty if it may be."""
    if why := kept_out(match.offer):
        return why
    if match.minutes is None:
        return "place"
    return "far" if match.minutes > around.minutes else ""


def _of_match(
    ranking: Ranking, match: Match, home: int, around: Around, today: date, *, asks_need: bool
) -> Found:
    """Return what of a donor's lots may go, with what is asked for it."""
    if why := _set_aside(match, around):
        return Found(why=why)
    pairs: list[Pair] = []
    asks: dict[Whom, dict[Ask, None]] = {Whom.DONOR: {}, Whom.FAMILY: {}}
    for part in match.parts:
        standing = together(ranking.baby_standing, standing_of(part.verdict, today))
        if standing.kind in _MAY_GO and part.is_held_as_it_is:
            pairs.append(_pair(match, part, standing, home, around, asks_need=asks_need))
            for whom, of_them in asks.items():
                of_them.update(dict.fromkeys(standing.of(whom)))
    if not pairs:
        return Found(why=_standing_word(match))
    return Found(tuple(pairs), tuple(asks[Whom.DONOR]), tuple(asks[Whom.FAMILY]))


def _pair(
    match: Match, part: LotPart, standing: Standing, home: int, around: Around, *, asks_need: bool
) -> Pair:
    asks: dict[int, tuple[Hoped, ...]] = {}
    if of_donor := standing.of(Whom.DONOR):
        asks[around.homes[match.code]] = tuple(map(hoped_of, of_donor))
    if (of_family := standing.of(Whom.FAMILY)) or asks_need:
        needed = (KNOWN_AT_HOME,) if asks_need else ()
        asks[home] = (*asks.get(home, ()), *map(hoped_of, of_family), *needed)
    return Pair(
        lot=part.lot.code,
        baby=match.seeker.code,
        donor=match.code,
        minutes=match.minutes or 0.0,
        only_from=part.only_from,
        homes=frozenset(asks),
        hope=hope_of(standing.asks, around.hopes, around.policy),
        is_kept=match.offer.past is not None,
        needs_driver=match.reach is not ReachKind.WITHIN,
        asks=asks,
    )


def _standing_word(match: Match) -> str:
    kind = match.pair.kind
    return {StandingKind.CLINICIAN: "clinician", StandingKind.WAITS: "waits"}.get(kind, "split")


def _words(aside: Counter[str], around: Around) -> Iterator[Saying]:
    """Say how many donors are aside for what, in a fixed order."""
    far = round(around.minutes)
    said = {
        "clinician": plural(
            "a clinician or this network decides about {n}",
            "a clinician or this network decides about {n}",
            aside["clinician"],
        ),
        "far": plural(
            "{n} is more than {far} minutes away",
            "{n} are more than {far} minutes away",
            aside["far"],
            far=far,
        ),
        "waits": plural("{n} waits for its day", "{n} wait for their day", aside["waits"]),
        "place": plural("nobody knows where {n} lives", "nobody knows where {n} live", aside["place"]),
        "read": plural("{n} to read about first", "{n} to read about first", aside["read"]),
        "split": plural("{n} has a lot to be split first", "{n} have lots to be split first", aside["split"]),
        "paused": plural(
            "{n} is paused with this family: ask their clinician first, or resume the pair",
            "{n} are paused with this family: ask their clinician first, or resume the pairs",
            aside["paused"],
        ),
        "own": plural("{n} may be of the family", "{n} may be of the family", aside["own"]),
    }
    return (words for key, words in said.items() if aside[key])
