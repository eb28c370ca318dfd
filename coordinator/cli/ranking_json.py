"""What ``milkrun match --json`` prints: donors for a family, or families for a donor or a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import Document, of_match, of_ranking
from coordinator.domain.matching.scoring import days_given

if TYPE_CHECKING:
    from coordinator.domain.matching.matches import Match
    from coordinator.domain.matching.scored import ScoredDonors, ScoredFamilies
    from coordinator.domain.matching.scoring import Placed, Score
    from coordinator.domain.matching.weights import Weights
    from coordinator.domain.matching.why_not import WhyNot


def of_donors(found: ScoredDonors) -> Document:
    """Return a ranking, with each donor's score in parts, and why not the others."""
    placed = {one.code: one for one in found.placed}
    matches = [
        {**of_match(match), **_scored(found.scores[match.code], placed[match.code], found.weights)}
        for match in found.ranking.matches
    ]
    return {
        **of_ranking(found.ranking),
        "matches": matches,
        "weights_minutes": _weights(found.weights),
        "why_not": _why_not(found.why_not),
    }


def of_families(found: ScoredFamilies) -> Document:
    """Return the families that some milk would help, in order, and why not the others."""
    placed = {one.code: one for one in found.placed}
    return {
        "donor": found.donor,
        "lot": found.lot or None,
        "families": [
            {
                **_family(match),
                **_scored(found.scores[match.seeker.code], placed[match.seeker.code], found.weights),
            }
            for match in found.matches
        ],
        "weights_minutes": _weights(found.weights),
        "why_not": _why_not(found.why_not),
    }


def _family(match: Match) -> Document:
    days = days_given(match)
    donors = of_match(match)
    names = ("donor", "name", "town")
    return {
        "recipient": match.seeker.code,
        "name": match.seeker.name,
        "days_given": None if days is None else round(days, 1),
        **{key: value for key, value in donors.items() if key not in names},
    }


def _scored(score: Score, placed: Placed, weights: Weights) -> Document:
    return {
        "score": [
            {
                "part": part.kind.value,
                "level": None if part.level is None else round(part.level, 3),
                "minutes": round(part.worth(weights), 1),
                "text": str(part.said),
            }
            for part in score.parts
        ],
        "score_minutes": round(placed.worth, 1),
        "ties_with": list(placed.tied),
    }


def _weights(weights: Weights) -> Document:
    return {kind.value: value for kind, value in weights.items()}


def _why_not(found: WhyNot) -> Document:
    return {
        "everybody": found.everybody,
        "fit": list(found.fitting),
        "text": str(found.said),
        "left_out": [
            {
                "reason": group.kind.name.lower(),
                "count": group.count,
                "text": str(group.said),
                "who": [{"code": one.code, "why": str(one.why), "step": str(one.step)} for one in group.left],
            }
            for group in found.groups
        ],
    }
