"""What milk is ready for the babies who need some, and how much more there is of it after some calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coordinator.domain.agreements.case_steps import CaseStep
from coordinator.domain.agreements.cases import Case
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.milk.splitting import part_from
from coordinator.domain.suitability.standing import StandingKind, standing_of
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.openings import Opened, needing

_READY = StandingKind.READY
Baby = tuple[str, str]
"""A family's code and name."""


@dataclass(frozen=True, slots=True)
class Ready:
    """How much of each lot is ready, by its code, and for which babies."""

    lots: Mapping[str, Volume] = field(default_factory=dict)
    babies: Mapping[str, frozenset[Baby]] = field(default_factory=dict)


def ready_milk(cases: Sequence[Case], rankings: Mapping[str, Ranking]) -> Ready:
    """Return what is ready for the babies of *cases* who need milk; *rankings* has one for each, by code."""
    lots: dict[str, Volume] = {}
    babies: dict[str, frozenset[Baby]] = {}
    for case in needing(cases):
        if case.code not in rankings or case.step is CaseStep.READ_FIRST:
            continue
        ranking = rankings[case.code]
        for match in ranking.matches:
            if match.pair.kind is not _READY:
                continue
            for code, amount in _parts(match):
                lots[code] = max(amount, lots.get(code, Volume()))
                babies[code] = babies.get(code, frozenset()) | {(case.code, case.name)}
    return Ready(lots, babies)


def more_ready(before: Ready, after: Ready) -> Opened | None:
    """Return how much milk is ready *after* that was not *before*, and for whom; None if there is no more.

    A lot counts once, whoever it is ready for; one that was ready for somebody else counts as no more milk.
    """
    more = {
        code: amount.microlitres - before.lots.get(code, Volume()).microlitres
        for code, amount in after.lots.items()
    }
    found = {code: amount for code, amount in more.items() if amount > 0}
    babies = {baby for code in found for baby in after.babies[code]}
    return Opened(tuple(sorted(babies)), Volume(sum(found.values()))) if found else None


def _parts(match: Match) -> list[tuple[str, Volume]]:
    found = [
        (part.lot.code, part_from(part.lot, part.only_from).volume)
        for part in match.parts
        if standing_of(part.verdict, match.today).kind is _READY
    ]
    return [(code, amount) for code, amount in found if amount > Volume()]
