"""Profiles, the call list and the Today page, on both databases; the sample region as people filled it in."""

from datetime import date, timedelta
from time import perf_counter

import pytest

from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.roles import role_by_code
from coordinator.domain.facts.dated_facts import CallOutcome, Fact, FactKind, Presence
from coordinator.domain.families.households import SpokenHow, find
from coordinator.domain.families.typed_fields import NotReadError
from coordinator.domain.places.positions import Precision
from coordinator.domain.settings import Paper
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.errors import ChangedMeanwhileError, NotFoundError, UserError
from coordinator.services.agreements import holds
from coordinator.services.families import donors, drivers, households, recipients
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.records import history
from coordinator.services.screening import facts
from coordinator.services.settings import values
from coordinator.services.today import call_list, today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_region
from tests.seacoast import LISTS


def home_of(database: Database, code: str) -> HouseholdRow:
    with database.reading() as session:
        return session.get_one(HouseholdRow, role_by_code(session, code).household_id)


def test_a_new_address_moves_the_place_offline_and_says_how_exact_it_is(database: Database) -> None:
    a_region(database)

    households.change_profile(database, "D-0001", "zip_code", "04005")
    households.change_profile(database, "D-0001", "town", "Biddeford")

    home = home_of(database, "D-0001")
    assert home.precision in {Precision.ZIP, Precision.TOWN}
    assert home.latitude_deg == pytest.approx(43.49, abs=0.1)
    assert "04005" in home.place_label


def test_a_place_set_by_hand_stays_whatever_address_is_typed(database: Database) -> None:
    a_region(database)
    households.set_position(database, "D-0001", 43.5, -70.5)

    households.change_profile(database, "D-0001", "zip_code", "04005")

    home = home_of(database, "D-0001")
    assert (home.latitude_deg, home.longitude_deg, home.precision) == (43.5, -70.5, Precision.BY_HAND)
    assert home.zip_code == "04005"


def test_words_of_loss_stop_every_reminder_until_somebody_takes_them_away(database: Database) -> None:
    with database.writing(SETUP) as session:
        donor = a_donor(session, "Ada Lind")
        family = a_recipient(session, "Inès Roy", stock=Volume.from_oz(60), stock_on=TODAY)
        for row in (donor, family):
            session.add(QuestionRow(household_id=row.household_id, topic="own", text="Own: not answered"))
    households.change_profile(database, "D-0001", "read_before_ringing", "Her son died in May.")
    households.change_profile(database, "R-0001", "read_before_ringing", "Read her note of June.")

    page = today_page(database, TODAY)

    assert [(one.code, one.words) for one in page.read_first] == [
        ("D-0001", "Her son died in May."),
        ("R-0001", "Read her note of June."),
    ]
    assert (page.calls, page.calls_in_all, page.runs_out) == ((), 0, ())
    households.change_profile(database, "R-0001", "read_before_ringing", "")
    page = today_page(database, TODAY)
    assert [call.code for call in page.calls] == ["R-0001"]
    assert [line.code for line in page.runs_out] == ["R-0001"]


def test_a_value_changed_meanwhile_is_not_overwritten(database: Database) -> None:
    a_region(database)
    households.change_profile(database, "R-0001", "notes", "hers", seen="a private word")
    before = dump(database)

    with pytest.raises(ChangedMeanwhileError) as refused:
        households.change_profile(database, "R-0001", "notes", "mine", seen="a private word")

    assert dump(database) == before
    assert "R-0001" in str(refused.value)
    assert "private word" not in str(refused.value)


def test_what_cannot_be_read_changes_nothing(database: Database) -> None:
    a_region(database)
    before = dump(database)

    for code, field, value in (
        ("D-0001", "phone", "ask"),
        ("R-0001", "babies", "none"),
        ("D-0001", "name", ""),
    ):
        with pytest.raises(NotReadError):
            households.change_profile(database, code, field, value)
    with pytest.raises(NotFoundError, match="R-0777"):
        households.change_profile(database, "R-0777", "notes", "")
    with pytest.raises(NotFoundError):
        households.change_profile(database, "X-1", "notes", "")

    assert dump(database) == before


def listed(database: Database) -> list[str]:
    people = (donors.list_donors(database, TODAY), recipients.list_recipients(database, TODAY))
    return [
        *(one.code for rows in people for one in rows),
        *(one.code for one in drivers.list_drivers(database)),
    ]


@pytest.mark.parametrize("code", ["D-0001", "R-0001", "V-0001"])
def test_a_removed_family_leaves_every_list_and_undo_brings_it_back(database: Database, code: str) -> None:
    for hold in a_region(database).holds:
        holds.release_hold(database, hold)

    households.remove_family(database, code, TODAY)

    assert code not in listed(database)
    assert code not in [hit.code for hit in find(households.family_index(database), code)]
    history.undo(database)
    assert code in listed(database)
    assert find(households.family_index(database), code)[0].code == code


def test_settings_keep_their_types_and_refuse_what_does_not_fit(database: Database) -> None:
    for name, value in (("paper", "a4"), ("hold_days", " 9 "), ("coordinator_phone", "207 555 0141")):
        values.change_setting(database, name, value)
    found = values.settings(database)

    assert (found.paper, found.hold_days, found.coordinator_phone) == (Paper.A4, 9, "+12075550141")
    for name, value in (
        ("paper", "napkin"),
        ("hold_days", "0"),
        ("hold_days", "x"),
        ("coordinator_phone", "me"),
    ):
        with pytest.raises(UserError):
            values.change_setting(database, name, value)
    assert values.settings(database) == found


def test_units_are_written_only_when_they_are_others(database: Database) -> None:
    found = values.settings(database)
    values.keep_units(database, found.volume_unit, found.distance_unit)
    assert history.history(database) == []

    values.keep_units(database, VolumeUnit.ML, found.distance_unit)
    assert values.settings(database).volume_unit is VolumeUnit.ML


def a_call_list(database: Database) -> None:
    """Two donors, one with more milk; three families: out, well stocked, out but asked about a freezer."""
    with database.writing(SETUP) as session:
        small, large = a_donor(session, "Ada Lind"), a_donor(session, "Bea Moss")
        a_stored_lot(session, small, 50)
        a_stored_lot(session, large, 500)
        soon = a_recipient(session, "Cai Noor", stock=Volume.from_oz(25), stock_on=TODAY)
        rich = a_recipient(session, "Dot Orr", stock=Volume.from_oz(5000), stock_on=TODAY)
        freezer = a_recipient(session, "Eve Pym", stock=Volume.from_oz(10), stock_on=TODAY)
        for row, topic in (
            (small, "nicotine"),
            (large, "nicotine"),
            (soon, "must_avoid"),
            (rich, "must_avoid"),
        ):
            session.add(QuestionRow(household_id=row.household_id, topic=topic, text="ask"))
        session.add(QuestionRow(household_id=freezer.household_id, topic="freezer_space", text="ask"))


def called(database: Database, today: date = TODAY) -> list[str]:
    return [call.code for call in call_list(database, today)]


def test_calls_that_hold_up_needed_milk_come_first(database: Database) -> None:
    a_call_list(database)

    assert called(database) == ["D-0002", "R-0001", "D-0001", "R-0003", "R-0002"]
    urgent = [call.code for call in call_list(database, TODAY) if call.is_urgent]
    assert urgent == ["D-0002", "R-0001", "D-0001"]


def test_whoever_was_rung_today_waits_and_comes_back_on_her_day(database: Database) -> None:
    a_call_list(database)

    facts.note_call(database, "D-0002", CallOutcome.NO_ANSWER, TODAY)
    facts.note_call(database, "R-0001", CallOutcome.RING_ON, TODAY, TODAY + timedelta(days=2))

    assert not {"D-0002", "R-0001"} & set(called(database))
    tomorrow, after = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    assert "D-0002" in called(database, tomorrow)
    assert "R-0001" not in called(database, tomorrow)
    assert "R-0001" in called(database, after)
    assert home_of(database, "R-0001").last_contact_on == TODAY
    assert home_of(database, "D-0002").last_contact_on is None
    with pytest.raises(UserError, match="Choose the day"):
        facts.note_call(database, "D-0001", CallOutcome.RING_ON, TODAY)


def test_a_fact_recorded_answers_its_question_and_a_second_look_corrects_it(database: Database) -> None:
    a_call_list(database)

    facts.note_first_talk(database, "D-0002", SpokenHow.PHONE, TODAY)
    fact_id = facts.record_fact(database, "D-0002", Fact(FactKind.NICOTINE, Presence.YES, raw="vapes"), TODAY)
    corrected = Fact(
        FactKind.NICOTINE, Presence.YES, start=date(2026, 9, 1), end=date(2026, 10, 1), id=fact_id
    )
    facts.record_fact(database, "D-0002", corrected, TODAY)

    assert "D-0002" not in called(database)
    kept = [fact for fact in donors.donor(database, "D-0002", TODAY).facts if fact.id == fact_id]
    assert [(fact.start, fact.end) for fact in kept] == [(date(2026, 9, 1), date(2026, 10, 1))]
    wrong = Fact(FactKind.NICOTINE, Presence.YES, start=date(2026, 9, 2), end=date(2026, 9, 1))
    with pytest.raises(facts.WrongIntervalError):
        facts.record_fact(database, "D-0002", wrong, TODAY)


def test_families_to_match_come_by_need_old_figures_later_and_unknown_last(database: Database) -> None:
    with database.writing(SETUP) as session:
        for name, fields in (
            ("Old", {"stock": Volume.from_oz(10), "stock_on": TODAY - timedelta(days=200)}),
            ("Unknown", {"stock": None}),
            ("Late", {"stock": Volume.from_oz(900), "stock_on": TODAY}),
            ("Soon", {"stock": Volume.from_oz(30), "stock_on": TODAY}),
            ("Resting", {"paused": True}),
        ):
            a_recipient(session, name, **fields)

    assert [one.name for one in recipients.list_to_match(database, TODAY)] == [
        "Soon",
        "Late",
        "Old",
        "Unknown",
    ]


def test_the_sample_region_gives_a_sensible_day_quickly(sqlite_database: Database) -> None:
    for path in LISTS:
        run_import(sqlite_database, preview_import(sqlite_database, path, TODAY), today=TODAY)
    today_page(sqlite_database, TODAY)
    times = []
    for _ in range(3):
        start = perf_counter()
        page = today_page(sqlite_database, TODAY)
        times.append(perf_counter() - start)

    assert len(page.calls) == 10 < page.calls_in_all
    assert [line.is_stale for line in page.runs_out] == sorted(line.is_stale for line in page.runs_out)
    assert all(line.lasts_until <= TODAY + timedelta(days=7) for line in page.runs_out)
    assert all(line.lasts_until > TODAY + timedelta(days=7) for line in page.contradictions)
    assert all(call.questions for call in page.calls)
    assert (page.pickups, page.to_settle, page.holds_ending) == ((), (), ())
    assert min(times) < 1.0  # 0.1 s on an idle machine
