"""Today as one worklist: who is out, what is waited for, whom to ring first, and what is short after all."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.db.undo import CannotUndoError
from coordinator.domain.agreements.cases import Act, CaseStep
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import CallOutcome, FactKind
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.today import Today
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.domain.worklist.calls import by_opening
from coordinator.domain.worklist.family_message import Channel
from coordinator.errors import UserError
from coordinator.services.agreements import asking, holds
from coordinator.services.agreements.cases import case_of
from coordinator.services.asking.by_message import message_to, record_sent
from coordinator.services.families import households
from coordinator.services.families.donors import donor
from coordinator.services.families.drivers import driver
from coordinator.services.families.recipients import list_recipients, recipient
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.pickups.planning import plan_pickup, record_driver_yes, settle
from coordinator.services.records import history
from coordinator.services.screening import facts, switched_off
from coordinator.services.today import call_list, openings, today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.pickup_builders import SETUP, a_driver, a_region

OLD = TODAY - timedelta(days=60)
NONE = Volume()


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def waited(page: Today) -> list[tuple[str, str, str]]:
    return [(one.whom_code, one.recipient_code, one.strand.next.act) for one in page.waiting]


def test_now_is_who_is_out_or_nearly_and_not_whom_nobody_knows(database: Database) -> None:
    with database.writing(SETUP) as session:
        for name, fields in (
            ("Out", {"stock": NONE, "stock_on": TODAY}),
            ("Nearly", {"stock": oz(60), "stock_on": TODAY}),
            ("Rich", {"stock": oz(900), "stock_on": TODAY}),
            ("Old", {"stock": NONE, "stock_on": OLD}),
            ("Unknown", {"stock": None}),
            ("Resting", {"stock": NONE, "stock_on": TODAY, "paused": True}),
        ):
            a_recipient(session, name, **fields)

    page = today_page(database, TODAY)

    assert [case.name for case in page.now] == ["Out", "Nearly"]
    steps = {case.name: case.step for case in page.cases}
    assert steps["Rich"] is CaseStep.ENOUGH
    assert steps["Old"] is steps["Unknown"] is CaseStep.NOT_KNOWN
    assert {call.household.name for call in page.calls} == {"Old", "Unknown"}


def test_a_baby_who_is_still_out_by_an_old_figure_stands_above_the_referred_one(database: Database) -> None:
    with database.writing(SETUP) as session:
        lot = a_stored_lot(session, a_donor(session, "Zoë Ahlberg")).code
        a_recipient(session, "Uma", stock=NONE, stock_on=TODAY, health=BabyHealth.HOSPITAL)
        a_recipient(session, "Inès", stock=NONE, stock_on=OLD)
        a_recipient(session, "Linh", stock=oz(30), stock_on=TODAY)
    holds.hold_milk(database, "R-0002", lot, oz(40), TODAY)
    for side in Side:
        holds.record_yes(database, "H-0001", side, TODAY)

    page = today_page(database, TODAY)

    assert [case.name for case in page.now] == ["Inès", "Linh", "Uma"]
    assert page.now[0].is_old_figure
    assert str(page.now[0].lasts).endswith("(old figure: ask)")


def test_waiting_names_whom_it_waits_for_and_what_can_be_done_comes_first(database: Database) -> None:
    with database.writing(SETUP) as session:
        lot = a_stored_lot(session, a_donor(session, "Zoë Ahlberg")).code
        for name in ("Inès Roy", "Linh Tran"):
            a_recipient(session, name, stock=NONE, stock_on=TODAY)
    for family in ("R-0001", "R-0002"):
        holds.hold_milk(database, family, lot, oz(40), TODAY)
    asking.record_asked(database, "H-0001", Side.DONOR, TODAY)

    page = today_page(database, TODAY)

    assert waited(page) == [("D-0001", "R-0001", Act.NOTE_YES)]
    assert [(one.code, one.next.act) for one in page.now] == [("R-0002", Act.ASK_DONOR)]
    assert [one.ends_on for one in page.waiting] == [TODAY + timedelta(days=7)]
    assert str(page.waiting[0].lasts).startswith("out since"), "who waits for a yes is out all the same"
    asking.record_asked(database, "H-0002", Side.DONOR, TODAY + timedelta(days=2))
    later = today_page(database, TODAY + timedelta(days=2))
    assert waited(later) == [("D-0001", "R-0001", Act.NUDGE_DONOR), ("D-0001", "R-0002", Act.NOTE_YES)]
    assert later.now == ()


def test_a_drivers_yes_is_waited_for_once_however_much_travels(database: Database) -> None:
    region = a_region(database)
    plan_pickup(database, PickupKind.RUN, TODAY, region.holds, driver_code=region.driver, today=TODAY)

    page = today_page(database, TODAY)

    assert [(one.whom_code, one.whom_name) for one in page.waiting] == [("V-0001", "Ana Berg")]
    (ride,) = page.waiting
    everybody = {case.name for case in page.cases}
    assert {ride.recipient_name, *ride.also_for} == everybody, "nobody whose milk goes with it is left out"


def test_a_household_with_three_roles_is_one_call_and_asked_everything_once(database: Database) -> None:
    with database.writing(SETUP) as session:
        donor = a_donor(session, "Ann Able")
        family = a_recipient(session, "Ann Able", stock=NONE, stock_on=TODAY)
        driver = a_driver(session, "Ann Able")
        family.household_id = driver.household_id = donor.household_id
        for topic in ("own", "lift", "must_avoid"):
            session.add(QuestionRow(household_id=donor.household_id, topic=topic, text=f"ask {topic}"))

    (call,) = call_list(database, TODAY)

    assert call.codes == ("D-0001", "R-0001", "V-0001")
    assert [question.topic for question in call.questions] == ["own", "lift", "must_avoid"]


def test_volunteers_are_rung_too_after_the_others(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, stock=None)
        session.add(QuestionRow(household_id=a_driver(session).household_id, topic="lift", text="ask"))

    assert [call.code for call in call_list(database, TODAY)] == ["R-0001", "V-0001"]


def test_whether_the_baby_is_well_and_what_is_there_are_asked_first(database: Database) -> None:
    with database.writing(SETUP) as session:
        family = a_recipient(session, health=None, stock=oz(100), stock_on=OLD)
        session.add(QuestionRow(household_id=family.household_id, topic="must_avoid", text="ask"))

    (call,) = call_list(database, TODAY)

    assert [one.open_questions for one in list_recipients(database, TODAY)] == [3]
    assert [question.topic for question in call.questions] == ["health", "stock", "must_avoid"]
    assert recipient(database, "R-0001", TODAY).questions == tuple(
        sorted(call.questions, key=lambda question: question.topic != "must_avoid")
    )


def test_an_old_figure_asked_about_is_answered_like_any_question(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, stock=oz(100), stock_on=OLD)

    answer_question(database, 0, "40 oz", TODAY, code="R-0001", topic="stock", on_phone=True)

    family = recipient(database, "R-0001", TODAY)
    assert (family.stock, family.stock_on) == (oz(40), TODAY)
    assert call_list(database, TODAY) == []
    assert case_of(database, "R-0001", TODAY).next.act is Act.FIND_MILK


def test_whoever_was_rung_about_an_old_figure_waits_for_a_day(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, stock=oz(100), stock_on=OLD)

    facts.note_call(database, "R-0001", CallOutcome.NO_ANSWER, TODAY)

    assert call_list(database, TODAY) == []
    assert [call.code for call in call_list(database, TODAY + timedelta(days=1))] == ["R-0001"]


def test_a_question_nobody_answers_leaves_every_list_and_can_come_back(database: Database) -> None:
    with database.writing(SETUP) as session:
        family = a_recipient(session, stock=oz(900), stock_on=TODAY)
        donor = a_donor(session)
        a_stored_lot(session, donor)
        session.add(QuestionRow(household_id=family.household_id, topic="reach", text="ask"))
        session.add(QuestionRow(household_id=donor.household_id, topic="hours", text="ask"))

    def topics() -> set[str]:
        return {question.topic for call in call_list(database, TODAY) for question in call.questions}

    assert {"reach", "hours"} <= topics()
    switched_off.stop_asking(database, "reach")
    switched_off.stop_asking(database, "hours")
    assert not {"reach", "hours"} & topics()
    assert recipient(database, "R-0001", TODAY).questions == ()
    assert [(one.topic, one.open) for one in switched_off.asked_topics(database) if not one.is_asked] == [
        ("hours", 1),
        ("reach", 1),
    ]
    history.undo(database)
    assert "hours" in topics()
    switched_off.ask_again(database, "reach")
    assert "reach" in topics()


@pytest.mark.parametrize(
    "topic", ["health", "nicotine", "mentioned: medicine", "must_avoid", "first_contact", "own", "nonsense"]
)
def test_what_must_be_asked_or_is_nobodys_topic_cannot_be_switched_off(
    database: Database, topic: str
) -> None:
    with pytest.raises(UserError):
        switched_off.stop_asking(database, topic)
    with pytest.raises(UserError):
        switched_off.ask_again(database, topic)
    assert history.history(database) == []


def test_what_is_short_is_told_after_all_that_fits_and_is_free(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session), 100)
        for name in ("Inès Roy", "Linh Tran"):
            a_recipient(session, name, stock=NONE, stock_on=TODAY)
        a_recipient(session, "Old", stock=NONE, stock_on=OLD)
    page = today_page(database, TODAY)
    needed = page.now[0].short

    found = openings(database, page.cases, TODAY)

    assert needed.oz == pytest.approx(8 * 21, abs=8)
    assert found.short.short == needed * 2 - oz(100)
    assert (found.short.families, found.short.not_known) == (2, 1)
    words = str(found.short.words(VolumeUnit.OZ))
    assert words == "about 236 oz short this week after all that is free; 1 family not counted"


def test_those_whose_answers_free_milk_for_babies_who_are_out_are_rung_first(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session, stock=NONE, stock_on=TODAY)
        large = a_donor(session, "Bea Moss")
        a_stored_lot(session, large, 500)
        a_stored_lot(session, a_donor(session, "Cai Noor", facts=without(FactKind.MEDICINE)), 30)
        session.add(QuestionRow(household_id=large.household_id, topic="own", text="ask"))
    page = today_page(database, TODAY)

    found = openings(database, page.cases, TODAY)

    assert found.families["R-0001"].ready + found.families["R-0001"].one_call == 2
    opened = found.donors["D-0002"]
    assert (opened.babies, opened.volume) == ((("R-0001", "Inès Roy"),), oz(30))
    assert "D-0001" not in found.donors, "nothing that she is asked holds her milk up"
    freed = {code: one.volume for code, one in found.donors.items()}
    assert by_opening(page.all_calls, freed)[0].code == "D-0002"


def test_asked_and_asked_after_are_noted_in_the_history_and_undone(database: Database) -> None:
    region = a_region(database, donor_yes=False)

    asking.record_asked(database, "h-0001", Side.DONOR, TODAY, ContactKind.MESSAGE)

    assert history.history(database)[0].label == "Asked the donor about H-0001"
    with pytest.raises(UserError, match="made on"):
        asking.record_asked(database, "H-0001", Side.DONOR, date(2020, 1, 1))
    history.undo(database)
    assert case_of(database, region.recipients[0], TODAY).next.act is Act.ASK_DONOR
    with pytest.raises(UserError, match="got no milk"):
        asking.record_asked_after(database, "R-0001", TODAY)


def test_holding_milk_is_undone_with_the_asking_that_came_after_it(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
    holds.hold_milk(database, "R-0001", "L-0001", oz(10), TODAY)
    asking.record_asked(database, "H-0001", Side.DONOR, TODAY)
    asked, held = (one.id for one in history.history(database)[:2])

    with pytest.raises(CannotUndoError, match="Asked the donor about H-0001") as refused:
        history.undo_action(database, held)

    assert refused.value.together == (asked, held)


def test_a_family_that_rests_is_not_rung_but_what_is_held_for_it_is_decided(database: Database) -> None:
    region = a_region(database, donor_yes=False)
    households.change_profile(database, region.recipients[0], "paused", value=True)

    page = today_page(database, TODAY)

    (decided,) = (one for one in page.waiting if one.recipient_code == "R-0001")
    strands = (decided.strand, *decided.others)
    assert {strand.next.act for strand in strands} == {Act.OPEN}
    assert decided.whom_code == "R-0001"
    assert {strand.hold.code for strand in strands} == {"H-0001", "H-0003"}


def test_whoever_is_rung_anyway_is_asked_for_the_yes_of_a_baby_who_is_out(database: Database) -> None:
    with database.writing(SETUP) as session:
        donor = a_donor(session, "Zoë Ahlberg")
        lot = a_stored_lot(session, donor).code
        session.add(QuestionRow(household_id=donor.household_id, topic="own", text="ask"))
        a_recipient(session, stock=NONE, stock_on=TODAY)
    holds.hold_milk(database, "R-0001", lot, oz(40), TODAY)

    page = today_page(database, TODAY)

    assert [case.code for case in page.now] == ["R-0001"]
    (call,) = (one for one in page.all_calls if one.code == "D-0001")
    assert [one.strand.hold.code for one in call.waiting] == ["H-0001"]


def test_whom_to_read_about_first_is_named_there_and_nowhere_else(database: Database) -> None:
    region = a_region(database, donor_yes=False)
    households.change_profile(database, region.donors[0], "read_before_ringing", "lost her baby in June")

    page = today_page(database, TODAY)

    assert "D-0001" in [one.code for one in page.read_first]
    assert "D-0001" not in [one.whom_code for one in page.waiting]
    assert {case.code: case.step for case in page.cases} == {
        "R-0001": CaseStep.HELD,
        "R-0002": CaseStep.HELD,
    }


def test_a_volunteer_with_words_to_read_is_named_when_asked_for_a_run_or_anything(database: Database) -> None:
    region = a_region(database)
    households.change_profile(database, region.driver, "read_before_ringing", "Her father is dying.")

    def read_first() -> list[tuple[str, str]]:
        return [(one.code, one.words) for one in today_page(database, TODAY).read_first]

    assert read_first() == [], "nothing waits for her"
    facts.add_question(database, region.driver, "Is her car back?")
    assert read_first() == [(region.driver, "Her father is dying.")]
    history.undo(database)
    plan_pickup(database, PickupKind.RUN, TODAY, region.holds, driver_code=region.driver, today=TODAY)
    assert read_first() == [(region.driver, "Her father is dying.")]


@pytest.mark.parametrize("kind", ["a note", "a loss"])
def test_a_baby_who_is_out_stays_in_sight_where_the_donor_is_read_about_first(
    database: Database, kind: str
) -> None:
    with database.writing(SETUP) as session:
        donor = a_donor(session, "Zoë Ahlberg", bereaved=kind == "a loss")
        lot = a_stored_lot(session, donor).code
        a_recipient(session, "Inès Roy", stock=NONE, stock_on=TODAY)
    if kind == "a note":
        households.change_profile(database, "D-0001", "read_before_ringing", "Ask for Jo.")
    holds.hold_milk(database, "R-0001", lot, oz(40), TODAY)

    page = today_page(database, TODAY)

    (case,) = page.now
    assert (case.code, case.next.act, case.next.code) == ("R-0001", Act.READ_FIRST, "D-0001")
    assert "read about her first" in str(case.words)
    words = "Ask for Jo." if kind == "a note" else "She has lost her baby: ring with care."
    assert [(one.code, one.words) for one in page.read_first] == [("D-0001", words)]


def test_a_call_says_that_she_has_lost_her_baby(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg", bereaved=True))
        a_stored_lot(session, a_donor(session, "Mia Quist"))
    for code in ("D-0001", "D-0002"):
        facts.add_question(database, code, "Which freezer?")

    calls = today_page(database, TODAY).calls

    assert {call.code: call.is_bereaved for call in calls} == {"D-0001": True, "D-0002": False}


def test_a_yes_a_question_and_a_message_are_the_last_contact_and_no_first_talk(database: Database) -> None:
    with database.writing(SETUP) as session:
        lot = a_stored_lot(session, a_donor(session, "Zoë Ahlberg")).code
        a_recipient(session, "Inès Roy", stock=NONE, stock_on=TODAY)
    holds.hold_milk(database, "R-0001", lot, oz(40), TODAY)
    facts.add_question(database, "R-0001", "Which freezer?")

    asking.record_asked(database, "H-0001", Side.DONOR, TODAY, ContactKind.MESSAGE)
    assert last_contacts(database) == {"D-0001": TODAY, "R-0001": None}
    later = TODAY + timedelta(days=1)
    holds.record_yes(database, "H-0001", Side.DONOR, later)
    record_sent(database, message_to(database, "R-0001", TODAY), Channel.TEXT, TODAY)
    assert last_contacts(database) == {"D-0001": later, "R-0001": TODAY}
    holds.record_yes(database, "H-0001", Side.FAMILY, later)

    assert last_contacts(database) == {"D-0001": later, "R-0001": later}
    history.undo(database)
    assert last_contacts(database)["R-0001"] == TODAY
    home = recipient(database, "R-0001", TODAY).household
    assert (home.first_spoken_on, home.first_spoken_how) == (None, None)


def test_asking_after_the_milk_is_no_talk_in_person(database: Database) -> None:
    a_region(database)
    plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    settle(database, "P-0001", [Outcome("H-0001")], TODAY)
    for field in ("first_spoken_on", "first_spoken_how"):
        households.change_profile(database, "R-0001", field, None)
    later = TODAY + timedelta(days=2)

    asking.record_asked_after(database, "R-0001", later)

    home = recipient(database, "R-0001", TODAY).household
    assert (home.last_contact_on, home.first_spoken_on, home.first_spoken_how) == (later, None, None)


def test_a_volunteers_yes_is_the_last_contact(database: Database) -> None:
    region = a_region(database)
    plan_pickup(
        database, PickupKind.RUN, TODAY, ["H-0001"], today=TODAY, driver_code=region.driver, starts_at=time(9)
    )

    record_driver_yes(database, "P-0001", TODAY)

    assert driver(database, region.driver).household.last_contact_on == TODAY


def last_contacts(database: Database) -> dict[str, date | None]:
    giver, family = donor(database, "D-0001", TODAY), recipient(database, "R-0001", TODAY)
    return {one.code: one.household.last_contact_on for one in (giver, family)}
