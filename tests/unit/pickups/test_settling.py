from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.domain.milk.needs import lasts_until, need_a_day
from coordinator.domain.pickups.plans import Condition, Outcome
from coordinator.domain.pickups.settling import OutcomeError, settled, stock_left
from coordinator.domain.volume import Volume
from tests.unit.pickups.test_trips import a_hold

PLANNED = a_hold("H-0001", 100)


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def test_without_a_word_all_went_as_planned() -> None:
    [line] = settled([PLANNED], None)

    assert (line.delivered, line.left_behind, line.lost, line.bags) == (oz(100), oz(0), oz(0), 25)


def test_what_was_not_spoken_of_stayed_with_the_donor() -> None:
    [line] = settled(
        [PLANNED], [Outcome("H-0001", delivered=oz(60), lost=oz(10), condition=Condition.THAWED)]
    )

    assert (line.delivered, line.left_behind, line.lost, line.bags) == (
        oz(60),
        PLANNED.volume - oz(70),
        oz(10),
        15,
    )


def test_what_was_left_or_lost_is_taken_from_the_plan() -> None:
    [line] = settled([PLANNED], [Outcome("H-0001", left_behind=oz(40), bags=15)])

    assert (line.delivered, line.bags) == (PLANNED.volume - oz(40), 15)


def test_when_nobody_was_home_all_of_it_stayed() -> None:
    [line] = settled([PLANNED], [Outcome("H-0001", nobody_home=True)])

    assert (line.delivered, line.left_behind) == (oz(0), oz(100))


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("H-0001", delivered=oz(101)),
        Outcome("H-0001", delivered=oz(60), lost=oz(50)),
        Outcome("H-0001", left_behind=oz(60), lost=oz(60)),
        Outcome("H-0001", lost=oz(-1)),
        Outcome("H-0001", delivered=oz(-1)),
        Outcome("H-0002"),
    ],
)
def test_what_does_not_add_up_is_refused_by_code(outcome: Outcome) -> None:
    with pytest.raises(OutcomeError, match=rf"{outcome.hold_code}: .* Nothing was saved\."):
        settled([PLANNED], [outcome])


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_written_down_always_adds_up_to_what_was_planned(got: int, left: int, lost: int) -> None:
    outcome = Outcome("H-0001", Volume(got), None, Volume(left), Volume(lost))
    try:
        [line] = settled([PLANNED], [outcome])
    except OutcomeError:
        assert got + left + lost > PLANNED.volume.microlitres
    else:
        assert line.delivered + line.left_behind + line.lost == PLANNED.volume
        a_step = oz(1)  # of what is shown: a figure that looks like all of it is all of it
        assert Volume(abs(line.delivered.microlitres - got)) < a_step
        assert Volume(abs(line.lost.microlitres - lost)) < a_step
        assert line.left_behind + a_step > Volume(left)


def test_amounts_that_add_up_in_ounces_add_up_though_each_is_rounded() -> None:
    parts = (oz(32), oz(5), oz(3))
    assert sum(part.microlitres for part in parts) > oz(40).microlitres
    hold = a_hold("H-0001", 40)

    [line] = settled([hold], [Outcome(hold.code, parts[0], None, parts[1], parts[2])])

    assert line.delivered + line.left_behind + line.lost == oz(40)


@given(st.integers(0, 3000), st.integers(0, 120))
def test_stock_rolled_forward_ends_on_the_same_day(ounces: int, days: int) -> None:
    policy, born, counted = load_intake_policy(), date(2026, 8, 1), date(2026, 10, 1)
    later = counted + timedelta(days=days)

    left = stock_left(policy, born, 1, oz(4), oz(ounces), counted, later)

    ends = lasts_until(policy, born, 1, oz(4), oz(ounces), counted)
    assert ends is not None
    if later <= ends:
        assert lasts_until(policy, born, 1, oz(4), left, later) == ends
    elif later == ends + timedelta(days=1):
        # What is left is less than a day's need: the day it would have to last is not over yet.
        assert left < need_a_day(policy, born, 1, oz(4), later).expected
    else:
        assert not left


@given(st.integers(0, 3000), st.integers(-400, 1200), st.integers(-3, 900), st.integers(1, 3))
def test_stock_eaten_by_stretches_is_stock_eaten_day_by_day(
    ounces: int, age: int, days: int, babies: int
) -> None:
    policy, counted = load_intake_policy(), date(2026, 10, 1)
    born, later = counted - timedelta(days=age), counted + timedelta(days=days)

    left = oz(ounces)
    for day in range(days):
        eaten = need_a_day(policy, born, babies, oz(4), counted + timedelta(days=day)).expected
        left = max(left - eaten, oz(0))

    assert stock_left(policy, born, babies, oz(4), oz(ounces), counted, later) == left


def test_bags_do_not_come_without_milk() -> None:
    with pytest.raises(OutcomeError, match="bags came without milk"):
        settled([PLANNED], [Outcome("H-0001", delivered=oz(0), bags=3)])
