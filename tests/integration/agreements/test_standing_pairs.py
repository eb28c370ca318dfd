"""Standing pairs on a real file: proposed in time, renewed by one yes, and never promised by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import open_questions
from coordinator.db.recipients import RecipientRow
from coordinator.db.standing_pairs import StandingDayRow, StandingPairRow
from coordinator.domain.agreements.case_steps import Act, CaseStep, Turn
from coordinator.domain.agreements.checks import ClinicianNotAskedError
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed, StandingState
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.free_hours import Meeting
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.records.checks import FaultKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.errors import BrokenRuleError, UserError
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.holds import hold_milk, holds, record_yes, release_hold
from coordinator.services.agreements.renewing import NotReadyError, hold_for_day, renew, renewal_text
from coordinator.services.agreements.standing_pairs import (
    add_standing,
    bring_day_back,
    change_standing,
    end_standing,
    pair_of,
    pause_standing,
    renewals,
    resume_standing,
    skip_day,
)
from coordinator.services.asking import replies
from coordinator.services.families.households import change_profile
from coordinator.services.families.merging import merge_households, merged_families, take_apart
from coordinator.services.pickups.planning import plan_pickup, settle
from coordinator.services.pickups.proposing import propose_time
from coordinator.services.records.checks import check_network
from coordinator.services.records.history import history, redo, undo
from coordinator.services.screening.call_list import defer
from coordinator.services.settings.values import change_setting
from coordinator.services.today import today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot

SETTING_UP = Action("test", "Set up")
SATURDAY, SUNDAY = 5, 6
FIRST = TODAY + timedelta(days=7)
SECOND = FIRST + timedelta(days=14)
AGREED = Agreed(Volume.from_oz(5), True, Rhythm(SATURDAY, 2), FIRST)  # noqa: FBT003 - a day


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) has 60 oz (L-0001) and newer 90 oz (L-0002); Inès (R-0001) needs milk."""
    with database.writing(SETTING_UP) as session:
        donor = a_donor(session)
        a_stored_lot(session, donor, 60)
        a_stored_lot(session, donor, 90)
        a_recipient(session)
    return database


@pytest.fixture
def pair(network: Database) -> Database:
    """They agreed on 5 oz a day, every other Saturday from Nov 28 on."""
    add_standing(network, "D-0001", "R-0001", AGREED, TODAY)
    return network


def the_one(database: Database, today: date = TODAY) -> Renewal:
    (found,) = renewals(database, today)
    return found


def held(database: Database, today: date = TODAY) -> list[tuple[str, str, HoldState]]:
    return [(one.code, one.lot_code, one.state) for one in holds(database, today, open_only=False)]


def release_all(database: Database) -> None:
    for one in holds(database, TODAY):
        release_hold(database, one.code)


def question(database: Database, on: date, side: Side, today: date) -> str:
    return renewal_text(database, "S-0001", on, side, today).replace("\u00a0", " ")


def line(database: Database, today: date = TODAY) -> str:
    return str(case_of(database, "R-0001", today).words)


def test_a_new_pair_holds_and_promises_nothing(pair: Database) -> None:
    today_page(pair, TODAY)

    assert held(pair) == []


def test_the_next_day_is_proposed_with_her_oldest_milk_first(pair: Database) -> None:
    found = the_one(pair)

    assert found.on == FIRST
    assert found.proposal is not None
    parts = [(part.lot_code, round(part.volume.oz)) for part in found.proposal.parts]
    assert parts == [("L-0001", 60), ("L-0002", 10)]


def test_nobody_is_asked_before_the_networks_days(pair: Database) -> None:
    change_setting(pair, "standing_ask_days", "3")

    assert not the_one(pair).is_due
    assert the_one(pair, FIRST - timedelta(days=3)).is_due


def test_the_case_says_whose_turn_it_is_and_by_when(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.stock, row.stock_on = Volume.from_oz(500), TODAY
    case = case_of(pair, "R-0001", TODAY)

    assert str(case.words) == "standing pair: next Sat, Nov 28, ask Ada Lind: 70 oz, renew by Thu, Nov 26"
    assert (case.step, case.turn, case.since) == (CaseStep.STANDING, Turn.YOU, TODAY)
    assert (case.next.act, case.next.standing_code) == (Act.RENEW, "S-0001")


def test_it_stands_among_what_is_waited_for(pair: Database) -> None:
    (found,) = today_page(pair, TODAY).renewals

    assert (found.pair.code, found.renew_by) == ("S-0001", FIRST - timedelta(days=2))


def test_one_yes_holds_and_agrees_all_of_it_as_one_step(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)

    assert held(pair) == [("H-0001", "L-0001", HoldState.AGREED), ("H-0002", "L-0002", HoldState.AGREED)]
    assert case_of(pair, "R-0001", TODAY).next.act is Act.PLAN

    undo(pair)
    assert (held(pair), the_one(pair).on) == ([], FIRST)
    redo(pair)
    assert (len(held(pair)), the_one(pair).on) == (2, SECOND)


def test_held_first_it_goes_the_way_of_every_hold(pair: Database) -> None:
    hold_for_day(pair, "S-0001", FIRST, TODAY)

    assert line(pair).startswith("standing pair, Sat, Nov 28: 60 oz held, the donor is to be asked")
    assert {one.expires_on for one in holds(pair, TODAY)} == {FIRST - timedelta(days=2)}


def test_both_yeses_at_once_keep_the_day_of_a_yes_that_was_given(pair: Database) -> None:
    first, second = hold_for_day(pair, "S-0001", FIRST, TODAY)
    record_yes(pair, first, Side.DONOR, TODAY)

    renew(pair, "S-0001", FIRST, TODAY + timedelta(days=1))

    said = {one.code: (one.donor_yes_on, one.family_yes_on) for one in holds(pair, TODAY)}
    later = TODAY + timedelta(days=1)
    assert said == {first: (TODAY, later), second: (later, later)}


def test_there_are_never_two_proposals_for_one_day(pair: Database) -> None:
    hold_for_day(pair, "S-0001", FIRST, TODAY)

    with pytest.raises(UserError, match="held for Nov 28, 2026 already"):
        hold_for_day(pair, "S-0001", FIRST, TODAY)
    assert the_one(pair).on == SECOND


def test_the_database_itself_keeps_one_row_a_day(pair: Database) -> None:
    skip_day(pair, "S-0001", FIRST, TODAY)

    with pytest.raises(BrokenRuleError), pair.writing(SETTING_UP) as session:
        session.add(StandingDayRow(standing_pair_id=1, on_day=FIRST))


def test_a_day_whose_holds_were_all_released_may_be_proposed_again(pair: Database) -> None:
    for code in hold_for_day(pair, "S-0001", FIRST, TODAY):
        release_hold(pair, code)

    assert the_one(pair).on == FIRST
    assert len(renew(pair, "S-0001", FIRST, TODAY)) == 2


def test_less_milk_than_agreed_is_said_and_not_filled_up_from_others(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        a_stored_lot(session, a_donor(session, "Mia Hall"), 500)
    hold_milk(pair, "R-0001", "L-0002", Volume.from_oz(85), TODAY)

    found = the_one(pair)

    assert found.proposal is not None
    assert {part.lot_code for part in found.proposal.parts} == {"L-0001", "L-0002"}
    assert "only 65 oz of the agreed 70 oz is there" in str(found.words(VolumeUnit.OZ))


def test_no_milk_at_all_is_said_and_cannot_be_renewed(pair: Database) -> None:
    for lot, ounces in (("L-0001", 60), ("L-0002", 90)):
        hold_milk(pair, "R-0001", lot, Volume.from_oz(ounces), TODAY)

    assert "with Ada Lind: she has no milk free that fits on that day" in str(
        the_one(pair).words(VolumeUnit.OZ)
    )
    with pytest.raises(UserError, match="Nothing can be held for Nov 28, 2026: she has no milk free"):
        renew(pair, "S-0001", FIRST, TODAY)


def test_a_pair_that_is_not_ready_any_more_says_so_before_the_yes(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.must_avoid = "dairy"
        row.health = None

    found = the_one(pair)

    assert (found.proposal is not None and found.proposal.is_ready, found.next.act) == (False, Act.FIND_MILK)
    assert "not ready" in str(found.words(VolumeUnit.OZ))
    with pytest.raises(NotReadyError):
        renew(pair, "S-0001", FIRST, TODAY)
    assert held(pair) == []


def test_what_was_read_and_said_may_be_held_all_the_same(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        by_code(session, RecipientRow, "R-0001").health = None

    assert hold_for_day(pair, "S-0001", FIRST, TODAY, is_said=True)


def test_milk_that_is_no_fit_is_never_held_whatever_was_said(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        by_code(session, RecipientRow, "R-0001").health = BabyHealth.HOSPITAL

    with pytest.raises(UserError, match="the baby is referred by now"):
        renew(pair, "S-0001", FIRST, TODAY, is_said=True)


def test_a_clinicians_agreement_comes_before_the_one_yes(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        by_code(session, RecipientRow, "R-0001").gestation_weeks = 35

    with pytest.raises(ClinicianNotAskedError):
        renew(pair, "S-0001", FIRST, TODAY, is_said=True)
    assert held(pair) == []


def test_a_paused_donor_is_said_in_the_place_of_a_proposal(pair: Database) -> None:
    defer(pair, "D-0001", "travels", FIRST, TODAY)

    assert "the donor is not offering milk at the moment" in str(the_one(pair).words(VolumeUnit.OZ))


def test_a_skipped_day_is_not_asked_about_and_the_rhythm_stays(pair: Database) -> None:
    skip_day(pair, "S-0001", FIRST, TODAY)

    assert the_one(pair).on == SECOND
    with pytest.raises(UserError, match="was skipped"):
        renew(pair, "S-0001", FIRST, TODAY)
    undo(pair)
    assert the_one(pair).on == FIRST


def test_a_skipped_day_comes_back(pair: Database) -> None:
    skip_day(pair, "S-0001", FIRST, TODAY)
    bring_day_back(pair, "S-0001", FIRST, TODAY)

    assert the_one(pair).on == FIRST


def test_a_day_with_milk_held_is_not_skipped(pair: Database) -> None:
    hold_for_day(pair, "S-0001", FIRST, TODAY)

    with pytest.raises(UserError, match="release that first"):
        skip_day(pair, "S-0001", FIRST, TODAY)


def test_a_day_that_is_none_of_theirs_is_refused(pair: Database) -> None:
    for on in (FIRST + timedelta(days=7), FIRST - timedelta(days=14), FIRST + timedelta(days=1)):
        with pytest.raises(UserError, match="none of the days to come"):
            skip_day(pair, "S-0001", on, TODAY)


def test_a_pause_proposes_nothing_and_ends_by_going_on(pair: Database) -> None:
    pause_standing(pair, "S-0001", TODAY)
    assert not the_one(pair).is_due
    assert today_page(pair, TODAY).renewals == ()

    resume_standing(pair, "S-0001", TODAY)
    assert the_one(pair).is_due


def test_the_end_leaves_what_is_held(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)
    end_standing(pair, "S-0001", TODAY)

    assert renewals(pair, TODAY) == ()
    assert len(held(pair)) == 2
    with pytest.raises(UserError, match="has ended"):
        resume_standing(pair, "S-0001", TODAY)
    undo(pair)
    assert the_one(pair).on == SECOND


def test_after_its_last_day_there_is_none_to_come(pair: Database) -> None:
    change_standing(pair, "S-0001", replace(AGREED, ends_on=FIRST), TODAY)
    skip_day(pair, "S-0001", FIRST, TODAY)

    assert the_one(pair).on is None


def test_a_change_counts_from_the_next_day_on(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)
    weekly = Agreed(Volume.from_oz(30), False, Rhythm(SATURDAY), FIRST)  # noqa: FBT003 - a pickup
    assert change_standing(pair, "S-0001", weekly, TODAY) == (FIRST + timedelta(days=7),)

    assert the_one(pair).on == SECOND
    assert len(held(pair)) == 2
    undo(pair)
    assert the_one(pair).on == SECOND


def test_a_new_rhythm_leaves_out_the_days_whose_milk_is_held_already(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)
    sunday = replace(AGREED, rhythm=Rhythm(SUNDAY), first_on=FIRST + timedelta(days=1))

    left_out = change_standing(pair, "S-0001", sunday, TODAY)

    assert left_out == (date(2026, 11, 29), date(2026, 12, 6))
    assert the_one(pair).on == SECOND + timedelta(days=1)
    with pytest.raises(UserError, match="bring that day back first"):
        renew(pair, "S-0001", date(2026, 11, 29), TODAY)


def test_days_that_were_left_out_stay_so_through_a_second_change(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)
    change_standing(pair, "S-0001", replace(AGREED, rhythm=Rhythm(SUNDAY)), TODAY)
    change_standing(pair, "S-0001", replace(AGREED, rhythm=Rhythm(0)), TODAY)

    assert the_one(pair).on == date(2026, 12, 14)


def test_a_pair_made_anew_leaves_out_the_days_whose_milk_the_ended_one_holds(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)
    end_standing(pair, "S-0001", TODAY)

    weekly = replace(AGREED, rhythm=Rhythm(SATURDAY, 1))
    code = add_standing(pair, "D-0001", "R-0001", weekly, TODAY)

    assert pair_of(pair, code).skipped == {FIRST, FIRST + timedelta(days=7)}
    assert the_one(pair).on == SECOND
    with pytest.raises(UserError, match="was skipped"):
        renew(pair, code, FIRST, TODAY)


def test_a_pair_made_anew_after_one_that_held_nothing_leaves_nothing_out(pair: Database) -> None:
    renew(pair, "S-0001", FIRST, TODAY)
    release_all(pair)
    end_standing(pair, "S-0001", TODAY)

    code = add_standing(pair, "D-0001", "R-0001", AGREED, TODAY)

    assert pair_of(pair, code).skipped == frozenset()


def test_the_same_free_milk_is_proposed_to_one_of_two_families(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        a_recipient(session, "Linh Tran")
    later = replace(AGREED, first_on=FIRST + timedelta(days=1), rhythm=Rhythm(SUNDAY, 2))
    add_standing(pair, "D-0001", "R-0002", later, TODAY)
    today = FIRST - timedelta(days=1)

    first, second = renewals(pair, today)

    assert first.proposal is not None
    assert second.proposal is not None
    assert (round(first.proposal.volume.oz), round(second.proposal.volume.oz)) == (70, 70)
    change_standing(pair, "S-0001", replace(AGREED, volume=Volume.from_oz(10)), TODAY)
    first, second = renewals(pair, today)
    assert first.proposal is not None
    assert second.proposal is not None
    assert (round(first.proposal.volume.oz), round(second.proposal.volume.oz)) == (140, 10)
    said = str(second.proposal.words(VolumeUnit.OZ))
    assert said == "only 10 oz of the agreed 70 oz is there, after another family's day before"
    assert renewals(pair, today, of="R-0002") == (second,)


@pytest.mark.parametrize(("code", "side"), [("D-0001", Side.DONOR), ("R-0001", Side.FAMILY)])
def test_a_pasted_yes_to_the_question_of_a_day_counts_once_it_is_taken(
    pair: Database, code: str, side: Side
) -> None:
    reply = replies.read_reply(replies.asked_of(pair, code, TODAY), "Yes!", TODAY)
    (one,) = [each for each in reply.answers if each.asked.standing_code]
    assert (one.is_yes, one.asked.side, held(pair)) == (True, side, [])
    assert one.is_doubtful  # she looks at it

    replies.take_reply(pair, code, [one], TODAY)

    given = [(each.donor_yes_on, each.family_yes_on) for each in holds(pair, TODAY)]
    assert given == [(TODAY, None) if side is Side.DONOR else (None, TODAY)] * 2
    undo(pair)
    assert holds(pair, TODAY) == []


def test_a_pasted_no_leaves_that_day_out(pair: Database) -> None:
    reply = replies.read_reply(replies.asked_of(pair, "D-0001", TODAY), "no, sorry", TODAY)

    replies.take_reply(pair, "D-0001", reply.answers, TODAY)

    assert pair_of(pair, "S-0001").skipped == {FIRST}
    assert replies.read_reply(replies.asked_of(pair, "D-0001", TODAY), "yes", TODAY).answers == ()


def test_two_have_one_standing_pair(pair: Database) -> None:
    with pytest.raises(UserError, match="change or end S-0001"):
        add_standing(pair, "D-0001", "R-0001", AGREED, TODAY)


@pytest.mark.parametrize(
    "agreed",
    [
        replace(AGREED, volume=Volume(0)),
        replace(AGREED, ends_on=FIRST - timedelta(days=1)),
        replace(AGREED, rhythm=Rhythm(SATURDAY, 13)),
        replace(AGREED, first_on=date(2199, 1, 1)),
    ],
)
def test_what_cannot_be_meant_is_refused(network: Database, agreed: Agreed) -> None:
    with pytest.raises(UserError):
        add_standing(network, "D-0001", "R-0001", agreed, TODAY)


def test_what_was_made_is_undone_and_what_came_after_stands_in_the_way(pair: Database) -> None:
    skip_day(pair, "S-0001", FIRST, TODAY)
    undo(pair)
    undo(pair)

    assert renewals(pair, TODAY) == ()


def test_a_merged_donors_pair_goes_to_the_kept_code(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        a_donor(session, "Ada B. Lind")
    merge_households(pair, "D-0002", "D-0001", TODAY)

    assert the_one(pair).pair.donor_code == "D-0002"


@pytest.fixture
def two_pairs(pair: Database) -> Database:
    """Add Ada's second answer (D-0002) with a pair of its own, of the same days: S-0002."""
    with pair.writing(SETTING_UP) as session:
        a_stored_lot(session, a_donor(session, "Ada B. Lind"), 90)
    add_standing(pair, "D-0002", "R-0001", AGREED, TODAY)
    return pair


def test_of_two_pairs_of_the_same_two_after_a_merge_one_goes_on(two_pairs: Database) -> None:
    assert merge_households(two_pairs, "D-0001", "D-0002", TODAY) == ("S-0002",)

    assert str(history(two_pairs)[0].label) == "Made D-0002 part of D-0001 and paused S-0002"
    states = {one.pair.code: one.pair.state for one in renewals(two_pairs, TODAY)}
    assert states == {"S-0001": StandingState.ACTIVE, "S-0002": StandingState.PAUSED}
    asked = [str(one.text) for one in asked_of(two_pairs)]
    assert any(one.startswith("S-0001 and S-0002 are standing pairs of the same two now") for one in asked)
    with pytest.raises(UserError, match="change or end S-0001"):
        resume_standing(two_pairs, "S-0002", TODAY)
    pause_standing(two_pairs, "S-0001", TODAY)
    resume_standing(two_pairs, "S-0002", TODAY)
    with pytest.raises(UserError, match="change or end S-0002"):
        resume_standing(two_pairs, "S-0001", TODAY)


def test_two_families_who_become_one_have_one_pair_with_a_donor_that_goes_on(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        a_recipient(session, "Inès B. Roy")
    add_standing(pair, "D-0001", "R-0002", AGREED, TODAY)
    merge_households(pair, "R-0002", "R-0001", TODAY)

    states = {one.pair.code: one.pair.state for one in renewals(pair, TODAY)}
    assert states == {"S-0001": StandingState.PAUSED, "S-0002": StandingState.ACTIVE}


def test_taken_apart_both_pairs_go_on_again(two_pairs: Database) -> None:
    merge_households(two_pairs, "D-0001", "D-0002", TODAY)
    (merged,) = merged_families(two_pairs, "D-0001")
    take_apart(two_pairs, merged.merge_id)

    found = {one.pair.code: (one.pair.donor_code, one.pair.state) for one in renewals(two_pairs, TODAY)}
    going = StandingState.ACTIVE
    assert found == {"S-0001": ("D-0001", going), "S-0002": ("D-0002", going)}


def test_nothing_lets_two_pairs_of_the_same_two_go_on(two_pairs: Database) -> None:
    merge_households(two_pairs, "D-0001", "D-0002", TODAY)

    sentence = "S-0001 and S-0002 would be standing pairs of the same two"
    with pytest.raises(UserError, match=sentence), two_pairs.writing(SETTING_UP) as session:
        by_code(session, StandingPairRow, "S-0002").state = StandingState.ACTIVE


def test_the_check_tells_of_two_pairs_that_an_older_program_let_go_on(two_pairs: Database) -> None:
    with two_pairs.engine.begin() as connection:
        connection.execute(sa.text("UPDATE standing_pair SET donor_id = 1"))

    found = [one for one in check_network(two_pairs).faults if one.kind is FaultKind.AMOUNT]
    assert [(one.where, one.what) for one in found] == [
        ("S-0001", "its donor and family have another standing pair that goes on")
    ]


def asked_of(database: Database) -> list[Question]:
    with database.reading() as session:
        return [one for asked in open_questions(session).values() for one in asked]


def test_once_donor_and_family_are_one_household_nothing_is_held(pair: Database) -> None:
    merge_households(pair, "R-0001", "D-0001", TODAY)

    assert "one household by now" in str(the_one(pair).words(VolumeUnit.OZ))


def test_a_donor_who_is_read_about_first_reminds_of_nothing(pair: Database) -> None:
    with pair.writing(SETTING_UP) as session:
        by_code(session, DonorRow, "D-0001").bereaved = True

    assert the_one(pair).next.act is Act.READ_FIRST
    assert today_page(pair, TODAY).renewals == ()


def test_the_yes_that_is_late_is_said_to_be(pair: Database) -> None:
    assert "renew today" in str(the_one(pair, FIRST - timedelta(days=2)).words(VolumeUnit.OZ))
    late = the_one(pair, FIRST - timedelta(days=1))

    assert "late to renew" in str(late.words(VolumeUnit.OZ))
    renew(pair, "S-0001", FIRST, FIRST - timedelta(days=1))
    assert the_one(pair, FIRST).on == SECOND


def test_the_one_question_is_the_same_as_last_time(pair: Database) -> None:
    change_setting(pair, "coordinator_name", "Rae")
    first = question(pair, FIRST, Side.FAMILY, TODAY)
    made = renew(pair, "S-0001", FIRST, TODAY)
    pickup = plan_pickup(pair, PickupKind.FAMILY_COLLECTS, FIRST, made, today=TODAY)
    settle(pair, pickup, [], FIRST)

    again = question(pair, SECOND, Side.DONOR, FIRST)

    assert first.startswith("Hi Inès, this is Rae. Shall it be as agreed on Saturday, Nov 28: 70 oz?")
    assert again.startswith("Hi Ada, this is Rae. The same as last time on Saturday, Dec 12: 70 oz?")
    assert "whether anything has changed" in again


def test_the_question_tells_the_family_of_less_and_a_bereaved_donor_gently(pair: Database) -> None:
    hold_milk(pair, "R-0001", "L-0002", Volume.from_oz(85), TODAY)
    with pair.writing(SETTING_UP) as session:
        by_code(session, DonorRow, "D-0001").bereaved = True

    assert "5 oz less than we agreed on" in question(pair, FIRST, Side.FAMILY, TODAY)
    assert "Only if it feels right for you" in question(pair, FIRST, Side.DONOR, TODAY)


def test_what_is_planned_is_proposed_for_the_day_of_the_pair(pair: Database) -> None:
    change_profile(pair, "D-0001", "hours", "every other Saturday 9-12")
    change_profile(pair, "R-0001", "hours", "Sat, Sun after 10am")
    held_now = renew(pair, "S-0001", FIRST, TODAY)

    found = propose_time(pair, held_now, TODAY)

    assert (found.standing_on, found.meeting) == (FIRST, Meeting(FIRST, time(10)))
    assert propose_time(pair, held_now, TODAY, on=FIRST + timedelta(days=7)).meeting is None


def test_the_day_of_the_pair_is_meant_whatever_their_hours_say(pair: Database) -> None:
    change_profile(pair, "D-0001", "hours", "Mondays")
    found = propose_time(pair, renew(pair, "S-0001", FIRST, TODAY), TODAY)

    assert (found.standing_on, found.meeting) == (FIRST, None)


DOINGS = st.sampled_from(
    ["renew", "hold", "skip", "back", "release", "pause", "resume", "undo", "redo", "days"]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=st.lists(DOINGS, min_size=4, max_size=14))
def test_whatever_is_done_no_day_has_two_proposals(
    doings: list[str], migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = Path(shutil.copyfile(migrated_file, tmp_path_factory.mktemp("pair") / "network.db"))
    database = Database.open(path)
    with database.writing(SETTING_UP) as session:
        a_stored_lot(session, a_donor(session), 900)
        a_recipient(session)
    add_standing(database, "D-0001", "R-0001", AGREED, TODAY)
    today = TODAY
    for doing in doings:
        today += timedelta(days=5 if doing == "days" else 0)
        with suppress(UserError):
            do_one(database, doing, today)
        days = pair_of(database, "S-0001").days if renewals(database, today) else ()
        assert len({day.on for day in days}) == len(days)
        for day in days:
            kept = [code for code, state in day.holds if state is not HoldState.RELEASED]
            assert len(kept) <= 1
            assert not (kept and day.is_skipped)
    assert check_network(database).faults == ()
    database.dispose()


def do_one(database: Database, doing: str, today: date) -> None:
    """Do one thing about the pair's next day, or about the last hold; nothing where there is no pair."""
    things: dict[str, Callable[[], object]] = {
        "undo": partial(undo, database),
        "redo": partial(redo, database),
    }
    for one in renewals(database, today):
        on = one.on or today
        last = max((code for day in one.pair.days for code, _ in day.holds), default="H-0001")
        things |= {
            "renew": partial(renew, database, "S-0001", on, today),
            "hold": partial(hold_for_day, database, "S-0001", on, today),
            "skip": partial(skip_day, database, "S-0001", on, today),
            "back": partial(bring_day_back, database, "S-0001", min(one.pair.skipped, default=on), today),
            "release": partial(release_hold, database, last),
            "pause": partial(pause_standing, database, "S-0001", today),
            "resume": partial(resume_standing, database, "S-0001", today),
        }
    if doing in things:
        things[doing]()
