"""A lot parted at a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coordinator.domain.agreements.checks import check_amount, check_day
from coordinator.domain.milk.lots import Lot, Promise
from coordinator.domain.milk.splitting import (
    CountedPart,
    LaterPart,
    NoDayOfLotError,
    free_of_counted,
    is_about,
    later_part,
    may_part,
    most_bags,
    part_from,
)
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.errors import UserError
from tests.builders import a_lot

MARCH = date(2026, 3, 1)
TEN_DAYS: dict[str, Any] = {"expressed_from": MARCH, "expressed_to": MARCH + timedelta(days=9)}


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


def promising(lot: Lot, only_from: date, volume: Volume, bags: int | None = None) -> Lot:
    """Return *lot* after a hold of newer bags."""
    promises = (*lot.promises, Promise(only_from, volume, bags))
    counted = lot.counted + (Volume() if bags is None else volume)
    taken = lot.taken_bags + (bags or 0)
    return replace(lot, free=lot.free - volume, taken_bags=taken, counted=counted, promises=promises)


def test_what_was_promised_of_newer_bags_is_not_there_a_second_time() -> None:
    lot = promising(a_lot(**TEN_DAYS), MARCH + timedelta(days=5), Volume.from_oz(50), 12)

    part = later_part(lot, MARCH + timedelta(days=5))

    assert (part.volume, part.bags) == (Volume(), 0)
    assert later_part(lot, MARCH + timedelta(days=9)).volume == Volume()
    assert later_part(lot, MARCH + timedelta(days=1)).volume == Volume.from_oz(40)


def test_a_promise_of_older_bags_takes_the_older_ones_first() -> None:
    lot = promising(a_lot(**TEN_DAYS), MARCH + timedelta(days=2), Volume.from_oz(60))

    from_the_third_day = Volume(lot.volume.microlitres * 8 // 10)
    assert later_part(lot, MARCH + timedelta(days=5)).volume == from_the_third_day - Volume.from_oz(60)
    assert later_part(lot, MARCH + timedelta(days=9)).volume == Volume.from_oz(10)


@pytest.mark.parametrize("day", [None, MARCH, MARCH - timedelta(days=40)])
def test_a_day_that_leaves_nothing_out_means_the_whole_lot(day: date | None) -> None:
    assert part_from(a_lot(**TEN_DAYS), day) == LaterPart(Volume.from_oz(100), 25)


def test_a_lot_that_does_not_tell_its_days_is_held_whole_but_about() -> None:
    lot = a_lot(expressed_from=None, expressed_to=None)

    assert part_from(lot, MARCH).volume == lot.free
    assert is_about(lot.expressed_from, MARCH)


@pytest.mark.parametrize(
    ("days", "is_parted"),
    [
        (TEN_DAYS, True),
        (TEN_DAYS | {"expressed_from": None}, True),
        (TEN_DAYS | {"expressed_to": None}, True),
        ({"expressed_from": MARCH, "expressed_to": MARCH + timedelta(days=4)}, False),
        ({"expressed_from": MARCH + timedelta(days=5), "expressed_to": None}, False),
    ],
)
def test_a_day_may_part_a_lot_whose_known_days_lie_around_it(
    days: dict[str, Any], *, is_parted: bool
) -> None:
    assert may_part(a_lot(**days), MARCH + timedelta(days=5)) is is_parted


def test_of_what_was_counted_only_what_is_on_hold_of_these_bags_is_not_free() -> None:
    sixth = MARCH + timedelta(days=5)
    lot = promising(a_lot(**TEN_DAYS), sixth, Volume.from_oz(20), 5)
    lot = promising(lot, MARCH + timedelta(days=2), Volume.from_oz(10), 2)
    gone = Promise(sixth, Volume.from_oz(8), 2, is_gone=True)
    lot = replace(lot, promises=(*lot.promises, gone))
    ounces = Volume.from_oz(42)

    assert free_of_counted(lot, CountedPart(sixth, ounces, 9)) == LaterPart(ounces - Volume.from_oz(20), 4)


def test_bags_counted_for_other_holds_are_not_free_whatever_their_ounces() -> None:
    lot = a_lot(free=Volume.from_oz(90), taken_bags=25)

    assert (lot.free_bags, most_bags(lot, None)) == (0, 0)


asked = st.tuples(st.integers(0, 30), st.integers(1, 4_000_000), st.one_of(st.none(), st.integers(1, 30)))


@given(days=st.integers(1, 30), requests=st.lists(asked, max_size=12))
@example(days=29, requests=[(1, 1, None), (10, 1, 9), (10, 1, 9)])
def test_holds_that_are_accepted_never_promise_a_day_twice(
    days: int, requests: list[tuple[int, int, int | None]]
) -> None:
    lot = a_lot(expressed_from=MARCH, expressed_to=MARCH + timedelta(days=days - 1))
    for at, much, bags in requests:
        day = MARCH + timedelta(days=at)
        try:
            check_day(lot, day)
            check_amount(lot, Volume(much), bags, VolumeUnit.OZ, day)
        except UserError:
            continue
        lot = promising(lot, day, Volume(much), bags)

    assert lot.free >= Volume()
    assert lot.taken_bags <= 25
    for cut in range(days):
        newer = [one for one in lot.promises if one.only_from >= MARCH + timedelta(days=cut)]
        later = days - cut
        assert sum(one.volume.microlitres for one in newer) * days <= lot.volume.microlitres * later
        assert sum(one.bags or 0 for one in newer) <= -(-25 * later // days)


@given(days=st.integers(2, 60), at=st.integers(1, 59), held=st.integers(0, 2_000_000))
def test_what_the_form_proposes_is_accepted(days: int, at: int, held: int) -> None:
    lot = a_lot(expressed_from=MARCH, expressed_to=MARCH + timedelta(days=days - 1))
    lot = promising(lot, MARCH + timedelta(days=days // 2), Volume(held))
    day = MARCH + timedelta(days=min(at, days - 1))

    part = part_from(lot, day)

    if part.volume:
        check_amount(lot, part.volume, part.bags or None, VolumeUnit.OZ, day)
