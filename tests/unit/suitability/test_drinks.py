"""How much alcohol an answer tells, in ounces of spirits a day."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.suitability.drinks import Drinking, drink_sizes, drinking

TABLES = tomllib.loads((resources.files("resources") / "drinks.toml").read_text("utf-8"))
WORDS = [word for table in TABLES.values() for word in table["words"]]
SIZES = drink_sizes(load_profile())


def told(words: str) -> Drinking:
    return drinking(words, words, SIZES)


def test_a_drink_is_what_the_policy_says_and_unknown_where_it_says_nothing() -> None:
    assert SIZES == (("spirits", 1.5), ("wine", 5.0), ("beer", 12.0))
    assert drink_sizes(load_profile("eats_on_feets")) == ()
    assert drinking("2 beers a night", "", ()).spirits_a_day is None
    assert drinking("2 beers a night", "", ()).may_be_daily


@pytest.mark.parametrize(
    ("words", "spirits"),
    [
        ("2 beers a night", 3.0),
        ("3-4 drinks a day", 6.0),
        ("a glass of wine every night", 1.5),
        ("half glass of wine nightly", 0.75),
        ("two 5 oz glasses of wine daily", 3.0),
        ("glass of wine (10 oz) every evening", 3.0),
        ("12 oz beer daily", 1.5),
        ("4 oz of wine a day", 1.2),
        ("3 oz a day", 3.0),
        ("300 ml of wine a day", 3.04),
        ("bottle of wine most nights", 7.62),
        ("pint of beer every day", 2.0),
        ("2 shots of vodka a day", 3.0),
        ("10 drinks a week", 15 / 7),
        ("1-2/wk", 3 / 7),
        ("2 glasses of wine 3 nights a week", 9 / 7),
        ("a few beers on the weekend", 12 / 7),
        ("one glass on Fridays and Saturdays", 3 / 7),
        ("No more than 1 drink a week", 1.5 / 7),
        ("1 a night", 1.5),
    ],
)
def test_an_amount_is_reckoned_as_spirits_a_day(words: str, spirits: float) -> None:
    assert told(words).spirits_a_day == pytest.approx(spirits, abs=0.01)
    assert told(words).days_told


@pytest.mark.parametrize(
    "words",
    ["wine with dinner", "beer most nights", "a margarita every night", "a lot", "more than 2 a day",
     "several glasses a week", "5 nights a week", "bottle every night"],
)  # fmt: skip
def test_what_cannot_be_reckoned_and_looks_like_a_habit_is_left_to_be_asked(words: str) -> None:
    assert told(words).spirits_a_day is None
    assert told(words).may_be_daily


@pytest.mark.parametrize(
    "words", ["rarely", "yes", "socially", "wine on special occasions", "Friday nights", "twice a month"]
)
def test_now_and_then_is_no_habit(words: str) -> None:
    assert not told(words).may_be_daily


def test_an_amount_without_its_days_counts_as_if_it_were_every_day() -> None:
    assert told("2 beers") == Drinking("2 beers", 3.0, days_told=False)


def test_days_and_hours_are_no_amounts() -> None:
    words = "1 glass of wine on Fridays until 10/1/2026, wait 12 hours, since Oct 9"

    assert told(words).spirits_a_day == pytest.approx(1.5 / 7)


def test_of_the_subject_and_the_whole_cell_the_one_that_tells_of_more_counts() -> None:
    assert drinking("wine", "bottle of wine most nights", SIZES).spirits_a_day == pytest.approx(7.62)
    assert drinking("bottle of wine most nights", "wine", SIZES).spirits_a_day == pytest.approx(7.62)


MARKS = ["1", "2-3", "1/2", "½", "20", "5 oz", "x", "a", "+", "§", "(", "-"]


def test_no_word_is_listed_twice() -> None:
    assert len(WORDS) == len(set(WORDS))


@given(st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=9))
def test_no_words_make_an_amount_that_is_none(words: list[str]) -> None:
    found = told(" ".join(words))

    assert found.spirits_a_day is None or 0 <= found.spirits_a_day < 100_000
    assert not (found.spirits_a_day is not None and found.may_be_daily)


@given(
    st.sampled_from(["a beer", "2 beers", "a glass of wine", "5 oz wine", "bottle of wine", "3 drinks"]),
    st.sampled_from(["rarely", "on Fridays", "twice a week", "on weekends", "most nights", "a night"]),
)
def test_every_day_is_never_less_than_the_days_that_were_told(amount: str, days: str) -> None:
    some, every = told(f"{amount} {days}"), told(f"{amount} every day")

    assert some.spirits_a_day is not None
    assert every.spirits_a_day is not None
    assert some.spirits_a_day <= every.spirits_a_day
