from datetime import time
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.domain.pickups.ordering import (
    EXACT_UP_TO,
    Arrival,
    Ways,
    insert_stop,
    keeps_precedence,
    order_stops,
    times,
    ways,
)
from coordinator.domain.places.positions import Position, Precision

Spot = tuple[int, int]
spots = st.tuples(st.integers(0, 60), st.integers(0, 60))


def plane(points: list[Spot], start: Spot = (0, 0)) -> Ways:
    """Minutes on a plane, starting and ending at *start*."""
    places = np.array(points, dtype=np.float64).reshape(len(points), 2)

    def apart(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.hypot(*(a[:, None] - b[None]).transpose(2, 0, 1)))

    home = apart(np.array([start], dtype=np.float64), places)[0]
    return Ways(apart(places, places), home, home)


@st.composite
def problems(draw: st.DrawFn, most: int) -> tuple[Ways, list[tuple[int, int]]]:
    points = draw(st.lists(spots, min_size=1, max_size=most))
    pairs = st.tuples(st.integers(0, len(points) - 1), st.integers(0, len(points) - 1))
    some = draw(st.lists(pairs, max_size=4))
    return plane(points), sorted({(min(a, b), max(a, b)) for a, b in some if a != b})


@given(problems(7))
def test_up_to_seven_stops_the_way_is_as_short_as_the_shortest_of_all(
    problem: tuple[Ways, list[tuple[int, int]]],
) -> None:
    way, before = problem
    count = len(way.from_start)

    order = order_stops(way, before)

    fitting = [o for o in permutations(range(count)) if keeps_precedence(o, before)]
    assert sorted(order) == list(range(count))
    assert keeps_precedence(order, before)
    assert way.minutes(order) == pytest.approx(min(map(way.minutes, fitting)))
    assert order_stops(way, before) == order


@given(st.lists(spots, min_size=EXACT_UP_TO + 1, max_size=18, unique=True))
def test_a_long_run_keeps_pick_ups_first_and_no_single_move_makes_it_shorter(points: list[Spot]) -> None:
    way = plane(points)
    before = [(stop, stop + 1) for stop in range(0, len(points) - 1, 2)]

    order = order_stops(way, before)

    assert sorted(order) == list(range(len(points)))
    assert keeps_precedence(order, before)
    for stop in order:
        rest = tuple(other for other in order if other != stop)
        for place in range(len(order)):
            moved = (*rest[:place], stop, *rest[place:])
            assert not keeps_precedence(moved, before) or way.minutes(moved) >= way.minutes(order) - 1e-6


def test_a_long_run_comes_close_to_the_shortest_round_trip_of_a_circle() -> None:
    angles = np.linspace(0, 2 * np.pi, 21)[1:]
    shuffled = np.random.default_rng(3).permutation(angles)
    points = [(round(30 * np.cos(angle)), round(30 * np.sin(angle))) for angle in shuffled]
    round_trip = sorted(range(20), key=lambda stop: shuffled[stop])
    way = plane(points, start=(30, 0))

    assert way.minutes(order_stops(way)) <= way.minutes(round_trip) * 1.02


def test_stops_that_wait_for_each_other_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="circle"):
        order_stops(plane([(0, 1), (1, 0)]), [(0, 1), (1, 0)])


@given(problems(6))
def test_a_new_stop_never_turns_the_others_round(problem: tuple[Ways, list[tuple[int, int]]]) -> None:
    way, before = problem
    last = len(way.from_start) - 1
    kept = tuple(stop for stop in order_stops(way, before) if stop != last)

    order = insert_stop(way, before, kept, last)

    assert tuple(stop for stop in order if stop != last) == kept
    assert keeps_precedence(order, before)


def test_an_unknown_place_takes_no_part_in_the_shortest_way_but_keeps_its_turn() -> None:
    near, far = (Position(43.0 + north, -70.8, Precision.ZIP) for north in (0.05, 0.5))
    home = Position(43.0, -70.8, Precision.ADDRESS)

    way = ways(home, [far, None, near], home, load_driving_policy())

    assert np.isfinite(way.between).all()
    assert keeps_precedence(order_stops(way, [(1, 0)]), [(1, 0)])


def test_whoever_comes_early_waits_until_the_window_opens() -> None:
    found = times(time(8, 40), [25, 30], 15, [(time(9, 30), None), (None, None)])

    assert found == (Arrival(570, 585), Arrival(615, 630))


def test_nobody_knows_when_a_stop_after_an_unknown_place_begins() -> None:
    assert times(time(9), [10, None, 10], 15, [(None, None)] * 3)[1:] == (None, None)
    assert times(None, [10], 15, [(None, None)]) == (None,)


@given(st.lists(st.floats(0, 300), min_size=2, max_size=6), st.integers(0, 60))
def test_every_stop_begins_after_the_drive_from_the_one_before(drives: list[float], at_stop: int) -> None:
    found = times(time(7), list(drives), at_stop, [(None, None)] * len(drives))

    for (a, b), drive in zip(pairwise(found), drives[1:], strict=True):
        assert a is not None
        assert b is not None
        assert b.arrive >= a.leave + drive - 1e-6
        assert b.leave == b.arrive + at_stop
