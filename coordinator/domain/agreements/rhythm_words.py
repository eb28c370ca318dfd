"""A rhythm read from a family's own words: "every other Saturday", "1st and 3rd Sunday 9-12".

Words that are not all understood, or can mean two things ("biweekly", "second Saturday" of what?), are not
read: it is asked.
"""

from __future__ import annotations

import re
from typing import Final

from coordinator.domain.agreements.rhythms import LAST, LONGEST_WEEKS, Rhythm
from coordinator.domain.families.free_hours import FreeHours, read_hours

_DAY: Final = r"(?P<day{0}>mon|tue|wed|thu|fri|sat|sun)(?:day|s?day|nesday|rs?day|urday|s|r|rs)?s?\b\.?"
_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS: Final = {
    "1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "5th": 5,
    "fifth": 5, "last": LAST,
}  # fmt: skip
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "other": 2, "second": 2, "third": 3}
_ORDINAL: Final = rf"(?:{'|'.join(_ORDINALS)})"
_SEVERAL: Final = rf"{_ORDINAL}(?:(?:\s*(?:,|&|/|\+|\band\b)\s*)+(?:the\s+)?{_ORDINAL})*"
_MONTH: Final = r"(?:\s*(?:(?:of|in)\s+)?(?:(?:a|the|each|every)\s+)month|\s+monthly)"
_WEEKS: Final = (
    r"(?:every\s+(?P<weeks{0}>\d{{1,2}}|two|three|four|five|six)\s+weeks?"
    r"|(?P<once{0}>every\s+week|weekly|once\s+a\s+week)"
    r"|(?P<other{0}>every\s+(?:other|second|2nd)\s+week|fortnightly|every\s+fortnight))"
)
_SAID: Final = re.compile(
    "|".join(
        (
            rf"(?:the\s+)?(?P<every1>(?:every|each)\s+)?(?P<which>{_SEVERAL})\s+{_DAY.format(1)}(?P<month>{_MONTH})?",
            rf"(?:every\s+other|alternate)\s+(?P<alt>){_DAY.format(2)}",
            rf"(?:(?:every|each)\s+{_DAY.format(3)}|{_WEEKS.format(1)}\s*,?\s*(?:on\s+)?(?:a\s+)?{_DAY.format(4)})",
            rf"{_DAY.format(5)}\s*,?\s*{_WEEKS.format(2)}",
            r"(?P<plural>mon|tues|wednes|thurs|fri|satur|sun)days",
        )
    )
)


def read_rhythm(text: str) -> Rhythm | None:
    """Return the rhythm *text* tells, hours behind it or not; ``None`` where any of it is not understood."""
    said = _plain(text)
    found = _SAID.match(said)
    if found is None or not _is_hours(said[found.end() :], found):
        return None
    if found["which"]:
        return _of_ordinals(found)
    return _weekly(_weekday(found), _weeks(found))


def hours_with_rhythm(text: str) -> FreeHours | None:
    """Return the hours *text* tells, also behind a rhythm: of its days, whichever these are."""
    found = read_hours(text)
    if found is not None or read_rhythm(text) is None:
        return found
    said = _plain(text)
    match = _SAID.match(said)
    return read_hours(f"{_NAMES[_weekday(match)]} {said[match.end() :].strip(' ,:')}") if match else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .;,")


def _of_ordinals(found: re.Match[str]) -> Rhythm | None:
    """Return every so many weeks, or days of a month; "second Saturday" alone is neither."""
    which = tuple(dict.fromkeys(_ORDINALS[one] for one in re.findall(_ORDINAL, found["which"])))
    day = _weekday(found)
    if found["month"] or len(which) > 1 or which[0] in {1, LAST}:
        in_order = sorted(which, key=lambda one: (one == LAST, one))
        return Rhythm(day, 1, tuple(in_order))
    return Rhythm(day, which[0]) if found["every1"] and which[0] < len(_NAMES) else None


def _weeks(found: re.Match[str]) -> int:
    if found["alt"] is not None or found["other1"] or found["other2"]:
        return 2
    told = found["weeks1"] or found["weeks2"]
    if not told:
        return 1
    return _NUMBERS[told] if told in _NUMBERS else int(told)


def _weekly(day: int, weeks: int) -> Rhythm | None:
    return Rhythm(day, weeks) if 1 <= weeks <= LONGEST_WEEKS else None


def _weekday(found: re.Match[str]) -> int:
    told = next(found[name] for name in ("day1", "day2", "day3", "day4", "day5", "plural") if found[name])
    return _NAMES.index(told[:3])


def _is_hours(rest: str, found: re.Match[str]) -> bool:
    """Whether what stands behind the rhythm is nothing, or hours of that day that are understood."""
    rest = rest.strip(" ,:")
    if not rest:
        return True
    is_other_day = re.search(rf"\b(?:{'|'.join(_NAMES)}|week)", rest) is not None
    return not is_other_day and read_hours(f"{_NAMES[_weekday(found)]} {rest}") is not None
