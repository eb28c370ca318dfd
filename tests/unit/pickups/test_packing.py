"""What goes into which cooler."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.domain.pickups.coolers import holds_loose
from coordinator.domain.pickups.packing import packed
from coordinator.domain.pickups.plans import Stop, StopKind
from coordinator.domain.volume import Volume, total
from tests.unit.pickups.test_trips import a_hold, a_stop

POLICY = load_pickup_policy()


def picked_up(*families_and_ounces: tuple[str, float]) -> tuple[Stop, ...]:
    return tuple(
        a_stop(StopKind.PICK_UP, None, a_hold(f"H-{at:04}", ounces, recipient_code=family))
        for at, (family, ounces) in enumerate(families_and_ounces, start=1)
    )


def test_five_coolers_hold_the_story_and_four_do_not() -> None:
    stops = picked_up(("R-0001", 1500))

    five, left = packed(stops, (28,) * 5, POLICY)
    _, over = packed(stops, (28,) * 4, POLICY)

    assert left == Volume()
    assert [one.is_all for cooler in five for one in cooler.loads] == [False] * 5
    assert round(over.oz) == 1500 - round(4 * holds_loose(28, POLICY).oz)


def test_milk_of_a_family_lies_together() -> None:
    stops = picked_up(("R-0001", 100), ("R-0002", 100), ("R-0001", 100), ("R-0002", 100))

    coolers, _ = packed(stops, (28, 28), POLICY)

    assert [{load.hold.recipient_code for load in cooler.loads} for cooler in coolers] == [
        {"R-0001"},
        {"R-0002"},
    ]


def test_what_was_dropped_makes_room() -> None:
    hold, later = a_hold("H-0001", 300), a_hold("H-0002", 300, recipient_code="R-0002")
    stops = (
        a_stop(StopKind.PICK_UP, None, hold),
        a_stop(StopKind.DROP, None, hold),
        a_stop(StopKind.PICK_UP, None, later),
    )

    ((cooler,), left) = packed(stops, (28,), POLICY)

    assert left == Volume()
    assert [load.hold.code for load in cooler.loads] == ["H-0001", "H-0002"]


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 800)), min_size=1, max_size=8),
    st.lists(st.sampled_from([9, 16, 28, 48]), max_size=5),
)
def test_no_milk_is_lost_and_no_cooler_is_too_full(
    milk: list[tuple[str, int]], coolers_qt: list[int]
) -> None:
    stops = picked_up(*milk)

    coolers, left = packed(stops, coolers_qt, POLICY)

    inside = [load.volume for cooler in coolers for load in cooler.loads]
    assert total([*inside, left]) == total([stop.holds[0].volume for stop in stops])
    for cooler in coolers:
        assert total([load.volume for load in cooler.loads]) <= holds_loose(cooler.quarts, POLICY)
