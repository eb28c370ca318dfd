"""What was left behind waits until as much of its lot is put on hold for its family again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.milk.left_behind import DUST, HeldAgain, Stayed, still_waiting
from coordinator.domain.volume import Volume, total

FAMILY, OTHER = (1, 1), (2, 1)


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def test_a_hold_made_later_takes_what_has_waited_longest() -> None:
    stayed = [Stayed(5, FAMILY, 1, oz(40)), Stayed(9, FAMILY, 2, oz(20))]

    assert still_waiting(stayed, [HeldAgain(10, FAMILY, oz(50))]) == {2: oz(20) - (oz(50) - oz(40))}
    assert still_waiting(stayed, [HeldAgain(7, FAMILY, oz(50))]) == {2: oz(20)}


def test_a_hold_made_earlier_or_for_another_family_takes_nothing() -> None:
    stayed = [Stayed(5, FAMILY, 1, oz(40))]

    assert still_waiting(stayed, [HeldAgain(4, FAMILY, oz(50)), HeldAgain(6, OTHER, oz(50))]) == {1: oz(40)}


def test_a_correction_adds_or_takes_off_what_stayed() -> None:
    stayed = [Stayed(5, FAMILY, 1, oz(40)), Stayed(8, FAMILY, 1, Volume() - oz(30))]

    assert still_waiting(stayed, []) == {1: oz(40) - oz(30)}
    assert still_waiting(stayed, [HeldAgain(6, FAMILY, oz(40))]) == {}


def test_nobody_is_reminded_of_dust() -> None:
    assert still_waiting([Stayed(5, FAMILY, 1, DUST - Volume(1))], []) == {}


_OUNCES = st.integers(0, 60).map(oz)
_GROUPS = st.sampled_from((FAMILY, OTHER))
_STAYED = st.lists(st.builds(Stayed, st.integers(0, 20), st.just(FAMILY), st.integers(1, 3), _OUNCES))
_HELD = st.lists(st.builds(HeldAgain, st.integers(0, 20), _GROUPS, _OUNCES))


@given(stayed=_STAYED, held=_HELD)
def test_never_more_waits_than_stayed_and_never_less_than_was_not_held(
    stayed: list[Stayed], held: list[HeldAgain]
) -> None:
    waiting = total(list(still_waiting(stayed, held).values()))
    there = total([one.change for one in stayed])
    again = total([one.volume for one in held if one.group == FAMILY])

    assert waiting <= there
    assert waiting + again + DUST + DUST + DUST >= there
