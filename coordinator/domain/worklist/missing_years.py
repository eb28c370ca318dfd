"""Days told without their year, as people write them: "since June", "stopped Oct 9", "9/27 to 10/5".

The year that fits is the one that makes the day the last such day that is over. That is only proposed: she
looks at it. Where the next such day lies nearer than the last one ("until December 20", told in November), or
the words point elsewhere ("last June"), no year is put in and the answer stays asked.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TOLD: Final = re.compile(
    rf"""
    (?<![\w/.])(?:
        (?P<name>{_NAME})\b\.?(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]))?
            (?P<range>\s*[-–]\s*\d{{1,2}}(?:st|nd|rd|th)?\b(?!/))?
        | (?P<month>\d{{1,2}})/(?P<on>\d{{1,2}})
    )
    (?!\s*,?\s*(?:of\s+)?(?:19|20)?\d\d\b)(?!\s*['’]\d\d)(?!/)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HAS_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}\b")
_ONLY_PAST: Final = re.compile(
    r"\b(?:since|stopp?ed|quit|ended|finished|gave up|began|started)(?:\s+\w+){0,2}\s*$", re.IGNORECASE
)
_BEFORE_BARE: Final = re.compile(
    r"\b(?:since|in|until|till?|from|to|through|thru|on|of|early|late|mid|before|after)\s*$", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(r"\b(?:last|next|this|every|each)\s*$", re.IGNORECASE)


def with_years(words: str, today: date) -> str | None:
    """Return *words* with a year behind each day that has none; ``None`` where no year is plain.

    Words that tell a year somewhere stay as they are: it may be meant for all of them.
    """
    if _HAS_YEAR.search(words):
        return None
    found = [one for one in _TOLD.finditer(words) if _is_day(one, words)]
    if not found:
        return None
    written, end = "", 0
    for one in found:
        year = _year(one, words, today)
        if year is None:
            return None
        written += words[end : one.end()] + _joint(one) + str(year)
        end = one.end()
    return written + words[end:]


def _joint(one: re.Match[str]) -> str:
    if one["month"]:
        return "/"
    return ", " if one["day"] else " "


def _is_day(one: re.Match[str], words: str) -> bool:
    """Whether a name is a month: "may" and "march" alone are verbs as often."""
    is_bare_verb = one["name"] and not one["day"] and one["name"].casefold() in {"may", "march", "mar"}
    return not is_bare_verb or bool(_BEFORE_BARE.search(words[: one.start()]))


def _year(one: re.Match[str], words: str, today: date) -> int | None:
    before = words[: one.start()]
    month = int(one["month"]) if one["month"] else _MONTHS.index(one["name"][:3].casefold()) + 1
    day = int(one["on"] or one["day"] or 1)
    if _ELSEWHERE.search(before):
        return None
    past = _last(month, day, today)
    if past is None:
        return None
    coming = _day(past.year + 1, month, day)
    is_nearer = coming is not None and coming - today < today - past
    return None if is_nearer and not _ONLY_PAST.search(before) else past.year


def _last(month: int, day: int, today: date) -> date | None:
    """Return the last such day that is over or today; 29 February is looked for in four years."""
    found = (_day(today.year - back, month, day) for back in range(5))
    return next((on for on in found if on is not None and on <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
