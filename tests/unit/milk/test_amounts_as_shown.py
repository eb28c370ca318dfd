"""What is shown of an amount can be typed back, and nothing too little to be shown is left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from coordinator.domain.agreements.checks import as_held, check_amount
from coordinator.domain.milk.lots import Lot, Promise
from coordinator.domain.milk.splitting import CountedPart, counted_of, part_from
from coordinator.domain.pickups.plans import Outcome
from coordinator.domain.pickups.settling import settled
from coordinator.domain.volume import KEPT_APART, Volume, VolumeUnit, as_kept, as_part, as_shown
from tests.builders import a_lot
from tests.unit.pickups.test_trips import a_hold

MARCH = date(2026, 3, 1)
AMOUNTS = st.integers(1, 10**9).map(Volume)
UNITS = st.sampled_from(VolumeUnit)


def oz(ounces: float) -> Volume:
    return Volume.from_oz(ounces)


def is_whole_or_kept_apart(rest: Volume, unit: VolumeUnit) -> bool:
    return not rest or rest.in_unit(unit) >= KEPT_APART


@given(AMOUNTS, UNITS)
@example(oz(37.6), VolumeUnit.OZ)
@example(oz(37.4), VolumeUnit.OZ)
@example(oz(9.96), VolumeUnit.OZ)
def test_the_figure_shown_means_all_of_it(there: Volume, unit: VolumeUnit) -> None:
    shown = as_shown(there, unit)
    assume(shown)

    assert as_part(shown, there, unit) == there
    assert as_kept(shown, there, unit) == there


@given(AMOUNTS, AMOUNTS, UNITS)
def test_no_dust_is_left_whatever_is_typed(typed: Volume, there: Volume, unit: VolumeUnit) -> None:
    meant = as_part(typed, there, unit)

    assert meant in (typed, there)
    assert meant > there or is_whole_or_kept_apart(there - meant, unit)


@pytest.mark.parametrize(("typed", "meant"), [(38, 37.6), (37.2, 37.6), (37, 37), (39, 39), (0, 0)])
def test_of_37_6_oz_only_what_looks_like_it_or_leaves_dust_is_all_of_it(typed: float, meant: float) -> None:
    assert as_part(oz(typed), oz(37.6), VolumeUnit.OZ) == oz(meant)


def test_a_figure_that_is_not_shown_is_taken_to_the_letter() -> None:
    assert as_kept(oz(37.9), oz(37.6), VolumeUnit.OZ) == oz(37.9)
    assert as_kept(oz(38), None, VolumeUnit.OZ) == oz(38)


@st.composite
def lots(draw: st.DrawFn) -> Lot:
    """Draw a lot of which newer bags are promised to somebody."""
    volume, days = draw(AMOUNTS), draw(st.integers(1, 60))
    lot = a_lot(
        volume=volume,
        free=volume,
        bags=draw(st.none() | st.integers(1, 400)),
        expressed_from=MARCH,
        expressed_to=MARCH + timedelta(days=days - 1),
    )
    day = MARCH + timedelta(days=draw(st.integers(0, days - 1)))
    promised = Volume(draw(st.integers(0, part_from(lot, day).volume.microlitres)))
    return replace(lot, free=volume - promised, promises=(Promise(day, promised),) if promised else ())


@given(lots(), UNITS, st.none() | st.integers(0, 59))
def test_whatever_is_shown_as_free_can_be_held_and_leaves_nothing_or_half_a_unit(
    lot: Lot, unit: VolumeUnit, at: int | None
) -> None:
    day = None if at is None else min(MARCH + timedelta(days=at), lot.expressed_to or MARCH)
    part = part_from(lot, day)
    typed = as_shown(part.volume, unit)
    assume(typed)

    volume, bags = as_held(lot, typed, part.bags or None, unit, day)
    check_amount(lot, volume, bags, unit, day)

    assert volume == part.volume
    assert is_whole_or_kept_apart(part.volume - volume, unit)


@given(lots(), UNITS, st.integers(1, 10**9))
def test_what_is_held_leaves_nothing_or_half_a_unit(lot: Lot, unit: VolumeUnit, much: int) -> None:
    typed = Volume(min(much, lot.free.microlitres))
    assume(typed)

    volume, _ = as_held(lot, typed, None, unit)

    assert is_whole_or_kept_apart(lot.free - volume, unit)


def test_dust_goes_with_the_last_bag() -> None:
    lot = a_lot(volume=oz(37.4), free=oz(37.4), bags=10)

    assert as_held(lot, oz(37), 9, VolumeUnit.OZ) == (oz(37.4), 10)
    assert as_held(lot, oz(30), 8, VolumeUnit.OZ) == (oz(30), 8)


def test_what_was_counted_as_shown_is_all_that_lies_there() -> None:
    lot = a_lot(volume=oz(37.6), free=oz(37.6))

    assert counted_of(lot, CountedPart(MARCH, oz(38)), VolumeUnit.OZ).volume == oz(37.6)


@given(AMOUNTS, UNITS, st.sampled_from(["delivered", "left_behind", "lost"]))
def test_what_is_shown_as_planned_can_be_typed_back(planned: Volume, unit: VolumeUnit, where: str) -> None:
    shown = as_shown(planned, unit)
    assume(shown)
    hold = replace(a_hold("H-0001", 40), volume=planned)

    [line] = settled([hold], [Outcome("H-0001", **{where: shown})], unit)  # type: ignore[arg-type] # an amount

    assert getattr(line, where) == planned
    assert line.delivered + line.left_behind + line.lost == planned
    assert line.bags == (hold.bags if where == "delivered" else None)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 400), UNITS)
def test_bags_that_came_follow_the_ounces_and_are_never_more_than_were_held(
    planned: int, came: int, lost: int, bags: int, unit: VolumeUnit
) -> None:
    assume(came + lost <= planned)
    hold = replace(a_hold("H-0001", 40), volume=Volume(planned), bags=bags)

    [line] = settled([hold], [Outcome("H-0001", delivered=Volume(came), lost=Volume(lost))], unit)

    assert line.bags is not None
    assert 1 <= line.bags <= bags
    assert line.delivered != hold.volume or line.bags == bags
