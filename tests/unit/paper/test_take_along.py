"""What a driver takes along on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from urllib.parse import parse_qs, urlsplit

from icalendar import Calendar

from coordinator.adapters.paper.calendar_file import render_calendar
from coordinator.domain.paper.take_along import MAP_HOST, RunEntry, map_links, run_text
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.plans import StopKind
from coordinator.sayings import as_written
from tests.sheet_builders import SATURDAY, a_long_run, a_sheet, a_sheet_lot, a_sheet_stop


def test_the_text_says_what_the_sheet_says() -> None:
    sheet = a_sheet(a_sheet_stop(1, driver_note="side door"), a_sheet_stop(2, StopKind.DROP))
    text = run_text(sheet).replace("\N{NO-BREAK SPACE}", " ")

    for words in (
        "Hello Ana,",
        "2 stops, leave by 8:40",
        "Bring: 2 coolers (2 × 28 qt, yours), 6 ice packs, 58 empty bags for Zoë.",
        "pick up Zoë",
        "299 Elm Ln, Rollinsford NH 03869",
        "(207) 555-0109",
        "For the driver: side door",
        "L-0031: 58 bags, 243 oz",
        "Nobody home? Ring Maya (603) 555-0100.",
        "Sheet P-0142-1.",
    ):
        assert words in text
    assert text.index("pick up") < text.index("drop")


def test_the_text_has_lunch_between_the_stops_it_lies_between() -> None:
    sheet = a_sheet(lunch=Lunch(time(12, 10), 30, after=1))

    lines = [line for line in run_text(sheet).splitlines() if line]

    at = lines.index("12:10 pm lunch, 30 min")
    assert any("pick up Zoë" in line for line in lines[:at])
    assert any("drop Inès" in line for line in lines[at:])
    untimed = run_text(replace(sheet, lunch=Lunch(time(12, 10), 30)))
    assert "12:10 pm lunch, 30 min" in untimed


def test_the_text_says_which_bags_and_what_nobody_counted() -> None:
    lot = a_sheet_lot(only_from=date(2026, 10, 21), is_about=True)
    text = run_text(a_sheet(a_sheet_stop(1, lots=(lot,)))).replace("\N{NO-BREAK SPACE}", " ")

    assert "L-0031: 58 bags, about 243 oz, only bags dated Oct 21, 2026 or later" in text


def test_links_hold_the_places_in_order_and_no_name_and_go_on_after_ten() -> None:
    sheet = a_long_run(12)

    first, second = map_links(sheet)

    words = parse_qs(urlsplit(first).query)
    assert urlsplit(first).netloc == MAP_HOST
    asked = [*words["waypoints"][0].split("|"), *words["destination"]]
    assert asked == [", ".join(stop.address_lines) for stop in sheet.stops[:10]]
    then = parse_qs(urlsplit(second).query)
    assert then["origin"] == words["destination"]
    assert then["waypoints"] == [", ".join(sheet.stops[10].address_lines)]
    assert not any(stop.first_name in first + second for stop in sheet.stops)


def test_a_stop_without_a_street_is_a_point_and_one_known_to_nobody_is_left_out() -> None:
    sheet = a_sheet(
        a_sheet_stop(1, address_lines=("Dover NH 03820",)),
        a_sheet_stop(2, StopKind.DROP, address_lines=(), position=None),
    )

    (link,) = map_links(sheet)

    assert parse_qs(urlsplit(link).query)["destination"] == ["43.25600,-70.86900"]
    assert "waypoints" not in link


def at(hour: int, minute: int) -> datetime:
    """Return a time on the clock of wherever she is."""
    return datetime.combine(SATURDAY, time(hour, minute))


def test_a_run_read_in_again_takes_the_place_of_its_entry() -> None:
    told = as_written("1. pick up Zoë, Dover; then\nelse")
    entries = [
        RunEntry("P-0003", SATURDAY, at(8, 40), at(11, 5), told, told),
        RunEntry("P-0004", SATURDAY, None, None, told, told),
    ]

    timed, whole_day = Calendar.from_ical(render_calendar(entries, date(2026, 11, 21))).walk("VEVENT")

    assert (timed["UID"], whole_day["UID"]) == ("P-0003@milkrun.invalid", "P-0004@milkrun.invalid")
    assert timed.decoded("DTSTART") == entries[0].starts_at
    assert timed.decoded("DTEND") == entries[0].ends_at
    assert str(timed["DESCRIPTION"]) == str(told)
    assert whole_day.decoded("DTSTART") == SATURDAY
    assert render_calendar(entries, date(2026, 11, 21)) == render_calendar(entries, date(2026, 11, 21))
