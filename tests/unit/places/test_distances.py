"""Distances between many places at once: the same as one by one, and in blocks of any size."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.places import distances
from coordinator.domain.places.distances import (
    Points,
    miles_from,
    miles_matrix,
    nearest,
    pair_miles,
)
from coordinator.domain.places.positions import Position, Precision, distance_miles

# Some of a grid, so that places coincide, lie opposite each other and stand on the poles.
PLACES = st.builds(
    Position,
    st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, -43.5, 0.0, 43.5, 90.0])),
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, -70.5, 0.0, 109.5, 180.0])),
    st.just(Precision.ZIP),
)
MANY = st.lists(PLACES, min_size=1, max_size=40)


def in_new_england(count: int) -> list[Position]:
    seeded = np.random.default_rng(20261124)
    degrees = zip(seeded.uniform(41, 47.5, count), seeded.uniform(-73.5, -67, count), strict=True)
    return [Position(float(north), float(east), Precision.ZIP) for north, east in degrees]


@given(MANY)
def test_a_table_of_places_to_themselves_is_symmetric_and_has_no_miles_across(places: list[Position]) -> None:
    table = miles_matrix(Points.of(places), Points.of(places))

    assert (table == table.T).all()
    assert (table.diagonal() == 0).all()
    assert (table >= 0).all()


@given(MANY)
def test_a_way_round_is_never_shorter_than_the_straight_line_beyond_what_ranking_may_be_off(
    places: list[Position],
) -> None:
    table = miles_matrix(Points.of(places), Points.of(places))

    round_about = (table[:, :, None] + table[None, :, :]).min(axis=1)
    assert (table <= round_about * 1.004 + 1e-6).all()


def test_a_table_in_many_blocks_is_the_table_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    points = Points.of(in_new_england(37))
    whole = pair_miles(points.down(), points)

    for block in (1, 40, 100, 10_000):
        monkeypatch.setattr(distances, "_BLOCK", block)
        assert (miles_matrix(points, points) == whole).all()


def test_every_figure_of_a_table_is_that_of_the_two_places() -> None:
    places = in_new_england(12)
    table = miles_matrix(Points.of(places[:5]), Points.of(places))

    assert table.shape == (5, 12)
    for row, place in enumerate(places[:5]):
        assert table[row] == pytest.approx([distance_miles(place, other) for other in places], rel=1e-4)


def test_half_as_large_a_table_is_true_to_a_few_yards() -> None:
    points = Points.of(in_new_england(50))

    small = miles_matrix(points, points, dtype=np.float32)

    assert small.dtype == np.float32
    assert small == pytest.approx(miles_matrix(points, points), abs=2 / 1760)


def test_a_place_nobody_knows_is_no_number_of_miles_away() -> None:
    known, unknown = Points.of(in_new_england(2)), Points.of([None])

    assert np.isnan(miles_matrix(known, unknown)).all()


@given(MANY, MANY, st.integers(0, 45))
def test_the_nearest_are_those_that_sorting_every_distance_finds(
    here: list[Position], there: list[Position], count: int
) -> None:
    a, b = Points.of(here), Points.of(there)
    table = miles_matrix(a, b)
    order = np.argsort(table, axis=1, kind="stable")[:, :count]

    found = nearest(a, b, count)

    assert (found.miles == np.take_along_axis(table, order, axis=1)).all()
    assert (found.indices == order).all()


@given(st.integers(1, 30), st.floats(0, 2e-4), st.integers(0, 2**32 - 1))
def test_the_nearest_of_a_street_are_right_too(count: int, spread_deg: float, seed: int) -> None:
    seeded = np.random.default_rng(seed)
    points = Points.at(43.5 + seeded.normal(0, spread_deg, 60), -70.5 + seeded.normal(0, spread_deg, 60))
    table = miles_matrix(points, points)

    found = nearest(points, points, count)

    assert (found.indices == np.argsort(table, axis=1, kind="stable")[:, :count]).all()


@given(st.integers(0, 2**32 - 1))
def test_the_nearest_of_places_around_the_antipode_are_right_too(seed: int) -> None:
    seeded = np.random.default_rng(seed)
    here = Points.at(np.array([43.5]), np.array([-70.5]))
    there = Points.at(-43.5 + seeded.normal(0, 2, 80), 109.5 + seeded.normal(0, 2, 80))
    table = miles_matrix(here, there)

    assert (nearest(here, there, 7).indices == np.argsort(table, axis=1, kind="stable")[:, :7]).all()


def test_among_nobody_nobody_is_nearest() -> None:
    nobody = Points.of([])

    assert nearest(Points.of(in_new_england(3)), nobody, 5).indices.shape == (3, 0)
    assert miles_matrix(nobody, nobody).shape == (0, 0)


@given(PLACES, MANY)
def test_the_distances_from_one_place_are_its_row_of_the_table(
    origin: Position, places: list[Position]
) -> None:
    latitudes = np.array([place.latitude_deg for place in places])
    longitudes = np.array([place.longitude_deg for place in places])

    row = miles_matrix(Points.of([origin]), Points.of(places))[0]

    assert miles_from(origin, latitudes, longitudes) == pytest.approx(row, rel=1e-9, abs=1e-9)
    assert all(math.isfinite(miles) for miles in row)
