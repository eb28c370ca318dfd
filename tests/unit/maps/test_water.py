"""How much of a straight line is water."""

from __future__ import annotations

import numpy as np
import pytest

from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.domain.maps.drawing import Basemap, Lines
from coordinator.domain.maps.view import mercator
from coordinator.domain.maps.water import miles_over_water
from coordinator.domain.places.positions import Position, Precision, distance_miles


def place(latitude: float, longitude: float) -> Position:
    return Position(latitude, longitude, Precision.BY_HAND)


PORTLAND, LEWISTON = place(43.66, -70.26), place(44.10, -70.21)
HARPSWELL, PHIPPSBURG = place(43.80, -69.93), place(43.82, -69.815)


def miles(start: Position, end: Position) -> float:
    return float(miles_over_water(load_basemap(), start, [end])[0])


def test_across_casco_bay_most_of_the_way_is_water() -> None:
    assert miles(PORTLAND, HARPSWELL) > 8
    assert miles(HARPSWELL, PHIPPSBURG) > 1


def test_inland_a_river_is_not_counted() -> None:
    assert miles(PORTLAND, LEWISTON) < 0.6
    assert miles(place(44.31, -69.79), place(44.31, -69.74)) < 0.1  # the Kennebec at Augusta
    assert miles(place(43.49, -70.46), place(43.51, -70.44)) < 0.1  # the Saco between Biddeford and Saco


def test_a_great_lake_is_water_and_a_large_island_in_it_is_not() -> None:
    milwaukee, muskegon = place(43.04, -87.92), place(43.23, -86.24)

    assert 0.9 < miles(milwaukee, muskegon) / distance_miles(milwaukee, muskegon) < 0.97
    assert miles(place(45.70, -82.2), place(45.78, -81.9)) < 6  # on Manitoulin


def test_the_way_there_crosses_as_much_water_as_the_way_back() -> None:
    assert miles(HARPSWELL, PORTLAND) == pytest.approx(miles(PORTLAND, HARPSWELL), abs=0.2)


def test_a_far_end_does_not_blur_a_near_one_and_an_unknown_one_is_not_a_number() -> None:
    seattle = place(47.6, -122.3)

    together = miles_over_water(load_basemap(), PORTLAND, [HARPSWELL, None, seattle])

    assert together[0] == pytest.approx(miles(PORTLAND, HARPSWELL))
    assert np.isnan(together[1])
    assert 50 < together[2] < 1500  # along the Great Lakes


def test_nobody_to_go_to_and_nowhere_to_go() -> None:
    assert miles_over_water(load_basemap(), PORTLAND, []).shape == (0,)
    assert miles(PORTLAND, PORTLAND) == 0


def test_half_the_way_over_a_square_lake_is_half_the_miles() -> None:
    """Land from 10 to 12 degrees west, a lake in its western half; the two land cells overlap."""

    def square(west: float, east: float) -> list[tuple[float, float]]:
        return [(west, 40.0), (east, 40.0), (east, 42.0), (west, 42.0)]

    def lines(*rings: list[tuple[float, float]]) -> Lines:
        degrees = np.array([corner for ring in rings for corner in ring])
        return Lines(mercator(degrees[:, 1], degrees[:, 0]), np.arange(0, 4 * len(rings) + 1, 4))

    basemap = Basemap(land=lines(square(-12, -10.9), square(-11, -10)), lakes=lines(square(-12, -11)))
    start, end = place(41.0, -11.5), place(41.0, -10.5)

    over = miles_over_water(basemap, start, [end])

    assert over[0] == pytest.approx(distance_miles(start, end) / 2, rel=0.01)
