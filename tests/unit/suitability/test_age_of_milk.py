"""A family may refuse milk older than so many months: its own word, for milk of the days that are older."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.families.babies import Baby
from coordinator.domain.intervals import first_within, months_later
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, Verdict, VerdictKind
from coordinator.domain.suitability.disclosures import disclosures_of, family_key
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.parts import best_of_lot, parts_of
from tests.builders import SPOKEN_WITH, TODAY, a_baby, a_checked_policy, a_lot, a_plain_no

DONOR = disclosures_of(a_plain_no(), a_checked_policy(), SPOKEN_WITH)
SUMMER = a_lot(expressed_from=date(2026, 6, 1), expressed_to=date(2026, 10, 30))
REASON = "the family takes milk no older than 3 months"


def judged(lot: Lot, baby: Baby, on: date = TODAY, *overruled: Overruling) -> Verdict:
    return verdict_on(lot, baby, DONOR, on, overruled)


def test_only_the_bags_that_are_young_enough_are_taken() -> None:
    verdict = judged(SUMMER, a_baby(oldest_milk_months=3))
    best, part = best_of_lot(SUMMER, a_baby(oldest_milk_months=3), DONOR, TODAY)

    assert verdict.kind is VerdictKind.NOT_A_FIT
    assert verdict.reasons[0].text == REASON
    assert part is not None
    assert part.words == "only bags dated Aug 21, 2026 or later"
    assert best.kind < VerdictKind.NOT_A_FIT


def test_one_month_is_said_as_one() -> None:
    (reason, *_) = judged(SUMMER, a_baby(oldest_milk_months=1)).reasons

    assert reason.text == "the family takes milk no older than a month"


def test_who_says_nothing_takes_milk_of_any_age() -> None:
    assert judged(SUMMER, a_baby()).kind < VerdictKind.NOT_A_FIT


def test_a_lot_without_days_is_asked_about_once() -> None:
    undated = a_lot(expressed_from=None, expressed_to=None)

    assert judged(undated, a_baby(oldest_milk_months=3)) == judged(undated, a_baby())


def test_a_lot_grows_too_old_by_the_day() -> None:
    fresh = a_lot(expressed_from=date(2026, 8, 21), expressed_to=date(2026, 10, 30))
    baby = a_baby(oldest_milk_months=3)

    assert judged(fresh, baby).kind < VerdictKind.NOT_A_FIT
    assert judged(fresh, baby, TODAY + timedelta(days=1)).kind is VerdictKind.NOT_A_FIT


def test_the_parent_may_take_it_after_all_and_that_holds_tomorrow() -> None:
    decided = Overruling(
        rule="oldest_milk_months",
        recipient_code="R-0001",
        by=OverruledBy.PARENT,
        name="Bo Lind",
        on=TODAY,
        disclosed=REASON,
        donor_code="D-0001",
    )

    for on in (TODAY, TODAY + timedelta(days=9)):
        assert judged(SUMMER, a_baby(oldest_milk_months=3), on, decided).kind is VerdictKind.NO_OBJECTION_IF


def test_families_that_take_milk_of_another_age_are_judged_apart() -> None:
    assert family_key(a_baby(oldest_milk_months=3)) != family_key(a_baby(oldest_milk_months=6))


@pytest.mark.parametrize(
    ("months", "on", "first"),
    [
        (1, date(2026, 3, 31), date(2026, 3, 1)),
        (6, date(2026, 2, 28), date(2025, 8, 28)),
        (12, date(2026, 2, 28), date(2025, 2, 28)),
    ],
)
def test_months_of_unlike_length_are_counted_from_the_day_of_the_milk(
    months: int, on: date, first: date
) -> None:
    assert first_within(months, on) == first


@given(st.integers(1, 24), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_first_day_within_is_the_first(months: int, on: date) -> None:
    first = first_within(months, on)

    assert months_later(first, months) >= on
    assert months_later(first - timedelta(days=1), months) < on


DAYS = st.dates(date(2025, 6, 1), TODAY)


@given(DAYS, DAYS, st.integers(1, 24), st.integers(0, 12), st.integers(0, 90))
def test_a_stricter_family_and_a_later_day_never_make_milk_fit(
    one: date, other: date, months: int, more: int, later: int
) -> None:
    lot = a_lot(expressed_from=min(one, other), expressed_to=max(one, other))
    strict, lenient = a_baby(oldest_milk_months=months), a_baby(oldest_milk_months=months + more)

    assert judged(lot, strict).kind >= judged(lot, lenient).kind >= judged(lot, a_baby()).kind
    assert judged(lot, strict, TODAY + timedelta(days=later)).kind >= judged(lot, strict).kind
    for part in parts_of(lot, strict, DONOR, TODAY):
        is_old = months_later(part.first, months) < TODAY
        assert is_old == any(reason.rule == "oldest_milk_months" for reason in part.verdict.reasons)
