"""How reasons put dates and other people's words into words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.intervals import shifted


def day(on: date) -> str:
    """Return a day as reasons write it: ``Oct 9, 2026``."""
    return f"{on:%b} {on.day}, {on.year}"


def title(words: str) -> str:
    """Return *words* with their first letter a capital."""
    return words[:1].upper() + words[1:]


def when(fact: Fact) -> str:
    """Return the dates of a fact in words; of an interval with both ends, its last day."""
    if fact.start is None and fact.end is None:
        return "no dates"
    if fact.start is None:
        return f"until {day(fact.end)}" if fact.end else ""
    if fact.end is None:
        return f"since {day(fact.start)}"
    if (fact.end - fact.start).days == 1:
        return f"on {day(fact.start)}"
    return f"{day(fact.start)} to {day(shifted(fact.end, -1))}"


def told(fact: Fact) -> str:
    """Return what a fact says, without its kind: ``yes, Zoloft, since Oct 1, 2026``."""
    said = "not clear" if fact.presence is Presence.UNCLEAR else fact.presence.value
    what = f", {fact.subject}" if fact.subject else ""
    if fact.start is None and fact.end is not None:
        return f"{said}{what}, up to {day(shifted(fact.end, -1))}, no more from {day(fact.end)}"
    return f"{said}{what}, {when(fact)}" if fact.is_dated else f"{said}{what}"


def quoted(words: Iterable[str]) -> str:
    """Return each of *words* in quotation marks, with commas between."""
    return ", ".join(f"“{one}”" for one in words)
