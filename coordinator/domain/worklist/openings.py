"""What is there for the babies who need milk, what a donor's answers would free, and what lacks after all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.agreements.case_steps import CaseStep
from coordinator.domain.agreements.cases import Case
from coordinator.domain.matching.matches import LotPart, Match
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.milk.splitting import part_from
from coordinator.domain.planning.network import Hoped
from coordinator.domain.suitability.asks import Whom
from coordinator.domain.suitability.standing import StandingKind, standing_of, together
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.domain.worklist.covering import covered
from coordinator.sayings import NOTHING, Saying, as_written, joined, plural, saying

_USABLE = (StandingKind.READY, StandingKind.ONE_CALL)


@dataclass(frozen=True, slots=True)
class ThereIs:
    """How many donors' milk stands how for one baby, the baby's own questions counted in."""

    ready: int = 0
    one_call: int = 0
    clinician: int = 0
    waits: int = 0

    @property
    def words(self) -> Saying:
        """As it stands behind "nothing held yet": ``2 ready, 5 one call away``."""
        parts = (
            saying("{n} ready", n=self.ready) if self.ready else NOTHING,
            saying("{n} one call away", n=self.one_call) if self.one_call else NOTHING,
            saying("{n} a clinician decides", n=self.clinician) if self.clinician else NOTHING,
            plural("{n} waits", "{n} wait", self.waits) if self.waits else NOTHING,
        )
        return joined(", ", filter(None, parts)) or saying("no milk that fits is free")


@dataclass(frozen=True, slots=True)
class Opened:
    """Which babies a household's answers would free milk for, by code and name, and how much of it.

    ``is_planned``: it is what the plan would send, ``each`` of it to whom; ``if_so`` says what is hoped of
    the answers, ``also`` who else is to be rung for it; ``is_own``: it is for the household's own baby alone;
    ``asks`` is what the household is asked for it.
    Else it is the most that there is, whoever gets it.
    """

    babies: tuple[tuple[str, str], ...]
    volume: Volume
    each: tuple[Volume, ...] = ()
    if_so: Saying = NOTHING
    also: tuple[str, ...] = ()
    is_planned: bool = False
    is_own: bool = False
    asks: tuple[Hoped, ...] = ()

    @property
    def topics(self) -> frozenset[str]:
        """What the milk waits for that the household is asked about."""
        return frozenset(topic for one in self.asks for topic in (one.topic, one.kept_as))

    def words(self, unit: VolumeUnit) -> Saying:
        """As it stands on a call: ``974 oz for Grace Young, Vera Pelletier, if HTLV was tested``."""
        much = _much(self.volume, unit)
        said = saying("{much} for {names}", much=much, names=self._names())
        if self.is_own:
            said = saying("{much} for their own baby", much=much)
        return joined(", ", filter(None, (said, self.if_so, self._also())))

    def _also(self) -> Saying:
        """Say who else is to be rung: the family that gets the milk is not named twice."""
        families = {name for _, name in self.babies}
        others = tuple(name for name in self.also if name not in families)
        if not self.also:
            return NOTHING
        if not others:
            return saying("with a call to the family too")
        return saying("with a call to {names} too", names=others)

    def _names(self) -> Saying:
        shown, more = self.babies[:_NAMED], len(self.babies) - _NAMED
        names = joined(", ", (as_written(name) for _, name in shown))
        return (
            plural("{names} and {n} more", "{names} and {n} more", more, names=names) if more > 0 else names
        )


_NAMED = 3
"""So many babies are named on a line."""


def _much(volume: Volume, unit: VolumeUnit) -> Saying:
    return as_written(format_volume(volume, unit).replace("\u00a0", " "))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing in the coming week once all that is promised has come and all that fits is given.

    Milk counts that is ready or one call away. ``not_known`` families are not counted: nobody knows what they
    have, or only by an old figure.
    """

    short: Volume = Volume(0)  # noqa: RUF009 - immutable
    families: int = 0
    not_known: int = 0

    def words(self, unit: VolumeUnit) -> Saying:
        """What is missing, in words."""
        if not self.families:
            said = saying("nothing is short this week")
        elif not self.short:
            said = saying("this week may be covered, if every call turns out well")
        else:
            much = _much(self.short, unit)
            said = saying("about {much} short this week after all that is free", much=much)
        return joined("; ", filter(None, (said, self._left_out())))

    def _left_out(self) -> Saying:
        if not self.not_known:
            return NOTHING
        return plural("{n} family not counted", "{n} families not counted", self.not_known)


@dataclass(frozen=True, slots=True)
class Openings:
    """What milk there is, by family; what each donor's answers free, by donor; what lacks after all.

    Of ``donors`` it is the most there is, lot by lot, before it is shared out among the babies.
    """

    families: Mapping[str, ThereIs] = field(default_factory=dict)
    donors: Mapping[str, Opened] = field(default_factory=dict)
    short: Shortfall = Shortfall()


def needing(cases: Sequence[Case]) -> list[Case]:
    """Return the cases for which milk is to be found: something of the coming week is not covered."""
    found = [case for case in cases if case.short and case.step not in RESTING]
    return sorted(found, key=lambda case: (not case.is_near_out, case.lasts_until or date.max, case.code))


RESTING = frozenset({CaseStep.PAUSED, CaseStep.REFERRED})
"""These families wait for no milk of the network now."""


def openings_of(cases: Sequence[Case], rankings: Mapping[str, Ranking]) -> Openings:
    """Return what there is for the babies of *cases* who need milk; *rankings* has one for each, by code."""
    need = [case for case in needing(cases) if case.code in rankings]
    return Openings(
        {case.code: _there_is(rankings[case.code]) for case in need},
        _opened(need, rankings),
        _shortfall(cases, need, rankings),
    )


def _there_is(ranking: Ranking) -> ThereIs:
    counted = Counter(match.pair.kind for match in ranking.matches)
    kinds = (StandingKind.READY, StandingKind.ONE_CALL, StandingKind.CLINICIAN, StandingKind.WAITS)
    return ThereIs(*(counted[kind] for kind in kinds))


def _opened(need: Sequence[Case], rankings: Mapping[str, Ranking]) -> dict[str, Opened]:
    """Return for each donor whose own answers hold milk up whom it is for, the most pressing first.

    Nothing here reminds of a family to read about first.
    """
    babies: dict[str, list[tuple[str, str]]] = defaultdict(list)
    lots: dict[str, dict[str, int]] = defaultdict(dict)
    for case in need:
        if case.step is CaseStep.READ_FIRST:
            continue
        for match in rankings[case.code].matches:
            if match.pair.kind is StandingKind.ONE_CALL and match.standing.of(Whom.DONOR):
                babies[match.code].append((case.code, case.name))
                for code, amount in _usable(match).items():
                    lots[match.code][code] = max(amount, lots[match.code].get(code, 0))
    return {code: Opened(tuple(who), Volume(sum(lots[code].values()))) for code, who in babies.items()}


def _usable(match: Match) -> dict[str, int]:
    """Return how much of each lot is ready for the baby or one call away, by lot."""
    found = {part.lot.code: _free(part) for part in match.parts if _kind(part, match) in _USABLE}
    return {code: amount for code, amount in found.items() if amount}


def _kind(part: LotPart, match: Match) -> StandingKind:
    return together(match.baby_standing, standing_of(part.verdict, match.today)).kind


def _free(part: LotPart) -> int:
    return max(part_from(part.lot, part.only_from).volume.microlitres, 0)


def _shortfall(cases: Sequence[Case], need: Sequence[Case], rankings: Mapping[str, Ranking]) -> Shortfall:
    wants = {case.code: case.short.microlitres for case in need}
    fits: dict[str, dict[str, int]] = {}
    free: dict[str, int] = {}
    for case in need:
        fits[case.code] = {}
        for match in rankings[case.code].matches:
            if not match.offer.may_be_own:
                fits[case.code] |= _usable(match)
                free |= {lot.code: lot.free.microlitres for lot in match.lots}
    short = sum(wants.values()) - covered(wants, free, fits)
    return Shortfall(Volume(short), len(need), sum(map(_is_not_known, cases)))


def _is_not_known(case: Case) -> bool:
    is_unclear = case.step is CaseStep.NOT_KNOWN or case.is_old_figure
    return is_unclear and case.step not in RESTING
