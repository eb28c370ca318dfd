"""Asking a family in a message: what it says, that it was sent, whom it waits for, and the reply."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.family_message import YES, Channel
from coordinator.errors import UserError
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.holds import hold_milk, holds, record_yes
from coordinator.services.asking.by_message import message_to, record_sent
from coordinator.services.asking.replies import asked_of, read_reply, take_reply
from coordinator.services.families.donors import donor
from coordinator.services.families.recipients import recipient
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.records import history
from coordinator.services.screening.switched_off import stop_asking
from coordinator.services.settings.values import change_setting
from coordinator.services.today import call_list, today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.integration.records.test_undo import dump

ASKED = (FactKind.NICOTINE, FactKind.CANNABIS)
NUDGED = TODAY + timedelta(days=load_matching_policy().nudge_days)


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) was asked neither about nicotine nor cannabis; Ben (R-0001) needs milk."""
    with database.writing(Action("test", "Set up")) as session:
        row = a_donor(session, "Ada Lind", facts=without(*ASKED))
        a_stored_lot(session, row, 100)
        session.get_one(HouseholdRow, row.household_id).first_spoken_on = date(2026, 11, 1)
        a_recipient(session, "Ben Roy", health=None)
    change_setting(database, "coordinator_name", "Sam")
    change_setting(database, "network_name", "Coast Milk")
    return database


def send(database: Database, code: str = "D-0001", on: date = TODAY) -> None:
    record_sent(database, message_to(database, code, on), Channel.TEXT, on)


def nudged(database: Database, on: date) -> list[str]:
    return [one.code for one in today_page(database, on).nudges]


def bereave(database: Database) -> None:
    with database.writing(Action("test", "A loss")) as session:
        session.query(DonorRow).one().bereaved = True


def test_the_message_greets_asks_by_number_and_says_how_to_answer(network: Database) -> None:
    message = message_to(network, "D-0001", TODAY)

    lines = message.text.splitlines()
    assert lines[0].startswith("Hi Ada, this is Sam from Coast Milk.")
    assert [line[:2] for line in lines[1:-1]] == [f"{n}." for n in range(1, len(message.items) + 1)]
    assert {FactKind.NICOTINE, FactKind.CANNABIS} <= {one.topic for one in message.items}
    assert "reply with the numbers" in lines[-1]


def test_it_speaks_to_her_and_not_about_her(network: Database) -> None:
    text = message_to(network, "D-0001", TODAY).text

    assert "not answered" not in text
    assert " she " not in text


def test_what_the_network_stopped_asking_is_in_no_message(network: Database) -> None:
    with network.writing(Action("test", "A question")) as session:
        home = session.query(DonorRow).one().household_id
        session.add(QuestionRow(household_id=home, topic="hours", text="Hours?"))
    assert "hours" in {one.topic for one in message_to(network, "D-0001", TODAY).items}

    stop_asking(network, "hours")

    assert "hours" not in {one.topic for one in message_to(network, "D-0001", TODAY).items}


def test_who_lost_her_baby_is_written_to_gently_and_never_nudged(network: Database) -> None:
    send(network)
    bereave(network)

    message = message_to(network, "D-0001", NUDGED)

    assert message.is_gentle
    assert "thinking of you" in message.text
    assert "I asked you" not in message.text
    assert "!" not in message.text
    assert nudged(network, NUDGED) == []


def test_what_was_sent_is_remembered_and_undo_takes_it_back(network: Database) -> None:
    before = dump(network)

    send(network)

    asked = [one for one in donor(network, "D-0001", TODAY).questions if one.topic in ASKED]
    assert [one.messaged_on for one in asked] == [TODAY, TODAY]
    assert asked_of(network, "D-0001", TODAY).on == TODAY
    history.undo(network)
    assert dump(network) == before


def test_a_message_without_questions_is_not_noted(network: Database) -> None:
    send(network)
    for one in donor(network, "D-0001", TODAY).questions:
        answer_question(network, one.id, "no", TODAY, code="D-0001")

    with pytest.raises(UserError, match="nothing to ask"):
        send(network)


def test_today_nudges_after_the_networks_days_and_not_before(network: Database) -> None:
    send(network)

    assert nudged(network, NUDGED - timedelta(days=1)) == []
    assert nudged(network, NUDGED) == ["D-0001"]


def test_answers_that_come_by_phone_end_the_nudge(network: Database) -> None:
    send(network)

    for one in donor(network, "D-0001", TODAY).questions:
        answer_question(network, one.id, "no", TODAY, code="D-0001", on_phone=True)

    assert nudged(network, NUDGED) == []


def test_nobody_is_rung_on_the_day_a_message_went_out(network: Database) -> None:
    send(network)

    assert "D-0001" not in {call.code for call in call_list(network, TODAY)}
    assert "D-0001" in {call.code for call in call_list(network, TODAY + timedelta(days=1))}


def test_a_second_message_says_when_it_was_asked_before(network: Database) -> None:
    send(network)

    assert "I asked you this on Nov 21" in message_to(network, "D-0001", NUDGED).text


def test_a_reply_counts_once_she_takes_it_and_one_undo_takes_it_back(network: Database) -> None:
    send(network)
    before = dump(network)
    numbers = {one.topic: one.number for one in asked_of(network, "D-0001", TODAY).items}
    text = f"{numbers[FactKind.CANNABIS]} no, {numbers[FactKind.NICOTINE]} stopped Oct 9, 2025"
    reply = read_reply(asked_of(network, "D-0001", TODAY), text, TODAY)
    assert dump(network) == before

    take_reply(network, "D-0001", reply.answers, TODAY)

    ada = donor(network, "D-0001", TODAY)
    assert ada.household.last_contact_on == TODAY
    still = {one.topic for one in ada.questions}
    assert not still & set(ASKED)
    history.undo(network)
    assert dump(network) == before


def test_a_partial_reply_leaves_the_rest_asked_and_nudged(network: Database) -> None:
    send(network)
    asked = asked_of(network, "D-0001", TODAY)
    reply = read_reply(asked, "1. no", TODAY)

    take_reply(network, "D-0001", reply.answers, TODAY)

    assert {one.number for one in reply.still_asked} == {one.number for one in asked.items} - {1}
    assert nudged(network, NUDGED) == ["D-0001"]


def test_a_late_reply_to_what_was_answered_meanwhile_changes_nothing(network: Database) -> None:
    send(network)
    first = asked_of(network, "D-0001", TODAY).items[0]
    answer_question(network, first.question_id, "no", TODAY, code="D-0001")

    (answer,) = read_reply(asked_of(network, "D-0001", TODAY), "1. yes", TODAY).answers

    assert not answer.can_count


def test_one_answer_that_cannot_be_kept_keeps_all_out_and_says_which(network: Database) -> None:
    send(network)
    asked = asked_of(network, "D-0001", TODAY)
    reply = read_reply(asked, "1. no\n2. no", TODAY)
    answer_question(network, asked.items[1].question_id, "no", TODAY, code="D-0001")
    before = dump(network)

    with pytest.raises(UserError, match=r"^2\. "):
        take_reply(network, "D-0001", reply.answers, TODAY)

    assert dump(network) == before


def test_a_family_is_asked_what_it_has_and_how_the_baby_is(network: Database) -> None:
    send(network, "R-0001")
    numbers = {one.topic: one.number for one in asked_of(network, "R-0001", TODAY).items}
    text = f"{numbers['health']}. yes!\n{numbers['stock']}. about 40 oz"

    reply = read_reply(asked_of(network, "R-0001", TODAY), text, TODAY)
    take_reply(network, "R-0001", reply.answers, TODAY)

    family = recipient(network, "R-0001", TODAY)
    assert family.baby.health is BabyHealth.HOME
    assert family.stock == Volume.from_oz(40)
    assert family.stock_on == TODAY


def a_hold(database: Database) -> str:
    return hold_milk(database, "R-0001", "L-0001", Volume.from_oz(40), TODAY)


def test_a_yes_that_is_waited_for_comes_first_and_counts_as_asked(network: Database) -> None:
    hold = a_hold(network)
    message = message_to(network, "D-0001", TODAY)
    assert message.items[0].topic == YES

    send(network)

    (strand,) = case_of(network, "R-0001", TODAY).strands
    assert strand.asked_donor.on == TODAY
    reply = read_reply(asked_of(network, "D-0001", TODAY), "1. yes gladly", TODAY)
    take_reply(network, "D-0001", reply.answers, TODAY)
    (held,) = holds(network, TODAY)
    assert (held.code, held.donor_yes_on) == (hold, TODAY)


def test_a_no_to_milk_on_hold_is_looked_at_and_gives_it_back(network: Database) -> None:
    a_hold(network)
    send(network)
    (answer,) = read_reply(asked_of(network, "D-0001", TODAY), "1. no, sorry", TODAY).answers
    assert answer.is_doubtful

    take_reply(network, "D-0001", [answer], TODAY)

    assert holds(network, TODAY) == []


def test_a_no_gives_nothing_back_that_was_agreed_meanwhile(network: Database) -> None:
    hold = a_hold(network)
    send(network)
    (answer,) = read_reply(asked_of(network, "D-0001", TODAY), "1. no, sorry", TODAY).answers
    record_yes(network, hold, Side.DONOR, TODAY)
    record_yes(network, hold, Side.FAMILY, TODAY)
    before = dump(network)

    with pytest.raises(UserError, match="does not wait for this answer any more"):
        take_reply(network, "D-0001", [answer], TODAY)

    assert dump(network) == before


def test_one_undo_takes_back_all_of_a_reply(network: Database) -> None:
    hold = a_hold(network)
    record_yes(network, hold, Side.DONOR, TODAY)
    send(network, "R-0001")
    before = dump(network)
    asked = asked_of(network, "R-0001", TODAY)
    words = {YES: "yes gladly", "stock": "40 oz", "health": "yes", "languages": "Spanish"}
    lines = [f"{one.number}. {words[one.topic]}" for one in asked.items if one.topic in words]
    answers = read_reply(asked, "\n".join(lines), TODAY).answers
    assert {YES, "stock", "health"} <= {one.asked.topic for one in answers if one.can_count}

    take_reply(network, "R-0001", answers, TODAY)

    family = recipient(network, "R-0001", TODAY)
    assert (family.baby.health, family.stock) == (BabyHealth.HOME, Volume.from_oz(40))
    assert [one.family_yes_on for one in holds(network, TODAY)] == [TODAY]
    history.undo(network)
    assert dump(network) == before


def test_an_answer_that_is_not_clear_closes_no_question(network: Database) -> None:
    with network.writing(Action("test", "A question")) as session:
        home = session.query(DonorRow).one().household_id
        row = QuestionRow(household_id=home, topic="heat_treated", text="Was any of it heated?")
        session.add(row)
        session.flush()
        number = row.id
    before = dump(network)

    with pytest.raises(NotClearError):
        answer_question(network, number, "no but some was scalded", TODAY, code="D-0001")

    assert dump(network) == before


def test_a_yes_with_a_but_stays_asked(network: Database) -> None:
    a_hold(network)
    send(network)

    (answer,) = read_reply(asked_of(network, "D-0001", TODAY), "1. yes but only 20 oz", TODAY).answers

    assert not answer.can_count


def test_a_message_to_the_family_asks_for_no_yes_before_the_donors(network: Database) -> None:
    a_hold(network)

    assert all(one.side is not Side.FAMILY for one in message_to(network, "R-0001", TODAY).items)


def test_without_a_message_noted_as_sent_the_numbers_of_today_count(network: Database) -> None:
    asked = asked_of(network, "D-0001", TODAY)

    assert asked.on is None
    take_reply(network, "D-0001", read_reply(asked, "1. no", TODAY).answers, TODAY)

    assert len(donor(network, "D-0001", TODAY).questions) == len(asked.items) - 1


def test_a_reply_in_writing_is_no_first_talk(network: Database) -> None:
    with network.writing(Action("test", "Nobody spoke with her")) as session:
        home = session.get_one(HouseholdRow, session.query(DonorRow).one().household_id)
        home.first_spoken_on = None
    send(network)

    take_reply(
        network, "D-0001", read_reply(asked_of(network, "D-0001", TODAY), "1. no", TODAY).answers, TODAY
    )

    assert donor(network, "D-0001", TODAY).household.first_spoken_on is None
