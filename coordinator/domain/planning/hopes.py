"""How likely an answer is as hoped: a fixed optimistic figure until the network has heard enough answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.suitability.asks import Ask

_HOPED_YES: Final = frozenset({FactKind.BLOOD_TEST, FactKind.FOOD_AVOIDED})
"""Of these a yes is hoped for; of all others a no."""
_ANY_ANSWER_DOES: Final = frozenset({FactKind.FREEZER, FactKind.BIRTH, FactKind.HEAT_TREATED})
_AT_LEAST: Final = 0.05
"""However often an answer was not as hoped, it is still asked for where nothing else helps."""


def hopes(told: Iterable[Iterable[Fact]], policy: PlanPolicy) -> dict[str, float]:
    """Return by topic what share of donors answered as hoped; only topics of which enough have.

    *told* are each donor's answers. One who answered in several ways did not answer as hoped.
    """
    heard: dict[FactKind, list[bool]] = {}
    for facts in told:
        by_kind: dict[FactKind, bool] = {}
        for fact in facts:
            if fact.source is not FactSource.NOTES and fact.kind not in _ANY_ANSWER_DOES:
                by_kind[fact.kind] = by_kind.get(fact.kind, True) and _is_hoped(fact)
        for kind, is_hoped in by_kind.items():
            heard.setdefault(kind, []).append(is_hoped)
    return {
        kind.value: max(sum(answers) / len(answers), _AT_LEAST)
        for kind, answers in sorted(heard.items())
        if len(answers) >= policy.hope_after
    }


def _is_hoped(fact: Fact) -> bool:
    return fact.presence is (Presence.YES if fact.kind in _HOPED_YES else Presence.NO)


def hope_of(asks: Iterable[Ask], known: Mapping[str, float], policy: PlanPolicy) -> float:
    """Return how likely all of *asks* are answered as hoped, each topic once."""
    hope = 1.0
    for topic in sorted({ask.reason.topic for ask in asks}):
        hope *= known.get(topic, policy.hope)
    return hope
