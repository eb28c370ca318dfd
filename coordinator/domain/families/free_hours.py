"""When a family is free, read from its own words: "Sat 9-12", "weekday evenings", "Tue/Thu after 3".

Words that are not all understood are not read at all: nobody is planned for by half a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS_AHEAD = 14
"""Further than this no day is proposed."""


@dataclass(frozen=True, slots=True)
class Span:
    """Free hours of one weekday (0 is Monday), an open end where none was said.

    ``is_clock`` is set when the beginning was told by the clock; "mornings" has no such beginning.
    """

    weekday: int
    starts: time = time(0)
    ends: time | None = None
    is_clock: bool = False

    def holds(self, at: time) -> bool:
        """Whether *at* is within; the end itself is too late."""
        return self.starts <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True, slots=True)
class FreeHours:
    """Everything a family said about when it is free."""

    spans: tuple[Span, ...]

    def fits(self, on: date, at: time | None) -> bool:
        """Whether they are free that day, at that time if there is one."""
        here = [span for span in self.spans if span.weekday == on.weekday()]
        return bool(here) if at is None else any(span.holds(at) for span in here)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The first day all are free; ``at`` only where somebody told the beginning by the clock."""

    on: date
    at: time | None


def read_hours(text: str) -> FreeHours | None:
    """Return the hours *text* tells, or None where any of it is not understood or it is empty.

    An hour from 1 to 6 without "am" is of the afternoon, as nobody hands milk over before dawn.
    """
    spans: list[Span] = []
    for part in _NEXT.split(text.casefold()):
        if not part.strip():
            continue
        found = _spans_of(part)
        if found is None:
            return None
        spans += found
    return FreeHours(tuple(spans)) if spans else None


def first_meeting(hours: Sequence[FreeHours], first: date) -> Meeting | None:
    """Return the first day from *first* on, and its time, when all are free; None if not within two weeks."""
    for ahead in range(DAYS_AHEAD if hours else 0):
        on = first + timedelta(days=ahead)
        common = [Span(on.weekday())]
        for one in hours:
            here = [span for span in one.spans if span.weekday == on.weekday()]
            common = [both for a in common for b in here if (both := _both(a, b)) is not None]
        if common:
            earliest = min(common, key=lambda span: span.starts)
            return Meeting(on, earliest.starts if earliest.is_clock else None)
    return None


def _both(a: Span, b: Span) -> Span | None:
    later = max(a, b, key=lambda span: (span.starts, span.is_clock))
    ends = min((one.ends for one in (a, b) if one.ends is not None), default=None)
    if ends is not None and later.starts >= ends:
        return None
    return Span(a.weekday, later.starts, ends, later.is_clock)


_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)s?\b\.?"
)
_GROUPS = {"weekday": range(5), "weekend": (5, 6)}
_GROUP = r"(?:(?P<group>weekday|weekend)s?|(?P<all>any(?: ?time| day)|every ?day|daily))\b"
_LIST = rf"{_DAY}(?:\s*(?:,|/|&|\+|\band\b|\bor\b|\s)\s*{_DAY})*"
_NEXT = re.compile(rf"[;\n]|(?<=[\dm]),(?=\s*{_DAY})")
"""Ends one saying: "Sat 9-12, Sun 1-4" are two, "Sat, Sun 9-12" is one."""
_RANGE = rf"(?P<from_day>{_DAY})\s*(?:-|–|to)\s*(?P<to_day>{_DAY})"
_CLOCK = r"(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?(?:m\b\.?)?"
_PARTS = {
    "morning": (time(0), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), None),
}
_WHEN = (
    rf"(?P<part>morning|afternoon|evening)s?|(?P<whole>all day|any ?time)"
    rf"|(?P<side>after|from|before|until)\s*(?P<one>{_CLOCK})"
    rf"|(?P<begin>{_CLOCK})\s*(?:-|–|to)\s*(?P<end>{_CLOCK})"
)
_SAID = re.compile(
    rf"(?:(?:{_RANGE}|(?P<days>{_LIST})|{_GROUP})[\s,:]*)?(?:{_WHEN})?(?P<rest>,?\s*text first)?\s*"
)


def _spans_of(part: str) -> list[Span] | None:
    found = _SAID.fullmatch(part.strip())
    if found is None:
        return None
    days, bounds = _days_of(found), _bounds_of(found)
    if days is None or bounds is None:
        return None
    return [Span(day, *bounds) for day in days]


def _days_of(found: re.Match[str]) -> list[int] | None:
    """Return the weekdays; hours without a day are said of every day."""
    if found["from_day"]:
        first, last = _weekday(found["from_day"]), _weekday(found["to_day"])
        return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    if found["days"]:
        return sorted({_weekday(day) for day in re.findall(_DAY, found["days"])})
    if found["group"]:
        return list(_GROUPS[found["group"]])
    said = found["all"] or found["part"] or found["whole"] or found["side"] or found["begin"]
    return list(range(7)) if said else None


def _weekday(word: str) -> int:
    return next(number for number, name in enumerate(_DAY_NAMES) if name.startswith(word[:3]))


def _bounds_of(found: re.Match[str]) -> tuple[time, time | None, bool] | None:
    if found["part"]:
        return (*_PARTS[found["part"]], False)
    if found["side"]:
        return _one_side(found["side"], found["one"])
    if not found["begin"]:
        return time(0), None, False
    return _from_to(found["begin"], found["end"])


def _one_side(side: str, one: str) -> tuple[time, time | None, bool] | None:
    at = _clock(one)
    if at is None or _is_either_half(one):
        return None
    return (at, None, True) if side in {"after", "from"} else (time(0), at, False)


def _from_to(begin: str, end: str) -> tuple[time, time | None, bool] | None:
    """Return both ends; "8-10 pm" begins in the evening, "9-12 pm" does not, and "8-10" could be either."""
    begins, ends = _clock(begin), _clock(end)
    if begins is None or ends is None or (_is_either_half(begin) and _is_either_half(end)):
        return None
    if "p" in end and not re.search("[ap]", begin) and begins.hour + 12 < ends.hour:
        begins = begins.replace(hour=begins.hour + 12)
    return (begins, ends, True) if begins < ends else None


def _is_either_half(text: str) -> bool:
    """Whether an hour is told that may be of the morning or of the evening."""
    found = re.fullmatch(_CLOCK, text.strip())
    return found is not None and not found[3] and not found[1].startswith("0") and 7 <= int(found[1]) <= 10


def _clock(text: str) -> time | None:
    found = re.fullmatch(_CLOCK, text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 6:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
