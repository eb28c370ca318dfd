"""A recall as the work of an afternoon: begun, everybody rung, every ounce answered for, closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import PickupRow
from coordinator.db.recalls import words_about
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.milk.fates import Fate, ToldFate, Used
from coordinator.domain.pickups.plans import Correction, Outcome, PickupKind, PickupState
from coordinator.domain.records.recall import ANY_DAY, PumpedDays
from coordinator.domain.records.recall_work import ContactOutcome, PartyKind, ToldBack
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.families.merging import merge_households
from coordinator.services.milk.fates import tell_fate
from coordinator.services.milk.used import milk_used, tell_used
from coordinator.services.pickups import planning
from coordinator.services.pickups.correcting import settle_again
from coordinator.services.recall.work import (
    StillOpenError,
    close_recall,
    hold_back,
    note_contact,
    note_told,
    open_recall,
    recall_work,
    recalls,
    reopen_recall,
    what_hold_back_does,
)
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from tests.builders import TODAY, a_donor, a_recipient
from tests.pickup_builders import SATURDAY, SETUP, a_region
from tests.settled_run import BEGAN, a_settled_run, begun, oz, told


def free(database: Database, lot: str) -> Volume:
    """Return what of a lot lies free with its donor, as the ledger has it."""
    return next(one.there for one in ledger(database, SATURDAY).lots if one.lot_code == lot)


def test_a_recall_names_families_donor_and_volunteer_with_what_each_is_to_answer_for(
    database: Database,
) -> None:
    a_settled_run(database, Outcome("H-0001", oz(25)), Outcome("H-0002", oz(40)))
    work = begun(database)
    assert (work.code, work.about, work.because) == ("Q-0001", "D-0001", "her doctor rang")
    found = {one.who: (one.kind, one.due) for one in work.parties}
    with database.reading() as session:
        offered = by_code(session, LotRow, "L-0001").volume
    assert found == {
        "R-0001": (PartyKind.FAMILY, oz(25)),
        "R-0002": (PartyKind.FAMILY, oz(40)),
        "D-0001": (PartyKind.DONOR, offered - oz(80)),
        "V-0001": (PartyKind.VOLUNTEER, oz(15)),
    }
    assert work.open == work.due == offered


def test_it_closes_only_when_every_ounce_is_answered_for(database: Database) -> None:
    a_settled_run(database)
    begun(database)
    told(database, "R-0001", ToldBack.FED, 30)
    told(database, "R-0001", ToldBack.DISCARDED, 10)
    told(database, "R-0002", ToldBack.SET_ASIDE, 40)
    with pytest.raises(StillOpenError, match="D-0001 has not told"):
        close_recall(database, "Q-0001", BEGAN, SATURDAY)
    told(database, "D-0001", ToldBack.DISCARDED, None)
    close_recall(database, "Q-0001", BEGAN + timedelta(hours=3), SATURDAY)
    assert recall_work(database, "Q-0001", SATURDAY).closed_at == BEGAN + timedelta(hours=3)
    with pytest.raises(UserError, match="is closed"):
        told(database, "R-0001", ToldBack.FED, 1)
    reopen_recall(database, "Q-0001")
    assert not recall_work(database, "Q-0001", SATURDAY).is_closed


def test_not_knowing_is_an_answer_with_a_note_alone(settled: Database) -> None:
    database = settled
    begun(database)
    with pytest.raises(UserError, match="note"):
        told(database, "R-0001", ToldBack.UNKNOWN, None)
    told(database, "R-0001", ToldBack.UNKNOWN, None, "the bags had no labels")
    party = recall_work(database, "Q-0001", SATURDAY).party("R-0001")
    assert party is not None
    assert not party.open


def test_nobody_tells_of_more_than_came_and_milk_set_aside_may_be_discarded_later(
    settled: Database,
) -> None:
    database = settled
    begun(database)
    with pytest.raises(UserError, match="40"):
        told(database, "R-0001", ToldBack.FED, 41)
    with pytest.raises(UserError, match="how much"):
        told(database, "R-0001", ToldBack.FED, 0)
    told(database, "R-0001", ToldBack.SET_ASIDE, None)
    told(database, "R-0001", ToldBack.DISCARDED, 30)
    party = recall_work(database, "Q-0001", SATURDAY).party("R-0001")
    assert party is not None
    assert (party.open, party.set_aside, party.of(ToldBack.DISCARDED)) == (oz(0), oz(10), oz(30))
    with pytest.raises(UserError):
        told(database, "R-0001", ToldBack.SET_ASIDE, 1)


def test_what_a_family_discards_leaves_its_stock_once(database: Database) -> None:
    a_settled_run(database)
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, "R-0001")
        family.stock, family.stock_on = oz(100), SATURDAY
    begun(database)
    open_recall(database, "L-0001", ANY_DAY, "", BEGAN, SATURDAY)
    tell_used(database, "R-0001", Used.THROWN_OUT, oz(6), SATURDAY, SATURDAY)
    told(database, "R-0001", ToldBack.DISCARDED, 16)
    note_told(
        database, "Q-0002", "R-0001", ToldBack.DISCARDED, oz(16), SATURDAY, today=SATURDAY
    )  # the same bags, in the other recall
    told(database, "R-0001", ToldBack.FED, 24)
    assert sorted(one.volume for one in milk_used(database, "R-0001")) == [oz(6), oz(10)]
    with database.reading() as session:
        assert by_code(session, RecipientRow, "R-0001").stock == oz(100) - oz(6) - oz(10)


def test_one_undo_takes_back_what_was_told_and_what_the_books_did(database: Database) -> None:
    a_settled_run(database)
    begun(database)
    before = free(database, "L-0001")
    told(database, "D-0001", ToldBack.DISCARDED, 5)
    after = free(database, "L-0001")
    assert after == before - oz(5)
    party = recall_work(database, "Q-0001", SATURDAY).party("D-0001")
    assert party is not None
    assert party.answered == oz(5)
    history.undo(database)
    assert free(database, "L-0001") == before
    assert recall_work(database, "Q-0001", SATURDAY).answered == oz(0)


def test_a_fate_told_elsewhere_is_not_asked_for_again(settled: Database) -> None:
    database = settled
    work = begun(database)
    tell_fate(database, "L-0001", ToldFate(Fate.KEPT, oz(7), SATURDAY), SATURDAY)
    assert recall_work(database, "Q-0001", SATURDAY).open == work.open - oz(7)


def test_a_volunteer_tells_what_became_of_what_waits_there(database: Database) -> None:
    a_settled_run(database, Outcome("H-0001", oz(0)))
    begun(database)
    with pytest.raises(UserError, match="feeds none"):
        told(database, "V-0001", ToldBack.FED, None)
    told(database, "V-0001", ToldBack.DISCARDED, 30)
    told(database, "V-0001", ToldBack.SET_ASIDE, None)
    work = recall_work(database, "Q-0001", SATURDAY)
    party = work.party("V-0001")
    assert party is not None
    assert (party.due, party.open, party.set_aside) == (oz(40), oz(0), oz(10))


def test_holding_back_is_one_act_that_undo_takes_back(database: Database) -> None:
    region = a_region(database)
    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds[:1], driver_code=region.driver, today=TODAY
    )
    begun(database, today=TODAY)
    says = what_hold_back_does(database, "Q-0001", TODAY)
    assert "Pause D-0001 and hold back 80" in str(says.says())
    assert hold_back(database, "Q-0001", TODAY) == says
    with database.reading() as session:
        assert by_code(session, DonorRow, "D-0001").state is DonorState.PAUSED
        assert by_code(session, DonorRow, "D-0002").state is not DonorState.PAUSED
        assert [by_code(session, HoldRow, code).state for code in region.holds] == [
            HoldState.RELEASED, HoldState.RELEASED, HoldState.AGREED, HoldState.AGREED,
        ]  # fmt: skip
        assert by_code(session, PickupRow, run).state is PickupState.CANCELLED
    assert not what_hold_back_does(database, "Q-0001", TODAY).does_something
    work = recall_work(database, "Q-0001", TODAY)
    assert {one.who for one in work.parties} == {"D-0001"}
    history.undo(database)
    assert what_hold_back_does(database, "Q-0001", TODAY) == says


def test_milk_of_todays_run_is_not_held_back_and_who_drives_is_named(database: Database) -> None:
    region = a_region(database)
    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds[:1], driver_code=region.driver, today=TODAY
    )
    begun(database, today=SATURDAY)
    done = hold_back(database, "Q-0001", SATURDAY)
    assert [(one.pickup_code, one.who, one.phone) for one in done.on_its_way] == [
        (run, "V-0001", "+12075550133")
    ]
    assert "ring V-0001 now" in str(done.lines()[0])
    assert {one.hold_code for one in done.promises} == {"H-0002"}
    with database.reading() as session:
        assert by_code(session, PickupRow, run).state is PickupState.PLANNED
    told_by = recall_work(database, "Q-0001", SATURDAY).party("D-0001")
    assert told_by is not None
    with pytest.raises(UserError, match="promised"):
        told(database, "D-0001", ToldBack.DISCARDED, None)


def test_milk_that_comes_to_light_later_opens_the_question_again(database: Database) -> None:
    a_settled_run(database, Outcome("H-0001", oz(25), lost=oz(15)))
    begun(database, "L-0001")
    told(database, "R-0001", ToldBack.FED, None)
    told(database, "R-0002", ToldBack.FED, None)
    told(database, "D-0001", ToldBack.SET_ASIDE, None)
    close_recall(database, "Q-0001", BEGAN, SATURDAY)
    assert not recall_work(database, "Q-0001", SATURDAY).is_open_again
    settle_again(
        database, "P-0001", [Correction("H-0001", delivered=oz(40), left_behind=oz(0), lost=oz(0))], SATURDAY
    )
    (work,) = recalls(database, SATURDAY)
    assert work.is_open_again
    assert work.open == oz(15)


def test_a_family_merged_since_answers_for_both(settled: Database) -> None:
    database = settled
    begun(database)
    told(database, "R-0002", ToldBack.FED, 15)
    note_contact(
        database, "Q-0001", "R-0002", ContactOutcome.REACHED, BEGAN + timedelta(minutes=5), today=SATURDAY
    )
    merge_households(database, "R-0001", "R-0002", SATURDAY)
    work = recall_work(database, "Q-0001", SATURDAY)
    (family,) = work.families
    assert (family.who, family.due, family.open, family.reached) == ("R-0001", oz(80), oz(65), True)
    told(database, "r-0002", ToldBack.FED, 5)
    assert recall_work(database, "Q-0001", SATURDAY).families[0].open == oz(65) - oz(5)


def test_the_clock_runs_until_the_last_family_is_spoken_with(settled: Database) -> None:
    database = settled
    begun(database)

    def rung(who: str, outcome: ContactOutcome, minutes: int) -> None:
        at = BEGAN + timedelta(minutes=minutes)
        note_contact(database, "Q-0001", who, outcome, at, today=SATURDAY)

    rung("R-0001", ContactOutcome.REACHED, 10)
    rung("R-0002", ContactOutcome.MESSAGE_LEFT, 12)
    assert recall_work(database, "Q-0001", SATURDAY).took is None
    rung("R-0002", ContactOutcome.REACHED, 190)
    rung("R-0001", ContactOutcome.REACHED, 200)
    work = recall_work(database, "Q-0001", SATURDAY)
    assert work.took == timedelta(minutes=190)
    with pytest.raises(UserError, match="before"):
        rung("R-0001", ContactOutcome.REACHED, -1)
    with pytest.raises(UserError, match="None of the milk"):
        rung("D-0002", ContactOutcome.REACHED, 1)


def test_a_recall_of_nothing_is_not_begun(settled: Database) -> None:
    database = settled
    with database.writing(SETUP) as session:
        lot = by_code(session, LotRow, "L-0001")
        lot.expressed_from, lot.expressed_to = date(2026, 10, 1), date(2026, 10, 20)
        a_donor(session, "Zoe Ahlberg")
        a_recipient(session, "Ben Roy")
    for code, days in (
        ("D-0001", PumpedDays(date(2026, 9, 1), date(2026, 9, 2))),
        ("D-0003", ANY_DAY),
        ("R-0003", ANY_DAY),
    ):
        with pytest.raises(UserError, match="nothing to recall"):
            open_recall(database, code, days, "", BEGAN, SATURDAY)
    assert recalls(database, SATURDAY) == []


def test_the_words_about_somebody_are_found_to_be_made_empty(settled: Database) -> None:
    database = settled
    begun(database)
    told(database, "R-0001", ToldBack.FED, 5, "he likes it warm")
    told(database, "R-0002", ToldBack.FED, 5, "hers")
    note_contact(database, "Q-0001", "R-0001", ContactOutcome.REACHED, BEGAN, "she cried", today=SATURDAY)
    with database.reading() as session:
        assert len(words_about(session, ["R-0001"])) == 2
        assert len(words_about(session, ["D-0001"])) == 1
