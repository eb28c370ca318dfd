"""What a household needs a day and how long its milk lasts: worked examples and a day-by-day model."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.domain.milk.arriving import lacking, lasts_with, with_arrivals
from coordinator.domain.milk.needs import (
    Arrival,
    Babies,
    Intake,
    IntakeBand,
    IntakePolicy,
    lasts_until,
    need_a_day,
    runway,
    stretches,
)
from coordinator.domain.volume import Volume
from tests.unit.milk.full_days import full_days

BORN = date(2026, 6, 1)
COUNTED = date(2026, 11, 1)


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def flat(ounces: float) -> IntakePolicy:
    return IntakePolicy((IntakeBand(0, oz(ounces), oz(ounces), oz(ounces)),), "a test")


@pytest.mark.parametrize(("intake", "days"), [(30, 115), (25, 142), (19, 200)])
def test_three_thousand_ounces_beside_four_of_her_own_last(intake: float, days: int) -> None:
    assert full_days(oz(3000), oz(intake) - oz(4)) == days
    assert lasts_until(flat(intake), BORN, 1, oz(4), oz(3000), COUNTED) == COUNTED + timedelta(days=days - 1)


def test_the_shipped_band_of_a_baby_of_three_months_is_nineteen_twenty_five_thirty() -> None:
    band = load_intake_policy().band_for(90)

    assert (band.low, band.expected, band.high) == (oz(19), oz(25), oz(30))


def test_nothing_is_needed_where_her_own_supply_is_enough() -> None:
    need = need_a_day(flat(25), BORN, 1, oz(40), COUNTED)

    assert need.low == need.expected == need.high == Volume()
    assert full_days(oz(10), need.expected) is None
    assert lasts_until(flat(25), BORN, 1, oz(40), oz(10), COUNTED) is None


def test_too_little_for_one_day_ended_the_day_before_the_count() -> None:
    assert lasts_until(flat(25), BORN, 1, oz(0), oz(24), COUNTED) == date(2026, 10, 31)
    assert lasts_until(flat(25), BORN, 1, oz(0), oz(25), COUNTED) == COUNTED


def brute_force(policy: IntakePolicy, babies: int, own: float, stock: float) -> date | None:
    """Count whole thousandths of an ounce down, a day at a time."""
    left, day = round(stock * 1000), COUNTED
    for _ in range(3 * 366):
        age = (day - BORN).days
        band = next(b for b in reversed(policy.bands) if b.from_days <= age or b is policy.bands[0])
        eaten = max(round(band.expected.oz * 1000) * babies - round(own * 1000), 0)
        if eaten > left:
            return day - timedelta(days=1)
        left -= eaten
        day += timedelta(days=1)
    return None


@given(
    intakes=st.lists(st.integers(1, 40), min_size=1, max_size=4),
    steps=st.lists(st.integers(1, 200), min_size=3, max_size=3),
    babies=st.integers(1, 3),
    own=st.integers(0, 300),
    stock=st.integers(0, 30_000),
)
def test_the_last_day_is_that_of_counting_down_day_by_day(
    intakes: list[int], steps: list[int], babies: int, own: int, stock: int
) -> None:
    starts = [0, steps[0] + 100, sum(steps[:2]) + 100, sum(steps) + 100]
    policy = IntakePolicy(
        tuple(
            IntakeBand(start, oz(intake), oz(intake), oz(intake))
            for start, intake in zip(starts, intakes, strict=False)
        ),
        "a test",
    )

    found = lasts_until(policy, BORN, babies, oz(own / 10), oz(stock / 10), COUNTED)

    assert found == brute_force(policy, babies, own / 10, stock / 10)


@given(stock=st.integers(0, 9000), more=st.integers(0, 900), babies=st.integers(1, 3))
def test_more_milk_never_ends_sooner_and_another_baby_never_later(stock: int, more: int, babies: int) -> None:
    policy = load_intake_policy()

    def last(ounces: int, children: int) -> date:
        return lasts_until(policy, BORN, children, oz(4), oz(ounces), COUNTED) or date.max

    assert last(stock + more, babies) >= last(stock, babies)
    assert last(stock, babies + 1) <= last(stock, babies)


def test_what_nobody_knows_is_named_and_a_supply_not_asked_counts_as_none() -> None:
    policy = flat(25)

    unborn = runway(policy, None, 1, oz(4), oz(100), COUNTED, COUNTED)
    assert (unborn.need, unborn.lasts_until) == (None, None)
    assert [str(what) for what in unborn.unknown] == ["baby's birth date"]
    blank = runway(policy, BORN, 2, None, None, None, COUNTED)
    assert blank.need is not None
    assert (blank.need.expected, blank.lasts_until) == (oz(25) * 2, None)
    assert [str(what) for what in blank.unknown] == ["own supply", "milk at home"]
    known = runway(policy, BORN, 1, oz(0), oz(250), None, COUNTED)
    assert (known.lasts_until, known.unknown) == (COUNTED + timedelta(days=9), ())


def test_the_mother_of_the_story_lacks_twenty_one_ounces_a_day() -> None:
    """Domain, section 0: about 4 oz a day of her own, over 3000 oz brought home in two trips."""
    born, counted = date(2026, 8, 1), date(2026, 10, 1)
    found = runway(load_intake_policy(), born, 1, oz(4), oz(3000), counted, counted)

    assert found.need is not None
    assert (found.need.low, found.need.expected, found.need.high) == (oz(15), oz(21), oz(26))
    assert [full_days(oz(3000), amount) for amount in (found.need.high, found.need.expected)] == [115, 142]
    assert full_days(oz(3000), found.need.low) == 200
    assert found.soonest == counted + timedelta(days=114)
    assert found.lasts_until == counted + timedelta(days=141)
    assert found.band is not None
    assert "KellyMom" in found.band.seen_in


def test_the_last_day_at_low_intake_follows_the_baby_past_seven_months() -> None:
    """200 days at 15 oz end after the band falls at seven months, so the milk lasts a little longer."""
    born = date(2026, 8, 1)
    found = runway(load_intake_policy(), born, 1, oz(4), oz(3000), date(2026, 9, 1), date(2026, 9, 1))

    assert found.latest is not None
    assert found.latest >= date(2026, 9, 1) + timedelta(days=199)
    assert (found.soonest or date.max) < (found.lasts_until or date.max) < found.latest


@given(stock=st.integers(0, 6000), babies=st.integers(1, 3), age=st.integers(-30, 900))
def test_high_intake_never_ends_later_than_expected_nor_expected_than_low(
    stock: int, babies: int, age: int
) -> None:
    born = COUNTED - timedelta(days=age)

    found = runway(load_intake_policy(), born, babies, oz(4), oz(stock), COUNTED, COUNTED)

    days = [last or date.max for last in (found.soonest, found.lasts_until, found.latest)]
    assert days == sorted(days)


@given(
    age=st.integers(-20, 800),
    first=st.dates(date(2027, 12, 1), date(2028, 4, 1)),
    length=st.integers(0, 200),
    intake=st.sampled_from(Intake),
)
def test_stretches_are_the_days_one_by_one_over_month_ends_and_a_leap_day(
    age: int, first: date, length: int, intake: Intake
) -> None:
    policy, last = load_intake_policy(), first + timedelta(days=length)
    babies = Babies(first - timedelta(days=age), 2, oz(3))

    found = [
        (one.first + timedelta(days=day), one.need)
        for one in stretches(policy, babies, first, last, intake)
        for day in range(one.days)
    ]

    every = [first + timedelta(days=day) for day in range(length + 1)]
    one_by_one = [
        (day, getattr(need_a_day(policy, babies.born, 2, oz(3), day), intake.value)) for day in every
    ]
    assert found == one_by_one


def test_promised_milk_does_not_hide_the_gap_before_it_comes() -> None:
    policy = flat(25)
    family = runway(policy, BORN, 1, oz(5), oz(40), COUNTED, COUNTED)
    coming = (Arrival(COUNTED + timedelta(days=4), oz(60), is_planned=True),)

    found = with_arrivals(policy, family, COUNTED, coming)

    assert found.lasts_until == COUNTED + timedelta(days=1)
    assert found.then_until == COUNTED + timedelta(days=6)
    assert found.coming == oz(60)


@given(
    stock=st.integers(0, 300),
    amounts=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 200)), max_size=4),
)
def test_what_comes_never_makes_milk_end_sooner(stock: int, amounts: list[tuple[int, int]]) -> None:
    policy, family = flat(25), Babies(BORN, 1, oz(4))
    coming = [Arrival(COUNTED + timedelta(days=day), oz(ounces)) for day, ounces in amounts]

    alone = lasts_with(policy, family, oz(stock), COUNTED, [])
    for count in range(1, len(coming) + 1):
        with_more = lasts_with(policy, family, oz(stock), COUNTED, coming[:count])
        assert (with_more or date.max) >= (alone or date.max)


@given(
    stock=st.integers(0, 300),
    counted_before=st.integers(0, 30),
    amounts=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 200)), max_size=4),
    ahead=st.integers(0, 20),
)
def test_just_what_is_lacking_would_last_until_the_day(
    stock: int, counted_before: int, amounts: list[tuple[int, int]], ahead: int
) -> None:
    policy, until = flat(25), COUNTED + timedelta(days=ahead)
    counted = COUNTED - timedelta(days=counted_before)
    coming = tuple(Arrival(COUNTED + timedelta(days=day), oz(ounces)) for day, ounces in amounts)
    family = runway(policy, BORN, 1, oz(4), oz(stock), counted, COUNTED)

    short = lacking(policy, with_arrivals(policy, family, COUNTED, coming), COUNTED, until)

    last = max([COUNTED, *(one.on for one in coming)])
    enough = lasts_with(policy, Babies(BORN, 1, oz(4)), oz(stock), counted, (*coming, Arrival(last, short)))
    assert enough is not None
    assert enough >= min(until, last - timedelta(days=1)) if not short else enough == until
