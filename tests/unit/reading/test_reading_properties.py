"""Properties of the reader of typed answers: no word put in or taken away reads better unasked.

Started by ``python -m`` it puts every word into every answer and prints the better ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping

import pytest

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.policies.verdicts import VerdictKind
from tests.judged_answers import FAMILIES, Judged, judged, verdicts

WORDS = tuple(
    """
    a again ago all almost also although always and any anymore anything apart approx aside as at ate
    away back bad barely because been before began begin being besides between bit both bottle break but
    by came can cannot can't cell check cheating child clean clear cold college completely consumed
    could couldn't craving cup currently cut daily dad days declined definitely depends did didn't
    doctor does doesn't done don't doubt due during each early either else ended enough equivocal er
    even ever every everything ex except excluding exposed exposure few finally finished flu for former
    forgot friend friends from fridge gave generally glass go going gone got guess had half happened
    hardly has hasn't have haven't having he her hers him home hospital hours household how however
    husband I if ill immune in inconclusive indeterminate infected instead intermittently is isn't it
    its job just kids kind know last late lately later least less like likely little lived long longer
    lot low machine made mainly many maybe me mine minus mom months more most mostly mother much must my
    near nearly need neither never next NICU night no nobody none nope nor normally not nothing now
    occasionally of off often oh old on once one only or ordered other otherwise our out outside over
    own packs part partly partner past pending perhaps pills please plus pos positive possible possibly
    power precautionary pretty previously probably prior pump quit quite rare rarely reactive really
    recently refused relapse repeat restarted result results retest roommate same seldom several she
    should sick since sister sleep slip small so social some someone something sometimes sort soon
    started starting still stop stopped stopping stress such sure surgery taper than that the their them
    then there they think this though thrice till to today tomorrow too treated tried trying twice two
    unclear under unknown unless unsure until untreated up use used using usually vaccinated very visit
    wasn't we week weekends weeks well were what when where which while who why wife will with within
    without wonder won't work would wouldn't year years yes yesterday yet you + ? - / & ( ) ; : … ~ * =
    x
    """.split()  # noqa: SIM905 - three hundred words, to be read
)
"""What may stand in any answer, and turns some of them round."""

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "dairy": (
        "Yes",
        "No",
        "No dairy",
        "cheese",
        "stopped dairy 10/9/2026",
        "dairy free since 10/9/2026",
        "eating dairy again since 10/9/2026",
        "No dairy since 10/9/2026",
        "vegan",
    ),
    "nicotine": (
        "no",
        "yes",
        "vape",
        "vape, quit 10/1/2026",
        "not since 10/1/2026",
        "I smoke cigarettes",
        "quit smoking 10/1/2026",
        "smoked until 10/1/2026",
        "started 10/1/2026",
    ),
    "alcohol": (
        "never",
        "yes",
        "wine on weekends",
        "quit drinking 10/1/2026",
        "1-2 drinks a week",
        "not since 10/1/2026",
    ),
    "cannabis": ("no", "yes", "CBD cream", "edible once, 9/27/2026", "quit 10/1/2026", "gummies on weekends"),
    "medicines": (
        "none",
        "Zoloft",
        "prenatal vitamin",
        "Zoloft since 10/1/2026",
        "amoxicillin 9/27/2026 to 10/6/2026",
        "yes",
        "ibuprofen once 9/10/2026",
        "prenatals, Zyrtec",
        "Zoloft until 10/1/2026",
    ),
    "foods_avoided": ("none", "soy", "soy, egg", "soy since 10/15/2026", "peanuts and tree nuts", "eggs"),
    "blood_tests": (
        "no",
        "HIV/HBV/HCV/HTLV/syphilis negative 9/15/2026",
        "HIV, HBV, HCV, RPR neg 9/15/2026",
        "HIV positive 9/15/2026",
        "HIV HBV HCV RPR neg, HTLV not done 9/15/2026",
        "HIV HTLV HBV syphilis neg, HCV pos 9/15/2026",
        "HIV HTLV HBV HCV RPR negative 9/1/2025",
        "all results pending 9/15/2026",
    ),
    "tattoo": ("No", "tattoo", "yes", "tattoo 10/1/2026", "transfusion 10/1/2026", "piercing"),
    "heat_treated": ("No", "yes", "scalded", "some bags"),
    "freezer": (
        "chest freezer",
        "fridge",
        "in the fridge since 11/1/2026",
        "garage freezer",
        "thawed yesterday",
    ),
}
"""Answers of which some are plain and some speak against milk, of some of its days or of all."""

DENIALS = frozenset(
    """
    no not never without none nothing nor neither cannot can't don't didn't doesn't hasn't haven't isn't
    """.split()  # noqa: SIM905 - words, to be read
)
"""A denial right before the one thing that an answer names takes all of it back: "no" put before "tattoo"."""
THINGS = frozenset(
    {
        "cheese",
        "vape",
        "Zoloft",
        "scalded",
        "tattoo",
        "piercing",
        "CBD cream",
        "gummies on weekends",
        "wine on weekends",
        "1-2 drinks a week",
        "I smoke cigarettes",
    }
)
"""Answers that are nothing but a thing."""


def _with(word: str, answer: str) -> Iterator[str]:
    """Yield *answer* with *word* at each place between its words."""
    words = answer.split()
    for place in range(len(words) + 1):
        yield " ".join((*words[:place], word, *words[place:]))


def _is_plain_denial(word: str, answer: str, text: str) -> bool:
    """Whether *text* is a thing with a denial right before it: so alone a word may read better."""
    return word in DENIALS and answer in THINGS and text in {f"{word} {answer}", f"I {word} {answer[2:]}"}


CASES = [(field, answer) for field in ANSWERS for answer in ANSWERS[field]]


def better(field: str, answer: str, words: Iterable[str]) -> list[str]:
    """Return what reads better than *answer*, unasked, with one of *words* put in at any place."""
    before = judged(field, answer)
    return [
        text
        for word in words
        for text in _with(word, answer)
        if not _is_plain_denial(word, answer, text) and judged(field, text).better_than(before)
    ]


@pytest.mark.parametrize(("field", "answer"), CASES)
def test_no_word_put_in_at_any_place_reads_better_without_a_question(field: str, answer: str) -> None:
    """Each answer gets every sixth word, the next one those after; all into all is this file as a program."""
    first = CASES.index((field, answer)) % 6
    assert better(field, answer, WORDS[first::6]) == []


def test_a_denial_right_before_the_thing_is_read() -> None:
    assert judged("tattoo", "no tattoo").better_than(judged("tattoo", "tattoo"))
    assert judged("nicotine", "I don't smoke").better_than(judged("nicotine", "I smoke"))


@pytest.mark.parametrize("field", ANSWERS)
@pytest.mark.parametrize("word", ["husband", "except", "blorp", "maybe", "again", "hospital"])
def test_what_was_not_understood_never_reads_better_alone(field: str, word: str) -> None:
    """But where it is a plain "no": "none, blorp" says both, and the no is what does not fit."""
    for answer in ANSWERS[field]:
        for text in _with(word, answer):
            whole = judged(field, text)
            rest = " ".join(whole.not_understood)
            if not DENIALS.issuperset(rest.casefold().split()):
                assert not judged(field, rest).better_than(whole), text


@pytest.mark.parametrize("field", ANSWERS)
def test_no_fact_that_speaks_for_milk_is_missed_without_a_question(field: str) -> None:
    for answer in ANSWERS[field]:
        whole = judged(field, answer)
        for fact in whole.facts:
            if _speaks_for_milk(fact):
                assert not _without(whole, fact).better_than(whole), answer


@pytest.mark.parametrize("field", [field for field in ANSWERS if field != "freezer"])
def test_without_any_fact_all_milk_is_asked_about(field: str) -> None:
    assert {kind for days in verdicts(field, ()) for kind in days} == {VerdictKind.ASK}


def _speaks_for_milk(fact: Fact) -> bool:
    """Whether a fact is of the sort that clears something: a no, a food avoided, a test."""
    told = Presence.YES if fact.kind in {FactKind.FOOD_AVOIDED, FactKind.BLOOD_TEST} else Presence.NO
    return fact.presence is told


def _without(whole: Judged, fact: Fact) -> Judged:
    facts = tuple(one for one in whole.facts if one is not fact)
    return Judged(whole.field, whole.text, facts, (), verdicts(whole.field, facts))


def test_every_field_has_a_family_that_cares_about_it() -> None:
    assert set(ANSWERS) == set(FAMILIES)


if __name__ == "__main__":
    found = [text for field, answer in CASES for text in better(field, answer, WORDS)]
    sys.exit("\n".join(found))
