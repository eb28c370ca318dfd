"""What a sheet tells besides ounces: times and notes, kept, corrected, and dealt with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.bootstrap import Database
from coordinator.domain.paper.sheet_numbers import SheetNumber
from coordinator.domain.pickups.plans import Correction, Outcome, Pickup, PickupKind
from coordinator.domain.pickups.sheet_told import SheetTold, StopTimes, TimesDoubtError, notes_of
from coordinator.errors import UserError
from coordinator.services.paper import sheets
from coordinator.services.paper.printed_sheets import printed_sheet
from coordinator.services.pickups import planning, sheet_told
from coordinator.services.records import history
from coordinator.services.today import today_page
from tests.builders import TODAY
from tests.networks import opened_network
from tests.pickup_builders import a_region


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def a_printed_run(database: Database) -> Pickup:
    """Return a run of two holds of one donor, three stops, printed."""
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, TODAY, region.holds[:2], today=TODAY, driver_code=region.driver
    )
    planning.record_driver_yes(database, code, TODAY)
    sheets.print_pickup_sheet(database, code, TODAY)
    return planning.pickup(database, code, TODAY)


def times_of(pickup: Pickup, *told: tuple[time | None, time | None]) -> tuple[StopTimes, ...]:
    return tuple(StopTimes(stop.id, *one) for stop, one in zip(pickup.stops, told, strict=True))


def seen(database: Database, code: str) -> list[tuple[time | None, time | None]]:
    return [(stop.arrived_at, stop.freezer_at) for stop in planning.pickup(database, code, TODAY).stops]


def test_times_are_kept_doubted_once_corrected_and_undone(database: Database) -> None:
    run = a_printed_run(database)
    wrong = times_of(run, (time(10), time(10, 20)), (time(9), None), (None, None))
    right = times_of(run, (time(9), time(9, 20)), (time(10), time(10, 15)), (None, time(11, 30)))

    with pytest.raises(TimesDoubtError, match="Look at the sheet again"):
        planning.settle(database, run.code, None, TODAY, sheet=SheetTold(wrong))
    assert seen(database, run.code) == [(None, None)] * 3

    planning.settle(database, run.code, None, TODAY, sheet=SheetTold(wrong, is_sure=True))
    planning.settle_again(database, run.code, [], TODAY, sheet=SheetTold(right))
    assert seen(database, run.code) == [(one.arrived_at, one.freezer_at) for one in right]
    minutes = [one.minutes for one in sheet_told.minutes_out(database, run.code, TODAY)]
    assert sorted(minutes) == [55, 130]
    with pytest.raises(UserError, match="already"):
        planning.settle_again(database, run.code, [], TODAY, sheet=SheetTold(right))
    planning.settle_again(database, run.code, [Correction(run.holds[0].code, note="wet box")], TODAY)
    assert seen(database, run.code) == [(one.arrived_at, one.freezer_at) for one in right]
    assert not printed_sheet(database, SheetNumber(run.code, 1), TODAY).is_old

    for _ in range(3):
        history.undo(database)
    assert seen(database, run.code) == [(None, None)] * 3
    history.redo(database)
    assert seen(database, run.code) == [(one.arrived_at, one.freezer_at) for one in wrong]


def test_notes_wait_until_they_are_dealt_with_and_wait_again_when_they_change(database: Database) -> None:
    run = a_printed_run(database)
    first, second = (hold.code for hold in run.holds)
    told = [Outcome(first, note="freezer was full"), Outcome(second)]
    planning.settle(database, run.code, told, TODAY, sheet=SheetTold(note="cooler lid cracked"))

    assert waiting(database) == [run.code, first]
    assert today_page(database, TODAY).notes == sheet_told.notes_waiting(database, TODAY)
    for code in (run.code, first):
        sheet_told.deal_with(database, code, TODAY)
    assert waiting(database) == []
    with pytest.raises(UserError, match="No note of H-0001 waits"):
        sheet_told.deal_with(database, first, TODAY)
    with pytest.raises(UserError, match="No note of H-0003 waits"):
        sheet_told.deal_with(database, "H-0003", TODAY)
    history.undo(database)
    assert waiting(database) == [first]
    history.redo(database)

    planning.settle_again(
        database,
        run.code,
        [Correction(first, note="freezer was full, they ask for less")],
        TODAY,
        sheet=SheetTold(note="cooler lid cracked"),
    )
    assert waiting(database) == [first]
    history.undo(database)
    assert waiting(database) == []


def test_milk_that_was_out_longer_than_the_limit_waits_as_a_question(database: Database) -> None:
    run = a_printed_run(database)
    times = times_of(run, (None, time(9)), (None, time(10)), (None, time(12, 30)))
    planning.settle(database, run.code, None, TODAY, sheet=SheetTold(times))
    settled = planning.pickup(database, run.code, TODAY)

    (note,) = notes_of(settled, 2, {})

    last = settled.stops[2].holds[0]
    assert (note.code, note.card, note.text) == (last.code, last.recipient_code, "")
    assert str(note.asks).startswith("3 h 30 min out of the freezer by the sheet, more than 2 hours")
    assert list(notes_of(settled, 2, {last.code: TODAY})) == []
    assert waiting(database) == []  # no run of a day is longer out than the policy as shipped


def test_a_lower_limit_puts_it_on_today_until_it_is_dealt_with(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_printed_run(database)
    times = times_of(run, (None, time(9)), (None, time(10)), (None, time(12, 30)))
    low = replace(load_pickup_policy(), cooler_hours=2)
    monkeypatch.setattr(sheet_told, "load_pickup_policy", lambda: low)
    planning.settle(database, run.code, None, TODAY, sheet=SheetTold(times))
    last = run.stops[2].holds[0].code

    assert waiting(database) == [last]
    sheet_told.deal_with(database, last, TODAY)
    assert waiting(database) == []
    longer = times_of(run, (None, time(9)), (None, time(10)), (None, time(13)))
    planning.settle_again(database, run.code, [], TODAY, sheet=SheetTold(longer))
    assert waiting(database) == [last]


def waiting(database: Database) -> list[str]:
    return [one.code for one in sheet_told.notes_waiting(database, TODAY)]
