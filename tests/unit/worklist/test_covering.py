"""How much can be given at once, when each can take some of several things."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.worklist.covering import covered


def test_what_fits_only_one_goes_to_that_one() -> None:
    wants, free = {"a": 10, "b": 10}, {"any": 10, "only a": 10}

    assert covered(wants, free, {"a": {"any": 10, "only a": 10}, "b": {"any": 10}}) == 20
    assert covered(wants, free, {"a": {"only a": 10, "any": 10}, "b": {"any": 10}}) == 20


def test_somebody_gives_way_over_several_hands() -> None:
    fits = {"a": {"x": 5, "y": 5}, "b": {"y": 5, "z": 5}, "c": {"x": 5}}

    assert covered(dict.fromkeys("abc", 5), dict.fromkeys("xyz", 5), fits) == 15


def test_of_a_lot_no_more_is_given_than_the_part_that_fits() -> None:
    assert covered({"a": 10}, {"x": 10}, {"a": {"x": 4}}) == 4
    assert covered({"a": 10}, {"x": 0}, {"a": {"x": 4}}) == 0
    assert covered({}, {"x": 4}, {}) == 0


def test_a_large_region_where_everybody_takes_the_same_is_done_at_once() -> None:
    """A search for one way at a time took minutes here."""
    lots = {f"L{number}": 300_000 + 7_919 * (number % 31) for number in range(300)}
    wants = {f"R{number}": 5_000_000 + 104_729 * (number % 13) for number in range(60)}
    fits = {
        who: {what: most for at, (what, most) in enumerate(lots.items()) if (at + i) % 7}
        for i, who in enumerate(wants)
    }
    begun = process_time()

    found = covered(wants, lots, fits)

    assert found == min(sum(wants.values()), sum(lots.values()))
    assert process_time() - begun < 2


small = st.integers(0, 4)


@given(
    wants=st.lists(small, min_size=1, max_size=3),
    free=st.lists(small, min_size=1, max_size=3),
    fits=st.lists(st.lists(small, min_size=3, max_size=3), min_size=3, max_size=3),
)
def test_no_cut_is_smaller_than_what_is_given_and_one_is_as_small(
    wants: list[int], free: list[int], fits: list[list[int]]
) -> None:
    """The most that flows is the least that any cut lets through."""
    who, what = range(len(wants)), range(len(free))
    cuts = []
    for chosen in range(2 ** (len(wants) + len(free))):
        apart = {place for place in range(len(wants) + len(free)) if chosen >> place & 1}
        cut = sum(wants[a] for a in who if a not in apart)
        cut += sum(free[b] for b in what if len(wants) + b in apart)
        cut += sum(fits[a][b] for a in who for b in what if a in apart and len(wants) + b not in apart)
        cuts.append(cut)

    given_at_most = covered(
        {str(a): wants[a] for a in who},
        {str(b): free[b] for b in what},
        {str(a): {str(b): fits[a][b] for b in what} for a in who},
    )

    assert given_at_most == min(cuts)
