"""The network's weeks: volumes add exactly, every trait is counted, promised milk is used from its day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.domain.families.babies import Willing
from coordinator.domain.milk.needs import Arrival, Babies, IntakeBand, IntakePolicy, stretches
from coordinator.domain.milk.runways import (
    EVERYBODY,
    WEEKS,
    Family,
    Trait,
    TraitKind,
    network_runway,
    traits_of,
    unmet_by_week,
)
from coordinator.domain.volume import Volume, total
from tests.builders import TODAY, a_baby

BORN = date(2026, 8, 1)
DAIRY_FREE = Trait(TraitKind.WITHOUT_FOOD, "dairy")


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


A_WEEK = (oz(25) - oz(5)) * 7
"""What a family lacks a week at 25 oz a day beside 5 of its own."""


def flat(ounces: float) -> IntakePolicy:
    return IntakePolicy((IntakeBand(0, oz(ounces), oz(ounces), oz(ounces)),), "a test")


def a_family(code: str = "R-0001", ounces: float | None = 0, **changes: object) -> Family:
    stock = None if ounces is None else oz(ounces)
    fields: dict[str, object] = {"babies": Babies(BORN, 1, oz(5)), "stock": stock, "stock_on": TODAY}
    return Family(code, **(fields | changes))  # type: ignore[arg-type] # any field of a family


def test_milk_at_home_is_used_before_anything_is_missing() -> None:
    missing = unmet_by_week(flat(25), a_family(ounces=200), TODAY)

    assert missing is not None
    assert [week.expected for week in missing] == [oz(0), A_WEEK * 2 - oz(200), *[A_WEEK] * 6]


def test_promised_milk_counts_from_the_day_it_comes() -> None:
    coming = (Arrival(TODAY + timedelta(days=7), A_WEEK),)

    missing = unmet_by_week(flat(25), a_family(to_come=coming), TODAY)

    assert missing is not None
    assert [week.expected for week in missing[:3]] == [A_WEEK, oz(0), A_WEEK]


def test_what_was_missing_before_today_is_past() -> None:
    family = a_family(ounces=20, stock_on=TODAY - timedelta(days=60))

    missing = unmet_by_week(flat(25), family, TODAY)

    assert missing is not None
    assert {week.expected for week in missing} == {A_WEEK}


@given(
    stock=st.integers(0, 3000),
    back=st.integers(0, 20),
    babies=st.integers(1, 3),
    age=st.integers(0, 500),
    coming=st.lists(st.tuples(st.integers(0, 55), st.integers(1, 400)), max_size=5),
)
def test_need_is_what_was_used_and_what_is_missing_to_the_microlitre(
    stock: int, back: int, babies: int, age: int, coming: list[tuple[int, int]]
) -> None:
    policy, family = load_intake_policy(), Babies(TODAY - timedelta(days=age), babies, oz(4))
    arrivals = tuple(Arrival(TODAY + timedelta(days=day), oz(ounces)) for day, ounces in coming)
    first, last = TODAY - timedelta(days=back), TODAY + timedelta(days=7 * WEEKS - 1)
    record = Family("R-0001", family, oz(stock), first, arrivals)

    missing = unmet_by_week(policy, record, TODAY)

    assert missing is not None
    left, used, past = oz(stock), Volume(), Volume()
    for one in stretches(policy, family, first, last):
        for nth in range(one.days):
            day = one.first + timedelta(days=nth)
            left += total([arrival.volume for arrival in arrivals if arrival.on == day])
            taken = min(one.need, left)
            left, used = left - taken, used + taken
            past += one.need - taken if day < TODAY else Volume()
    need = total([one.need * one.days for one in stretches(policy, family, first, last)])
    assert total([week.expected for week in missing]) + used + past == need
    assert oz(stock) + total([arrival.volume for arrival in arrivals]) == used + left


@given(stock=st.integers(0, 2000), more=st.integers(0, 500), babies=st.integers(1, 3))
def test_more_milk_never_lacks_more_and_another_baby_never_less(stock: int, more: int, babies: int) -> None:
    def lacking(ounces: int, count: int) -> list[Volume]:
        family = a_family(ounces=ounces, babies=Babies(BORN, count, oz(4)))
        found = unmet_by_week(load_intake_policy(), family, TODAY)
        assert found is not None
        return [week.expected for week in found]

    few = lacking(stock, babies)
    assert all(a <= b for a, b in zip(lacking(stock + more, babies), few, strict=True))
    assert all(a >= b for a, b in zip(lacking(stock, babies + 1), few, strict=True))


def test_a_family_counts_under_each_trait_and_once_under_all() -> None:
    picky = a_family("R-0001", traits=(DAIRY_FREE, Trait(TraitKind.NO_NICOTINE)))
    plain = a_family("R-0002")

    found = network_runway(flat(25), [picky, plain], TODAY)

    counted = {row.trait: (row.families, row.in_all.expected) for row in found.rows}
    assert counted == {
        EVERYBODY: (2, A_WEEK * 16),
        DAIRY_FREE: (1, A_WEEK * 8),
        Trait(TraitKind.NO_NICOTINE): (1, A_WEEK * 8),
    }
    assert found.rows[0].trait == EVERYBODY
    assert found.weeks == tuple(TODAY + timedelta(days=7 * week) for week in range(8))


def test_families_nobody_knows_enough_of_are_named_and_not_counted() -> None:
    found = network_runway(
        flat(25), [a_family("R-0001", None), a_family("R-0002", babies=None), a_family("R-0003")], TODAY
    )

    assert found.unknown == ("R-0001", "R-0002")
    assert found.rows[0].families == 1


def test_what_rests_on_an_old_figure_is_told_apart() -> None:
    found = network_runway(flat(25), [a_family("R-0001"), a_family("R-0002", is_stale=True)], TODAY)

    week = found.rows[0].weeks[0]
    assert (week.expected, week.by_old_figures) == (A_WEEK * 2, A_WEEK)


def test_a_network_without_families_lacks_nothing() -> None:
    found = network_runway(load_intake_policy(), [], TODAY)

    assert found.rows[0].in_all.high == Volume()


def test_traits_are_what_the_family_said_and_foods_not_asked_are_one_too() -> None:
    baby = a_baby(must_avoid=("CMPI", "eggs"), medicine_ok=Willing.NO, nicotine_ok=Willing.IF_COMPATIBLE)

    assert [str(trait.words) for trait in traits_of(baby)] == ["without dairy", "without egg", "no medicine"]
    asked_nothing = a_baby(must_avoid=None, medicine_ok=None, nicotine_ok=None)
    assert [str(trait.words) for trait in traits_of(asked_nothing)] == ["foods not asked"]
