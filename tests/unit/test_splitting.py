"""A lot parted at a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.splitting import NoDayOfLotError, later_part
from coordinator.domain.volume import Volume
from tests.builders import a_lot

MARCH = date(2026, 3, 1)


def test_the_later_part_is_the_share_of_days_that_are_left() -> None:
    lot = a_lot(expressed_from=date(2026, 3, 10), expressed_to=date(2026, 3, 20))

    part = later_part(lot, date(2026, 3, 15))

    assert part.volume == Volume(Volume.from_oz(100).microlitres * 6 // 11)
    assert part.bags == round(25 * 6 / 11)


@pytest.mark.parametrize("on", [date(2026, 3, 10), date(2026, 3, 21), date(2026, 1, 1)])
def test_a_day_that_leaves_one_side_empty_is_refused(on: date) -> None:
    lot = a_lot(expressed_from=date(2026, 3, 10), expressed_to=date(2026, 3, 20))

    with pytest.raises(NoDayOfLotError, match="L-0001 cannot be split there"):
        later_part(lot, on)


def test_a_lot_without_dates_is_refused() -> None:
    with pytest.raises(NoDayOfLotError):
        later_part(a_lot(expressed_from=None), MARCH)


@given(
    days=st.integers(2, 800), at=st.integers(1, 800), free=st.integers(0, 10**9), bags=st.integers(0, 3000)
)
def test_a_later_day_never_leaves_more(days: int, at: int, free: int, bags: int) -> None:
    at = min(at, days - 1)
    lot = a_lot(
        expressed_from=MARCH,
        expressed_to=MARCH + timedelta(days=days - 1),
        volume=Volume(free),
        free=Volume(free),
        bags=bags,
    )

    part = later_part(lot, MARCH + timedelta(days=at))

    assert Volume() <= part.volume <= lot.free
    if at + 1 < days:
        assert later_part(lot, MARCH + timedelta(days=at + 1)).volume <= part.volume
