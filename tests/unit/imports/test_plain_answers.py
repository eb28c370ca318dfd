"""Plain answers that people type, which nobody should be rung about; and neighbours, which are asked."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.imports.amounts import read_amount
from coordinator.domain.imports.milk_cells import read_milk
from coordinator.domain.imports.weeks_at_birth import read_weeks_at_birth
from coordinator.domain.reading.dates import DateOrder, DateRule

US = DateRule(DateOrder.MONTH_FIRST, date(2026, 11, 21))


@pytest.mark.parametrize(
    ("text", "low", "high", "is_estimate"),
    [
        ("135 oz give or take", 135, 135, True),
        ("135, more or less", 135, 135, True),
        ("como 80", 80, 80, True),
        ("unas 80 onzas", 80, 80, True),
        ("environ 90", 90, 90, True),
        ("5 à 6", 5, 6, False),
        ("5 a 6 oz", 5, 6, False),
        ("half a gallon", 64, 64, False),
        ("1/2 gallon", 64, 64, False),
    ],
)
def test_an_amount_in_plain_words_is_read(text: str, low: float, high: float, is_estimate: bool) -> None:  # noqa: FBT001
    amount = read_amount(text)

    assert amount is not None
    assert (round(amount.low.oz), round(amount.high.oz), amount.is_estimate) == (low, high, is_estimate)


@pytest.mark.parametrize(
    "text", ["give or take 10 oz", "100 oz give or take 20", "half a gallon bag", "half an oz"]
)
def test_an_amount_of_which_a_word_is_left_over_is_asked(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "ounces", "bags"),
    [
        ("8 oz bottles x 12", 96, 12),
        ("8-oz bags × 12", 96, 12),
        ("12 8 oz bottles", 96, 12),
        ("40 bags of 5 oz each", 200, 40),
    ],
)
def test_what_each_holds_may_stand_before_how_many_there_are(text: str, ounces: float, bags: int) -> None:
    told = read_milk(text, US)

    assert told.amount is not None
    assert (round(told.amount.low.oz), told.bags) == (ounces, bags)


@pytest.mark.parametrize(
    "text", ["8 oz bottles, 12", "8 oz bottles x 12 and some", "1 gallon bags x 16", "16 gallon bags"]
)
def test_what_bags_could_hold_is_no_amount(text: str) -> None:
    assert read_milk(text, US).amount is None


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("37 SA + 4 j", 37),
        ("38 SA + 2", 38),
        ("40 SA", 40),
        ("40 semanas y 1 día", 40),
        ("39 sem.", 39),
        ("36 semaines d'aménorrhée", 36),
        ("à terme", 40),
        ("A término", 40),
        ("FT", 40),
        ("No, 39", 39),
        ("Yes 31w5d", 31),
        ("38 2/7", 38),
    ],
)
def test_weeks_at_birth_are_read_in_three_languages(text: str, weeks: int) -> None:
    assert read_weeks_at_birth(text) == weeks


@pytest.mark.parametrize(
    "text",
    [
        "383",
        "38.5",
        "38+9",
        "37-38",
        "12 weeks",
        "8 mois",
        "near term",
        "term?",
        "not term",
        "38 weeks, twins",
        "no",
    ],
)
def test_weeks_that_are_not_plain_are_asked(text: str) -> None:
    assert read_weeks_at_birth(text) is None
