"""What is hoped of each answer, as a call says it: ``974 oz for Uma and Tess, if HTLV was tested``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from coordinator.domain.planning.network import Hoped
from coordinator.domain.screening.families import AT_HOME, STOCK
from coordinator.domain.suitability.asks import Ask
from coordinator.sayings import NOTHING, Saying, joined, plural, saying

KNOWN_AT_HOME: Final = Hoped(STOCK, AT_HOME, saying("once it is known what milk is at home"))
"""Of a family nobody knows what it has, or only by an old figure."""
_TOLD: Final = 2
"""So many conditions are told in words; the call card has all."""

_IF_SO: Final[Mapping[str, Saying]] = {
    "unanswered": saying("if nothing speaks against it: {what}", what=""),
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


def hoped_of(ask: Ask) -> Hoped:
    """Return what is hoped of an answer, beside its question; of what has no words here, that it is so."""
    said = ask.reason.said
    known = _IF_SO.get(said.code)
    if_so = (
        replace(known, params=said.params) if known else saying("after “{question}”", question=ask.question)
    )
    return Hoped(ask.reason.topic, ask.question, if_so)


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
