"""Words as people type them: signs, days without years, what tells nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.worklist.missing_years import with_years
from coordinator.domain.worklist.plain_replies import says_yes, tells_nothing, without_signs

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("words", "dated"),
    [
        ("since June", "since June 2026"),
        ("no, since Oct 9", "no, since Oct 9, 2026"),
        ("stopped Oct 9th", "stopped Oct 9th, 2026"),
        ("9/27 to 10/5", "9/27/2026 to 10/5/2026"),
        ("flu Oct 3-10", "flu Oct 3-10, 2026"),
        ("since Dec 3", "since Dec 3, 2025"),
        ("since May", "since May 2026"),
        ("Dec 28 to Jan 3", None),
        ("antibiotics until Dec 20", None),
        ("last June", None),
        ("I may stop", None),
        ("24/7", None),
        ("since June '26", None),
        ("2/30", None),
        ("no", None),
        ("stopped 10/9/26", None),
    ],
)
def test_a_day_without_its_year_is_the_last_such_day(words: str, dated: str | None) -> None:
    assert with_years(words, TODAY) == dated


@given(st.text(max_size=40), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_putting_a_year_in_takes_nothing_away(words: str, today: date) -> None:
    dated = with_years(words, today)

    left = iter(dated if dated is not None else words)
    assert all(letter in left for letter in words)


@pytest.mark.parametrize(
    ("words", "plain"),
    [("No 🙂", "No"), ("👍🏽", "yes"), ("👎", "no"), ("none ❤️ thanks", "none thanks"), ("40 °F", "40 °F")],
)
def test_smileys_are_left_out_and_a_thumb_alone_answers(words: str, plain: str) -> None:
    assert without_signs(words) == plain


@pytest.mark.parametrize(
    "words", ["idk", "I don't know", "not sure yet", "Dont remember.", "why do you ask?", "?"]
)
def test_not_knowing_and_asking_back_tell_nothing(words: str) -> None:
    assert tells_nothing(words)


@pytest.mark.parametrize("words", ["no", "not any more", "none", "know of none", "no, I don't"])
def test_a_no_tells_something(words: str) -> None:
    assert not tells_nothing(words)


@pytest.mark.parametrize(
    ("words", "is_yes"),
    [
        ("yes please!", True),
        ("Sure, happy to.", True),
        ("No, thank you", False),
        ("sorry, not this time", False),
        ("yes but only 20 oz", None),
        ("yes if it is cooled", None),
        ("no problem", None),
        ("", None),
    ],
)
def test_only_a_plain_yes_or_no_counts_for_milk_on_hold(words: str, is_yes: bool | None) -> None:  # noqa: FBT001 - of the table
    assert says_yes(words) is is_yes
