"""How reasons put dates and other people's words into words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.intervals import shifted
from coordinator.sayings import NOTHING, Saying, joined, saying


def day(on: date) -> str:
    """Return a day as reasons write it: ``Oct 9, 2026``."""
    return f"{on:%b} {on.day}, {on.year}"


def title(words: str) -> str:
    """Return *words* with their first letter a capital."""
    return words[:1].upper() + words[1:]


def when(fact: Fact) -> Saying:
    """Return the dates of a fact in words; of an interval with both ends, its last day."""
    if fact.start is None:
        return saying("until {day}", day=fact.end) if fact.end else saying("no dates")
    if fact.end is None:
        return saying("since {day}", day=fact.start)
    if (fact.end - fact.start).days == 1:
        return saying("on {day}", day=fact.start)
    return saying("{first} to {last}", first=fact.start, last=shifted(fact.end, -1))


def told(fact: Fact) -> Saying:
    """Return what a fact says, without its kind: ``yes, Zoloft, since Oct 1, 2026``."""
    return joined(", ", filter(None, (fact.presence.words, fact.subject, _told_when(fact))))


def _told_when(fact: Fact) -> Saying:
    if fact.start is None and fact.end is not None:
        return saying("up to {last}, no more from {end}", last=shifted(fact.end, -1), end=fact.end)
    return when(fact) if fact.is_dated else NOTHING


def quoted(words: Iterable[str]) -> Saying:
    """Return each of *words* in quotation marks, with commas between."""
    return joined(", ", [saying("“{words}”", words=one) for one in words])
