import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.pickups import load_pickup_policy, read_pickup_policy
from coordinator.adapters.policies.policy_file import PolicyError
from coordinator.domain.pickups.coolers import (
    cooler_rules,
    coolers_to_bring,
    holds_bricked,
    holds_loose,
    quarts_needed,
)
from coordinator.domain.volume import Volume, VolumeUnit

POLICY = load_pickup_policy()


def test_a_28_quart_cooler_holds_313_6_oz_of_loose_bags() -> None:
    assert holds_loose(28, POLICY) == Volume.from_oz("313.6")
    assert holds_bricked(28, POLICY) == Volume.from_oz("492.8")


def test_five_28_quart_coolers_hold_1500_oz_loose_and_four_do_not() -> None:
    milk = Volume.from_oz(1500)

    assert holds_loose(28 * 5, POLICY) == Volume.from_oz(1568)
    assert cooler_rules(milk, (28,) * 5, None, POLICY) == []
    assert list(map(str, cooler_rules(milk, (28,) * 4, None, POLICY))) == [
        "1,500\u00a0oz loose need five 28-quart coolers; four are here. Packed like bricks it fits."
    ]


def test_coolers_of_several_sizes_are_named_with_what_they_hold() -> None:
    [words] = cooler_rules(Volume.from_oz(3000), (28, 48), None, POLICY)

    assert str(words) == "3,000\u00a0oz loose are too much for these coolers (28, 48 qt hold 851\u00a0oz)."


def test_the_sentence_speaks_the_units_of_the_network() -> None:
    [words] = cooler_rules(Volume.from_ml(20000), (28,), None, POLICY, VolumeUnit.ML)

    assert str(words) == "20,000\u00a0mL loose need three 28-quart coolers; one is here."


def test_what_fits_can_still_be_too_heavy_to_lift() -> None:
    [words] = cooler_rules(Volume.from_oz(500), (48,), 20, POLICY)

    assert str(words) == "With 20 lb a cooler at most, the coolers take 299\u00a0oz; 500\u00a0oz are carried."
    assert cooler_rules(Volume.from_oz(500), (48, 48), 20, POLICY) == []


def test_unknown_coolers_and_no_milk_break_no_rule() -> None:
    assert cooler_rules(Volume.from_oz(500), (), 5, POLICY) == []
    assert cooler_rules(Volume(), (16,), 5, POLICY) == []


def test_the_largest_coolers_come_first_and_no_more_than_needed() -> None:
    assert coolers_to_bring(Volume.from_oz(500), (28, 48, 16), POLICY) == (48,)
    assert coolers_to_bring(Volume.from_oz(600), (28, 48, 16), POLICY) == (48, 28)


@given(st.integers(1, 5000))
def test_the_quarts_needed_hold_the_milk_and_one_quart_less_does_not(ounces: int) -> None:
    milk = Volume.from_oz(ounces)
    quarts = quarts_needed(milk, POLICY)

    assert holds_loose(quarts, POLICY) >= milk
    assert holds_loose(quarts - 1, POLICY) < milk


@pytest.mark.parametrize("missing", ["unit", "seen_in", "status", "checked"])
def test_a_value_without_its_source_is_refused(missing: str) -> None:
    cooler = ("cooler_fill_loose", "cooler_fill_bricked", "ice_packs", "cooler_hours")
    keys = ("minutes_at_stop", *cooler, "lb_per_oz")
    fields = {"value": "0.5", "unit": '"x"', "seen_in": '["x"]', "status": '"copy"', "checked": "2026-11-22"}
    language = fields | {"value": '"English"'}
    whole = "".join(f"[{key}]\n" + "".join(f"{k} = {v}\n" for k, v in fields.items()) for key in keys)
    whole += "[usual_language]\n" + "".join(f"{k} = {v}\n" for k, v in language.items())
    read_pickup_policy(whole)
    line = f"{missing} = {fields[missing]}\n"

    with pytest.raises(PolicyError, match=missing):
        read_pickup_policy(whole.replace(line, "", 1))
