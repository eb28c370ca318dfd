"""A pasted reply becomes proposals, read as answers on the phone are; what is not clear stays asked."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.sayings import saying
from coordinator.services.imports.proposing import read_reply

TODAY = date(2026, 11, 28)
ASKED = tuple(
    Question(place, 1, topic, saying("Is it so?"))
    for place, topic in enumerate((FactKind.NICOTINE.value, FactKind.DAIRY.value, "hours"), start=1)
)


def test_answers_are_read_back_as_they_are_understood() -> None:
    nicotine, dairy = read_reply("1. no\n2. stopped Oct 9, 2026", ASKED, TODAY).proposals

    assert str(nicotine.read_as) == "no"
    assert "Oct" in str(dairy.read_as)
    assert not nicotine.is_doubtful


def test_what_cannot_be_read_stays_asked_and_says_why() -> None:
    read = read_reply("1. what do you mean\n2. no", ASKED, TODAY)

    assert read.proposals[0].not_clear
    assert read.still_asked == (ASKED[0], ASKED[2])


def test_words_that_no_reader_of_facts_reads_are_looked_at() -> None:
    (hours,) = read_reply("3: after six", ASKED, TODAY).proposals

    assert hours.read_as is None
    assert hours.is_doubtful
    assert hours.answer.question_id == ASKED[2].id


@given(
    st.lists(st.sampled_from(["1. no\n", "2. yes\n", "3. x\n", "1 ", "no ", "June ", "\n", "?"])).map("".join)
)
def test_every_question_is_proposed_an_answer_or_stays_asked(reply: str) -> None:
    read = read_reply(reply, ASKED, TODAY)

    clear = {one.question.id for one in read.proposals if one.not_clear is None}
    assert clear | {one.id for one in read.still_asked} == {1, 2, 3}
    assert not clear & {one.id for one in read.still_asked}
