"""What is hoped of each answer, as a call says it: ``974 oz for Uma and Tess, if HTLV was tested``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.planning.network import Hoped
from coordinator.domain.screening.families import AT_HOME, STOCK
from coordinator.domain.suitability.asks import Ask
from coordinator.sayings import NOTHING, Saying, joined, plural, saying

KNOWN_AT_HOME: Final = Hoped(STOCK, AT_HOME, saying("once it is known what milk is at home"))
"""Of a family nobody knows what it has, or only by an old figure."""
_TOLD: Final = 2
"""So many conditions are told in words; the call card has all."""

_IF_SO: Final[Mapping[str, Saying]] = {
    "unanswered": saying("if there was no {what}", what=""),
    "not_clear": saying("if it is cleared up: {what}", what=""),
    "blood.which": saying("if HTLV was among her tests"),
    "blood.missing": saying("if she was tested for {names}", names=""),
    "blood.none": saying("if her blood was tested"),
    "blood.asks_when": saying("if her blood was tested lately enough"),
    "blood.too_old": saying("if her blood was tested since"),
    "blood.some_in_pregnancy": saying("if she was tested for {names}", names=""),
    "blood.one_in_pregnancy": saying("if she was tested for {name}", name=""),
    "foods.not_avoided": saying("if she eats no {food} or would stop", food=""),
    "foods.unanswered": saying("if she eats no {food}", food=""),
    "foods.days_unanswered": saying("if she ate no {food} then", food=""),
    "dairy.unanswered": saying("if she eats no dairy"),
    "dairy.unanswered_vegan": saying("if she eats no dairy"),
    "lot.undated": saying("once it is known when it was pumped"),
    "freezer.unanswered": saying("once the freezer is known"),
    "freezer.deep_unanswered": saying("once the freezer is known"),
    "baby.health_unanswered": saying("if at home and well"),
    "baby.health_unanswered_mentions": saying("if at home and well"),
    "baby.avoids_unanswered": saying("once it is known what the baby must avoid"),
    "baby.born_unanswered": saying("once the birthday is known"),
    "baby.weeks_unanswered": saying("once the weeks at birth are known"),
    "household.may_be_own_milk": saying("if they are two families"),
}


_PUT: Final[Mapping[str, tuple[str, Saying]]] = {
    "foods.not_avoided": (
        FactKind.FOOD_AVOIDED.value,
        saying("{food:title}: does she leave it out, and since which day? If not, would she?", food=""),
    ),
    "baby.weeks_unanswered": ("gestation", saying("How many weeks along was the birth?")),
    "nicotine.ask_family": ("nicotine_ok", saying("Would milk of a donor who used nicotine suit them?")),
    "medicine.ask_family": ("medicine_ok", saying("Would milk of a donor who takes medicine suit them?")),
    "medicine.family_decides": ("medicine_ok", saying("Would milk of a donor who takes medicine suit them?")),
}
"""What stands on no call list by itself and yet holds milk up: where the answer is kept, and how it is put.

Nobody is asked what is known: these are asked only where milk waits for just that, and only of its household.
"""
PUT_AS: Final[Mapping[str, Saying]] = {
    FactKind.FOOD_AVOIDED.value: saying("Foods she leaves out, and since when"),
    **{topic: said for topic, said in _PUT.values() if topic != FactKind.FOOD_AVOIDED.value},
}
"""How such a question is kept once it is answered, by its topic."""

_ANY_ANSWER_DOES: Final = frozenset(
    {FactKind.FREEZER.value, FactKind.BIRTH.value, FactKind.HEAT_TREATED.value}
)


def hoped_of(ask: Ask) -> Hoped:
    """Return what is hoped of an answer, beside its question; of what has no words here, that it is so."""
    said = ask.reason.said
    kept_as, put = _PUT.get(said.code, ("", NOTHING))
    if put:
        put = replace(put, params=said.params)
    return Hoped(ask.reason.topic, ask.question, _if_so(ask), kept_as, put)


def _if_so(ask: Ask) -> Saying:
    if ask.reason.topic in _ANY_ANSWER_DOES:
        return saying("once it is known: {question}", question=ask.question)
    known = _IF_SO.get(ask.reason.said.code)
    if known is None:
        return saying("after “{question}”", question=ask.question)
    return replace(known, params=ask.reason.said.params)


def more_to_ask(hoped: Iterable[Hoped], home: int, asked: Iterable[Question]) -> tuple[Question, ...]:
    """Return what milk waits for that a household is not asked yet, as questions of its call."""
    topics = {one.topic for one in asked}
    found = {one.kept_as: one.put for one in hoped if one.kept_as and one.kept_as not in topics}
    return tuple(Question(0, home, topic, said) for topic, said in found.items())


def in_few_words(hoped: Iterable[Hoped]) -> Saying:
    """Return the conditions of a call, each once: ``if at home and well, and 2 answers more``."""
    said = list(dict.fromkeys(one.if_so for one in hoped))
    if not said:
        return NOTHING
    more = len(said) - _TOLD
    told = joined(", ", said[:_TOLD])
    return (
        plural("{told}, and {n} answer more", "{told}, and {n} answers more", more, told=told)
        if more > 0
        else told
    )
