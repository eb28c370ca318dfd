"""Answers told on the phone go to the fact, the field or the lot they are about, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.roles import role_by_code
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence, QuestionState
from coordinator.domain.families.babies import Willing
from coordinator.domain.families.households import Role
from coordinator.domain.imports.typed import NotClearError, read_facts
from coordinator.domain.milk.lots import Freezer, HeatTreated
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.imports import typed_in
from coordinator.services.imports.told_answers import answer_question, record_answer
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_household, a_recipient, a_stored_lot

SETTING_UP = Action("test", "Set up")


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) has a bare lot and an unclear answer; Inès (R-0001) and Ana (V-0001) were asked little."""
    unclear = Fact(FactKind.DAIRY, Presence.UNCLEAR, raw="a bit")
    with database.writing(SETTING_UP) as session:
        ada = a_donor(session, "Ada Lind", facts=(unclear,))
        bare = {"bags": None, "expressed_from": None, "expressed_to": None, "heat_treated": None}
        a_stored_lot(session, ada, 0, **bare)
        a_recipient(session, "Inès Roy", must_avoid=None, medicine_ok=None, reach_miles=None)
        session.add(DriverRow(code="V-0001", household_id=a_household(session, "Ana Bell").id))
    return database


def ask(database: Database, code: str, topic: str, text: str = "") -> int:
    """Put a question on the call list of a family and return its id."""
    with database.writing(SETTING_UP) as session:
        question = QuestionRow(
            household_id=role_by_code(session, code).household_id,
            topic=topic,
            text=text or f"{topic}: not answered",
        )
        session.add(question)
        session.flush()
        return question.id


def answer(database: Database, code: str, topic: str, words: str) -> None:
    answer_question(database, ask(database, code, topic), words, TODAY, code=code)


def facts_of(database: Database, kind: FactKind) -> list[tuple[Presence, date | None, FactSource]]:
    with database.reading() as session:
        rows = session.query(FactRow).filter_by(kind=kind).order_by(FactRow.id)
        return [(row.presence, row.end_on, row.source) for row in rows]


def lot_of(database: Database) -> LotRow:
    with database.reading() as session:
        return session.query(LotRow).one()


@pytest.mark.parametrize(
    ("code", "topic", "words", "column", "stored"),
    [
        ("D-0001", "baby_born", "6/1/2026", "baby_born", date(2026, 6, 1)),
        ("D-0001", "gestation", "38 weeks", "gestation_weeks", 38),
        ("R-0001", "must_avoid", "dairy and soy", "must_avoid", "dairy, soy"),
        ("R-0001", "must_avoid", "mango", "must_avoid", "mango"),
        ("R-0001", "must_avoid", "none", "must_avoid", ""),
        ("R-0001", "own_supply", "4-5", "own_supply_high", Volume.from_oz(5)),
        ("R-0001", "stock", "about 120 oz", "stock", Volume.from_oz(120)),
        ("R-0001", "stock", "none", "stock_on", TODAY),
        ("R-0001", "reach", "up to an hour", "reach_minutes", 60),
        ("R-0001", "medicine_ok", "yes, if compatible", "medicine_ok", Willing.IF_COMPATIBLE),
        ("R-0001", "babies", "twins", "babies", 2),
        ("R-0001", "babies", "just one", "babies", 1),
        ("R-0001", "has_car", "no", "has_car", False),
        ("V-0001", "coolers", "2 x 28 and 48", "coolers_qt", "28,28,48"),
        ("V-0001", "max_hours", "3 hours", "max_hours", 3),
    ],
)
def test_an_answer_about_a_field_is_stored_in_the_role_it_is_about(
    network: Database, code: str, topic: str, words: str, column: str, stored: object
) -> None:
    answer(network, code, topic, words)

    with network.reading() as session:
        assert getattr(role_by_code(session, code), column) == stored


@pytest.mark.parametrize(
    ("topic", "words", "column", "stored"),
    [
        ("phone", "207 555 0109", "phone", "+12075550109"),
        ("zip", "4005", "zip_code", "04005"),
        ("town", "Dover, NH 03820", "zip_code", "03820"),
        ("town", "Dover, NH", "town", "Dover"),
        ("town", "03820", "zip_code", "03820"),
    ],
)
def test_an_answer_about_the_family_is_stored_in_the_household(
    network: Database, topic: str, words: str, column: str, stored: object
) -> None:
    answer(network, "D-0001", topic, words)

    with network.reading() as session:
        household = session.get_one(HouseholdRow, role_by_code(session, "D-0001").household_id)
        assert getattr(household, column) == stored


def test_a_told_town_puts_the_family_on_the_map(network: Database) -> None:
    answer(network, "D-0001", "town", "03820")

    with network.reading() as session:
        household = session.get_one(HouseholdRow, role_by_code(session, "D-0001").household_id)
        assert "03820" in household.place_label


@pytest.mark.parametrize(
    ("topic", "words", "column", "stored"),
    [
        ("ounces", "about 300 oz", "volume", Volume.from_oz(300)),
        ("ounces", "about 300 oz", "is_estimate", True),
        ("bags", "60 bags", "bags", 60),
        ("expressed_from", "9/1/2026", "expressed_from", date(2026, 9, 1)),
        ("freezer", "chest freezer", "freezer", Freezer.CHEST),
    ],
)
def test_an_answer_about_milk_is_stored_in_the_lot(
    network: Database, topic: str, words: str, column: str, stored: object
) -> None:
    answer(network, "D-0001", topic, words)

    assert getattr(lot_of(network), column) == stored


def test_milk_told_by_a_donor_without_a_lot_becomes_one(database: Database) -> None:
    with database.writing(SETTING_UP) as session:
        a_donor(session)

    answer(database, "D-0001", "ounces", "120")

    assert lot_of(database).volume == Volume.from_oz(120)


def test_with_several_lots_the_one_that_lacks_the_answer_gets_it(network: Database) -> None:
    with network.writing(SETTING_UP) as session:
        a_stored_lot(session, session.query(DonorRow).one(), 100)

    answer(network, "D-0001", "bags", "12")

    with network.reading() as session:
        assert [lot.bags for lot in session.query(LotRow).order_by(LotRow.id)] == [12, 25]


def test_what_she_has_left_counts_beside_what_is_held(network: Database) -> None:
    answer(network, "D-0001", "ounces", "100")
    hold_milk(network, "R-0001", "L-0001", Volume.from_oz(60), TODAY)

    with pytest.raises(UserError, match="type that or more"):
        answer(network, "D-0001", "ounces", "50")

    assert lot_of(network).volume == Volume.from_oz(100)


def test_a_clear_answer_takes_the_place_of_the_unclear_one(network: Database) -> None:
    answer(network, "D-0001", "dairy", "stopped 10/9/2026")

    assert facts_of(network, FactKind.DAIRY) == [(Presence.YES, date(2026, 10, 9), FactSource.CALL)]


def test_a_habit_that_is_over_stays_when_today_is_told(network: Database) -> None:
    record_answer(network, "D-0001", FactKind.DAIRY, "stopped 10/9/2026", TODAY)
    record_answer(network, "D-0001", FactKind.DAIRY, "no", TODAY)

    presences = [presence for presence, _, _ in facts_of(network, FactKind.DAIRY)]
    assert presences == [Presence.YES, Presence.NO]


def test_a_second_medicine_is_added_to_the_first(network: Database) -> None:
    record_answer(network, "D-0001", FactKind.MEDICINE, "zoloft", TODAY)
    record_answer(network, "D-0001", FactKind.MEDICINE, "amoxicillin 10/1/2026 to 10/10/2026", TODAY)

    ends = [end for _, end, _ in facts_of(network, FactKind.MEDICINE)]
    assert ends == [None, date(2026, 10, 11)]


def test_that_nothing_was_heated_is_noted_on_the_lot_too(network: Database) -> None:
    answer(network, "D-0001", "heat-treated", "no")

    assert lot_of(network).heat_treated is HeatTreated.NO


@pytest.mark.parametrize(
    ("code", "topic", "words", "hint"),
    [
        ("D-0001", "baby_born", "in June", "11/21/2026"),
        ("D-0001", "dairy", "mostly not", "stopped"),
        ("D-0001", "tattoo, piercing or transfusion", "a tattoo", "date"),
        ("D-0001", "bags", "a boxful", "such as 25"),
        ("R-0001", "reach", "not far", "25 miles"),
        ("R-0001", "babies", "several", "such as 2"),
        ("V-0001", "coolers", "big ones", "28, 28, 48"),
    ],
)
def test_words_that_cannot_be_read_leave_the_question_open_and_say_what_would_be(
    network: Database, code: str, topic: str, words: str, hint: str
) -> None:
    question = ask(network, code, topic)

    with pytest.raises(NotClearError, match=hint) as told:
        answer_question(network, question, words, TODAY)

    assert words not in str(told.value)
    with network.reading() as session:
        assert session.get_one(QuestionRow, question).state is QuestionState.OPEN


def test_a_question_of_her_own_keeps_the_words(network: Database) -> None:
    question = ask(network, "D-0001", "own", "Does she want the bags back?")

    answer_question(network, question, " yes ", TODAY)

    with network.reading() as session:
        row = session.get_one(QuestionRow, question)
        assert (row.state, row.answer) == (QuestionState.ANSWERED, "yes")


def test_one_undo_takes_the_answer_and_opens_the_question(network: Database) -> None:
    question = ask(network, "D-0001", "dairy")
    answer_question(network, question, "no", TODAY)

    assert str(history.undo(network)) == "Answered a question of D-0001"

    assert [presence for presence, _, _ in facts_of(network, FactKind.DAIRY)] == [Presence.UNCLEAR]
    with network.reading() as session:
        assert session.get_one(QuestionRow, question).state is QuestionState.OPEN


def test_a_closed_question_is_not_answered_again(network: Database) -> None:
    question = ask(network, "D-0001", "dairy")
    answer_question(network, question, "no", TODAY)

    with pytest.raises(UserError, match="call list"):
        answer_question(network, question, "yes", TODAY)


@pytest.mark.parametrize("kind", list(FactKind))
def test_every_kind_of_fact_has_a_reader(kind: FactKind) -> None:
    words = {
        FactKind.BLOOD_TEST: "HIV, HTLV negative 7/14/2026",
        FactKind.ILLNESS: "flu 10/1/2026 to 10/8/2026",
        FactKind.FREEZER: "chest freezer",
        FactKind.BIRTH: "7/14/2026",
        FactKind.FREEZER: "chest freezer",
        FactKind.BIRTH: "6/1/2026",
    }.get(kind, "no")

    told = read_facts(kind, words, TODAY)

    assert {fact.kind for fact in told} == {kind}
    assert {fact.source for fact in told} == {FactSource.CALL}


def test_a_family_added_by_hand_is_placed_and_asked_what_is_missing(database: Database) -> None:
    typed = {"name": "Inès Roy", "zip": "03820", "baby_born": "2026-08-01", "stock": "120"}

    assert typed_in.add_family(database, Role.RECIPIENT, typed, TODAY) == "R-0001"

    with database.reading() as session:
        household = session.query(HouseholdRow).one()
        texts = {question.text for question in session.query(QuestionRow)}
    assert "03820" in household.place_label
    assert "Baby must avoid: not answered" in texts
    assert "Baby's birth date: not answered" not in texts
