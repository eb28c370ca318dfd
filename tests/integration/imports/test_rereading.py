"""Answers of forms that an earlier reader made facts of: found, read again in one action, and taken back."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence, QuestionState
from coordinator.domain.families.households import Role
from coordinator.domain.milk.lots import HeatTreated
from coordinator.domain.records.history import Action
from coordinator.services.families.donors import donor
from coordinator.services.imports.rereading import ReadOtherwise, answers_read_otherwise, read_again
from coordinator.services.imports.told_answers import record_answer
from coordinator.services.imports.typed_in import add_family
from coordinator.services.records import history
from coordinator.services.screening.facts import record_fact, remove_fact
from tests.builders import TODAY, a_donor, a_stored_lot
from tests.old_answers import NOT_WHOLE, SENT_ON, TESTED_ON, a_donor_read_before

YES, NO, UNCLEAR = Presence.YES, Presence.NO, Presence.UNCLEAR


def told(database: Database, code: str, kind: FactKind) -> list[tuple[Presence, str]]:
    return [(fact.presence, fact.subject) for fact in donor(database, code, TODAY).facts if fact.kind is kind]


def asked(database: Database, topic: FactKind) -> list[tuple[str, QuestionState]]:
    with database.reading() as session:
        rows = session.scalars(
            sa.select(QuestionRow).where(QuestionRow.topic == topic.value).order_by(QuestionRow.id)
        )
        return [(str(row.said), row.state) for row in rows]


def only(database: Database) -> ReadOtherwise:
    (found,) = answers_read_otherwise(database, TODAY)
    return found


def test_an_answer_that_was_not_wholly_read_is_found_with_both_readings(database: Database) -> None:
    code = a_donor_read_before(database, Fact(FactKind.NICOTINE, NO, raw="no, but my husband smokes"))

    found = only(database)

    assert (found.code, found.words, found.label) == (code, "no, but my husband smokes", "Nicotine")
    assert [fact.presence for fact in found.before] == [NO]
    assert UNCLEAR in [fact.presence for fact in found.now]
    assert found.question.startswith("Nicotine: ")
    assert found.question.endswith("(“no, but my husband smokes”)")


def test_looking_writes_nothing(database: Database) -> None:
    a_donor_read_before(database, *NOT_WHOLE)
    counter = database.change_counter()

    assert answers_read_otherwise(database, TODAY)

    assert database.change_counter() == counter


def test_reading_again_replaces_the_facts_and_asks_once(database: Database) -> None:
    words = "HIV neg, HBV neg, HCV neg, RPR neg, HTLV not done 9/13/2026"
    code = a_donor_read_before(
        database, Fact(FactKind.BLOOD_TEST, YES, words.removesuffix(" 9/13/2026"), *TESTED_ON, words)
    )
    question = only(database).question

    assert read_again(database, TODAY) == 1

    assert (NO, "HTLV not done") in told(database, code, FactKind.BLOOD_TEST)
    with database.reading() as session:
        assert set(session.scalars(sa.select(FactRow.recorded_on))) == {SENT_ON}
    assert asked(database, FactKind.BLOOD_TEST) == [(question, QuestionState.OPEN)]


def test_nothing_differs_once_all_is_read_again(database: Database) -> None:
    a_donor_read_before(database, *NOT_WHOLE)
    assert read_again(database, TODAY) == len(NOT_WHOLE)

    assert answers_read_otherwise(database, TODAY) == ()
    assert read_again(database, TODAY) == 0
    assert [entry.label for entry in history.history(database)][:1] == [
        f"Read {len(NOT_WHOLE)} answers of forms again"
    ]


def test_undo_brings_the_old_reading_back_and_redo_the_new_one(database: Database) -> None:
    code = a_donor_read_before(database, Fact(FactKind.NICOTINE, NO, raw="no, but my husband smokes"))
    read_again(database, TODAY)
    new = told(database, code, FactKind.NICOTINE)
    new_questions = asked(database, FactKind.NICOTINE)

    history.undo(database)
    assert told(database, code, FactKind.NICOTINE) == [(NO, "")]
    assert asked(database, FactKind.NICOTINE) == []
    assert len(answers_read_otherwise(database, TODAY)) == 1

    history.redo(database)
    assert told(database, code, FactKind.NICOTINE) == new
    assert asked(database, FactKind.NICOTINE) == new_questions
    assert answers_read_otherwise(database, TODAY) == ()


def test_a_question_of_the_old_reading_gives_way_to_the_new_one(database: Database) -> None:
    words = "no, but my husband smokes"
    a_donor_read_before(
        database,
        Fact(FactKind.NICOTINE, UNCLEAR, raw="I don't smoke"),
        asks=((FactKind.NICOTINE, "Nicotine: what is meant? (“I don't smoke”)", "I don't smoke"),),
    )
    read_again(database, TODAY)

    assert [state for _, state in asked(database, FactKind.NICOTINE)] == [QuestionState.ANSWERED]
    assert words not in str(asked(database, FactKind.NICOTINE))


def test_a_question_that_is_on_the_list_already_is_not_put_there_twice(database: Database) -> None:
    a_donor_read_before(database, Fact(FactKind.NICOTINE, NO, raw="no, but my husband smokes"))
    read_again(database, TODAY)
    history.undo(database)
    question = only(database)
    with database.writing(Action("question.added", "Added a question")) as session:
        home = donor(database, question.code, TODAY).household.id
        session.add(
            QuestionRow(
                household_id=home, topic=question.kind.value, text=question.question, raw=question.words
            )
        )

    read_again(database, TODAY)

    assert asked(database, FactKind.NICOTINE) == [(question.question, QuestionState.OPEN)]


def test_another_spelling_of_the_same_thing_does_not_differ(database: Database) -> None:
    tests = "HIV, HBV, HCV, HTLV, RPR negative"
    a_donor_read_before(
        database,
        Fact(FactKind.FOOD_AVOIDED, YES, "egg", raw="eggs"),
        Fact(FactKind.MEDICINE, YES, "I take Zoloft", raw="I take Zoloft"),
        Fact(FactKind.BLOOD_TEST, YES, tests, *TESTED_ON, f"{tests} 9/13/2026"),
        Fact(FactKind.ALCOHOL, NO, raw="none"),
    )

    assert answers_read_otherwise(database, TODAY) == ()


def test_items_kept_one_by_one_are_one_answer(database: Database) -> None:
    code = a_donor_read_before(
        database,
        Fact(FactKind.MEDICINE, YES, "Zoloft", date(2026, 10, 1), None, "Zoloft since 10/1/2026"),
        Fact(FactKind.MEDICINE, UNCLEAR, "Benadryl once", raw="Benadryl once 10/5/2026"),
    )
    assert only(database).words == "Zoloft since 10/1/2026, Benadryl once 10/5/2026"

    read_again(database, TODAY)

    assert told(database, code, FactKind.MEDICINE) == [(YES, "Zoloft"), (YES, "Benadryl")]


def test_days_are_read_in_the_order_that_was_stored(database: Database) -> None:
    third_of_april = Fact(FactKind.NICOTINE, YES, "vape", None, date(2026, 4, 3), "vape, quit 3/4/2026")
    a_donor_read_before(database, third_of_april)

    assert answers_read_otherwise(database, TODAY) == ()


def test_a_day_after_the_form_was_sent_is_asked_about(database: Database) -> None:
    a_donor_read_before(
        database, Fact(FactKind.NICOTINE, YES, "vape", None, date(2026, 11, 15), "vape, quit 11/15/2026")
    )

    assert UNCLEAR in [fact.presence for fact in only(database).now]


def test_what_was_told_on_a_call_is_not_touched(database: Database) -> None:
    code = a_donor_read_before(
        database, Fact(FactKind.NICOTINE, NO, raw="no, but my husband smokes", source=FactSource.CALL)
    )
    assert answers_read_otherwise(database, TODAY) == ()

    assert read_again(database, TODAY) == 0
    assert told(database, code, FactKind.NICOTINE) == [(NO, "")]


def test_an_answer_put_right_on_a_call_is_not_read_again(database: Database) -> None:
    words = "all negative 9/13/2026, HTLV pending"
    code = add_family(database, Role.DONOR, {"name": "Ada Lind", "blood_tests": words}, TODAY)
    record_answer(database, code, FactKind.BLOOD_TEST, "HTLV negative 11/20/2026", TODAY)

    assert answers_read_otherwise(database, TODAY) == ()


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_fact_changed_by_hand_is_left_alone_unless_that_was_undone(
    database: Database,
    *,
    is_undone: bool,
) -> None:
    code = a_donor_read_before(database, Fact(FactKind.NICOTINE, NO, raw="no, but my husband smokes"))
    (fact,) = donor(database, code, TODAY).facts
    changed = Fact(fact.kind, YES, "", date(2026, 1, 1), None, fact.raw, id=fact.id)
    record_fact(database, code, changed, TODAY)
    if is_undone:
        history.undo(database)

    assert len(answers_read_otherwise(database, TODAY)) == is_undone


def test_a_fact_removed_by_hand_does_not_come_back(database: Database) -> None:
    words = "dairy, soy (except soy sauce)"
    code = a_donor_read_before(
        database,
        Fact(FactKind.FOOD_AVOIDED, YES, "dairy", raw=words),
        Fact(FactKind.FOOD_AVOIDED, YES, "soy (except soy sauce)", raw=words),
    )
    assert len(answers_read_otherwise(database, TODAY)) == 1
    remove_fact(database, code, donor(database, code, TODAY).facts[0].id)

    assert answers_read_otherwise(database, TODAY) == ()


def test_facts_without_her_words_are_not_read(database: Database) -> None:
    with database.writing(Action("test", "test")) as session:
        a_donor(session)

    assert answers_read_otherwise(database, TODAY) == ()


def test_a_donor_who_is_archived_is_left_alone(database: Database) -> None:
    a_donor_read_before(database, *NOT_WHOLE, archived_on=TODAY)

    assert answers_read_otherwise(database, TODAY) == ()


def test_what_a_form_brings_today_does_not_differ(database: Database) -> None:
    answers = {
        "nicotine": "vape, quit 3/4/2026",
        "medicines": "Zoloft, prenatal",
        "tattoo": "2 tattoos in May",
    }
    add_family(database, Role.DONOR, {"name": "Ada Lind", "blood_tests": "all neg", **answers}, TODAY)

    assert answers_read_otherwise(database, TODAY) == ()


def test_milk_that_the_old_reading_called_not_heat_treated_is_asked_about(database: Database) -> None:
    code = a_donor_read_before(
        database, Fact(FactKind.HEAT_TREATED, NO, raw="no, but the oldest ones I scalded")
    )
    with database.writing(Action("test", "test")) as session:
        a_stored_lot(session, by_code(session, DonorRow, code), heat_treated=HeatTreated.NO)

    read_again(database, TODAY)

    assert [lot.heat_treated for lot in donor(database, code, TODAY).lots] == [None]
