"""A family's own milk, which is not offered to it: nobody looks for a donor under her own roof."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import ASK, NOT_A_FIT, Reason, Verdict
from coordinator.domain.suitability.parts import Part
from coordinator.sayings import Saying, coded

OWN_MILK: Final = Verdict.of(
    (
        Reason(
            NOT_A_FIT,
            "household",
            coded("household.own_milk", "is the family's own milk"),
            rule="own_milk",
            is_final=True,
        ),
    )
)
"""The verdict on milk of a donor who is of the family's own household; nobody decides otherwise."""

MAY_BE_OWN: Final = Reason(
    ASK,
    "household",
    coded(
        "household.may_be_own_milk",
        "may be the family's own milk: whether the two are one person is still asked",
    ),
    rule="own_milk",
)
"""What is told of milk while nobody knows whether its donor is of the family."""
_ONE_PERSON = "asked.one_person"


def in_doubt(verdict: Verdict) -> Verdict:
    """Return *verdict* with the question whether it is the family's own milk."""
    return Verdict.of((MAY_BE_OWN, *verdict.reasons))


def who_may_be_one(questions: Iterable[Question]) -> Iterator[str]:
    """Yield the names and codes of those a family is asked about: are they one person, or two?"""
    for question in questions:
        if question.said.code == _ONE_PERSON:
            who = dict(question.said.params)["who"]
            yield from map(str, dict(who.params).values() if isinstance(who, Saying) else [who])


def may_be_one(questions: Iterable[Question], called: Collection[str]) -> bool:
    """Whether a family is asked if it and the one *called* so, by name or code, are one."""
    return any(who in called for who in who_may_be_one(questions))


def own_parts(lot: Lot) -> tuple[Part, ...]:
    """Return the one part of a lot that is the family's own; none where it does not tell its days."""
    if lot.expressed_from is None or lot.expressed_to is None:
        return ()
    return (Part(lot.expressed_from, lot.expressed_to, OWN_MILK, is_whole=True, reaches_end=True),)
