"""What the coordinator wished of a plan is asked of the solver only as far as it can be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.domain.planning.allocating import task_of
from coordinator.domain.planning.network import Home, Pair, PlanBaby, PlanLot, PlanNetwork, Week, Wishes
from coordinator.domain.planning.weights import with_own_weights
from coordinator.domain.planning.wishes import (
    homes_of_pins,
    possible,
    still_there,
    with_forbidden,
    with_pin,
    without,
)

KEY, OTHER = ("L-0001", "R-0001"), ("L-0001", "R-0002")
BAG_OZ, BAGS = 4.0, 10
NETWORK = PlanNetwork(
    babies=tuple(PlanBaby(code, code, 9, (Week(100, 7),)) for code in ("R-0001", "R-0002")),
    lots=(PlanLot("L-0001", "D-0001", "Ada", 1, BAG_OZ * BAGS, BAG_OZ),),
    pairs=(
        Pair("L-0001", "R-0001", "D-0001", 10, homes=frozenset({1})),
        Pair("L-0001", "R-0002", "D-0001", 10),
    ),
    homes={1: Home(1, "D-0001", "Ada"), 9: Home(9, "R-0001", "Inès", may_be_rung=False)},
)


@given(st.floats(0.1, 500), st.floats(0.1, 500))
def test_pins_never_ask_for_more_than_is_free_nor_for_part_of_a_bag(one: float, other: float) -> None:
    found = possible(Wishes(pins={KEY: one, OTHER: other}), NETWORK).pins

    assert sum(found.values()) <= BAG_OZ * BAGS + 1e-6
    assert all(abs(much / BAG_OZ - round(much / BAG_OZ)) < 1e-6 and much > 0 for much in found.values())
    assert all(much <= max(one, other) + 1e-5 for much in found.values())


@given(st.floats(0.1, 90), st.floats(0.1, 500), st.sampled_from([KEY, None]))
def test_pins_never_overfill_a_freezer_and_the_one_asked_for_last_is_cut(
    room: float, one: float, last: tuple[str, str] | None
) -> None:
    other_lot = replace(NETWORK.lots[0], code="L-0002")
    babies = (replace(NETWORK.babies[0], room_oz=room), NETWORK.babies[1])
    pairs = (NETWORK.pairs[0], replace(NETWORK.pairs[0], lot="L-0002"))
    network = replace(NETWORK, babies=babies, lots=(*NETWORK.lots, other_lot), pairs=pairs)
    second = ("L-0002", "R-0001")
    wishes = Wishes(pins={KEY: one, second: 8.0})

    found = possible(wishes, network, last=last).pins

    assert sum(found.values()) <= room + 1e-5
    if last and room >= 8:
        assert found[second] == 8.0
    task = task_of(network, possible(wishes, network), load_plan_policy(), all_rung=True)
    assert task.rooms["R-0001"] <= max(room, 0) + 1e-5


def test_a_pin_of_milk_that_may_not_go_there_any_more_is_left_out() -> None:
    wishes = Wishes(pins={("L-0001", "R-0009"): 8.0, ("L-0009", "R-0001"): 8.0, KEY: 8.0})

    assert possible(wishes, NETWORK).pins == {KEY: 8.0}
    assert homes_of_pins(possible(wishes, NETWORK), NETWORK) == {1}


def test_a_pin_and_a_no_take_each_other_back() -> None:
    pinned = with_pin(Wishes(), KEY, 8.0)
    kept_away = with_forbidden(pinned, KEY)

    assert kept_away == Wishes(forbidden=frozenset({KEY}))
    assert with_pin(kept_away, KEY, 4.0) == with_pin(Wishes(), KEY, 4.0)
    assert without(kept_away, KEY) == Wishes()


def test_wishes_about_milk_that_is_gone_are_forgotten() -> None:
    wishes = with_forbidden(with_pin(Wishes(), KEY, 8.0), OTHER)

    assert still_there(wishes, ["L-0001"], ["R-0002"]) == with_forbidden(Wishes(), OTHER)
    assert still_there(wishes, [], ["R-0001", "R-0002"]) == Wishes()


def test_her_own_weights_are_used_and_printed() -> None:
    ours = load_plan_policy()

    hers = with_own_weights(ours, {"smallest": 60.0, "minute": 0.01, "weeks": 9.0})

    assert (hers.smallest_oz, hers.minute, hers.weeks) == (60.0, 0.01, ours.weeks)
    shown = {weight.key: weight.value for weight in hers.printed}
    assert (shown["smallest"], shown["minute"]) == (60.0, 0.01)
    assert with_own_weights(ours, {}) == ours
