"""The domain's story as days: 1,500 oz loose, six coolers, a freezer of 7 cubic feet; lunch; what stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coordinator.domain.pickups.day.answer import Broken, DayPlan, DayRule, DayRun, DayStop, WhyNot
from coordinator.domain.pickups.day.checking import broken_rules
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayHold, DayQuestion, Home
from coordinator.domain.pickups.day.routing import Car, Hours, Lunch, Visit
from coordinator.domain.pickups.day.timing import OneStop, lay
from coordinator.domain.pickups.day.words import Wording, why_words, words_of
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying
from tests.day_builders import (
    PICKUPS,
    POLICY,
    a_day,
    a_driver,
    a_hold,
    a_home,
    a_standing_run,
)

WORDING = Wording(PICKUPS, POLICY.custody_source)
DONOR, FAMILY = a_home(0, "D-0001"), a_home(1, "R-0001")
PLACES = [(0.0, 0.0), (20.0, 0.0), (10.0, 0.0), (10.0, 5.0)]


def plain(words: Saying) -> str:
    """Return words with plain spaces before their units."""
    return str(words).replace("\u202f", " ").replace("\u00a0", " ")


def planned(*holds: DayHold, **driver: object) -> DayPlan:
    """Plan with one volunteer between the donor and the family, 20 miles apart."""
    return plan(a_day(list(holds), [a_driver(1, 2, **driver)], PLACES), PlainRouter())


def why(found: DayPlan) -> str:
    [left] = found.not_planned
    return plain(why_words(left, WORDING))


def said(run: DayRun) -> list[str]:
    return [plain(words_of(one, WORDING)) for one in run.broken]


def test_five_28_quart_coolers_hold_1500_oz_loose() -> None:
    found = planned(a_hold(1, DONOR, FAMILY, 1500), coolers_qt=(28,) * 6)

    [run] = found.runs
    assert found.not_planned == ()
    assert run.coolers == (28,) * 5
    assert [(stop.kind, stop.home.code, stop.holds) for stop in run.stops] == [
        (StopKind.PICK_UP, "D-0001", ("H-0001",)),
        (StopKind.DROP, "R-0001", ("H-0001",)),
    ]
    assert said(run) == []


def test_four_give_a_second_trip_or_bricks() -> None:
    found = planned(a_hold(1, DONOR, FAMILY, 1500), coolers_qt=(28,) * 4)

    [part] = found.parts
    assert (part.hold, part.bags) == ("H-0001", 313)
    assert [run.holds for run in found.runs] == [("H-0001",)]
    assert found.runs[0].most_aboard == part.volume <= Volume.from_oz("1254.4")
    assert said(found.runs[0]) == []
    assert why(found) == (
        "1,500 oz loose need five 28-quart coolers; four are here. Packed like bricks it fits. "
        "One trip takes 313 bags of it, a second trip the rest."
    )


def test_a_freezer_of_7_cubic_feet_is_nearly_full_after_the_first_trip() -> None:
    first = a_hold(1, DONOR, FAMILY, 1500, room=Volume.from_oz(7 * 250))
    second = replace(first, code="H-0002", room=Volume.from_oz(250))

    assert said(planned(first, coolers_qt=(28,) * 6).runs[0]) == []
    found = planned(second, coolers_qt=(28,) * 6)
    assert [(part.bags, run.holds) for part, run in zip(found.parts, found.runs, strict=True)] == [
        (62, ("H-0002",))
    ]
    assert "The freezer of R-0001 has room for about 250 oz" in why(found)


def test_what_one_day_brings_counts_together_in_the_freezer() -> None:
    room = Volume.from_oz(250)
    holds = [a_hold(number, DONOR, FAMILY, 150, room=room) for number in (1, 2)]

    found = planned(*holds)

    assert [run.holds for run in found.runs] == [("H-0001", "H-0002")]
    assert [(one.hold, one.why, one.bags) for one in found.not_planned] == [("H-0002", WhyNot.FREEZER, 24)]
    assert [(part.hold, part.bags) for part in found.parts] == [("H-0002", 24)]


def test_milk_is_fetched_as_late_as_its_drop_allows_and_no_later() -> None:
    late = replace(FAMILY, hours=(Hours(16 * 60, 17 * 60),))

    [run] = planned(a_hold(1, DONOR, late)).runs

    pick, drop = run.stops
    assert (pick.arrive, pick.leave, drop.arrive) == (15 * 60 + 15, 15 * 60 + 30, 16 * 60)


def test_of_equal_days_the_earliest_is_taken() -> None:
    [run] = planned(a_hold(1, DONOR, FAMILY)).runs

    assert (run.starts_at, run.ends_at) == (8 * 60, 8 * 60 + 15 + 15 + 30 + 15 + 15)


def test_lunch_is_laid_after_the_drop_where_the_solver_would_give_up() -> None:
    """VROOM 1.15 leaves such a shipment: the break must come after the drop."""
    visits = Visit(1, (Hours(11 * 60, 11 * 60 + 10),), 15), Visit(2, (Hours(11 * 60 + 30, 12 * 60),), 15)
    car = Car(0, Hours(10 * 60, 15 * 60), lunch=Lunch(30, Hours(11 * 60 + 30, 13 * 60 + 30)))
    minutes = ((0, 20, 100), (20, 0, 20), (100, 20, 0))

    laid = lay([OneStop(visits[0], picked=(0,)), OneStop(visits[1], dropped=(0,))], car, minutes)

    assert laid is not None
    assert (laid.arrives, laid.lunch_at, laid.lunch_after) == ((660, 695), 710, 1)
    assert laid.home == 710 + 30 + 100


def test_a_run_over_before_lunch_ends_has_none() -> None:
    [run] = planned(a_hold(1, DONOR, FAMILY), hours=(Hours(11 * 60, 13 * 60 + 20),)).runs

    assert run.lunch_at is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"hours": ()}, "No volunteer is free that day."),
        ({"is_away": True}, "No volunteer is free that day."),
        ({"most_miles": 5.0}, "No volunteer who is free goes that far: about 10 mi by road."),
        ({"most_minutes": 60}, "The shortest run for it takes 1 h 30 min; V-0001 drives 1 h at most."),
        (
            {"hours": (Hours(8 * 60, 9 * 60),)},
            "No volunteer gets to both families within everybody's hours.",
        ),
        (
            {"coolers_qt": (28,), "lift_lb": 5.0},
            "The volunteer may lift coolers of 75 oz in all; 100 oz are too heavy. One trip takes 18 bags",
        ),
    ],
)
def test_why_it_is_not_planned_is_said_in_words(change: dict[str, object], sentence: str) -> None:
    assert why(planned(a_hold(1, DONOR, FAMILY), **change)).startswith(sentence)


def test_whose_yes_is_missing_and_who_is_not_home_is_said() -> None:
    no_yes = a_hold(1, DONOR, FAMILY, missing=(saying("the yes of {code}", code="D-0001"),))
    closed = a_hold(2, DONOR, replace(FAMILY, hours=(), said="Tue/Thu after 3"))
    nowhere = a_hold(3, replace(DONOR, place=None), FAMILY)

    found = planned(no_yes, closed, nowhere)

    assert [str(why_words(one, WORDING)) for one in found.not_planned] == [
        "The yes of D-0001 is missing.",
        "R-0001 is not free that day: Tue/Thu after 3.",
        "The place of D-0001 is unknown.",
    ]


def test_what_nobody_knows_is_asked_and_stands_in_nobodys_way() -> None:
    hold = a_hold(1, DONOR, replace(FAMILY, is_told=False), room=None, is_room_known=False)

    [run] = planned(hold, coolers_qt=(), is_told=False).runs

    assert {one.rule for one in run.broken} == {
        DayRule.HOURS_UNKNOWN,
        DayRule.DRIVER_HOURS_UNKNOWN,
        DayRule.COOLERS_UNKNOWN,
        DayRule.FREEZER_UNKNOWN,
    }
    assert all(one.is_question for one in run.broken)


def test_who_told_everything_is_asked_before_who_told_nothing() -> None:
    people = [a_driver(1, 2, coolers_qt=()), a_driver(2, 3)]

    found = plan(a_day([a_hold(1, DONOR, FAMILY)], people, PLACES), PlainRouter())

    assert [run.driver for run in found.runs] == ["V-0002"]


def test_milk_joins_a_run_that_stands_and_its_volunteer_is_asked_again() -> None:
    driver, milk, more = a_driver(1, 2), a_hold(1, DONOR, FAMILY), a_hold(2, DONOR, FAMILY)
    standing = a_standing_run(driver, milk)

    found = plan(a_day([more], [driver, a_driver(2, 3)], PLACES, locked=(standing,)), PlainRouter())

    [run] = found.runs
    assert (run.pickup, run.driver, run.added) == ("P-0001", "V-0001", ("H-0002",))
    assert said(run) == ["H-0002 join a run that stands: 1 h 30 min in all now; ask V-0001 again."]
    closed = replace(standing, is_closed=True)
    [other] = plan(a_day([more], [driver, a_driver(2, 3)], PLACES, locked=(closed,)), PlainRouter()).runs
    assert (other.pickup, other.driver) == ("", "V-0002")


def a_stop(kind: StopKind, home: Home, at: int, *holds: str) -> DayStop:
    return DayStop(kind, home, at, at + 15, holds, 0, 0.0)


def rules_of(day: DayQuestion, stops: list[DayStop], span: tuple[int, int] = (500, 1000)) -> list[Broken]:
    holds = {hold.code: hold for hold in day.holds}
    return list(broken_rules(day, day.drivers[0], stops, span, holds))


def test_what_a_hand_could_do_wrong_is_found() -> None:
    other = a_home(3, "R-0002")
    day = a_day([a_hold(1, DONOR, FAMILY, 900)], [a_driver(1, 2, most_minutes=60, most_miles=8)], PLACES)
    pick, drop = StopKind.PICK_UP, StopKind.DROP

    def words(*stops: DayStop, span: tuple[int, int] = (500, 1000)) -> str:
        return " | ".join(plain(words_of(one, WORDING)) for one in rules_of(day, list(stops), span))

    assert "H-0001 is dropped before it is picked up." in words(a_stop(drop, FAMILY, 600, "H-0001"))
    third = words(a_stop(pick, DONOR, 600, "H-0001"), a_stop(drop, other, 700, "H-0001"))
    assert third.startswith("H-0001 would rest where neither of its families lives. 10 NYCRR 52-9.1")
    kept = words(a_stop(pick, DONOR, 600, "H-0001"))
    assert "would rest where neither of its families lives" in kept
    whole = words(
        a_stop(pick, DONOR, 600, "H-0001"), a_stop(drop, FAMILY, 19 * 60, "H-0001"), span=(400, 1200)
    )
    for sentence in (
        "arrives at R-0001 at 7:00 pm, after 6:00 pm.",
        "V-0001 is not free from 6:40 am to 8:00 pm.",
        "The run takes 13 h 20 min; V-0001 drives 1 h at most.",
        "D-0001 is about 10 mi by road; the volunteer goes up to about 8 mi.",
        "900 oz loose need three 28-quart coolers; two are here. Packed like bricks it fits.",
    ):
        assert sentence in whole


def test_milk_out_of_the_freezer_beyond_the_policys_hours_is_found() -> None:
    short = replace(PICKUPS, cooler_hours=1)
    day = replace(a_day([a_hold(1, DONOR, FAMILY)], [a_driver(1, 2)], PLACES), pickups=short)
    stops = [a_stop(StopKind.PICK_UP, DONOR, 600, "H-0001"), a_stop(StopKind.DROP, FAMILY, 660, "H-0001")]

    assert [str(words_of(one, WORDING)) for one in rules_of(day, stops)] == [
        "H-0001 is out of the freezer for 1 h 15 min; milk keeps 1 h in a cooler."
    ]
