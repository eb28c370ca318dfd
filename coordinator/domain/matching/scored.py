"""Donors for one family, or families for one donor, in the order of their scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.matching.scoring import Placed, Score, ToPlace, in_order
from coordinator.domain.matching.weights import RankingPolicy, Weights
from coordinator.domain.matching.why_not import WhyNot


@dataclass(frozen=True, slots=True)
class ScoredDonors:
    """Donors for one family. The matches of ``ranking`` stand in the order of ``placed``.

    ``scores`` are by the donor's code; ``weights`` are those they were put in order by.
    """

    ranking: Ranking
    scores: Mapping[str, Score]
    weights: Weights
    why_not: WhyNot
    placed: tuple[Placed, ...] = ()

    def weighed(self, weights: Weights, policy: RankingPolicy) -> ScoredDonors:
        """Return them in the order of other *weights*."""
        matches = self.ranking.matches
        placed = in_order(
            (
                ToPlace(match.code, (match.offer.may_be_own, *match.standing.order), self.scores[match.code])
                for match in matches
            ),
            weights,
            policy.tie,
        )
        by_code = {match.code: match for match in matches}
        ranking = replace(self.ranking, matches=tuple(by_code[one.code] for one in placed))
        return replace(self, ranking=ranking, weights=weights, placed=placed)


@dataclass(frozen=True, slots=True)
class ScoredFamilies:
    """Families that some milk of one donor would help, in the order of ``placed``; of one lot if ``lot``.

    ``matches`` are all the donor's, one for each family; ``scores`` are by the family's code.
    """

    donor: str
    donor_name: str
    lot: str
    matches: tuple[Match, ...]
    scores: Mapping[str, Score]
    weights: Weights
    why_not: WhyNot
    placed: tuple[Placed, ...] = ()

    def weighed(self, weights: Weights, policy: RankingPolicy) -> ScoredFamilies:
        """Return them in the order of other *weights*."""
        placed = in_order(
            (
                ToPlace(
                    match.seeker.code,
                    (match.offer.may_be_own, *match.pair.order),
                    self.scores[match.seeker.code],
                )
                for match in self.matches
            ),
            weights,
            policy.tie,
        )
        by_code = {match.seeker.code: match for match in self.matches}
        return replace(
            self, matches=tuple(by_code[one.code] for one in placed), weights=weights, placed=placed
        )


def names_tied(placed: Placed, matches: Iterable[Match], *, of_families: bool = False) -> tuple[str, ...]:
    """Return the names of those that *placed* ties with."""
    names = {
        (match.seeker.code if of_families else match.code): (match.seeker.name if of_families else match.name)
        for match in matches
    }
    return tuple(names[code] for code in placed.tied)
