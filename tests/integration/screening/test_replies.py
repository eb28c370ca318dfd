"""Several answers of one reply are one step of the history: all of them or none."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.records.history import Action
from coordinator.domain.worklist.replies import PieceKind, split_reply
from coordinator.errors import UserError
from coordinator.services.families.donors import donor
from coordinator.services.imports.told_answers import ToldAnswer, answer_questions
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_stored_lot, without
from tests.integration.records.test_undo import dump

ASKED = (FactKind.NICOTINE, FactKind.CANNABIS)


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) was asked neither about nicotine nor about cannabis."""
    with database.writing(Action("test", "Set up")) as session:
        row = a_donor(session, "Ada Lind", facts=without(*ASKED))
        a_stored_lot(session, row)
        session.get_one(HouseholdRow, row.household_id).first_spoken_on = date(2026, 11, 1)
    return database


def answers(reply: str) -> list[ToldAnswer]:
    pieces = split_reply(reply, len(ASKED))
    return [
        ToldAnswer(one.words, topic=ASKED[one.number - 1].value)
        for one in pieces
        if one.kind is PieceKind.ANSWER
    ]


def open_topics(database: Database) -> set[str]:
    return {question.topic for question in donor(database, "D-0001", TODAY).questions}


def test_a_reply_answers_its_questions_in_one_step_that_undo_takes_back(network: Database) -> None:
    before = dump(network)

    answer_questions(network, answers("2: no, 1: no"), TODAY, "D-0001")

    assert not open_topics(network) & {kind.value for kind in ASKED}
    history.undo(network)
    assert dump(network) == before


def test_an_answer_that_was_not_confirmed_is_not_written(network: Database) -> None:
    answer_questions(network, answers("1. no\n2. no")[:1], TODAY, "D-0001")

    assert FactKind.CANNABIS.value in open_topics(network)


def test_one_answer_that_cannot_be_read_keeps_all_of_them_out(network: Database) -> None:
    before = dump(network)

    with pytest.raises(NotClearError):
        answer_questions(network, answers("1. no\n2. what do you mean"), TODAY, "D-0001")

    assert dump(network) == before


def test_no_answers_at_all_are_no_step(network: Database) -> None:
    with pytest.raises(UserError, match="at least one answer"):
        answer_questions(network, [], TODAY, "D-0001")
