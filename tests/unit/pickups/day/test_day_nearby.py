"""What waits near a run with room left: agreed milk, milk without a yes, and milk nobody is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.pickups.day import editing
from coordinator.domain.pickups.day.answer import DayPlan, NotPlanned, WhyNot
from coordinator.domain.pickups.day.inserting import PlainRouter
from coordinator.domain.pickups.day.nearby import FreeMilk, Waits, nearby, wheel
from coordinator.domain.pickups.day.planning import plan
from coordinator.domain.pickups.day.question import DayQuestion
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.volume import Volume
from coordinator.sayings import saying
from tests.day_builders import POLICY, a_day, a_drawn_day, a_driver, a_hold, a_home

PLACES = [(0.0, 0.0), (20.0, 0.0), (10.0, 0.0), (10.0, 2.0), (19.0, 1.0), (10.0, 60.0)]
DAWN = (Hours(300, 310),)
DONOR, FAMILY = a_home(0, "D-0001"), a_home(1, "R-0001")


def a_planned_day(*more: object, coolers: tuple[int, ...] = (28, 28)) -> tuple[DayQuestion, DayPlan]:
    holds = [a_hold(1, DONOR, FAMILY, 100), *more]
    day = a_day(holds, [a_driver(1, 2, coolers_qt=coolers)], PLACES)  # type: ignore[arg-type] # holds
    return day, plan(day, PlainRouter())


def free(ounces: float, donor: str, *minutes: int) -> FreeMilk:
    return FreeMilk(donor, "Maria", "Dover", Volume.from_oz(ounces), date(2026, 9, 1), minutes)


def test_agreed_milk_that_fits_no_hours_is_told_near_the_run_and_one_press_adds_it() -> None:
    early = a_hold(2, a_home(3, "D-0002", hours=DAWN), a_home(4, "R-0002"), 60)
    day, found = a_planned_day(early)
    assert [one.hold for one in found.not_planned] == ["H-0002"]

    [near] = nearby(day, found, ())

    assert (near.waits, near.hold, near.donor, near.run) == (Waits.AGREED, "H-0002", "D-0002", 0)
    assert 0 <= near.minutes <= POLICY.nearby
    grown = editing.put_on_run(day, found, near.hold, near.run)
    assert wheel(day, grown.runs[0]) - wheel(day, found.runs[0]) == near.minutes


def test_milk_without_a_yes_is_told_and_stays_off_the_run() -> None:
    asked = a_hold(2, a_home(3, "D-0002"), a_home(4, "R-0002"), 60, missing=(saying("a yes"),))
    day, found = a_planned_day(asked)
    [near] = nearby(day, found, ())
    assert (near.waits, near.family, near.volume) == (Waits.YES_MISSING, "R-0002", Volume.from_oz(60))


def test_free_milk_is_told_by_the_minutes_off_the_way_nearest_first_and_only_a_few() -> None:
    day, found = a_planned_day()
    donors = [free(60, f"D-{n:04}", *(int(m) for m in day.minutes[3])) for n in range(10, 16)]
    far = free(900, "D-0099", *(int(m) for m in day.minutes[5]))
    here = free(30, "D-0001", *(int(m) for m in day.minutes[0]))

    near = nearby(day, found, (far, *donors, here))

    assert len(near) == POLICY.nearby_most
    assert (near[0].donor, near[0].minutes, near[0].is_stop) == ("D-0001", 0, True)
    assert all(one.waits is Waits.FREE and one.minutes <= POLICY.nearby for one in near)
    assert "D-0099" not in {one.donor for one in near}


def test_nothing_is_told_of_a_run_without_room_or_one_that_is_locked_or_left_out_on_purpose() -> None:
    full = a_hold(1, DONOR, FAMILY, 313.6)
    day = a_day([full], [a_driver(1, 2, coolers_qt=(28,))], PLACES)
    found = plan(day, PlainRouter())
    here = free(30, "D-0001", *(int(m) for m in day.minutes[0]))
    assert nearby(day, found, (here,)) == ()
    roomy, plenty = a_planned_day()
    assert nearby(roomy, editing.lock_run(plenty, 0, is_locked=True), (here,)) == ()
    early = a_hold(2, a_home(3, "D-0002", hours=DAWN), a_home(4, "R-0002"), 60)
    day, found = a_planned_day(early)
    out = replace(found, not_planned=(NotPlanned("H-0002", WhyNot.LEFT_OUT),))
    assert nearby(day, out, ()) == ()


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_what_is_told_makes_the_run_no_longer_than_said_and_fits_its_coolers(seed: int) -> None:
    day = a_drawn_day(seed, pairs=8)
    found = plan(day, PlainRouter())
    for one in nearby(day, found, ()):
        grown = editing.put_on_run(day, found, one.hold, one.run).runs[one.run]
        longer = wheel(day, grown) - wheel(day, found.runs[one.run])
        assert longer <= one.minutes <= day.policy.nearby
        assert one.room is None or one.volume <= one.room
