"""What a standing pair proposes: which day, how much of which milk, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.agreements.case_steps import Act, Turn
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import (
    Agreed,
    DayOfPair,
    FitLot,
    StandingPair,
    StandingState,
    When,
    proposed,
)
from coordinator.domain.suitability.standing import Standing, StandingKind
from coordinator.domain.volume import Volume, VolumeUnit
from tests.builders import TODAY

SATURDAY = 5
READY, ONE_CALL = Standing(StandingKind.READY), Standing(StandingKind.ONE_CALL)
EVERY_OTHER = Agreed(Volume.from_oz(25), is_a_day=True, rhythm=Rhythm(SATURDAY, 2), first_on=TODAY)
RHYTHMS = st.builds(Rhythm, st.integers(0, 6), st.integers(1, 6)) | st.builds(
    Rhythm, st.integers(0, 6), st.just(1), st.sampled_from(((1,), (1, 3), (5,), (-1,), (4, -1)))
)
KINDS = st.sampled_from(list(StandingKind)[:4])
LOTS = st.lists(
    st.builds(
        FitLot,
        st.integers(1, 9999).map("L-{:04}".format),
        st.integers(1, 500).map(Volume.from_oz),
        KINDS.map(Standing),
    ),
    max_size=6,
    unique_by=lambda one: one.lot_code,
)


def a_pair(
    agreed: Agreed = EVERY_OTHER, *days: DayOfPair, state: StandingState = StandingState.ACTIVE
) -> StandingPair:
    return StandingPair("S-0001", "D-0001", "Maeve Daly", "R-0001", "Inès Roy", agreed, state, TODAY, days)


@given(RHYTHMS, st.data())
def test_no_day_is_proposed_twice_and_none_that_was_skipped(rhythm: Rhythm, data: st.DataObject) -> None:
    agreed = Agreed(Volume.from_oz(25), is_a_day=True, rhythm=rhythm, first_on=TODAY)
    pair, today, seen = a_pair(agreed), TODAY, set[date]()
    for _ in range(data.draw(st.integers(1, 12))):
        on = pair.next_on(today)
        assert on is not None
        assert on not in seen
        assert on >= today
        assert rhythm.is_day(TODAY, on)
        is_skipped = data.draw(st.booleans())
        state = data.draw(st.sampled_from([HoldState.OPEN, HoldState.AGREED, HoldState.DONE]))
        day = DayOfPair(on, is_skipped, () if is_skipped else (("H-0001", state),))
        seen.add(on)
        pair = a_pair(agreed, *pair.days, day)
        today += timedelta(days=data.draw(st.integers(0, 40)))


@given(LOTS, st.integers(1, 900).map(Volume.from_oz), KINDS.map(Standing))
def test_never_more_is_proposed_than_agreed_or_free_and_what_lacks_is_told(
    lots: list[FitLot], wanted: Volume, baby: Standing
) -> None:
    found = proposed(TODAY, wanted, lots, baby)
    free = {one.lot_code: one.volume for one in lots}

    assert found.volume <= wanted
    assert all(Volume() < part.volume <= free[part.lot_code] for part in found.parts)
    assert found.lacks == wanted - found.volume
    assert [part.lot_code for part in found.parts] == [
        one.lot_code for one in lots if one.lot_code in {part.lot_code for part in found.parts}
    ]


@given(LOTS, st.integers(1, 900).map(Volume.from_oz), KINDS.map(Standing))
def test_ready_is_said_only_where_milk_and_baby_both_are(
    lots: list[FitLot], wanted: Volume, baby: Standing
) -> None:
    found = proposed(TODAY, wanted, lots, baby)
    standing = {one.lot_code: one.standing.kind for one in lots}

    kinds = {standing[part.lot_code] for part in found.parts}
    assert found.is_ready == (bool(kinds) and {*kinds, baby.kind} == {StandingKind.READY})


@given(LOTS, st.integers(1, 900).map(Volume.from_oz))
def test_milk_that_is_asked_about_never_fills_up_what_is_ready(lots: list[FitLot], wanted: Volume) -> None:
    found = proposed(TODAY, wanted, lots, READY)
    standing = {one.lot_code: one.standing.kind for one in lots}

    assert len({standing[part.lot_code] for part in found.parts}) <= 1


def test_so_much_a_day_is_until_the_next_day_of_the_rhythm() -> None:
    monthly = Agreed(Volume.from_oz(10), is_a_day=True, rhythm=Rhythm(4, 1, (1,)), first_on=TODAY)

    assert EVERY_OTHER.volume_on(date(2026, 12, 5)) == Volume.from_oz(25) * 14
    assert monthly.volume_on(date(2026, 12, 4)) == Volume.from_oz(10) * 28
    assert monthly.volume_on(date(2027, 1, 1)) == Volume.from_oz(10) * 35


def test_a_day_that_was_released_is_proposed_again_and_a_handed_over_one_is_not() -> None:
    released = DayOfPair(TODAY, holds=(("H-0001", HoldState.RELEASED),))
    done = DayOfPair(TODAY, holds=(("H-0001", HoldState.RELEASED), ("H-0002", HoldState.DONE)))

    assert a_pair(EVERY_OTHER, released).next_on(TODAY) == TODAY
    assert a_pair(EVERY_OTHER, done).next_on(TODAY) == TODAY + timedelta(days=14)


def test_an_ended_pair_has_no_day_and_one_with_a_last_day_none_after_it() -> None:
    until = Agreed(Volume.from_oz(25), is_a_day=True, rhythm=Rhythm(SATURDAY), first_on=TODAY, ends_on=TODAY)

    assert a_pair(state=StandingState.ENDED).next_on(TODAY) is None
    assert a_pair(until).next_on(TODAY) == TODAY
    assert a_pair(until).next_on(TODAY + timedelta(days=1)) is None


def test_it_is_asked_about_and_renewed_by_the_networks_days() -> None:
    when, on = When(7, 2), date(2026, 12, 12)

    assert when.asks_from(on) == date(2026, 12, 5)
    assert when.renew_by(on) == date(2026, 12, 10)
    assert When(1, 3).asks_from(on) == date(2026, 12, 9)


def test_the_line_says_whom_to_ask_how_much_and_by_when() -> None:
    found = proposed(TODAY, Volume.from_oz(350), [FitLot("L-0001", Volume.from_oz(400), READY)], READY)
    renewal = Renewal(a_pair(), When(7, 2), date(2026, 12, 5), date(2026, 12, 12), found)

    words = "standing pair: next Sat, Dec 12, ask Maeve Daly: 350 oz, renew by Thu, Dec 10"
    assert str(renewal.words(VolumeUnit.OZ)) == words
    assert (renewal.turn, renewal.since, renewal.next.act) == (Turn.YOU, date(2026, 12, 5), Act.RENEW)


def test_what_is_not_ready_is_said_and_has_no_yes_to_click() -> None:
    found = proposed(TODAY, Volume.from_oz(350), [FitLot("L-0001", Volume.from_oz(90), ONE_CALL)], READY)
    renewal = Renewal(a_pair(), When(7, 2), date(2026, 12, 5), date(2026, 12, 12), found)

    words = "only 90 oz of the agreed 350 oz is there · not ready: One call away"
    assert str(renewal.words(VolumeUnit.OZ)).endswith(words)
    assert renewal.next.act is Act.FIND_MILK
