"""What a sheet may hold, counts and remembers."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time

import pytest

from coordinator.adapters.pdf.dates_and_amounts import bags, clock, long_date, window
from coordinator.adapters.policies.handling import load_handling, read_handling
from coordinator.domain.paper.sheets import HandlingRule, SheetStop, fingerprint
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.settings import Paper
from coordinator.domain.volume import Volume
from coordinator.sayings import saying
from tests.sheet_builders import a_sheet, a_sheet_stop


def test_a_stop_has_no_field_for_what_a_driver_must_not_read() -> None:
    assert {field.name for field in fields(SheetStop)} == {
        "number",
        "kind",
        "first_name",
        "address_lines",
        "phone",
        "phone_note",
        "window_from",
        "window_to",
        "driver_note",
        "lots",
        "position",
        "check_road",
    }


def test_milk_picked_up_and_dropped_again_is_counted_once() -> None:
    sheet = a_sheet(a_sheet_stop(1), a_sheet_stop(2), a_sheet_stop(3, StopKind.DROP))

    assert sheet.bags == 116
    assert sheet.volume == Volume.from_oz(243) * 2


def test_a_run_that_only_drops_counts_what_it_drops() -> None:
    assert a_sheet(a_sheet_stop(1, StopKind.DROP)).bags == 58


def test_a_changed_stop_changes_the_fingerprint() -> None:
    sheet = a_sheet()
    moved = replace(sheet, stops=(a_sheet_stop(1, window_from=time(9, 6)), sheet.stops[1]))

    assert fingerprint(moved) != fingerprint(sheet)


def test_lunch_changes_the_fingerprint_and_none_leaves_the_old_one() -> None:
    sheet = a_sheet()

    assert fingerprint(replace(sheet, lunch=Lunch(time(12), 30, after=1))) != fingerprint(sheet)
    assert "lunch" not in repr(sheet)


def test_what_to_bring_counts_by_its_english_words() -> None:
    said = a_sheet(bring=(saying("{n} ice packs", n=6),))

    assert fingerprint(said) == fingerprint(a_sheet(bring=("6 ice packs",)))


def test_printing_again_leaves_the_fingerprint() -> None:
    assert fingerprint(a_sheet(sheet_number="P-0142-2")) == fingerprint(a_sheet())


def test_where_a_handling_line_was_seen_and_that_it_was_checked_changes_no_fingerprint() -> None:
    sheet = a_sheet()
    cooler = sheet.handling.cooler_with_ice_packs
    seen = replace(cooler, seen_in="elsewhere", status="primary", checked=date(2027, 1, 1))
    other = replace(cooler, value=12)

    def on_it(rule: HandlingRule) -> str:
        return fingerprint(replace(sheet, handling=replace(sheet.handling, cooler_with_ice_packs=rule)))

    assert on_it(seen) == fingerprint(sheet)
    assert on_it(other) != fingerprint(sheet)


def test_every_handling_value_says_where_it_was_seen() -> None:
    handling = load_handling()
    rules = [getattr(handling, field.name) for field in fields(handling) if field.name != "review"]

    assert len(rules) == 4
    for rule in rules:
        assert rule.seen_in
        assert rule.unit
        assert rule.status in {"primary", "copy", "unverified"}
        assert isinstance(rule.checked, date)


@pytest.mark.parametrize("text", ["", 'review = "x"', 'review = "x"\n[ice_crystals]\nvalue = "freezer"'])
def test_a_handling_file_with_something_missing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"handling\.toml"):
        read_handling(text)


def test_a_handling_value_of_unknown_standing_is_refused() -> None:
    rule = 'value = 1\nunit = "h"\nauthority = "a"\nseen_in = "b"\nstatus = "sure"\nchecked = 2026-11-22\n'
    names = ("cooler_with_ice_packs", "thawed_in_refrigerator", "refreeze_thawed", "ice_crystals")
    text = 'review = "x"\n' + "".join(f"[{name}]\n{rule}" for name in names)

    with pytest.raises(ValueError, match="sure"):
        read_handling(text)


@pytest.mark.parametrize(
    ("start", "end", "hours_24", "written"),
    [
        (time(9, 5), time(9, 20), False, "9:05–9:20\u00a0am"),
        (time(11, 30), time(12, 15), False, "11:30\u00a0am–12:15\u00a0pm"),
        (time(9, 5), time(9, 20), True, "09:05–09:20"),
        (time(9, 5), time(9, 5), False, "9:05\u00a0am"),
        (time(9, 5), None, False, "from 9:05\u00a0am"),
        (None, time(21, 0), False, "until 9:00\u00a0pm"),
        (None, None, False, ""),
    ],
)
def test_a_time_window_is_written_as_people_say_it(
    start: time | None, end: time | None, *, hours_24: bool, written: str
) -> None:
    assert window(start, end, hours_24=hours_24) == written


def test_midnight_and_noon_are_not_mixed_up() -> None:
    assert clock(time(0, 5), hours_24=False) == "12:05\u00a0am"
    assert clock(time(12, 5), hours_24=False) == "12:05\u00a0pm"


def test_a_date_names_its_month_so_that_nobody_swaps_day_and_month() -> None:
    assert long_date(date(2026, 2, 1), Paper.A4) == "Sun 1 Feb 2026"
    assert long_date(date(2026, 2, 1), Paper.LETTER) == "Sun Feb 1, 2026"


def test_one_bag_is_a_bag() -> None:
    assert (bags(1), bags(2)) == ("1\u00a0bag", "2\u00a0bags")


def test_a_sheet_changes_once_its_ounces_were_counted() -> None:
    counted = a_sheet()
    stops = tuple(
        replace(stop, lots=tuple(replace(lot, is_about=True) for lot in stop.lots)) for stop in counted.stops
    )

    assert fingerprint(replace(counted, stops=stops)) != fingerprint(counted)
