"""What a family is asked in a message, in its own sentences."""

from __future__ import annotations

import hashlib

import pytest

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Household, Role
from coordinator.domain.screening.checklist import FIRST_CONTACT, SIGN_OFFS
from coordinator.domain.suitability.mentions import mention_topic
from coordinator.domain.volume import VolumeUnit
from coordinator.domain.worklist import family_questions
from coordinator.domain.worklist.family_message import (
    AskedItem,
    Sender,
    around_the_questions,
    items_of,
    text_of,
)
from coordinator.domain.worklist.family_questions import LEFT_OUT, TEXT_VERSION, sentence_of, spoken
from coordinator.domain.worklist.replies import PieceKind, split_reply
from coordinator.sayings import saying
from tests.builders import TODAY

ADA = Household(1, "Ada Lind", "Ada")
SHA_OF_VERSION = {1: "244216668d15"}


def a_question(topic: str, raw: str = "") -> Question:
    return Question(1, 1, topic, saying("{label}: not answered", label=topic), raw)


def items(*topics: str, is_gentle: bool = False) -> tuple[AskedItem, ...]:
    return items_of(map(a_question, topics), (), VolumeUnit.OZ, is_gentle=is_gentle)


def said_of(*topics: str, is_gentle: bool = False) -> str:
    found = items(*topics, is_gentle=is_gentle)
    return str(text_of(found, ADA, Sender("Sam", "Coast Milk"), is_gentle=is_gentle))


def test_each_kind_of_answer_has_a_sentence_spoken_to_the_family() -> None:
    topics = [topic for kind in FactKind for topic in (kind.value, mention_topic(kind))]

    assert [topic for topic in topics if not sentence_of(topic)] == []


def test_each_field_of_a_form_has_a_sentence_or_is_left_out_on_purpose() -> None:
    as_facts = {"foods_avoided", "medicines", "blood_tests", "tattoo", "heat_treated"}
    asked = {field.topic for role in Role for field in FIELDS[role]} - as_facts

    assert [topic for topic in sorted(asked - LEFT_OUT) if not sentence_of(topic)] == []
    assert [topic for topic in LEFT_OUT if sentence_of(topic)] == []


def test_no_sentence_speaks_about_her() -> None:
    words = {word for one in every_sentence() for word in one.casefold().replace("?", " ").split()}

    assert not words & {"she", "her", "donor's", "they", "them"}


@pytest.mark.parametrize("topic", ["own", FIRST_CONTACT, SIGN_OFFS, "something new"])
def test_what_the_network_answers_is_never_put_to_a_family(topic: str) -> None:
    assert items(topic) == ()


def test_what_she_told_is_never_quoted() -> None:
    one = spoken(a_question("medicine", "sertraline since spring"))

    assert "sertraline" not in str(one)
    assert str(one).startswith("Once more")


def test_the_baby_and_the_milk_at_home_are_asked_about_first() -> None:
    assert [one.topic for one in items("reach", "stock", "health")][-1] == "reach"


def test_two_questions_in_the_same_words_are_one() -> None:
    assert [one.number for one in items("town", "zip", "hours")] == [1, 2]


def test_one_question_needs_no_numbers() -> None:
    assert said_of("health").endswith("Just write back here. Thank you.")


def test_nothing_to_ask_is_no_message() -> None:
    assert said_of() == ""


def test_who_lost_her_baby_is_asked_nothing_of_the_birth_and_nothing_cheerful() -> None:
    text = said_of("birth", "own baby's birth", "gestation", "baby_born", "ounces", "bags", is_gentle=True)

    assert "born" not in text
    assert "!" not in text
    assert "thinking of you" in text
    assert "no hurry" in text


@pytest.mark.parametrize("is_gentle", [False, True])
def test_a_message_that_comes_back_without_signs_is_known_by_its_sentences(*, is_gentle: bool) -> None:
    found = items("ounces", "nicotine", is_gentle=is_gentle)
    text = text_of(found, ADA, Sender("Sam", "Coast Milk"), is_gentle=is_gentle)
    sent = (*(str(one.said) for one in found), *around_the_questions())

    pieces = split_reply(f"1. 40 oz\n2. no\n\nOn Monday Sam wrote:\n{text}\n", 2, sent)

    assert [one.text for one in pieces if one.kind is PieceKind.BELOW and one.text.strip()] == []


def test_a_gentle_message_never_reminds() -> None:
    text = text_of(items("ounces"), ADA, Sender(), is_gentle=True, asked_before=TODAY)

    assert "I asked" not in str(text)


def test_changed_sentences_have_another_version() -> None:
    found = hashlib.sha256("\n".join(every_sentence()).encode()).hexdigest()[:12]

    assert found == SHA_OF_VERSION[TEXT_VERSION], "Raise TEXT_VERSION and note the new sum here."


def every_sentence() -> list[str]:
    tables = (family_questions._FACTS, family_questions._MENTIONS, family_questions._FIELDS)
    said = [one.source for table in tables for one in table.values()]
    return said + [one.source for one in family_questions._BY_CODE.values()]
