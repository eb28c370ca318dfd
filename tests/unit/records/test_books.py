"""What must be true of the books: each rule, told by what breaks it, and what breaks nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.pickups.plans import PickupKind, PickupState, StopKind
from coordinator.domain.records.balance import (
    BooksError,
    BooksRule,
    Broken,
    broken_of_family,
    broken_of_lot,
    broken_of_pickup,
    newly_broken,
    stops_needed,
)
from coordinator.domain.records.books import FamilyBook, HoldBook, LoadBook, LotBook, PickupBook
from coordinator.domain.volume import Volume
from coordinator.sayings import saying
from tests.builders import TODAY

OZ = Volume.from_oz(1)
LAST = TODAY + timedelta(days=7)


def a_hold(code: str = "H-0001", ounces: int = 40, **fields: Any) -> HoldBook:  # noqa: ANN401 - any field
    """Return an open hold without a yes, made today."""
    plain: dict[str, Any] = {
        "code": code,
        "volume": OZ * ounces,
        "state": HoldState.OPEN,
        "bags": None,
        "only_from": None,
        "made_on": TODAY,
        "expires_on": LAST,
        "donor_yes_on": None,
        "family_yes_on": None,
        "family_code": "R-0001",
        "family_removed_on": None,
    }
    return HoldBook(**(plain | fields))


def a_delivery(code: str = "H-0001", came: int = 40, lost: int = 0, **fields: Any) -> HoldBook:  # noqa: ANN401 - likewise
    """Return a hold that was handed over."""
    yes = {"donor_yes_on": TODAY, "family_yes_on": TODAY}
    figures = {"came": OZ * came, "lost": OZ * lost, "stayed": OZ * (40 - came - lost)}
    return a_hold(code, **({"state": HoldState.DONE} | yes | figures | fields))


def a_lot(*holds: HoldBook, **fields: Any) -> LotBook:  # noqa: ANN401 - likewise
    """Return a lot of 100 oz in 25 bags over ten days."""
    plain: dict[str, Any] = {
        "bags": 25,
        "first": TODAY - timedelta(days=20),
        "last": TODAY - timedelta(days=11),
        "removed_on": None,
        "donor_code": "D-0001",
        "donor_removed_on": None,
    }
    return LotBook("L-0001", OZ * 100, holds=holds, **(plain | fields))


def a_run(*loads: LoadBook, **fields: Any) -> PickupBook:  # noqa: ANN401 - likewise
    """Return a planned run with the stops that *loads* need."""
    stops = tuple(stops_needed(PickupKind.RUN, [(load.giver, load.taker) for load in loads]))
    plain: dict[str, Any] = {
        "kind": PickupKind.RUN,
        "state": PickupState.PLANNED,
        "loads": loads,
        "stops": stops,
        "places": tuple(range(1, len(stops) + 1)),
    }
    return PickupBook("P-0001", **(plain | fields))


AGREED = LoadBook("H-0001", HoldState.AGREED, giver=1, taker=2)
BOTH: dict[str, Any] = {"donor_yes_on": TODAY, "family_yes_on": TODAY}
GONE = TODAY - timedelta(days=1)

BROKEN_LOTS = {
    "held twice": (a_lot(a_hold(ounces=60), a_hold("H-0002", 41)), BooksRule.MILK),
    "held beside what is gone": (a_lot(a_delivery(came=30, lost=10), a_hold("H-0002", 61)), BooksRule.MILK),
    "more bags than there are": (a_lot(a_hold(bags=20), a_hold("H-0002", bags=6)), BooksRule.BAGS),
    "more newer bags than there are": (
        a_lot(a_hold(ounces=40, only_from=TODAY - timedelta(days=12))),
        BooksRule.PART,
    ),
    "dates": (a_lot(first=TODAY, last=GONE), BooksRule.DAYS),
    "only bags newer than the newest": (
        a_lot(a_hold(only_from=TODAY - timedelta(days=10)), last=TODAY - timedelta(days=11)),
        BooksRule.DATED,
    ),
    "a removed lot": (a_lot(a_hold(), removed_on=GONE), BooksRule.LIVING),
    "a removed donor": (a_lot(a_hold(), donor_removed_on=GONE), BooksRule.LIVING),
    "a removed family": (a_lot(a_hold(family_removed_on=GONE)), BooksRule.LIVING),
    "milk of the family itself": (a_lot(a_hold(is_own=True)), BooksRule.OWN),
    "expired, on a planned pickup": (
        a_lot(a_hold(made_on=GONE, expires_on=GONE, pickup_code="P-0001"), removed_on=GONE),
        BooksRule.LIVING,
    ),
    "agreed with one yes": (a_lot(a_hold(state=HoldState.AGREED, donor_yes_on=TODAY)), BooksRule.AGREED),
    "open with both": (a_lot(a_hold(**BOTH)), BooksRule.AGREED),
    "done without a delivery": (a_lot(a_hold(state=HoldState.DONE, **BOTH)), BooksRule.DONE),
    "a delivery of what was released": (a_lot(a_delivery(state=HoldState.RELEASED)), BooksRule.DONE),
    "figures that do not add up": (a_lot(a_delivery(stayed=OZ)), BooksRule.AMOUNTS),
    "ends before it begins": (a_lot(a_hold(expires_on=GONE)), BooksRule.DAYS),
}

BROKEN_PICKUPS = {
    "released on a planned one": (a_run(replace(AGREED, state=HoldState.RELEASED)), BooksRule.LOADS),
    "delivered on a planned one": (a_run(replace(AGREED, is_delivered=True)), BooksRule.LOADS),
    "planned on a settled one": (a_run(AGREED, state=PickupState.SETTLED), BooksRule.LOADS),
    "planned on a cancelled one": (a_run(AGREED, state=PickupState.CANCELLED), BooksRule.LOADS),
    "delivered and not loaded": (
        a_run(
            replace(AGREED, is_loaded=False, is_delivered=True),
            state=PickupState.SETTLED,
            stops=(),
            places=(),
        ),
        BooksRule.LOADS,
    ),
    "no stop for the family": (a_run(AGREED, stops=((StopKind.PICK_UP, 1),), places=(1,)), BooksRule.STOPS),
    "two drops at one door": (
        a_run(
            AGREED,
            stops=((StopKind.PICK_UP, 1), (StopKind.DROP, 2), (StopKind.DROP, 2)),
            places=(1, 2, 3),
        ),
        BooksRule.STOPS,
    ),
    "two stops in one place": (a_run(AGREED, places=(1, 1)), BooksRule.STOPS),
    "a removed volunteer": (
        a_run(AGREED, volunteer_code="V-0001", volunteer_removed_on=GONE),
        BooksRule.VOLUNTEER,
    ),
}

BROKEN_FAMILIES = {
    "a role of a merged family": (FamilyBook(1, donors=("D-0001",), is_merged=True), BooksRule.MERGED),
    "merged into a merged one": (FamilyBook(1, is_merged=True, merged_into_merged=True), BooksRule.MERGED),
    "a donor twice": (FamilyBook(1, donors=("D-0001", "D-0002")), BooksRule.ROLES),
    "two pairs of the same two": (FamilyBook(1, pairs=(("S-0001", "S-0002"),)), BooksRule.PAIRS),
}


@pytest.mark.parametrize("case", BROKEN_LOTS)
def test_what_breaks_a_rule_of_a_lot_is_found_alone(case: str) -> None:
    lot, rule = BROKEN_LOTS[case]

    assert [one.rule for one in broken_of_lot(lot, TODAY)] == [rule]


@pytest.mark.parametrize("case", BROKEN_PICKUPS)
def test_what_breaks_a_rule_of_a_pickup_is_found_alone(case: str) -> None:
    pickup, rule = BROKEN_PICKUPS[case]

    assert {one.rule for one in broken_of_pickup(pickup)} == {rule}


@pytest.mark.parametrize("case", BROKEN_FAMILIES)
def test_what_breaks_a_rule_of_a_family_is_found_alone(case: str) -> None:
    family, rule = BROKEN_FAMILIES[case]

    assert [one.rule for one in broken_of_family(family)] == [rule]


@pytest.mark.parametrize(
    "lot",
    [
        a_lot(a_hold(ounces=100)),
        a_lot(a_hold(ounces=60), a_hold("H-0002", 100, made_on=GONE, expires_on=GONE)),
        a_lot(a_hold("H-0002", 60), a_delivery(came=30, lost=10, gone_bags=9)),
        a_lot(a_hold(state=HoldState.AGREED, expires_on=GONE, made_on=GONE, **BOTH)),
        a_lot(a_hold(made_on=GONE, expires_on=GONE), removed_on=GONE),
        a_lot(a_hold(ounces=40, only_from=TODAY - timedelta(days=14))),
        a_lot(a_delivery(), removed_on=GONE, donor_removed_on=GONE),
    ],
)
def test_what_breaks_nothing_is_let_through(lot: LotBook) -> None:
    assert list(broken_of_lot(lot, TODAY)) == []


def test_a_clock_set_back_finds_what_was_promised_later() -> None:
    later = TODAY + timedelta(days=10)
    agreed = a_hold(ounces=100, state=HoldState.AGREED, **BOTH)
    lot = a_lot(agreed, a_hold("H-0002", 100, made_on=later, expires_on=later))
    before = replace(lot, holds=(replace(agreed, state=HoldState.OPEN, family_yes_on=None), lot.holds[1]))

    assert list(broken_of_lot(before, TODAY)) == []
    assert [one.rule for one in broken_of_lot(lot, TODAY)] == [BooksRule.MILK]


def test_the_sentence_names_codes_and_amounts_and_what_to_do() -> None:
    lot = a_lot(a_hold(ounces=60), a_hold("H-0002", 41))

    assert str(BooksError(list(broken_of_lot(lot, TODAY)))) == (
        "101 oz of the 100 oz of L-0001 would be promised or gone (H-0001, H-0002). "
        "Release H-0001 or H-0002 first. Nothing was saved."
    )


amounts = st.lists(st.integers(1, 60), max_size=4)


@given(held=amounts, gone=amounts)
def test_a_lot_balances_exactly_while_no_more_is_promised_than_it_holds(
    held: list[int], gone: list[int]
) -> None:
    holds = [a_hold(f"H-{number:04}", ounces) for number, ounces in enumerate(held)]
    done = [
        a_delivery(f"H-1{number:03}", volume=OZ * ounces, came=0, lost=ounces, stayed=Volume())
        for number, ounces in enumerate(min(one, 40) for one in gone)
    ]
    taken = sum(held) + sum(min(one, 40) for one in gone)

    found = list(broken_of_lot(a_lot(*holds, *done), TODAY))

    assert [one.by for one in found] == ([] if taken <= 100 else [(OZ * (taken - 100)).microlitres])


def test_what_was_broken_before_may_be_mended_step_by_step_but_not_made_worse() -> None:
    def a_break(by: int) -> Broken:
        return Broken(BooksRule.MILK, "L-0001", saying("Too much."), by)

    assert newly_broken([a_break(5)], [a_break(10)]) == ()
    assert newly_broken([a_break(10)], [a_break(10)]) == ()
    assert newly_broken([a_break(11)], [a_break(10)]) == (a_break(11),)
    assert newly_broken([a_break(5)], []) == (a_break(5),)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(3, 6)), min_size=1, max_size=6))
def test_a_run_needs_each_household_once_however_many_holds_it_has(ways: list[tuple[int, int]]) -> None:
    needed = list(stops_needed(PickupKind.RUN, ways))

    assert len(needed) == len({giver for giver, _ in ways}) + len({taker for _, taker in ways})
    assert len(set(needed)) == len(needed)
