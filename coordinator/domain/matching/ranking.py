"""Who could help this baby: donors with milk free, in order, with everyone else and why not.

Distance never rules anybody out; it only sorts. What rules out is in the reasons, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from operator import attrgetter
from typing import TypeAlias

from coordinator.domain.driving.minutes import DriveTimes
from coordinator.domain.families.babies import Reach
from coordinator.domain.matching.matches import LotPart, Match, Offer, Seeker
from coordinator.domain.matching.reach import ways_in_order
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.needs import Need
from coordinator.domain.policies.profiles import MatchingPolicy
from coordinator.domain.policies.verdicts import Verdict, VerdictKind
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import Disclosures
from coordinator.domain.suitability.overruling import applying
from coordinator.domain.suitability.own_milk import OWN_MILK, in_doubt
from coordinator.domain.suitability.parts import best_of_lot
from coordinator.domain.suitability.resting import resting
from coordinator.domain.suitability.standing import Standing, standing_of
from coordinator.sayings import NOTHING, Saying, saying


@dataclass(frozen=True, slots=True)
class Folded:
    """How many donors are not a fit for the same reason; one who has several counts under each."""

    count: int
    said: Saying

    @property
    def text(self) -> str:
        """It in words."""
        return str(self.said)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A donor the coordinator does not want suggested for this family.

    ``paused`` says so of two whose pair is paused: she comes back when it is resumed.
    """

    donor_code: str
    donor_name: str
    reason: str
    paused: Saying = NOTHING


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody with milk free for one family; a paused one, or a baby who is referred, has no matches.

    ``matches`` are sorted by standing, then by the fewest calls; those that stand alike, and ``not_a_fit``,
    within reach first, then beyond, each by distance, ties by code. Who may be of the family herself is last.
    ``too_far`` are offers beyond the drive that was asked for; nobody looked how they stand.
    """

    seeker: Seeker
    baby_verdict: Verdict
    baby_standing: Standing
    matches: tuple[Match, ...] = ()
    not_a_fit: tuple[Match, ...] = ()
    folded: tuple[Folded, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    too_far: tuple[Offer, ...] = ()

    @property
    def need(self) -> Need | None:
        """What the family needs a day."""
        return self.seeker.need


Judging: TypeAlias = "Callable[[Offer, Seeker, date], tuple[LotPart, ...]]"
"""Returns a donor's lots for a family, what stands nearest first."""


def rank(  # noqa: PLR0913 - who, what, and what it goes by
    seeker: Seeker,
    offers: Sequence[Offer],
    policy: MatchingPolicy,
    driving: DriveTimes,
    today: date,
    set_aside: Iterable[SetAside] = (),
    judging: Judging | None = None,
    *,
    minutes: float = inf,
) -> Ranking:
    """Return who could help *seeker*, best first, with everyone else and why not.

    Donors set aside are left out of both lists. Those whose place is unknown come last, and behind them
    whoever may be of the family herself. *judging* stands in for ``judge``, where it keeps what it said.
    Who lives more than *minutes* away is not judged.
    """
    aside = tuple(set_aside)
    baby_verdict = judge_baby(seeker.baby, policy, today)
    baby_standing = standing_of(baby_verdict, today)
    if seeker.is_paused or baby_verdict.kind is VerdictKind.REFER:
        return Ranking(seeker, baby_verdict, baby_standing, set_aside=aside)
    hidden = {donor.donor_code for donor in aside}
    # Sorting by distance keeps this order, so ties go by code.
    shown = sorted((offer for offer in offers if offer.code not in hidden), key=attrgetter("code"))
    places = [offer.position for offer in shown]
    reach = _assumed(seeker.reach, policy)
    fitting: list[Match] = []
    ruled_out: list[Match] = []
    too_far: list[Offer] = []
    for index, way in ways_in_order(seeker.position, places, reach, driving):
        offer = shown[index]
        if way.minutes is not None and way.minutes > minutes:
            too_far.append(offer)
            continue
        parts = (judging or judge)(offer, seeker, today)
        match = Match(offer, seeker, today, parts[0].verdict, way, parts, baby_standing)
        (ruled_out if match.verdict.kind is VerdictKind.NOT_A_FIT else fitting).append(match)
    fitting.sort(key=lambda match: (match.offer.may_be_own, match.standing.order))
    folded = _folded(ruled_out)
    found = tuple(fitting), tuple(ruled_out), folded, aside, tuple(too_far)
    return Ranking(seeker, baby_verdict, baby_standing, *found)


def _assumed(reach: Reach, policy: MatchingPolicy) -> Reach:
    """Return the family's reach, or the policy's where nobody asked."""
    if reach.miles is None and reach.minutes is None:
        return replace(reach, miles=policy.default_reach_miles)
    return reach


def judge(offer: Offer, seeker: Seeker, today: date) -> tuple[LotPart, ...]:
    """Return a donor's lots for *seeker*, what stands nearest first; ties stay oldest milk first.

    What is the baby's own is left out: it is told once. Of the family's own milk nothing else is told.
    """
    if offer.is_own:
        return tuple(LotPart(lot, OWN_MILK) for lot in offer.lots)
    parts = [_best(lot, offer.disclosures, seeker, today) for lot in offer.lots]
    if offer.may_be_own:
        parts = [part._replace(verdict=in_doubt(part.verdict)) for part in parts]
    if (until := offer.rests_until) is not None:
        parts = [part._replace(verdict=resting(part.verdict, until)) for part in parts]
    return tuple(sorted(parts, key=lambda part: _nearness(part.verdict, today)))


def _nearness(verdict: Verdict, today: date) -> tuple[int, int, int]:
    return *standing_of(verdict, today).order, verdict.kind


def _best(lot: Lot, donor: Disclosures, seeker: Seeker, today: date) -> LotPart:
    decided = applying(seeker.overruled, seeker.code, lot)
    return LotPart(lot, *best_of_lot(lot, seeker.baby, donor, today, decided))


def _folded(ruled_out: Iterable[Match]) -> tuple[Folded, ...]:
    """Count the donors under each reason that rules them out, the most frequent first."""
    counts: Counter[Saying] = Counter()
    one: dict[Saying, Saying] = {}
    for match in ruled_out:
        told = set()
        for reason in match.verdict.reasons:
            if reason.kind is not VerdictKind.NOT_A_FIT:
                break  # The worst come first, and a baby who is referred has no matches.
            together = reason.together or reason.said
            if together not in told:
                told.add(together)
                counts[together] += 1
                one[together] = reason.said
    return tuple(
        Folded(count, saying("{n} {what}", n=count, what=together if count > 1 else one[together]))
        for together, count in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    )
