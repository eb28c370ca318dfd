"""Bags are not ounces: what a heading says of the bags, and what two columns say together."""

from __future__ import annotations

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.imports.columns.guesses import Sureness
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.row_answers import Answers, DonorAnswers
from coordinator.domain.imports.sheet import read_sheet
from tests.unit.imports.rows import TODAY, a_row, asked
from tests.unit.imports.test_headings import a_table, one

SIZED = (
    "Number of bags (5 oz each)", "How many bags? (5oz per bag)", "Bags (4-6 oz)", "Number of 4-oz bags",
    "How many 5 ounce bags do you have?", "Milk bags of about 5 oz", "Number of bags\n(most hold 150 ml)",
    "Frozen milk, number of 150ml bags", "Nombre de sachets (150 ml chacun)", "Gallon bags",
    "Número de bolsas (5 oz cada una)",
)  # fmt: skip
EITHER = (
    "Ounces or bags", "How many bags of milk do you have? (or ounces)", "Bags / ounces",
    "How many bottles (oz)?", "How many ounces do you have? Number of bags is fine too",
    "Total amount of milk (bags or ounces)",
    "How many bags? About how many ounces is that?",
)  # fmt: skip
OUNCES = (
    "Total oz in 5 oz bags", "How many ounces? (in bags)", "How many ounces in your bags?",
    "Ounces in freezer (not bags)", "How many ounces? (30 mL = 1 oz)",
    "Do you have at least 100 oz to donate?",
)  # fmt: skip


def read_below(heading: str, *cells: str) -> tuple[Answers, ...]:
    table = a_table((heading, list(cells)))
    return read_sheet(table, Role.DONOR, guess_list(table, Role.DONOR).mapping, TODAY).answers


def offered(row: Answers) -> float | None:
    assert isinstance(row.detail, DonorAnswers)
    amount = row.detail.lot.offered
    return None if amount is None else round(amount.low.oz, 1)


def bags(row: Answers) -> int | None:
    assert isinstance(row.detail, DonorAnswers)
    return row.detail.lot.bags


@pytest.mark.parametrize("heading", SIZED)
def test_the_size_of_the_bags_does_not_make_their_number_ounces(heading: str) -> None:
    guess = one(Role.DONOR, heading, "40", "30", "25")

    assert (guess.topic, guess.sureness) == ("bags", Sureness.SURE)


@pytest.mark.parametrize("heading", OUNCES)
def test_ounces_stay_ounces_whatever_they_are_in(heading: str) -> None:
    guess = one(Role.DONOR, heading, "400", "300", "250")

    assert (guess.topic, guess.use.unit) == ("ounces", Unit.OUNCES)


@pytest.mark.parametrize("heading", EITHER)
def test_a_number_below_ounces_or_bags_is_asked(heading: str) -> None:
    guess = one(Role.DONOR, heading, "40", "30", "200 oz")
    bare, _, told = read_below(heading, "40", "30", "200 oz")

    assert (guess.topic, guess.sureness) == ("ounces", Sureness.LIKELY)
    assert (offered(bare), offered(told)) == (None, 200)
    assert "“40”: ounces or bags?" in asked(bare, "ounces")
    assert not asked(told, "ounces")


def test_bags_told_below_ounces_or_bags_are_bags() -> None:
    (row,) = read_below("Ounces or bags", "40 bags")

    assert (offered(row), bags(row)) == (None, 40)


def test_the_size_of_bags_that_are_handed_out_is_no_unit() -> None:
    guess = one(Role.DONOR, "How much milk? (we hand out 150 ml bags)", "400", "300", "250")

    assert guess.use.unit is not Unit.MILLILITRES


def both(ounces: str, count: str, unit: Unit | None = None) -> Answers:
    uses = {"ounces": [ColumnUse(0, unit=unit)], "bags": [ColumnUse(1)]}
    return a_row(Role.DONOR, [ounces, count], uses)


@pytest.mark.parametrize(("ounces", "count"), [("5", "30"), ("5 oz", "30 bags"), ("20", "30"), ("8", "2")])
def test_what_may_be_in_each_bag_is_no_amount_until_asked(ounces: str, count: str) -> None:
    row = both(ounces, count)

    assert offered(row) is None
    assert bags(row) == int(count.removesuffix(" bags"))
    assert f"“{ounces}” beside {bags(row)} bags: is that in each bag" in asked(row, "ounces")


@pytest.mark.parametrize(
    ("ounces", "count", "told"),
    [("150", "30", 150), ("9", "2", 9), ("5", "1", 5), ("5", "", 5), ("8 oz total", "2", 8)],
)
def test_what_the_bags_can_hold_together_is_the_amount(ounces: str, count: str, told: float) -> None:
    row = both(ounces, count)

    assert offered(row) == told
    assert not asked(row, "ounces")


def test_millilitres_in_each_bag_are_asked_as_ounces_are() -> None:
    row = both("150", "30", Unit.MILLILITRES)

    assert offered(row) is None
    assert "“150” beside 30 bags" in asked(row, "ounces")


def test_none_at_all_in_bags_is_asked_once() -> None:
    row = both("0", "30")

    assert offered(row) == 0
    assert "is there milk to share?" in asked(row, "ounces")
