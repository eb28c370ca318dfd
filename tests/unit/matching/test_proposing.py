"""How much a hold proposes: the need until the run after the next, in whole bags."""

from __future__ import annotations

from datetime import date, timedelta

from coordinator.domain.matching.proposing import wanted, whole_bags
from coordinator.domain.milk.needs import Need
from coordinator.domain.milk.splitting import LaterPart
from coordinator.domain.volume import Volume

TUESDAY = date(2026, 11, 24)
SATURDAYS = [date(2026, 11, 7), date(2026, 11, 14), date(2026, 11, 18), date(2026, 11, 21)]
NEED = Need(Volume.from_oz(20), Volume.from_oz(25), Volume.from_oz(30))


def test_it_reaches_until_the_usual_day_after_the_next() -> None:
    found = wanted(NEED, Volume(), SATURDAYS, TUESDAY)

    assert found is not None
    assert (found.until, found.days, found.weekday) == (date(2026, 12, 5), 11, 5)
    assert found.volume == Volume(Volume.from_oz(25).microlitres * 11)


def test_a_run_that_is_planned_is_the_next_whatever_its_day() -> None:
    found = wanted(NEED, Volume(), [*SATURDAYS, TUESDAY + timedelta(days=1)], TUESDAY)

    assert found is not None
    assert found.until == date(2026, 11, 28)


def test_without_any_run_it_is_a_week() -> None:
    found = wanted(NEED, Volume(), [], TUESDAY)

    assert found is not None
    assert (found.days, found.weekday) == (7, None)


def test_what_is_coming_is_taken_off_and_said() -> None:
    found = wanted(NEED, Volume.from_oz(100), [], TUESDAY)

    assert found is not None
    assert (found.volume, found.coming) == (
        Volume(Volume.from_oz(25).microlitres * 7) - Volume.from_oz(100),
        Volume.from_oz(100),
    )


def test_more_is_proposed_in_full_where_all_of_it_is_coming() -> None:
    found = wanted(NEED, Volume.from_oz(900), [], TUESDAY)

    assert found is not None
    assert (found.volume, found.coming) == (Volume(Volume.from_oz(25).microlitres * 7), Volume())


def test_nothing_is_proposed_while_the_need_is_not_known_or_none() -> None:
    assert wanted(None, Volume(), [], TUESDAY) is None
    assert wanted(Need(Volume(), Volume(), Volume()), Volume(), [], TUESDAY) is None


def test_whole_bags_are_proposed_and_never_more_than_there_are() -> None:
    part = LaterPart(Volume.from_oz(100), 20)

    assert whole_bags(part, Volume.from_oz(32)) == LaterPart(Volume.from_oz(35), 7)
    assert whole_bags(part, Volume.from_oz(300)) == part
    assert whole_bags(LaterPart(Volume.from_oz(100), None), Volume.from_oz(32)) == LaterPart(
        Volume.from_oz(32), None
    )
