"""How likely an answer is as hoped: a fixed optimistic figure until the network has heard enough answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.suitability.asks import Ask
from coordinator.sayings import Saying

_HOPED_YES: Final = frozenset({FactKind.BLOOD_TEST, FactKind.FOOD_AVOIDED})
"""Of these a yes is hoped for; of all others a no."""
_ANY_ANSWER_DOES: Final = frozenset({FactKind.FREEZER, FactKind.BIRTH, FactKind.HEAT_TREATED})
_AT_LEAST: Final = 0.05
"""However often an answer was not as hoped, it is still asked for where nothing else helps."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How often one kind of answer was as hoped, of all donors who gave one."""

    topic: str
    said: Saying
    as_hoped: int
    answers: int

    def share(self, policy: PlanPolicy) -> float | None:
        """Return what the network's own history hopes; ``None`` until it has heard enough."""
        enough = self.answers >= policy.hope_after
        return max(self.as_hoped / self.answers, _AT_LEAST) if enough else None


def heard(told: Iterable[Iterable[Fact]]) -> tuple[Heard, ...]:
    """Return how every kind of answer went that may go one way or the other, by topic.

    *told* are each donor's answers. One who answered in several ways did not answer as hoped.
    """
    answers: dict[FactKind, list[bool]] = {kind: [] for kind in FactKind if kind not in _ANY_ANSWER_DOES}
    for facts in told:
        by_kind: dict[FactKind, bool] = {}
        for fact in facts:
            if fact.source is not FactSource.NOTES and fact.kind in answers:
                by_kind[fact.kind] = by_kind.get(fact.kind, True) and _is_hoped(fact)
        for kind, is_hoped in by_kind.items():
            answers[kind].append(is_hoped)
    return tuple(
        Heard(kind.value, kind.words, sum(given), len(given)) for kind, given in sorted(answers.items())
    )


def hopes(
    told: Iterable[Iterable[Fact]], policy: PlanPolicy, own: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return by topic what is hoped of an answer: her *own* figure, else the share that was as hoped.

    Only topics of which enough donors answered; of all others the policy's prior is hoped.
    """
    shares = {one.topic: share for one in heard(told) if (share := one.share(policy)) is not None}
    return {**shares, **(own or {})}


def read_own(text: str) -> dict[str, float]:
    """Return the coordinator's own hopes by topic, as they are stored; none for what is no such text.

    Each is a share from just above 0 to 1.
    """
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(topic): float(share)
        for topic, share in found.items()
        if isinstance(share, (int, float)) and 0 < share <= 1
    }


def write_own(own: Mapping[str, float]) -> str:
    """Return her *own* hopes as they are stored; nothing for none."""
    return json.dumps(dict(sorted(own.items()))) if own else ""


def _is_hoped(fact: Fact) -> bool:
    return fact.presence is (Presence.YES if fact.kind in _HOPED_YES else Presence.NO)


def hope_of(asks: Iterable[Ask], known: Mapping[str, float], policy: PlanPolicy) -> float:
    """Return how likely all of *asks* are answered as hoped, each topic once."""
    hope = 1.0
    for topic in sorted({ask.reason.topic for ask in asks}):
        hope *= known.get(topic, policy.hope)
    return hope
