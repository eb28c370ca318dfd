"""Days in other words than dateutil knows: months in Spanish and French, years of two digits, no spaces.

``dateparser`` reads them. It also reads "today" and half a date, so that day, month and year are required
and only what has a word in it comes here. It is slow to import: only a date that nothing else reads waits.
"""

from __future__ import annotations

import re
import warnings
from datetime import date
from functools import lru_cache
from typing import Any

_LONGEST = 40
_LANGUAGES = ["en", "es", "fr"]
_WORTH_A_TRY = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\d\D+\d)", re.DOTALL)
_JOINED = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_WITH_CHARACTERS = re.compile(
    r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]?"
)


@lru_cache(maxsize=4096)
def read_other_day(text: str, *, day_first: bool) -> date | None:
    """Return the day *text* says and nothing else; ``None`` where it is none, or not a whole date."""
    plain = text.strip(" .,")
    if match := _JOINED.fullmatch(plain) or _WITH_CHARACTERS.fullmatch(plain):
        return _day(*(int(match[part]) for part in ("year", "month", "day")))
    if len(plain) > _LONGEST or not _WORTH_A_TRY.match(plain):
        return None
    return _parsed(plain, day_first=day_first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parsed(text: str, *, day_first: bool) -> date | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser  # noqa: PLC0415 - see above

        settings: dict[str, Any] = {
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY" if day_first else "MDY",
            "PARSERS": ["absolute-time"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        }
        try:
            found = dateparser.parse(text, languages=_LANGUAGES, settings=settings)
        except (ValueError, OverflowError, TypeError):
            return None
    return found.date() if found else None
