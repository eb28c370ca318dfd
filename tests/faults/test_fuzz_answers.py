"""A short form of the fuzz of answers, and that it would notice a reader that hears half of them."""

from dataclasses import replace
from random import Random

import pytest

from tests.faults.fuzz_answers import SEED, wrong_answers
from tests.faults.plain_words import HEDGES, OFF_TOPIC
from tests.judged_answers import FAMILIES, Judged, judged

_DROPPED = {*HEDGES, *OFF_TOPIC, "not", "but", "except", "again", "pending", "positive"}


def test_no_answer_put_together_at_random_makes_milk_look_better_than_its_words() -> None:
    assert list(wrong_answers(Random(SEED), 1000)) == []


@pytest.mark.parametrize(
    ("field", "number"),
    [("dairy", 200), ("nicotine", 200), ("alcohol", 200), ("medicines", 200), ("blood_tests", 900)],
)
def test_a_reader_that_drops_what_it_does_not_know_is_noticed(field: str, number: int) -> None:
    assert next(wrong_answers(Random(SEED), number, judge=_half_heard, fields=(field,)), None)


def test_a_reader_that_asks_about_everything_is_noticed() -> None:
    found = {wrong.field for wrong in wrong_answers(Random(SEED), 0, judge=_never_sure)}

    assert found == set(FAMILIES)


def _half_heard(field: str, text: str) -> Judged:
    """Read only the words that some other reader knew."""
    heard = " ".join(word for word in text.split() if word.strip(",.;:()").casefold() not in _DROPPED)
    return replace(judged(field, heard), text=text)


def _never_sure(field: str, text: str) -> Judged:
    return replace(judged(field, "blorp?"), text=text)
