"""A week of volunteers against the milk that waits: no hour is counted that nobody told."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.pickups.crew_week import Doors, Stands, VolunteerDay, VolunteerWeek, covered
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.volume import Volume

MONDAY = date(2026, 11, 23)
SEVEN = [MONDAY + timedelta(days=at) for at in range(7)]
HOURS = st.sampled_from(((), (Hours(540, 720),), (Hours(540, 600), Hours(900, 1080))))
DAYS = st.builds(VolunteerDay, HOURS, st.booleans(), st.booleans(), st.sampled_from(((), ("P-0001",))))
VOLUNTEERS = st.lists(
    st.builds(
        VolunteerWeek,
        st.just("V-0001"),
        st.just("Ann"),
        st.just("Sat"),
        st.sampled_from((None, 90, 300)),
        st.tuples(*[DAYS] * 7),
    ),
    max_size=4,
)


def a_door(*fits: bool | None) -> Doors:
    return Doors("H-0001", Volume.from_oz(40), "D-0001", "Zoë", "Sat", "R-0001", "Roy", "", fits)


@given(VOLUNTEERS, st.tuples(*[st.sampled_from((True, False, None))] * 7))
def test_only_told_hours_of_who_is_there_and_drives_nothing_count(
    volunteers: list[VolunteerWeek], fits: tuple[bool | None, ...]
) -> None:
    found = covered(SEVEN, volunteers, [a_door(*fits)], [0] * 7)
    for at, cover in enumerate(found):
        here = [one.days[at] for one in volunteers]
        free = [one for one in here if one.is_told and one.hours and not one.is_away and not one.runs]
        assert cover.free == len(free)
        assert cover.minutes <= sum(h.closes - h.opens for one in free for h in one.hours)
        assert (cover.minutes > 0) == bool(free)
        assert cover.driving == sum(bool(one.runs) for one in here)
        assert cover.holds == (fits[at] is not False)
        assert cover.is_uncovered == (fits[at] is not False and not free and not cover.driving)


def test_a_run_is_seen_also_of_who_is_away() -> None:
    assert VolunteerDay((), is_told=True, is_away=True, runs=("P-0001",)).stands is Stands.DRIVES
    assert VolunteerDay((), is_told=False, is_away=True).stands is Stands.AWAY
