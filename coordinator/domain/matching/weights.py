"""What the order of matches weighs, in minutes of driving; ``resources/policies/ranking.toml`` has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """What a score is made of; the last two only where families are compared for one donor."""

    MINUTES = "minutes"
    COVERS = "covers"
    STAGE = "stage"
    OLDEST = "oldest"
    PAIR = "pair"
    DONORS = "donors"
    RUNS_OUT = "runs_out"
    NO_OTHERS = "no_others"


Weights = Mapping[PartKind, float]
"""What each part is worth at most, in minutes of driving."""


@dataclass(frozen=True, slots=True)
class RankingWeight:
    """One weight as it is shown: what it is for, our figure, its unit and why."""

    kind: PartKind
    title: str
    value: float
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class RankingPolicy:
    """What the order of matches that stand alike goes by.

    ``weights`` are ours, in minutes of driving, each at most ``most``. Scores less than ``tie`` apart are a
    tie. The rest says where a part counts nothing: a drive of ``longest_drive`` minutes, milk pumped
    ``stage_months`` from the baby's age, ``donors_most`` donors before, ``runs_out_days`` of milk at home,
    ``others_most`` donors within ``nearby`` minutes; and where all: ``need_days`` covered, milk of
    ``oldest_weeks``. ``driver`` minutes are added where the family does not get there itself.
    """

    weights: Weights
    most: float
    tie: float
    longest_drive: float
    driver: float
    need_days: int
    stage_months: float
    oldest_weeks: float
    donors_most: int
    runs_out_days: int
    nearby: float
    others_most: int
    printed: tuple[RankingWeight, ...] = ()


def written(weights: Weights, policy: RankingPolicy) -> str:
    """Return *weights* as a setting keeps them; nothing where all of them are ours."""
    own = [f"{kind}={weights[kind]:g}" for kind in PartKind if weights[kind] != policy.weights[kind]]
    return ",".join(own)


def read_weights(text: str, policy: RankingPolicy) -> Weights:
    """Return the weights that a setting keeps; ours for each it does not name.

    Raises:
        ValueError: If it is not as :func:`written` writes it, or a weight is below nothing or above the most.
    """
    weights = dict(policy.weights)
    for part in filter(None, text.split(",")):
        name, _, figure = part.partition("=")
        try:
            kind, value = PartKind(name), float(figure)
        except ValueError:
            raise ValueError(part) from None
        if not 0 <= value <= policy.most:
            raise ValueError(part)
        weights[kind] = value
    return weights
