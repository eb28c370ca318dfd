"""The order of the babies who are out or nearly, and what is said of the milk there is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.agreements.cases import Act, Case, CaseStep, NextStep, Turn
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.domain.worklist.openings import Shortfall
from coordinator.domain.worklist.out_and_waiting import out_now
from coordinator.sayings import saying
from tests.builders import TODAY


def a_case(code: str, ends: date | None, *, is_old: bool = False) -> Case:
    return Case(
        code,
        code,
        CaseStep.NEEDS,
        Turn.YOU,
        None,
        NextStep(Act.FIND_MILK, code),
        saying("nothing held yet"),
        lasts_until=ends,
        is_near_out=True,
        is_old_figure=is_old,
    )


def order(*cases: Case) -> list[str]:
    return [one.code for one in out_now(cases, TODAY)]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def test_who_is_out_by_an_old_figure_comes_before_who_is_nearly_out_by_a_fresh_one() -> None:
    assert order(a_case("nearly", day(2)), a_case("old", day(-60), is_old=True)) == ["old", "nearly"]


def test_of_those_who_are_out_the_fresh_figure_comes_first() -> None:
    old, fresh = a_case("old", day(-60), is_old=True), a_case("fresh", day(-1))

    assert order(old, fresh, a_case("longer", day(-5))) == ["longer", "fresh", "old"]


@given(st.lists(st.tuples(st.integers(-90, 9), st.booleans()), max_size=8))
def test_nobody_who_is_out_stands_behind_one_who_still_has_milk(told: list[tuple[int, bool]]) -> None:
    cases = [a_case(f"{at}", day(ends), is_old=is_old) for at, (ends, is_old) in enumerate(told)]

    has_milk = [one.lasts_until is not None and one.lasts_until >= TODAY for one in out_now(cases, TODAY)]

    assert has_milk == sorted(has_milk)


def test_milk_that_waits_for_an_answer_is_no_promise() -> None:
    assert str(Shortfall(Volume(), families=2).words(VolumeUnit.OZ)) == (
        "this week may be covered, if every call turns out well"
    )
