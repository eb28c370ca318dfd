"""A day planned from a network and taken up in one act, the solver in its own process."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.solvers import vroom
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import OverruledRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import Broken, DayPlan, DayRule, DayRun, WhyNot
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.day.words import overruled_words, why_words, words_of
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning
from coordinator.services.pickups.day_asking import hours_of
from coordinator.services.records.history import undo, undo_state
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, a_driver, a_region, put_at

DAY = Hours(9 * 60, 18 * 60)


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan as on a computer without VROOM, which is quicker to start."""
    monkeypatch.setattr(vroom, "is_installed", lambda: False)


def home(session: Session, code: str) -> HouseholdRow:
    tables: dict[str, type[DonorRow | RecipientRow | DriverRow]] = {
        "D": DonorRow,
        "R": RecipientRow,
        "V": DriverRow,
    }
    return session.get_one(HouseholdRow, by_code(session, tables[code[0]], code).household_id)


def tell_hours(database: Database, said: dict[str, str]) -> None:
    with database.writing(SETUP) as session:
        for code, hours in said.items():
            home(session, code).hours = hours


def times_of(run: DayRun) -> list[tuple[str, time]]:
    return [(stop.home.code, clock_time(stop.arrive)) for stop in run.stops]


def planned(database: Database) -> DayPlan:
    return days.plan_day(database, SATURDAY, TODAY)


def test_a_day_is_planned_taken_up_and_undone_in_one_step(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        other = a_driver(session, "Bo Lund", coolers_qt="28")
        put_at(session, other.household_id, 43.5)
    tell_hours(database, {"R-0001": "Sat 14-16", "D-0001": "Sat 9-12", region.driver: "Sat 8-18"})

    found = planned(database)

    assert not found.is_plain
    assert found.not_planned == ()
    assert sorted(hold for run in found.runs for hold in run.added) == sorted(region.holds)
    codes = days.accept_day(database, found, TODAY)
    assert len(codes) == len(found.runs)
    for code, run in zip(codes, found.runs, strict=True):
        pickup = planning.pickup(database, code, TODAY)
        assert (pickup.kind, pickup.on, pickup.driver_code) == (PickupKind.RUN, SATURDAY, run.driver)
        assert [(stop.code, stop.arrive) for stop in pickup.stops] == times_of(run)
        assert pickup.waiting_for
    assert planned(database).runs == ()

    last = undo_state(database).undo
    assert last is not None
    assert str(last.said) == f"Planned Nov 28, 2026: {', '.join(codes)}"
    undo(database)
    assert planning.pickups_between(database, SATURDAY, SATURDAY, TODAY) == []
    assert len(planning.holds_to_plan(database, TODAY)) == 4


def test_what_waits_joins_a_run_that_stands_whose_volunteer_is_asked_again(
    database: Database, without_solver: None
) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds[:1],
        today=TODAY,
        driver_code=region.driver,
        starts_at=time(10),
    )
    planning.record_driver_yes(database, code, TODAY)
    before = [stop.code for stop in planning.pickup(database, code, TODAY).stops]

    found = days.plan_day(database, SATURDAY, TODAY, collects=region.holds[2:])

    [run] = found.runs
    assert (found.is_plain, run.pickup, run.added) == (True, code, region.holds[1:2])
    assert days.accept_day(database, found, TODAY) == (code,)
    pickup = planning.pickup(database, code, TODAY)
    assert [stop.code for stop in pickup.stops if stop.code in before] == before
    assert (pickup.starts_at, pickup.driver_yes_on) == (time(10), None)
    assert [hold.code for hold in pickup.holds] == list(region.holds[:2])


def test_whose_yes_is_missing_is_said(database: Database, without_solver: None) -> None:
    a_region(database, family_yes=False)

    assert {one.why for one in planned(database).not_planned} == {WhyNot.YES_MISSING}


def test_the_room_in_a_freezer_is_what_its_size_and_stock_leave(
    database: Database, without_solver: None
) -> None:
    a_region(database)
    with database.writing(SETUP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.freezer, row.stock, row.stock_on = "7 cu ft", Volume.from_oz(1740), SATURDAY
        row = by_code(session, RecipientRow, "R-0002")
        row.freezer, row.stock, row.stock_on = "7 cu ft", Volume.from_oz(100), SATURDAY

    found = planned(database)

    full = {one.hold: (one.why, one.bags) for one in found.not_planned}
    assert full == {"H-0001": (WhyNot.FREEZER, 3), "H-0003": (WhyNot.FREEZER, 0)}
    assert [(part.hold, part.bags) for part in found.parts] == [("H-0001", 3)]
    asked = [one.code for run in found.runs for one in run.broken if one.rule == "freezer_unknown"]
    assert asked == []


def test_of_what_does_not_fit_whole_bags_travel_and_the_rest_waits_agreed(
    database: Database, without_solver: None
) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.freezer, row.stock, row.stock_on = "7 cu ft", Volume.from_oz(1690), SATURDAY
    before = {hold.code: hold for hold in planning.holds_to_plan(database, TODAY)}

    codes = days.accept_day(database, planned(database), TODAY)

    travel = {hold.code: hold for code in codes for hold in planning.pickup(database, code, TODAY).holds}
    [rest] = planning.holds_to_plan(database, TODAY)
    assert set(travel) == set(region.holds)
    assert (travel["H-0003"].bags, rest.bags, rest.code) == (6, 6, "H-0005")
    assert travel["H-0003"].volume + rest.volume == before["H-0003"].volume
    assert (rest.donor_yes_on, rest.family_yes_on, rest.lot_code) == (TODAY, TODAY, region.lots[1])
    undo(database)
    assert {hold.code: hold for hold in planning.holds_to_plan(database, TODAY)} == before


def test_lunch_is_noted_on_the_pickup(database: Database, without_solver: None) -> None:
    region = a_region(database)
    tell_hours(database, {"D-0001": "Sat 9:00-11:00", "R-0001": "Sat 17-18", "R-0002": "Sat 17-18"})

    found = planned(database)

    [run] = found.runs
    assert run.lunch_at is not None
    assert run.lunch_after is not None
    [code] = days.accept_day(database, found, TODAY)
    made = planning.pickup(database, code, TODAY)
    assert made.lunch is not None
    assert (made.lunch.at, made.lunch.minutes) == (clock_time(run.lunch_at), run.lunch_minutes)
    assert made.lunch.after == run.lunch_after + 1
    assert [stop.arrive for stop in made.stops] == [clock_time(stop.arrive) for stop in run.stops]
    assert made.note == ""
    assert region.driver == run.driver


def test_lunch_is_changed_taken_off_and_goes_with_the_run(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds[:1],
        driver_code=region.driver,
        starts_at=time(9),
        today=TODAY,
    )

    planning.change_pickup(database, code, "lunch_at", time(12))
    eaten = planning.pickup(database, code, TODAY).lunch
    planning.change_pickup(database, code, "lunch_at", None)
    off = planning.pickup(database, code, TODAY).lunch
    planning.change_pickup(database, code, "lunch_at", time(12))
    planning.change_pickup(database, code, "kind", PickupKind.FAMILY_COLLECTS)

    assert eaten is not None
    assert (eaten.at, eaten.minutes) == (time(12), 30)
    assert off is None
    assert planning.pickup(database, code, TODAY).lunch is None
    undo(database)
    assert planning.pickup(database, code, TODAY).lunch == eaten


def test_a_plan_that_others_took_up_is_refused_whole(database: Database, without_solver: None) -> None:
    region = a_region(database)
    found = planned(database)
    planning.plan_pickup(database, PickupKind.FAMILY_COLLECTS, SATURDAY, region.holds[:1], today=TODAY)

    with pytest.raises(UserError, match="H-0001 already travels with P-0001"):
        days.accept_day(database, found, TODAY)

    assert len(planning.pickups_between(database, SATURDAY, SATURDAY, TODAY)) == 1
    with pytest.raises(UserError, match="no run"):
        days.accept_day(database, found, TODAY, drivers=())


def test_nothing_is_planned_for_who_is_away_or_removed(database: Database, without_solver: None) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        row = by_code(session, DriverRow, region.driver)
        row.away_from = row.away_to = SATURDAY

    found = planned(database)

    assert found.runs == ()
    assert {one.why for one in found.not_planned} == {WhyNot.NO_DRIVERS}


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("Sat 9-12; Sat 14-16", (Hours(540, 720), Hours(840, 960))),
        ("Sat + Sun all day", (DAY,)),
        ("Tue/Thu after 3", ()),
        ("Saturdays", (DAY,)),
        ("every other Saturday 8:00-11:00", (Hours(480, 660),)),
    ],
)
def test_hours_are_read_from_the_families_own_words(said: str, hours: tuple[Hours, ...]) -> None:
    assert hours_of(said, SATURDAY, DAY) == (hours, True)


@pytest.mark.parametrize("said", ["", "when the baby sleeps"])
def test_hours_that_nobody_understands_are_the_days_and_to_be_asked(said: str) -> None:
    assert hours_of(said, SATURDAY, DAY) == ((DAY,), False)


@pytest.mark.usefixtures("without_solver")
def test_stairs_and_languages_choose_who_drives_and_what_nobody_told_is_asked(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        second = a_driver(session, "Bo Hart")
        put_at(session, second.household_id, 42.0)
        other = second.code
        home(session, region.recipients[0]).stairs = True
        home(session, region.recipients[0]).languages = "Spanish"
        by_code(session, DriverRow, region.driver).climbs_stairs = False

    first = planned(database)
    assert {run.driver for run in first.runs if region.recipients[0] in codes_of(run)} == {other}
    asked = [str(words_of(one, days.wording_of(database))) for run in first.runs for one in run.broken]
    assert f"Ask {other} whether they climb the stairs at {region.recipients[0]}." in asked
    assert f"Ask {other} whether they speak Spanish, as {region.recipients[0]} does." in asked

    with database.writing(SETUP) as session:
        by_code(session, DriverRow, other).climbs_stairs = True
        home(session, other).languages = "English"
    why = {
        one.hold: str(why_words(one, days.wording_of(database)))
        for one in planned(database).not_planned
        if one.why is WhyNot.NEEDS
    }
    # The one climbs no stairs, the other speaks no Spanish.
    needs = "No volunteer who is free can do what it needs: speak Spanish, climb stairs."
    assert set(why.values()) == {needs}
    assert set(why) == {region.holds[0], region.holds[2]}

    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[0]], today=TODAY, driver_code=region.driver
    )
    stairs = f"There are stairs at {region.recipients[0]}; {region.driver} climbs none."
    assert stairs in planning.pickup(database, run, TODAY).broken


def codes_of(run: DayRun) -> set[str]:
    return {stop.home.code for stop in run.stops}


def test_a_run_that_breaks_a_rule_is_made_only_with_a_note_that_stays_with_it_and_goes_with_undo(
    database: Database, without_solver: None
) -> None:
    a_region(database)
    day = days.open_day(database, SATURDAY, TODAY)
    last = len(day.plan.runs[0].stops) - 1
    late = editing.arrive_from(day.question, day.plan, 0, last, 18 * 60 + 30)
    [run] = late.runs
    broken = run.in_the_way
    assert {one.rule for one in broken} >= {DayRule.HOURS}

    with pytest.raises(UserError, match=r"Change the run, or write why it may be so: V-0001\.$"):
        days.accept_day(database, late, TODAY)
    assert planning.pickups_between(database, SATURDAY, SATURDAY, TODAY) == []
    for one in broken:
        late = editing.overrule(late, 0, one, "They wait up")
    [code] = days.accept_day(database, late, TODAY)

    kept = planning.pickup(database, code, TODAY).overruled
    assert {(one.rule, one.note, one.on) for one in kept} == {
        (one.rule.value, "They wait up", TODAY) for one in broken
    }
    hours = next(one for one in kept if one.rule == DayRule.HOURS)
    assert str(overruled_words(hours.rule, hours.about, hours.note)) == (
        f"Overruled: the hours of {run.stops[last].home.code}. Why: They wait up"
    )
    undo(database)
    with database.reading() as session:
        assert session.scalars(sa.select(OverruledRow)).all() == []


def test_a_rest_at_a_third_place_is_made_with_no_note_at_all(
    database: Database, without_solver: None
) -> None:
    a_region(database)
    plan = planned(database)
    resting = Broken(DayRule.CUSTODY, "", plan.runs[0].added[:1])
    broken = replace(plan, runs=(replace(plan.runs[0], broken=(resting,)),))
    with pytest.raises(UserError, match=r"would rest where neither.*No note overrules this\.$"):
        days.accept_day(database, broken, TODAY, overrule="We always do")
