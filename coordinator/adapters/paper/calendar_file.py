"""Runs as a calendar file (RFC 5545), for the calendar of a phone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator.domain.paper.take_along import RunEntry


def render_calendar(entries: Iterable[RunEntry], today: date) -> bytes:
    """Return the file; a run that is read in again takes the place of its older entry, by its code.

    Times have no zone: a run at 9:00 is at 9:00 wherever the phone is.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//milkrun//milkrun//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, today))
    return bytes(calendar.to_ical())


def _event(entry: RunEntry, today: date) -> Event:
    event = Event()
    event.add("uid", f"{entry.code}@milkrun.invalid")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("summary", str(entry.title))
    event.add("description", str(entry.told))
    event.add("class", "PRIVATE")
    if entry.starts_at is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
    else:
        event.add("dtstart", entry.starts_at)
        event.add("dtend", entry.ends_at or entry.starts_at)
    return event
