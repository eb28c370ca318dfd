"""Plain answers that nobody should be rung about, and their neighbours, which are asked."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.absences import read_absences
from coordinator.domain.imports.amounts import read_amount
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.measures import read_coolers
from coordinator.domain.imports.milk_cells import read_milk
from coordinator.domain.imports.weeks_at_birth import read_weeks_at_birth
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.foods import read_must_avoid
from tests.unit.imports.rows import a_row, asked, reversed_row, what_is_told

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


@pytest.mark.parametrize(
    ("text", "quarts"),
    [
        ("60qt Igloo", (60,)),
        ("Igloo 28 qt", (28,)),
        ("two 48 quart Colemans", (48, 48)),
        ("48qt Coleman, 16qt Igloo", (48, 16)),
        ("70 qt wheeled", (70,)),
        ("1 med (about 30 qt)", (30,)),
        ("yes, 54 qt", (54,)),
        ("2 (48 and 70 qt)", (48, 70)),
        ("48-quart Coleman", (48,)),
    ],
)
def test_a_cooler_may_be_told_with_its_make(text: str, quarts: tuple[int, ...]) -> None:
    assert read_coolers(text) == quarts


@pytest.mark.parametrize(
    "text",
    [
        "YETI Tundra 45 + soft bag",
        "2 Yeti 65s",
        "Igloo 28",
        "24-can soft cooler",
        "60 qt and a soft one",
        "3 (48 and 70 qt)",
        "28 28",
        "48 qt coleman with a broken lid",
        "50 lb",
    ],
)
def test_a_make_or_a_word_without_a_size_is_asked(text: str) -> None:
    assert read_coolers(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Dec 24-26", date(2026, 12, 24), date(2026, 12, 26)),
        ("Dec. 12th & 13th", date(2026, 12, 12), date(2026, 12, 13)),
        ("12/19-1/2", date(2026, 12, 19), date(2027, 1, 2)),
        ("12/28 to 1/4", date(2026, 12, 28), date(2027, 1, 4)),
        ("Dec 23 to Dec 30", date(2026, 12, 23), date(2026, 12, 30)),
        ("out of town from Dec 20 to Jan 3", date(2026, 12, 20), date(2027, 1, 3)),
        ("Dec 28 - Jan 4, 2027", date(2026, 12, 28), date(2027, 1, 4)),
        ("Nov 1-8", date(2026, 11, 1), date(2026, 11, 8)),
        ("del 24 al 26 de diciembre", date(2026, 12, 24), date(2026, 12, 26)),
        ("du 24 au 26 décembre", date(2026, 12, 24), date(2026, 12, 26)),
        ("Jan 2027", date(2027, 1, 1), date(2027, 1, 31)),
        ("Feb", date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_an_absence_without_its_year_is_the_next_one(text: str, first: date, last: date) -> None:
    assert read_absences(text, US, date(2026, 11, 8)) == ((first, last),)


def test_several_absences_in_one_cell_are_all_read() -> None:
    found = read_absences("Jan 12-16, Feb 20 to Mar 1", US, date(2026, 11, 8))

    assert found == ((date(2027, 1, 12), date(2027, 1, 16)), (date(2027, 2, 20), date(2027, 3, 1)))


@pytest.mark.parametrize(
    "text",
    [
        "Nov 30",  # from then on, or that day
        "Dec. 12 & 19",
        "Dec 26-24",
        "Dec 24-26 maybe",
        "Dec 24-26 and some of Feb",
        "12/24, 12/25, 12/31",
        "Oct 1-5",  # over, or in a year
        "July 1-10",
        "Feb 30 - Mar 2",
        "first week of Dec",
        "",
    ],
)
def test_an_absence_that_is_not_plain_is_asked(text: str) -> None:
    assert read_absences(text, US, date(2026, 11, 8)) is None


def test_a_column_whose_own_dates_prove_no_order_is_asked() -> None:
    mixed = DateRule(DateOrder.MONTH_FIRST, date(2026, 11, 21), is_mixed=True)

    assert read_absences("1/4 - 1/6", mixed, date(2026, 11, 8)) is None


@pytest.mark.parametrize("text", ["12/20/2026 - 1/3/2027 and 2/1", "12/20/2026 - 1/3/2027, all of February"])
def test_a_day_beside_two_whole_dates_is_never_lost(text: str) -> None:
    row = a_row(Role.DRIVER, [text], {"away": [ColumnUse(0)]})

    assert asked(row, "away")


@pytest.mark.parametrize(
    ("text", "is_asked"), [("none planned", False), ("-", False), ("?", True), ("none?", True)]
)
def test_who_says_never_is_not_asked_when(text: str, is_asked: bool) -> None:  # noqa: FBT001
    row = a_row(Role.DRIVER, [text], {"away": [ColumnUse(0)]})

    assert bool(asked(row, "away")) is is_asked


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Yes / Sí", "yes"),
        ("Sí / Yes", "yes"),
        ("No / No", "no"),
        ("Never / Nunca", "no"),
        ("Oui/Yes", "yes"),
        ("checked", "yes"),
        ("Yes / No", "ask"),
        ("No/non fumeur", "ask"),
    ],
)
def test_an_answer_in_two_languages_is_one_answer(typed: str, told: str) -> None:
    assert what_is_told(a_row(Role.DONOR, [typed], {"dairy": [ColumnUse(0)]}), "dairy") == told


def test_an_answer_in_two_languages_is_turned_round_like_any_other() -> None:
    assert what_is_told(reversed_row("dairy", "Yes / Sí"), "dairy") == "no"
    assert what_is_told(reversed_row("dairy", "No / No"), "dairy") == "yes"


def test_what_stands_behind_an_answer_in_two_languages_is_read_as_well() -> None:
    row = a_row(Role.DONOR, ["Yes / Sí - Lexapro"], {"medicines": [ColumnUse(0)]})

    assert "lexapro" in str(row.values.get("medicines", "")).casefold() + asked(row, "medicines").casefold()


@pytest.mark.parametrize(
    ("text", "foods", "left"),
    [
        ("DF & SF", ("dairy", "soy"), ()),
        ("DF/SF/EF", ("dairy", "soy", "egg"), ()),
        ("SF", ("sf",), ("SF",)),
        ("GF, SF", ("gluten", "sf"), ("SF",)),
    ],
)
def test_sf_is_soy_free_beside_df_alone(text: str, foods: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert read_must_avoid(text, US) == (foods, left)
