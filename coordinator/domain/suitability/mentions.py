"""What free words mention beside the answers: a question for the call, and "ask" until it is answered.

A mention is stored as an unclear fact from ``FactSource.NOTES`` that keeps its words, so that nothing is
concluded from it and no rule reads it. Its question has a topic of its own: another answer of the same kind
does not close it.
"""

from __future__ import annotations

from collections.abc import Iterable

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource
from coordinator.domain.policies.verdicts import ASK
from coordinator.domain.suitability.findings import Finding, Findings, found
from coordinator.domain.suitability.foods import touches
from coordinator.sayings import coded

_TOPIC = "mentioned: "
FOODS = (FactKind.DAIRY, FactKind.FOOD)
"""Kinds that matter only to a baby who must avoid the food; the others are asked for every baby."""


def mention_topic(kind: FactKind) -> str:
    """Return the topic of a question about a mention of *kind*."""
    return f"{_TOPIC}{kind.value}"


def mentioned_kind(topic: str) -> FactKind | None:
    """Return the kind that a question about a mention is about; ``None`` for any other question."""
    return FactKind(topic.removeprefix(_TOPIC)) if topic.startswith(_TOPIC) else None


def is_mention(fact: Fact) -> bool:
    """Whether *fact* is only mentioned in free words."""
    return fact.source is FactSource.NOTES


def answers_among(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that answer something: all but mentions."""
    return tuple(fact for fact in facts if not is_mention(fact))


def mention_findings(facts: Iterable[Fact]) -> Findings:
    """Return the "ask" of every mention that matters whatever the baby must avoid."""
    return tuple(_ask(fact) for fact in facts if is_mention(fact) and fact.kind not in FOODS)


def food_mentions(facts: Iterable[Fact], food: str) -> Findings:
    """Return the "ask" of every mention of *food*, a key, of a part of it, or of what it is part of."""
    told = (fact for fact in facts if is_mention(fact) and fact.kind in FOODS)
    return tuple(_ask(fact) for fact in told if touches(food, fact))


def _ask(fact: Fact) -> Finding:
    said = coded("mentioned", "{words}: ask", words=fact.raw)
    return found(ASK, fact.kind.value, said, during=fact.during, fact=fact, rule="mentioned")
