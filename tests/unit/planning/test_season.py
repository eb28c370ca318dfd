"""The made-up region of the season: a fortnight of it, so that the long runs can be believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.simulation.people import Mix
from tests.simulation.season import season, unavoidable
from tests.simulation.ways import WAYS

SMALL = Mix(donors=5, families=4, donors_a_week=0.5, families_a_week=0.5)


@pytest.mark.parametrize("way", WAYS)
def test_milk_comes_and_the_same_seed_has_the_same_season(way: str) -> None:
    one, other = (season(3, way, weeks=2, mix=SMALL) for _ in range(2))

    assert one.delivered > 0
    assert one.calls > 0
    assert 0 < one.share < 100
    assert 0 < unavoidable(3, weeks=2, mix=SMALL) <= one.uncovered
    assert replace(one, seconds=0) == replace(other, seconds=0)
