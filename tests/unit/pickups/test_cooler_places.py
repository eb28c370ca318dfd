"""Which coolers a volunteer has at home: told, noted, lent away, borrowed; none is lost or made up."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.pickups.cooler_places import NONE_HERE, Cooler, Whom, at_home, out_by_place

ANN, ROY, BO = (Whom(1, "V-0001", "Ann"), Whom(2, "R-0007", "Roy"), Whom(3, "V-0002", "Bo"))
ANYBODY = st.sampled_from((None, ANN, ROY, BO))
COOLERS = st.lists(
    st.builds(Cooler, st.just(1), st.just("blue"), st.sampled_from((16, 28, 48)), ANYBODY, ANYBODY),
    max_size=8,
)
TOLD = st.lists(st.sampled_from((16, 28, 48)), max_size=4)


def test_what_she_lent_away_is_not_there_and_what_was_lent_to_her_is() -> None:
    lent, borrowed = Cooler(1, "blue", 28, ANN, ROY), Cooler(2, "grey", 48, None, ANN)
    assert at_home((28, 28), 1, [lent]) == (28,)
    assert at_home((28, 28), 1, [lent, borrowed]) == (28, 48)
    assert at_home((28,), 1, [Cooler(1, "blue", 28, ANN, ANN)]) == (28,)
    assert at_home((), 1, [Cooler(1, "blue", 28, ANN, ANN)]) == (28,)
    assert at_home((28,), 1, [lent]) == NONE_HERE
    assert at_home((), 1, []) == ()


@given(TOLD, COOLERS)
def test_every_noted_cooler_is_at_one_place_at_most(told: list[int], coolers: list[Cooler]) -> None:
    here = Counter(filter(None, at_home(told, 1, coolers)))
    noted_here = Counter(one.quarts for one in coolers if one.at == ANN)
    assert noted_here <= here
    assert sum(here.values()) <= len(told) + noted_here.total()
    assert not here - (Counter(told) + noted_here)


@given(TOLD, COOLERS)
def test_somebody_elses_coolers_change_nothing(told: list[int], coolers: list[Cooler]) -> None:
    others = [one for one in coolers if ANN not in {one.owner, one.at}]
    assert at_home(told, 1, others) == tuple(told)


def test_the_list_says_whose_coolers_are_where_since_when() -> None:
    first, later = date(2026, 11, 7), date(2026, 11, 14)
    out = [Cooler(1, "blue", 28, ANN, ROY, later), Cooler(2, "grey", 28, ANN, ROY, first)]
    more = [
        Cooler(3, "red", 48, None, BO),
        Cooler(4, "white", 48, None, None),
        Cooler(5, "old", 16, BO, None),
    ]
    assert [str(one) for one in out_by_place([*out, *more], date(2026, 11, 28))] == [
        "2 coolers of Ann are with Roy (R-0007), the first since 2026-11-07, 3 weeks.",
        "1 cooler of Bo is with you.",
        "1 cooler of the network is with Bo (V-0002).",
    ]
