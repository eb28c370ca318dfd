"""The next pickup of two: by what is known, and never more than that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.agreements.pair_forecast import Trip, forecast, has_enough
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.needs import Runway, runway
from coordinator.domain.volume import Volume
from tests.builders import TODAY, a_lot

oz = Volume.from_oz
TRIP = Trip(TODAY, oz(30), load_matching_policy())


def a_runway(stock: float | None) -> Runway:
    known = None if stock is None else oz(stock)
    return runway(load_intake_policy(), date(2026, 8, 1), 1, oz(4), known, TODAY, TODAY)


def lots(volume: float, free: float, days: int, newest: int) -> list[Lot]:
    last = TODAY - timedelta(days=newest)
    return [
        a_lot(
            volume=oz(volume),
            free=oz(free),
            expressed_from=last - timedelta(days=days - 1),
            expressed_to=last,
        )
    ]


def test_by_her_rate_she_has_enough_in_some_days() -> None:
    found = has_enough(lots(100, 10, 20, 2), TRIP)

    assert found.on == TODAY + timedelta(days=2), "20 oz more at 5 oz a day from her newest bag on"
    assert "about 5 oz a day by her milk dated the 20 days" in str(found.how)


@pytest.mark.parametrize(
    "hers", [[], lots(100, 10, 3, 2), lots(100, 10, 20, 50)], ids=["no milk", "three days", "long ago"]
)
def test_what_tells_no_rate_is_not_known(hers: list[Lot]) -> None:
    found = has_enough(hers, TRIP)

    assert found.on is None
    assert str(found.words) == "not known when she has enough for a trip"


@pytest.mark.parametrize(
    ("stock", "hers", "said", "by"),
    [
        (None, [], "The next pickup: not known", None),
        (None, lots(100, 40, 20, 2), "The next pickup: from Nov 21, 2026 on; until when is not known", None),
        (42, [], "The next pickup: by Nov 23, 2026, if she has enough by then", 2),
        (42, lots(100, 40, 20, 2), "The next pickup: any day, by Nov 23, 2026 at the latest", 2),
        (0, lots(100, 40, 20, 2), "The next pickup: now", 0),
        (0, lots(100, 10, 20, 2), "lacks milk for 2 days before, so find other milk", 2),
        (84, lots(100, 10, 20, 2), "from Nov 23, 2026, by Nov 25, 2026 at the latest", 4),
    ],
)
def test_what_follows_for_the_pickup(stock: float | None, hers: list[Lot], said: str, by: int | None) -> None:
    found = forecast(a_runway(stock), hers, TRIP)

    assert said in str(found.words)
    assert found.by == (None if by is None else TODAY + timedelta(days=by))


@given(st.floats(0, 500), st.floats(0, 29), st.integers(1, 60), st.integers(0, 60))
def test_it_is_never_in_the_past(stock: float, free: float, days: int, newest: int) -> None:
    found = forecast(a_runway(stock), lots(100, free, days, newest), TRIP)

    assert found.has_enough.on is None or found.has_enough.on >= TODAY
    assert found.by is None or found.by >= TODAY
