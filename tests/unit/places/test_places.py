from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.places.distances import miles_from
from coordinator.domain.places.positions import (
    DistanceUnit,
    Position,
    Precision,
    distance_miles,
    format_distance,
    is_exact,
    town_key,
)

LATITUDES = st.floats(-89, 89)
LONGITUDES = st.floats(-180, 180)


def a_position(latitude: float, longitude: float, precision: Precision = Precision.ZIP) -> Position:
    return Position(latitude, longitude, precision)


def one_mile_figure(a: Position, b: Position) -> float:
    return float(miles_from(a, np.array([b.latitude_deg]), np.array([b.longitude_deg]))[0])


def test_many_distances_agree_with_the_geodesic_within_a_ten_thousandth_up_to_2000_km() -> None:
    seeded = np.random.default_rng(20261122)
    for _ in range(300):
        latitude, longitude = float(seeded.uniform(-70, 70)), float(seeded.uniform(-170, 170))
        origin = a_position(latitude, longitude)
        other = a_position(latitude + float(seeded.uniform(-9, 9)), longitude + float(seeded.uniform(-9, 9)))
        shown = distance_miles(origin, other)
        assert shown * 1.609344 < 2000
        assert one_mile_figure(origin, other) == pytest.approx(shown, rel=1e-4)


def test_neighbours_a_few_yards_apart_are_as_exact_as_far_ones() -> None:
    origin, other = a_position(43.5, -70.5), a_position(43.50001, -70.49999)

    assert one_mile_figure(origin, other) == pytest.approx(distance_miles(origin, other), rel=1e-4)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_world_wide_the_ranking_figure_stays_within_one_percent(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> None:
    origin, other = a_position(latitude, longitude), a_position(other_latitude, other_longitude)

    assert one_mile_figure(origin, other) == pytest.approx(distance_miles(origin, other), rel=0.01, abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(43.5, -70.5), (-43.5, 109.5), (-43.4999, 109.5), (90, 0), (-90, 0)]
)
def test_the_same_place_the_antipode_and_the_poles_have_finite_distances(
    latitude: float, longitude: float
) -> None:
    origin = a_position(43.5, -70.5)

    assert 0 <= one_mile_figure(origin, a_position(latitude, longitude)) < 12_500


def test_a_place_is_no_miles_from_itself() -> None:
    assert one_mile_figure(a_position(43.5, -70.5), a_position(43.5, -70.5)) == 0


def test_distances_keep_the_shape_they_were_asked_in() -> None:
    origin = a_position(43.5, -70.5)

    assert miles_from(origin, np.full((3, 2), 43.0), np.full((3, 2), -70.0)).shape == (3, 2)
    assert miles_from(origin, np.array([]), np.array([])).shape == (0,)


@pytest.mark.parametrize(
    ("miles", "unit", "exact", "shown"),
    [
        (4.37, DistanceUnit.MI, False, "about 4 mi"),
        (4.37, DistanceUnit.MI, True, "4.4 mi"),
        (9.95, DistanceUnit.MI, True, "10 mi"),
        (9.94, DistanceUnit.MI, True, "9.9 mi"),
        (12.5, DistanceUnit.MI, True, "13 mi"),
        (0.3, DistanceUnit.MI, False, "under 1 mi"),
        (0.0, DistanceUnit.MI, True, "0.0 mi"),
        (4.37, DistanceUnit.KM, False, "about 7 km"),
        (4.37, DistanceUnit.KM, True, "7.0 km"),
        (1234.4, DistanceUnit.MI, False, "about 1,234 mi"),
    ],
)
def test_a_distance_shows_no_more_than_is_known(
    miles: float,
    unit: DistanceUnit,
    exact: bool,  # noqa: FBT001 - a column of the table above
    shown: str,
) -> None:
    assert format_distance(miles, unit, exact=exact) == shown


def test_one_end_known_by_its_zip_makes_a_distance_about() -> None:
    by_hand, at_zip = a_position(43, -70, Precision.BY_HAND), a_position(43, -70, Precision.ZIP)

    assert is_exact(by_hand, a_position(43, -70, Precision.ADDRESS))
    assert not is_exact(by_hand, at_zip)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("St. Albans", "Saint Albans"),
        ("MT VERNON", "Mount Vernon"),
        ("  Montréal ", "montreal"),
        ("Coeur d’Alene", "Coeur d'Alene"),
        ("Winston-Salem", "winston salem"),
    ],
)
def test_towns_are_compared_without_accents_case_and_short_forms(typed: str, meant: str) -> None:
    assert town_key(typed) == town_key(meant)
