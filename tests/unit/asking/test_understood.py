"""An answer of a reply is read as it would be kept; what is guessed is looked at, the rest stays asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.households import Household, Role
from coordinator.domain.suitability.mentions import mention_topic
from coordinator.domain.worklist.family_message import YES
from coordinator.sayings import saying
from coordinator.services.asking.reading import AskedThen, Understood, understood
from coordinator.services.asking.replies import Asked, read_reply

TODAY = date(2026, 11, 28)
SAID = saying("Is it so?")


def asked(topic: str, number: int = 1, *, is_open: bool = True) -> AskedThen:
    roles = (Role.RECIPIENT, Role.DONOR, Role.DRIVER)
    return AskedThen(number, topic, SAID, number, is_open=is_open, roles=roles)


MESSAGE = Asked(
    "D-0001",
    Household(1, "Ada Lind", "Ada"),
    tuple(
        asked(topic, place)
        for place, topic in enumerate((FactKind.NICOTINE.value, FactKind.DAIRY.value, "hours"), start=1)
    ),
)


HEALTH_QUESTIONS = replace(
    MESSAGE,
    items=tuple(
        asked(topic, place) for place, topic in enumerate(("medicine", "nicotine", "alcohol"), start=1)
    ),
)


def read(topic: str, words: str) -> Understood:
    return understood(asked(topic), words, TODAY)


@pytest.mark.parametrize(
    ("topic", "words", "read_as"),
    [
        ("nicotine", "no", "no"),
        ("nicotine", "No 🙂", "no"),
        ("nicotine", "stopped Oct 9, 2026", "yes, up to Oct 8, 2026, no more from Oct 9, 2026"),
        ("medicine", "none", "no"),
        ("medicine", "zoloft since June 2026", "yes, zoloft, since Jun 1, 2026"),
        ("health", "yes", "at home and well"),
        ("health", "Yes she is!", "at home and well"),
        ("health", "still in the hospital", "in hospital"),
        ("stock", "40 oz", "40 oz"),
        ("stock", "none", "0 oz"),
        ("stock", "12 bags of 4 oz", "48 oz"),
        ("ounces", "120", "120 oz"),
        ("babies", "two", "2"),
        ("formula", "no", "0 oz of formula a day"),
        ("formula", "10 oz", "10 oz of formula a day"),
        ("heat_treated", "no", "no"),
        ("must_avoid", "dairy and soy", "dairy, soy"),
        ("reach", "30 miles", "30 mi"),
        ("gestation", "38", "38"),
        (mention_topic(FactKind.FREEZER), "yes", "frozen"),
    ],
)
def test_a_plain_answer_is_read_back_and_in_no_doubt(topic: str, words: str, read_as: str) -> None:
    one = read(topic, words)

    assert (str(one.read_as), one.is_doubtful) == (read_as, False)


@pytest.mark.parametrize(
    ("topic", "words", "read_as"),
    [
        ("nicotine", "stopped Oct 9", "yes, up to Oct 8, 2026, no more from Oct 9, 2026"),
        ("nicotine", "no, since Oct 9", "yes, up to Oct 8, 2026, no more from Oct 9, 2026"),
        ("nicotine", "stopped in June", "yes, up to Jun 30, 2026, no more from Jul 1, 2026"),
        ("cannabis", "since June", "yes, since Jun 1, 2026"),
        ("nicotine", "👎", "no"),
        ("health", "👍", "at home and well"),
        ("has_car", "my sister can", "my sister can"),
        ("formula", "10 to 12", "10 oz of formula a day"),
        ("formula", "yes, 10 to 12 oz", "10 oz of formula a day"),
        ("formula", "no, but sometimes", "0 oz of formula a day"),
        ("sterile", "yes, licensed studio", "yes, licensed studio"),
    ],
)
def test_what_is_guessed_is_read_back_but_looked_at(topic: str, words: str, read_as: str) -> None:
    one = read(topic, words)

    assert (str(one.read_as), one.is_doubtful) == (read_as, True)


@pytest.mark.parametrize("words", ["yes 👎", "ok ❌", "sure 👎🏽", "dairy free ❌", "no, I mean yes 👎"])
@pytest.mark.parametrize("hold", ["", "H-0001"])
def test_a_sign_that_says_no_beside_other_words_is_asked_about(words: str, hold: str) -> None:
    asked = AskedThen(1, YES if hold else "dairy", SAID, hold_code=hold, side=Side.DONOR if hold else None)

    one = understood(asked, words, TODAY)

    assert not one.can_count
    assert one.is_yes is None


def test_a_sign_beside_the_same_answer_takes_nothing_from_it() -> None:
    yes = AskedThen(1, YES, SAID, hold_code="H-0001", side=Side.DONOR)

    assert understood(yes, "yes 👍", TODAY).is_yes is True
    assert understood(yes, "no 👎", TODAY).is_yes is False


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("nicotine", "idk"),
        ("nicotine", "why do you ask?"),
        ("medicine", "antibiotics until Dec 20"),
        ("nicotine", "quit last month"),
        ("health", "mostly"),
        ("stock", "a few bags"),
        ("stock", "2 days"),
        ("babies", "some"),
        ("has_car", "not sure yet"),
        ("own_supply", "🤷"),
        (mention_topic(FactKind.FREEZER), "no, it thawed once"),
        ("heat_treated", "no but some was scalded"),
        ("tattoo", "no, just ears pierced"),
        ("medicines", "no but sometimes"),
    ],
)
def test_what_cannot_be_read_stays_asked_and_says_why(topic: str, words: str) -> None:
    one = read(topic, words)

    assert not one.can_count
    assert one.not_clear


def test_what_was_answered_meanwhile_is_not_read() -> None:
    assert not understood(asked("nicotine", is_open=False), "no", TODAY).can_count


def test_a_no_to_milk_on_hold_is_looked_at_and_a_yes_is_not() -> None:
    yes = AskedThen(1, YES, SAID, hold_code="H-0001", side=Side.DONOR)

    assert [
        (one.is_yes, one.is_doubtful) for one in (understood(yes, words, TODAY) for words in ("yes!", "no"))
    ] == [(True, False), (False, True)]


def test_answers_are_read_back_as_they_are_understood() -> None:
    nicotine, dairy = read_reply(MESSAGE, "1. no\n2. stopped Oct 9, 2026", TODAY).answers

    assert str(nicotine.read_as) == "no"
    assert "Oct" in str(dairy.read_as)
    assert not nicotine.is_doubtful


def test_a_question_that_is_asked_back_stays_asked() -> None:
    found = read_reply(MESSAGE, "1. what do you mean\n2. no", TODAY)

    assert found.answers[0].not_clear
    assert [one.number for one in found.still_asked] == [1, 3]


def test_words_that_no_reader_reads_are_kept_as_they_are() -> None:
    (hours,) = read_reply(MESSAGE, "3: after six", TODAY).answers

    assert str(hours.read_as) == "after six"


@pytest.mark.parametrize(
    "reply",
    [
        "I started zoloft last week, sorry\n1. no\n2. no\n3. no",
        "1. no 2. no 3. no\n\nPS I started zoloft last week",
        "1. no\n2. no\n3. quit 10/9/2026. sorry, 1 is yes, zoloft",
        "1. No 2. no 3. no (except 1 is zoloft)",
        "1. no\n2. no\n3. no. number one is zoloft",
        "1. no\n2. no. 1 is zoloft\n3. no",
        "1. no\n2. no\n3. no. oh wait, I take zoloft",
        "1. no\n1. yes\n2. no",
        "1 & 2 no, 3 no",
        "Hi Sam, I take Zoloft\n1. no\n2. no\n3. no",
    ],
)
def test_no_answer_is_beyond_doubt_where_the_reply_says_more(reply: str) -> None:
    answers = read_reply(HEALTH_QUESTIONS, reply, TODAY).answers

    assert answers
    assert all(one.is_doubtful for one in answers if one.can_count)


@pytest.mark.parametrize(
    "reply",
    [
        "Hi Sam!\n1. no\n2. no\n3. no",
        "Good morning, here are my answers:\n1. no\n2. no\n3. no",
        "Thanks so much!\nAda\n1. no\n2. no\n3. no",
        "1. no\n2. stopped Oct 3, 2025\n3. 2 drinks a week",
        "1. zoloft since 3/1/2026 2. no 3. no thanks!",
    ],
)
def test_a_greeting_a_day_or_an_amount_is_nothing_more(reply: str) -> None:
    answers = read_reply(HEALTH_QUESTIONS, reply, TODAY).answers

    assert [(one.can_count, one.is_doubtful) for one in answers] == [(True, False)] * 3


@given(
    st.lists(
        st.sampled_from(
            ["1. no\n", "2. yes\n", "3. x\n", "1 ", "no ", "June ", "\n", "?", "all no", " except 2", "👍"]
        )
    ).map("".join)
)
def test_every_question_is_answered_or_stays_asked(reply: str) -> None:
    found = read_reply(MESSAGE, reply, TODAY)

    clear = {one.asked.number for one in found.answers if one.can_count}
    assert clear | {one.number for one in found.still_asked} == {1, 2, 3}
    assert not clear & {one.number for one in found.still_asked}
