"""Milk near its last day, by whatever rule is brought."""

from datetime import date, timedelta

from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.milk.expiring import LastDay, outlook
from coordinator.domain.milk.lots import Freezer, Lot
from coordinator.domain.volume import Volume
from coordinator.services.milk.expiring import last_day_by
from tests.builders import TODAY, a_lot


def after_100_days(lot: Lot) -> LastDay | None:
    if lot.expressed_from is None:
        return None
    return LastDay(lot.expressed_from + timedelta(days=100), "100 days")


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_milk_is_ready_near_or_past_its_last_day() -> None:
    fresh = a_lot("L-0001", expressed_from=days_ago(20), expressed_to=days_ago(1))
    edge = a_lot("L-0002", expressed_from=days_ago(70), expressed_to=days_ago(60))
    today = a_lot("L-0003", expressed_from=days_ago(100), expressed_to=days_ago(60))
    partly = a_lot("L-0004", expressed_from=days_ago(101), expressed_to=days_ago(60))
    gone = a_lot("L-0005", expressed_from=days_ago(150), expressed_to=days_ago(101))

    found = outlook([fresh, edge, today, partly, gone], after_100_days, TODAY)

    assert [one.lot.code for one in found.soon] == ["L-0003", "L-0002"]
    assert [one.lot.code for one in found.past] == ["L-0005", "L-0004"]
    assert found.ready == Volume.from_oz(400)
    assert found.soon_volume == Volume.from_oz(100) * 2


def test_milk_with_31_days_left_is_not_near() -> None:
    lot = a_lot(expressed_from=days_ago(69), expressed_to=days_ago(60))

    assert outlook([lot], after_100_days, TODAY).soon == ()


def test_held_milk_is_nobodys_to_find_a_baby_for_and_undated_milk_is_told_apart() -> None:
    held = a_lot("L-0001", free=Volume(), expressed_from=days_ago(90))
    undated = a_lot("L-0002", expressed_from=None, expressed_to=None)

    found = outlook([held, undated], after_100_days, TODAY)

    assert (found.soon, found.past) == ((), ())
    assert found.unknown == found.ready == Volume.from_oz(100)


def test_the_policy_in_use_says_the_last_day_and_which_value_says_so() -> None:
    lot = a_lot(expressed_from=date(2026, 2, 28), freezer=Freezer.DEEP_MANUAL)

    found = last_day_by(load_profile())(lot)

    assert found is not None
    assert found.on == date(2027, 2, 28)
    assert found.why == "Community sharing: 12 months from expression"
    assert not found.assumed


def test_a_freezer_nobody_asked_about_is_said_to_be_assumed() -> None:
    found = last_day_by(load_profile())(a_lot(freezer=None))

    assert found is not None
    assert found.assumed
