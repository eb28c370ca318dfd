"""A round of calls on a real file: made, stopped, gone on with, undone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from coordinator.db.calls import RoundCallRow
from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import CallOutcome, FactKind
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.domain.worklist.ready import more_ready
from coordinator.domain.worklist.rounds import LineState, Round
from coordinator.errors import UserError
from coordinator.services import rounds
from coordinator.services.agreements import holds
from coordinator.services.families import merging
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.records import history
from coordinator.services.screening import facts
from coordinator.services.settings.values import change_setting
from coordinator.services.today import call_list
from tests.builders import TODAY, a_donor, a_household, a_recipient, a_stored_lot, without
from tests.pickup_builders import SETUP

NOW = datetime.combine(TODAY, time(10))
NONE = Volume()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def network(database: Database) -> Database:
    """Uma is out (R-0001), Tess needs nothing soon (R-0002), Ada (D-0001) has one answer missing."""
    with database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=NONE, stock_on=TODAY, health=None)
        a_recipient(session, "Tess Later", stock=Volume.from_oz(900), stock_on=TODAY, health=None)
        a_stored_lot(session, a_donor(session, "Ada Lind", facts=without(FactKind.NICOTINE)), 100)
    return database


def now(database: Database, on: object = TODAY) -> Round:
    found = rounds.round_now(database, on)  # type: ignore[arg-type] # a day
    assert found is not None
    return found


def states(found: Round, on: object = TODAY) -> dict[str, LineState]:
    return {line.household.name: line.state(on) for line in found.lines}  # type: ignore[arg-type] # a day


def test_a_round_asks_those_first_who_run_out_first_and_what_fits(network: Database) -> None:
    assert [line.code for line in rounds.propose_round(network, 40, NOW).lines] == [
        "R-0001",
        "D-0001",
        "R-0002",
    ]
    assert [line.code for line in rounds.propose_round(network, 12, NOW).lines] == ["R-0001", "D-0001"]
    change_setting(network, "call_minutes", "12")
    assert [line.code for line in rounds.propose_round(network, 12, NOW).lines] == ["R-0001"]
    assert rounds.round_now(network, TODAY) is None


@pytest.mark.parametrize("minutes", [-1, 0, 4, 601])
def test_no_time_for_a_call_or_more_than_a_day_has_is_no_round(network: Database, minutes: int) -> None:
    with pytest.raises(UserError):
        rounds.start_round(network, minutes, NOW)
    assert rounds.round_now(network, TODAY) is None


def test_with_nobody_to_ring_no_round_begins(database: Database) -> None:
    with pytest.raises(UserError, match="nobody to ring"):
        rounds.start_round(database, 40, NOW)


def test_it_is_stopped_and_gone_on_with_tomorrow(network: Database) -> None:
    rounds.start_round(network, 40, NOW)
    facts.note_call(network, "R-0001", CallOutcome.NO_ANSWER, TODAY)
    facts.note_call(network, "D-0001", CallOutcome.RING_ON, TODAY, TODAY + timedelta(days=3))

    today = now(network)
    assert states(today) == {
        "Uma Out": LineState.TRIED,
        "Ada Lind": LineState.LATER,
        "Tess Later": LineState.TO_RING,
    }
    assert today.minutes_left(TODAY) == 5

    tomorrow = now(network, TOMORROW)
    assert [line.code for line in tomorrow.to_ring(TOMORROW)] == ["R-0001", "R-0002"]
    later = TODAY + timedelta(days=3)
    assert "D-0001" in [line.code for line in now(network, later).to_ring(later)]


def test_ring_on_leaves_every_list_until_that_day(network: Database) -> None:
    facts.note_call(network, "D-0001", CallOutcome.RING_ON, TODAY, TODAY + timedelta(days=2))
    with network.writing(SETUP) as session:
        session.add(QuestionRow(household_id=3, topic="own", text="a new question"))

    for days, is_there in ((0, False), (1, False), (2, True)):
        day = TODAY + timedelta(days=days)
        assert ("D-0001" in [call.code for call in call_list(network, day)]) is is_there
        moment = datetime.combine(day, time(10))
        assert ("D-0001" in [one.code for one in rounds.propose_round(network, 40, moment).lines]) is is_there


def test_a_call_noted_elsewhere_counts_and_undo_takes_it_back(network: Database) -> None:
    rounds.start_round(network, 40, NOW)
    facts.note_call(network, "R-0002", CallOutcome.SPOKE, TODAY)
    assert states(now(network))["Tess Later"] is LineState.REACHED

    history.undo(network)
    assert states(now(network))["Tess Later"] is LineState.TO_RING

    history.undo(network)
    assert rounds.round_now(network, TODAY) is None
    history.redo(network)
    assert len(now(network).lines) == 3


def test_a_new_round_ends_the_one_before_and_one_can_be_ended(network: Database) -> None:
    rounds.start_round(network, 40, NOW)
    second = rounds.start_round(network, 5, NOW)
    assert now(network).id == second.id

    rounds.end_round(network, TODAY)
    assert rounds.round_now(network, TODAY) is None
    with pytest.raises(UserError, match="No round"):
        rounds.end_round(network, TODAY)


def test_a_pending_yes_alone_is_a_reason_to_ring(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=NONE, stock_on=TODAY)
        lot = a_stored_lot(session, a_donor(session)).code
    holds.hold_milk(database, "R-0001", lot, Volume.from_oz(40), TODAY)

    lines = rounds.propose_round(database, 40, NOW).lines

    waiting = {line.code: [one.strand.next.side for one in line.call.waiting] for line in lines if line.call}
    assert waiting["D-0001"] == [Side.DONOR]


def test_a_family_to_read_about_first_is_in_the_round_with_its_words_and_on_no_other_list(
    network: Database,
) -> None:
    with network.writing(SETUP) as session:
        home = a_household(session, "Ida Holm", read_before_ringing="Her mother is ill.")
        session.add(QuestionRow(household_id=home.id, topic="own", text="ask"))
        family = a_recipient(session, "Ida Holm", stock=NONE, stock_on=TODAY, health=None)
        family.household_id = home.id

    lines = {line.household.name: line for line in rounds.propose_round(network, 60, NOW).lines}

    assert lines["Ida Holm"].household.read_before_ringing == "Her mother is ill."
    assert "Ida Holm" not in [call.household.name for call in call_list(network, TODAY)]
    assert not lines["Uma Out"].is_bereaved


def test_a_donor_who_lost_her_baby_is_told_apart(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=NONE, stock_on=TODAY)
        donor = a_donor(session, "Oda Berg", bereaved=True)
        a_stored_lot(session, donor, 60)
        session.add(QuestionRow(household_id=donor.household_id, topic="own", text="ask"))

    lines = {line.code: line for line in rounds.propose_round(database, 60, NOW).lines}

    assert lines["D-0001"].is_bereaved


def test_what_the_calls_opened_is_the_milk_that_is_ready_after_and_was_not_before(network: Database) -> None:
    before = rounds.ready_now(network, TODAY)
    assert more_ready(before, before) is None
    answer_question(network, 0, "home and well", TODAY, code="R-0001", topic="health", on_phone=True)
    answer_question(network, 0, "no", TODAY, code="D-0001", topic="nicotine", on_phone=True)

    opened = more_ready(before, rounds.ready_now(network, TODAY))

    assert opened is not None
    assert str(opened.words(VolumeUnit.OZ)) == "100 oz for Uma Out"


def test_two_families_made_one_are_one_household_of_the_round(network: Database) -> None:
    rounds.start_round(network, 40, NOW)
    facts.note_call(network, "R-0002", CallOutcome.NO_ANSWER, TODAY)
    merging.merge_households(network, "R-0001", "R-0002", TODAY)

    assert states(now(network)) == {"Uma Out": LineState.TRIED, "Ada Lind": LineState.TO_RING}
    with network.reading() as session:
        assert session.query(RoundCallRow).count() == 3
