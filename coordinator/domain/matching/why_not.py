"""Why not the others: everybody who does not fit now, each once by the first reason, in counts that unfold.

The first reason is the strongest: what nobody can change, then what is decided, then what lacks, then what is
only to be asked. ``fitting`` and all counts together are everybody there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.matching.left_out import First, LeftGroup, LeftKind, grouped
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.ranking import Ranking, SetAside
from coordinator.domain.matching.reach import ReachKind
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.suitability.asks import Whom
from coordinator.domain.suitability.standing import StandingKind
from coordinator.sayings import Saying, joined, plural, saying


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Who fits now, by code, and everybody else. ``of_families``: families are left out, not donors."""

    fitting: tuple[str, ...]
    groups: tuple[LeftGroup, ...] = ()
    of_families: bool = False

    @property
    def everybody(self) -> int:
        """How many there are in all."""
        return len(self.fitting) + sum(group.count for group in self.groups)

    @property
    def said(self) -> Saying:
        """It in one line: ``3 of 41 donors fit now: 22 eat dairy, 9 more than 60 minutes away``."""
        n, every = len(self.fitting), self.everybody
        if not n and self.of_families:
            first = saying("None of {every} families fits yet", every=every)
        elif not n:
            first = saying("None of {every} donors fits yet", every=every)
        elif self.of_families:
            first = plural(
                "{n} of {every} families fits now", "{n} of {every} families fit now", n, every=every
            )
        else:
            first = plural("{n} of {every} donors fits now", "{n} of {every} donors fit now", n, every=every)
        if not self.groups:
            return first
        told = joined(", ", [group.said for group in self.groups])
        return saying("{first}: {told}", first=first, told=told)


@dataclass(frozen=True, slots=True)
class Donor:
    """A donor of the network beside her milk: whether it is looked at, and whether there is any.

    ``rests``: until ``rests_until``, or until somebody ends it. ``lots`` is how many she has, free or not.
    """

    code: str
    name: str
    is_own: bool = False
    is_offering: bool = True
    rests: bool = False
    rests_until: date | None = None
    lots: int = 0


def why_not_donors(ranking: Ranking, donors: Iterable[Donor]) -> WhyNot:
    """Return why others than those who fit now are left out for the family of *ranking*, of all *donors*."""
    found = {match.code: match for match in (*ranking.matches, *ranking.not_a_fit)}
    aside = {one.donor_code: one for one in ranking.set_aside}
    fitting: list[str] = []
    left: list[tuple[First, str, str]] = []
    for donor in sorted(donors, key=lambda one: one.code):
        first = _of_donor(donor, ranking, found.get(donor.code), aside)
        if first is None:
            fitting.append(donor.code)
        else:
            left.append((first, donor.code, donor.name))
    return WhyNot(tuple(fitting), grouped(left, ranking.seeker.reach, of_families=False))


def why_not_families(rankings: Sequence[Ranking], donor: Donor, of_household: Collection[str] = ()) -> WhyNot:
    """Return why other families than those that fit now are left out for one *donor*'s milk.

    Each of *rankings* is that of one family with this donor alone; *of_household* are the codes of families
    of her own household.
    """
    fitting: list[str] = []
    left: list[tuple[First, str, str]] = []
    for ranking in sorted(rankings, key=lambda one: one.seeker.code):
        seeker = ranking.seeker
        found = next(iter((*ranking.matches, *ranking.not_a_fit)), None)
        aside = {one.donor_code: one for one in ranking.set_aside}
        own = replace(donor, is_own=seeker.code in of_household)
        first = _of_donor(own, ranking, found, aside)
        if first is None and (need := seeker.need) is not None and not need.expected:
            first = First(LeftKind.NO_NEED, saying("needs no milk now"), saying("its own page says why"))
        if first is None:
            fitting.append(seeker.code)
        else:
            left.append((first, seeker.code, seeker.name))
    return WhyNot(tuple(fitting), grouped(left, None, of_families=True), of_families=True)


def _of_donor(
    donor: Donor, ranking: Ranking, match: Match | None, aside: Mapping[str, SetAside]
) -> First | None:
    """Return the first reason why a donor is left out for a family; ``None`` for one who fits now."""
    first = _of_family(ranking, is_own=donor.is_own) or _of_her(donor, aside)
    if first is not None:
        return first
    return _without_milk(donor) if match is None else _of_match(match)


def _of_family(ranking: Ranking, *, is_own: bool) -> First | None:
    """Return what holds for the family whoever the donor is, or that both are one household."""
    if is_own:
        return First(LeftKind.OWN, saying("of the same household"), saying("nothing: it is their own milk"))
    if ranking.seeker.is_paused:
        return First(
            LeftKind.FAMILY_PAUSED, saying("the family is paused"), saying("end the pause on its own page")
        )
    if ranking.seeker.mourns:
        return First(
            LeftKind.MOURNS, saying("read the note first"), saying("nothing is proposed to this family")
        )
    if ranking.baby_verdict.kind is VerdictKind.REFER:
        why = joined("; ", [reason.said for reason in ranking.baby_verdict.reasons[:1]])
        return First(LeftKind.REFERRED, why, saying("a milk bank or their clinician, not this network"))
    return None


def _of_her(donor: Donor, aside: Mapping[str, SetAside]) -> First | None:
    """Return what holds of a donor whatever milk she has."""
    if not donor.is_offering:
        return First(
            LeftKind.NOT_OFFERING, saying("offers no milk now"), saying("her own page says how she stands")
        )
    if donor.rests:
        return _rests(donor)
    one = aside.get(donor.code)
    if one is None:
        return None
    if one.paused:
        return First(LeftKind.PAIR_PAUSED, one.paused, saying("resume the pair on its own page"))
    why = saying("set aside: {why}", why=one.reason) if one.reason else saying("set aside")
    return First(LeftKind.SET_ASIDE, why, saying("bring her back"))


def _rests(donor: Donor) -> First:
    if donor.rests_until is None:
        return First(LeftKind.RESTS, saying("pauses"), saying("end the pause on her own page"))
    until = donor.rests_until
    return First(
        LeftKind.RESTS, saying("pauses until {day}", day=until), saying("opens by itself on {day}", day=until)
    )


def _without_milk(donor: Donor) -> First:
    if donor.lots:
        return First(
            LeftKind.NO_MILK,
            saying("all her milk is promised or gone"),
            saying("ask what is new in her freezer"),
        )
    return First(LeftKind.NO_MILK, saying("no milk is known of"), saying("ask what is in her freezer"))


def _of_match(match: Match) -> First | None:
    """Return the first reason against what she has; ``None`` where it is ready and within reach."""
    kind = match.pair.kind
    if kind is StandingKind.NOT_A_FIT:
        reason = match.verdict.reasons[0]
        step = saying("nothing changes this")
        if not reason.is_final:
            step = saying("the receiving parent or a clinician may decide otherwise")
        return First(LeftKind.RULES, reason.said, step, reason.together or reason.said)
    if match.reach is ReachKind.NEEDS_DRIVER:
        return First(LeftKind.BEYOND, saying("farther than they drive"), saying("a volunteer drives"))
    return None if kind is StandingKind.READY else _of_standing(match)


def _of_standing(match: Match) -> First:
    """Return what is waited for before the milk may go, and who has to do what."""
    standing = match.pair
    questions = joined("; ", dict.fromkeys(ask.question for ask in standing.deciding))
    if standing.kind is StandingKind.WAITS:
        until = standing.until
        step = saying("fits from {day} on", day=until) if until else saying("wait for its day")
        return First(LeftKind.WAITS, questions, step)
    if standing.kind is not StandingKind.ONE_CALL:
        return First(LeftKind.CLINICIAN, questions, saying("a clinician or this network decides"))
    whom = {ask.whom for ask in standing.deciding}
    if whom == {Whom.DONOR, Whom.FAMILY}:
        both = saying("ring {donor} and {family}", donor=match.name, family=match.seeker.name)
        return First(LeftKind.TO_ASK, questions, both)
    if Whom.DONOR in whom:
        return First(LeftKind.TO_ASK, questions, saying("ring {name}", name=match.name))
    return First(LeftKind.FAMILY_TO_ASK, questions, saying("ring {name}", name=match.seeker.name))
