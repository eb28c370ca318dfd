"""A donor's screening on both databases: pauses, signatures, and the questions of her checklist."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

import pytest
import sqlalchemy as sa

from coordinator.cli.json_documents import of_donor
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.agreements.checks import NotMatchedError
from coordinator.domain.agreements.holds import MessageKind, Side
from coordinator.domain.facts.dated_facts import CallOutcome, FactKind, QuestionState
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.screening.call_list import Screening
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements.holds import hold_milk, message_text
from coordinator.services.families import households
from coordinator.services.families.donors import donor, list_donors
from coordinator.services.families.merging import merge_households
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper import sheets
from coordinator.services.policies import profiles
from coordinator.services.records import history
from coordinator.services.screening import call_list as screening
from coordinator.services.screening import facts
from coordinator.services.today import call_list, openings, today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.integration.paper.test_sheets import MONDAY, a_run, text_of
from tests.integration.records.test_undo import dump
from tests.pickup_builders import a_region

SETTING_UP = Action("test", "Set up")
NEXT_WEEK = TODAY + timedelta(days=7)
PRIVATE = "Her partner asked us not to"


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) was not asked about nicotine, Bea (D-0002) answered all; Inès (R-0001) needs milk now."""
    with database.writing(SETTING_UP) as session:
        for name, told in (("Ada Lind", without(FactKind.NICOTINE)), ("Bea Moss", None)):
            row = a_donor(session, name, facts=told)
            a_stored_lot(session, row)
            session.get_one(HouseholdRow, row.household_id).first_spoken_on = date(2026, 11, 1)
        a_recipient(session, stock=Volume.from_oz(60), stock_on=TODAY)
    return database


def stands(database: Database, code: str = "D-0001", on: date = TODAY) -> Screening:
    return screening.screening(database, code, on)


def ranked(database: Database, on: date = TODAY) -> list[str]:
    return [match.code for match in rank_donors(database, "R-0001", on).matches]


def asked(database: Database, code: str = "D-0001", on: date = TODAY) -> list[str]:
    return [q.topic for call in call_list(database, on) if call.code == code for q in call.questions]


def two_sign(database: Database) -> None:
    """Judge by a copy of Community sharing for which two people sign."""
    own = profiles.copy_profile(database, "community_sharing", "Our own", TODAY)
    profiles.change_value(database, own, "sign_offs", 2, "four eyes", "Uma", TODAY)
    profiles.use_profile(database, own)


def test_a_donor_who_rests_waits_for_her_day_cannot_be_held_and_opens_again_without_a_write(
    network: Database,
) -> None:
    screening.defer(network, "D-0002", "a cold", NEXT_WEEK, TODAY)

    assert ranked(network) == ["D-0001", "D-0002"], "whoever waits stands behind those who do not"
    resting = rank_donors(network, "R-0001", TODAY).matches[1]
    assert (resting.standing.kind, resting.standing.until) == (StandingKind.WAITS, NEXT_WEEK)
    assert str(resting.standing.words) == "Waits until Nov 28, 2026"
    assert resting.verdict.kind is VerdictKind.ASK
    assert "a cold" not in str(resting.verdict.reasons), "why is private"
    with pytest.raises(NotMatchedError):
        hold_milk(network, "R-0001", "L-0002", Volume.from_oz(10), TODAY)
    row = list_donors(network, TODAY)[1]
    assert (row.state, row.paused_until, row.can_offer) == (DonorState.PAUSED, NEXT_WEEK, False)

    before = dump(network)
    assert set(ranked(network, NEXT_WEEK)) == {"D-0001", "D-0002"}
    assert list_donors(network, NEXT_WEEK)[1].state is DonorState.QUESTIONS
    assert dump(network) == before
    hold_milk(network, "R-0001", "L-0002", Volume.from_oz(10), NEXT_WEEK)


def test_a_donor_who_rests_without_an_end_is_not_ranked_and_not_said_to_wait(network: Database) -> None:
    screening.defer(network, "D-0002", "a cold", None, TODAY)

    assert ranked(network) == ["D-0001"]


def test_a_pause_opens_no_milk_and_lessens_no_shortfall(network: Database) -> None:
    def told(day: date) -> tuple[int, int, Volume]:
        found = openings(network, today_page(network, day).cases, day)
        there_is = found.families["R-0001"]
        return there_is.ready + there_is.one_call, there_is.waits, found.short.short

    usable, waits, short = told(TODAY)
    screening.defer(network, "D-0002", "a cold", NEXT_WEEK, TODAY)

    assert told(TODAY)[:2] == (usable - 1, waits + 1)
    assert told(TODAY)[2] >= short
    assert "D-0002" not in openings(network, today_page(network, TODAY).cases, TODAY).donors


def test_a_pause_can_end_early_and_undo_brings_it_back(network: Database) -> None:
    begun = dump(network)
    pause = screening.defer(network, "D-0002", "a cold", NEXT_WEEK, TODAY)
    paused = dump(network)
    tomorrow = TODAY + timedelta(days=1)

    screening.end_deferral(network, "D-0002", pause, tomorrow)
    assert stands(network, "D-0002", TODAY).state is DonorState.PAUSED
    assert stands(network, "D-0002", tomorrow).state is DonorState.QUESTIONS
    with pytest.raises(UserError, match="ended already"):
        screening.end_deferral(network, "D-0002", pause, tomorrow)

    history.undo(network)
    assert dump(network) == paused
    history.undo(network)
    assert dump(network) == begun


@pytest.mark.parametrize(
    ("reason", "until", "said"),
    [
        (" ", NEXT_WEEK, "Type why"),
        ("a cold", TODAY, "tomorrow or later"),
        ("a cold", date(2026, 1, 1), "later"),
    ],
)
def test_a_pause_needs_a_reason_and_a_day_to_come(
    network: Database, reason: str, until: date, said: str
) -> None:
    before = dump(network)

    with pytest.raises(UserError, match=said):
        screening.defer(network, "D-0001", reason, until, TODAY)

    assert dump(network) == before


def test_the_history_says_nothing_of_the_reason_or_of_a_name(network: Database) -> None:
    two_sign(network)
    screening.defer(network, "D-0001", PRIVATE, NEXT_WEEK, TODAY)
    screening.sign(network, "D-0001", "Uma Cyr", TODAY)

    labels = " ".join(entry.label for entry in history.history(network))
    assert "Paused D-0001 until Nov 28, 2026" in labels
    assert PRIVATE not in labels
    assert "Uma Cyr" not in labels


def test_not_matching_and_why_do_not_leave_the_program(network: Database) -> None:
    households.change_profile(network, "D-0001", "donor_state", DonorState.NOT_MATCHING)
    households.change_profile(network, "D-0001", "state_note", PRIVATE)
    screening.defer(network, "D-0001", PRIVATE, NEXT_WEEK, TODAY)

    found = donor(network, "D-0001", TODAY)
    assert found.screening is not None
    assert found.screening.state is DonorState.NOT_MATCHING
    written = of_donor(found)
    assert written["state_of_offer"] == "paused"
    assert PRIVATE not in str(written)
    assert "not matching" not in str(written)
    assert ranked(network) == ["D-0002"]
    assert asked(network) == []


def test_two_different_people_sign_where_the_policy_asks_for_it(network: Database) -> None:
    with pytest.raises(UserError, match="Nobody has to sign"):
        screening.sign(network, "D-0002", "Uma Cyr", TODAY)
    assert stands(network, "D-0002").proposed is DonorState.CAN_OFFER
    two_sign(network)
    assert stands(network, "D-0002").proposed is None

    first = screening.sign(network, "D-0002", "Uma Cyr", TODAY)
    for name, said in ((" uma  cyr ", "somebody else"), ("  ", "Type the name")):
        with pytest.raises(UserError, match=said):
            screening.sign(network, "D-0002", name, TODAY)
    screening.sign(network, "D-0002", "Dot Orr", TODAY)
    assert [one.signed_by for one in stands(network, "D-0002").sign_offs] == ["Uma Cyr", "Dot Orr"]
    assert stands(network, "D-0002").proposed is DonorState.CAN_OFFER

    screening.take_back_signature(network, "D-0002", first)
    assert stands(network, "D-0002").proposed is None
    history.undo(network)
    assert stands(network, "D-0002").proposed is DonorState.CAN_OFFER
    profiles.use_profile(network, "community_sharing")
    assert stands(network, "D-0002").sign_offs == ()


def test_what_the_checklist_misses_is_on_the_call_list_as_milk_that_waits(network: Database) -> None:
    calls = {call.code: call for call in call_list(network, TODAY)}

    assert [q.text for q in calls["D-0001"].questions] == ["Nicotine: not answered"]
    assert calls["D-0001"].is_urgent
    assert "D-0002" not in calls
    assert list_donors(network, TODAY)[0].open_questions == 1


def test_an_answer_to_it_becomes_a_fact_and_the_question_goes(network: Database) -> None:
    answer_question(network, 0, "no", TODAY, code="D-0001", topic="nicotine")

    assert asked(network) == []
    assert stands(network).proposed is DonorState.CAN_OFFER
    with pytest.raises(UserError, match="not on the call list"):
        answer_question(network, 0, "no", TODAY, code="D-0001", topic="nicotine")


def test_an_answer_that_cannot_be_read_leaves_no_trace(network: Database) -> None:
    before = dump(network)

    with pytest.raises(NotClearError):
        answer_question(network, 0, "maybe", TODAY, code="D-0001", topic="nicotine", on_phone=True)

    assert dump(network) == before


def test_after_no_answer_she_waits_and_is_asked_the_same_once_tomorrow(network: Database) -> None:
    facts.note_call(network, "D-0001", CallOutcome.NO_ANSWER, TODAY)

    assert asked(network) == []
    assert asked(network, on=TODAY + timedelta(days=1)) == ["nicotine"]


def test_what_is_set_aside_is_not_asked_again(network: Database) -> None:
    facts.set_missing_aside(network, "D-0001", "nicotine", TODAY)

    assert asked(network) == []
    assert [item.topic for item in stands(network).open_items] == ["nicotine"]
    history.undo(network)
    assert asked(network) == ["nicotine"]


def test_typing_an_answer_on_the_phone_is_the_first_talk(network: Database) -> None:
    households.change_profile(network, "D-0001", "first_spoken_on", None)
    assert [item.topic for item in stands(network).open_items] == ["nicotine", "first_contact"]

    answer_question(network, 0, "no", TODAY, code="D-0001", topic="nicotine", on_phone=True)

    assert stands(network).open_items == ()
    assert asked(network) == []


@pytest.mark.parametrize(
    ("words", "how"), [("by phone", SpokenHow.PHONE), ("Met her at the hospital", SpokenHow.IN_PERSON)]
)
def test_the_first_talk_alone_is_asked_for_and_noted(network: Database, words: str, how: SpokenHow) -> None:
    households.change_profile(network, "D-0002", "first_spoken_on", None)
    assert asked(network, "D-0002") == ["first_contact"]
    facts.note_call(network, "D-0002", CallOutcome.LEFT_MESSAGE, TODAY - timedelta(days=1))
    with network.reading() as session:
        row = session.scalars(sa.select(QuestionRow).where(QuestionRow.topic == "first_contact")).one()
    with pytest.raises(NotClearError):
        answer_question(network, row.id, "no", TODAY, code="D-0002")

    answer_question(network, row.id, words, TODAY, code="D-0002")

    home = donor(network, "D-0002", TODAY).household
    assert (home.first_spoken_on, home.first_spoken_how) == (TODAY, how)
    assert asked(network, "D-0002") == []


def test_a_talk_that_is_noted_closes_the_question_and_stays_the_first(network: Database) -> None:
    households.change_profile(network, "D-0002", "first_spoken_on", None)
    facts.note_call(network, "D-0002", CallOutcome.NO_ANSWER, TODAY)

    facts.note_first_talk(network, "D-0002", SpokenHow.IN_PERSON, TODAY)
    facts.note_first_talk(network, "D-0002", SpokenHow.PHONE, NEXT_WEEK)

    home = donor(network, "D-0002", NEXT_WEEK).household
    assert (home.first_spoken_on, home.first_spoken_how) == (TODAY, SpokenHow.IN_PERSON)
    assert home.last_contact_on == NEXT_WEEK
    with network.reading() as session:
        assert session.scalars(sa.select(QuestionRow.state)).all() == [QuestionState.ANSWERED]


def test_today_tells_of_pauses_and_tests_that_end_first_things_first(network: Database) -> None:
    screening.defer(network, "D-0001", "a cold", NEXT_WEEK, TODAY)
    ends = date(2027, 7, 14)

    soon = today_page(network, TODAY)
    assert [(one.code, one.on, one.reason) for one in soon.deferrals_ending] == [
        ("D-0001", NEXT_WEEK, "a cold")
    ]
    assert soon.tests_expiring == ()
    month_before = today_page(network, ends - timedelta(days=30))
    assert [(one.code, one.on) for one in month_before.tests_expiring] == [("D-0001", ends), ("D-0002", ends)]
    assert month_before.deferrals_ending == ()
    over = today_page(network, ends)
    assert over.tests_expiring == ()
    assert "blood test" in asked(network, "D-0002", ends)


@pytest.mark.parametrize("kind", ["words to read", "a loss"])
def test_no_list_speaks_of_a_donor_to_be_read_about_first(network: Database, kind: str) -> None:
    screening.defer(network, "D-0002", "a cold", NEXT_WEEK, TODAY)
    households.change_profile(network, "D-0001", "bereaved", value=True)
    households.change_profile(network, "D-0002", "read_before_ringing", "Her son died in May.")
    households.change_profile(network, "D-0002", "bereaved", value=kind == "a loss")

    page = today_page(network, date(2027, 7, 1))

    assert (page.deferrals_ending, page.tests_expiring) == ((), ())
    assert today_page(network, TODAY).deferrals_ending == ()
    assert asked(network) == []


def test_a_merged_donor_keeps_her_pause_but_nobody_has_signed_for_both_answers(
    network: Database,
) -> None:
    two_sign(network)
    screening.defer(network, "D-0002", "a cold", NEXT_WEEK, TODAY)
    screening.sign(network, "D-0002", "Uma Cyr", TODAY)

    merge_households(network, "D-0001", "D-0002", TODAY)

    assert stands(network).paused_until == NEXT_WEEK
    assert stands(network).sign_offs == ()


def test_a_proposal_is_the_coordinators_to_take(network: Database) -> None:
    found = donor(network, "D-0002", TODAY)
    assert found.screening is not None

    households.change_profile(network, "D-0002", "donor_state", found.screening.proposed, seen=found.state)

    assert stands(network, "D-0002").state is DonorState.CAN_OFFER
    with network.reading() as session:
        stored = session.scalars(sa.select(DonorRow.state).order_by(DonorRow.code)).all()
    assert cast("list[DonorState]", stored) == [DonorState.NEW, DonorState.CAN_OFFER]


def test_why_a_donor_rests_is_on_no_paper_and_in_no_message(database: Database) -> None:
    region = a_region(database)
    run = a_run(database, region, 0, 1)
    households.change_profile(database, "D-0001", "donor_state", DonorState.NOT_MATCHING)
    households.change_profile(database, "D-0001", "state_note", PRIVATE)
    screening.defer(database, "D-0001", PRIVATE, NEXT_WEEK, TODAY)

    paper = text_of(sheets.preview_pickup_sheet(database, run, TODAY))
    week = text_of(sheets.render_schedule(sheets.week_schedule(database, MONDAY, TODAY)))
    said = [message_text(database, region.holds[0], kind, to) for kind in MessageKind for to in Side]

    assert "Zoë" in paper
    for text in (paper, week, *said):
        assert PRIVATE not in " ".join(text.split())
        assert "not matching" not in text.casefold()
        assert "paused" not in text.casefold()


def test_that_nobody_has_spoken_with_her_is_a_call_but_no_question_in_the_table(network: Database) -> None:
    households.change_profile(network, "D-0002", "first_spoken_on", None)

    assert asked(network, "D-0002") == ["first_contact"]
    assert [row.open_questions for row in list_donors(network, TODAY)] == [1, 0]
    assert [row.proposed for row in list_donors(network, TODAY)] == [None, None]


def test_an_illness_nobody_asked_about_is_a_call_that_can_wait_and_no_question_in_the_table(
    network: Database,
) -> None:
    with network.writing(SETTING_UP) as session:
        cleo = a_donor(session, "Cleo Nye", facts=without(FactKind.ILLNESS))
        session.get_one(HouseholdRow, cleo.household_id).first_spoken_on = date(2026, 11, 1)
        a_stored_lot(session, cleo)

    assert asked(network, "D-0003") == ["illness"]
    urgent = {call.code: call.is_urgent for call in call_list(network, TODAY)}
    assert (urgent["D-0001"], urgent["D-0003"]) == (True, False)
    assert [row.open_questions for row in list_donors(network, TODAY)] == [1, 0, 0]

    answer_question(network, 0, "none", TODAY, code="D-0003", topic="illness", on_phone=True)
    assert asked(network, "D-0003") == []


def test_an_illness_told_on_the_phone_parts_her_milk_by_its_days(network: Database) -> None:
    answer_question(network, ask_about_illness(network), "mastitis 10/1/2026 to 10/7/2026", TODAY)

    told = next(fact for fact in donor(network, "D-0002", TODAY).facts if fact.kind is FactKind.ILLNESS)
    assert (told.start, told.end) == (date(2026, 10, 1), date(2026, 10, 8))


def ask_about_illness(database: Database) -> int:
    with database.writing(SETTING_UP) as session:
        home = session.scalars(sa.select(DonorRow).where(DonorRow.code == "D-0002")).one().household_id
        question = QuestionRow(household_id=home, topic="illness", text="Ill?")
        session.add(question)
        session.flush()
        return question.id
