"""Formula that free words mention, and own milk as people type it."""

import pytest

from coordinator.domain.imports.amounts import read_amount
from coordinator.domain.imports.formula import formula_mentioned


@pytest.mark.parametrize(
    ("words", "ounces"),
    [
        ("we top up with 10 oz formula a day", 10.0),
        ("about 8-10 oz of formula daily", 8.0),
        ("formula 10 oz a day plus donor milk", 10.0),
        ("300 ml formula a day", 10.1),
        ("We use 12oz of formula a day but want to stop. Thanks!", 12.0),
        ("We hoped to avoid it; 6 oz formula a day for now", 6.0),
    ],
)
def test_an_amount_of_formula_a_day_is_read_of_a_range_the_least(words: str, ounces: float) -> None:
    mention = formula_mentioned([words])

    assert mention is not None
    assert mention.is_given
    assert round(mention.a_day.oz, 1) == ounces


@pytest.mark.parametrize(
    "words",
    [
        "two 4 oz bottles of formula a day",
        "we can't make enough so we supplement with formula",
        "10 oz formula per week",
        "4 oz of my own and 10 oz formula",
        "he gets half formula",
    ],
)
def test_formula_without_a_plain_amount_a_day_is_asked_how_much(words: str) -> None:
    mention = formula_mentioned(["twins", words])

    assert mention is not None
    assert mention.is_given
    assert not mention.a_day


@pytest.mark.parametrize(
    "words",
    ["no formula", "We don't want to use formula", "allergic to formula", "we stopped formula in June", ""],
)
def test_words_that_say_there_is_none_ask_nothing(words: str) -> None:
    assert formula_mentioned([words]) is None


def test_formula_that_is_only_named_is_asked_about_and_is_not_taken_for_given() -> None:
    mention = formula_mentioned(["formula upsets his stomach", "thanks"])

    assert mention is not None
    assert not mention.is_given


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("1 oz x 6", 6),
        ("1 oz per pump 6x", 6),
        ("2 oz per session x 4", 8),
        ("1oz 6 times", 6),
        ("6 x 1 oz", 6),
        ("0 (adoptive)", 0),
        ("none - adoption", 0),
        ("zero, mastectomy", 0),
        ("4 oz (low supply)", 4),
        ("4-5", 4),
    ],
)
def test_own_milk_is_read_by_its_times_and_without_its_reason(words: str, low: float) -> None:
    amount = read_amount(words)

    assert amount is not None
    assert round(amount.low.oz, 1) == low


@pytest.mark.parametrize(
    "words",
    ["half of what he needs", "4 oz but dropping", "20 oz a week", "4 oz + 10 oz formula", "0 since Oct",
     "0 (adopting twins)", "4 oz per pump"],
)  # fmt: skip
def test_what_is_not_wholly_read_is_no_amount(words: str) -> None:
    assert read_amount(words) is None
