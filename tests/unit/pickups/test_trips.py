from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.day import load_day_policy
from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.domain.agreements.holds import Hold, HoldState
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Household
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.pickups.plans import PickupKind, Stop, StopKind
from coordinator.domain.pickups.trip import TimedTrip, Trip, most_aboard, think_through, waiting_for
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.volume import Volume

TODAY = date(2026, 11, 21)
SATURDAY = date(2026, 11, 28)


def north(degrees: float) -> Position:
    return Position(43.0 + degrees, -70.8, Precision.ADDRESS)


def a_hold(code: str = "H-0001", ounces: float = 100, **changes: Any) -> Hold:  # noqa: ANN401 - any field
    hold = Hold(
        code=code,
        lot_code="L-0001",
        donor_code="D-0001",
        donor_name="Zoë Ahl",
        donor_town="Dover",
        recipient_code="R-0001",
        recipient_name="Inès Roy",
        recipient_town="Kittery",
        volume=Volume.from_oz(ounces),
        bags=25,
        only_from=None,
        made_on=TODAY,
        expires_on=SATURDAY,
        state=HoldState.AGREED,
        donor_yes_on=TODAY,
        family_yes_on=TODAY,
    )
    return replace(hold, **changes)


def a_stop(kind: StopKind, position: Position | None, *holds: Hold, **changes: Any) -> Stop:  # noqa: ANN401 - any field
    stop = Stop(
        id=1,
        number=0,
        kind=kind,
        household_id=1,
        code="D-0001" if kind is StopKind.PICK_UP else "R-0001",
        name="",
        name_on_paper="",
        town="",
        phone="",
        position=position,
        window_from=None,
        window_to=None,
        arrive=None,
        leave=None,
        miles_before=None,
        minutes_before=None,
        holds=holds,
    )
    return replace(stop, **changes)


def a_driver(**changes: Any) -> Driver:  # noqa: ANN401 - any field
    driver = Driver("V-0001", Household(9, "Ana Berg", "Ana", position=north(0)), coolers_qt=(28,))
    return replace(driver, **changes)


def a_run(*stops: Stop, driver: Driver | None, **changes: Any) -> Trip:  # noqa: ANN401 - any field
    holds = {hold.code: hold for stop in stops for hold in stop.holds}
    trip = Trip(
        kind=PickupKind.RUN,
        on=SATURDAY,
        starts_at=time(9),
        start=driver.position if driver else None,
        stops=stops,
        holds=tuple(holds.values()),
        driver=driver,
        driver_yes_on=TODAY,
    )
    return replace(trip, **changes)


def a_simple_run(driver: Driver | None = None, hold: Hold | None = None, **changes: Any) -> Trip:  # noqa: ANN401 - any field
    hold = hold or a_hold()
    stops = a_stop(StopKind.PICK_UP, north(0.2), hold), a_stop(StopKind.DROP, north(0.4), hold)
    return a_run(*stops, driver=driver or a_driver(), **changes)


def thought(trip: Trip) -> TimedTrip:
    return think_through(trip, load_driving_policy(), load_pickup_policy(), TODAY)


def test_a_run_with_every_yes_and_room_breaks_no_rule() -> None:
    timed = thought(a_simple_run())

    first, last = timed.stops
    assert timed.broken == ()
    assert (first.number, last.number) == (1, 2)
    assert first.arrive is not None
    assert first.leave is not None
    assert last.arrive is not None
    assert time(9) < first.arrive < first.leave < last.arrive
    assert timed.miles == pytest.approx(0.8 * 69.0, rel=0.01)
    assert timed.leave_by == time(9)


@given(at=st.integers(8 * 60, 16 * 60), minutes=st.integers(5, 90))
def test_what_follows_lunch_is_as_much_later(at: int, minutes: int) -> None:
    plain = thought(a_simple_run())
    timed = thought(a_simple_run(lunch=Lunch(clock_time(at), minutes)))

    assert timed.lunch is not None
    after = timed.lunch.after
    assert after == sum(one.arrive <= at for one in timed.arrivals if one)
    for number, (one, usual) in enumerate(zip(timed.arrivals, plain.arrivals, strict=True), start=1):
        assert one is not None
        assert usual is not None
        if number <= after or after == 0:
            assert one == usual
        else:
            assert one.arrive >= max(at + minutes, usual.arrive + minutes)
    assert timed.minutes >= plain.minutes + (minutes if after else 0)


def test_without_a_start_lunch_has_no_place_and_still_takes_its_time() -> None:
    timed = thought(a_simple_run(starts_at=None, lunch=Lunch(time(12), 30)))

    assert timed.lunch is not None
    assert timed.lunch.after is None
    assert timed.minutes == thought(a_simple_run(starts_at=None)).minutes + 30


def test_a_drop_before_its_pickup_is_said_at_the_stop() -> None:
    hold = a_hold()
    timed = thought(
        a_run(
            a_stop(StopKind.DROP, north(0.1), hold),
            a_stop(StopKind.PICK_UP, north(0.2), hold),
            driver=a_driver(),
        )
    )

    assert timed.stops[0].broken == ("H-0001 is dropped before it is picked up",)
    assert timed.broken == (
        "Stop 1: H-0001 is dropped before it is picked up",
        "H-0001 would stay with the volunteer: milk rests at its two families only.",
    )


def test_milk_that_would_stay_with_the_volunteer_is_said_with_the_note_of_the_state() -> None:
    hold, policy = a_hold(), load_day_policy()
    stops = a_stop(StopKind.DROP, north(0.1), hold), a_stop(StopKind.PICK_UP, north(0.2), hold)
    run = a_run(*stops, driver=a_driver())
    said = [
        thought(replace(run, custody_note=policy.custody_note(state))).broken[-1] for state in ("ME", "ca")
    ]
    assert [one.split(": ")[0] for one in said] == ["H-0001 would stay with the volunteer"] * 2
    assert "10 NYCRR 52-9.1" in said[0]
    assert "Other States differ" in said[0]
    assert "Health and Safety Code 1635" in said[1]
    assert not any("stay with the volunteer" in one for one in thought(a_simple_run()).broken)


def test_a_missed_window_says_when_and_how_late() -> None:
    hold = a_hold()
    stop = a_stop(StopKind.PICK_UP, north(0), hold, window_to=time(10))
    timed = thought(a_run(stop, driver=a_driver(), starts_at=time(10, 20)))

    assert timed.stops[0].broken == ("arrives 10:20 am, after 10:00 am",)


def test_an_unknown_place_is_a_broken_rule_and_no_crash() -> None:
    hold = a_hold()
    stops = a_stop(StopKind.PICK_UP, None, hold), a_stop(StopKind.DROP, north(0.4), hold)

    timed = thought(a_run(*stops, driver=a_driver()))

    assert timed.stops[0].broken == ("the place of D-0001 is unknown",)
    assert [stop.arrive for stop in timed.stops] == [None, None]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"away_from": SATURDAY, "away_to": SATURDAY}, "V-0001 is away on Nov 28, 2026."),
        ({"max_hours": 1.0}, "The run takes 1 h 52 min; V-0001 drives 1 h at most."),
        ({"max_miles": 30.0}, "R-0001 is about 36 mi by road from V-0001, who goes up to 30 mi."),
        ({"coolers_qt": ()}, "Which coolers V-0001 has is not known; ask."),
        (
            {"coolers_qt": (8,)},
            "100\u00a0oz loose need two 8-quart coolers; one is here. Packed like bricks it fits.",
        ),
        (
            {"lift_lb": 5.0},
            "With 5 lb a cooler at most, the coolers take 75\u00a0oz; 100\u00a0oz are carried.",
        ),
    ],
)
def test_what_the_volunteer_cannot_do_is_said(limits: dict[str, Any], words: str) -> None:
    assert thought(a_simple_run(a_driver(**limits))).broken == (words,)


def test_limits_that_are_just_kept_are_not_broken() -> None:
    limits = {"away_from": TODAY, "away_to": TODAY, "max_hours": 1.9, "max_miles": 36.0, "lift_lb": 6.8}

    assert thought(a_simple_run(a_driver(**limits))).broken == ()


def test_a_missing_yes_is_waited_for_and_shown() -> None:
    hold = a_hold(state=HoldState.OPEN, family_yes_on=None)
    trip = a_simple_run(hold=hold, driver_yes_on=None)

    assert tuple(map(str, waiting_for(trip))) == ("the yes of R-0001 for H-0001", "the yes of V-0001")
    assert thought(trip).broken == (
        "The yes of R-0001 for H-0001 is missing.",
        "The yes of V-0001 is missing.",
    )


def test_a_family_that_collects_waits_for_no_volunteer() -> None:
    hold = a_hold()
    trip = a_run(a_stop(StopKind.PICK_UP, north(0.2), hold), driver=None, kind=PickupKind.FAMILY_COLLECTS)

    assert waiting_for(trip) == ()
    assert tuple(map(str, waiting_for(replace(trip, kind=PickupKind.RUN)))) == ("a volunteer to drive",)


def test_a_family_rings_the_bell_at_the_start_and_leaves_home_before() -> None:
    hold = a_hold()
    trip = a_run(
        a_stop(StopKind.PICK_UP, north(0.2), hold),
        driver=None,
        kind=PickupKind.FAMILY_COLLECTS,
        start=north(0.4),
    )

    timed = thought(trip)

    assert timed.stops[0].arrive == time(9)
    assert timed.leave_by is not None
    assert timed.leave_by < time(8, 45)


def test_a_hold_that_expired_or_was_released_is_said() -> None:
    gone = a_hold(state=HoldState.OPEN, donor_yes_on=None, expires_on=date(2026, 11, 20))

    assert "H-0001 has expired; its milk may go to others." in thought(a_simple_run(hold=gone)).broken
    released = thought(a_simple_run(hold=a_hold(state=HoldState.RELEASED))).broken
    assert released == ("H-0001 was released; take it off this pickup.",)


def test_a_trip_longer_than_milk_keeps_in_a_cooler_is_said() -> None:
    hold = a_hold()
    stops = (
        a_stop(StopKind.PICK_UP, north(0.2), hold),
        a_stop(StopKind.DROP, Position(25.0, -80.0, Precision.TOWN), hold),
    )

    timed = thought(a_run(*stops, driver=a_driver()))

    assert any(words.endswith("milk keeps 24 h in a cooler.") for words in timed.broken)


def test_only_what_is_aboard_at_once_must_fit() -> None:
    one, two = a_hold("H-0001", 200), a_hold("H-0002", 250)
    in_turn = [
        a_stop(StopKind.PICK_UP, None, one),
        a_stop(StopKind.DROP, None, one),
        a_stop(StopKind.PICK_UP, None, two),
        a_stop(StopKind.DROP, None, two),
    ]

    assert most_aboard(in_turn) == Volume.from_oz(250)
    assert most_aboard([in_turn[0], in_turn[2]]) == one.volume + two.volume
