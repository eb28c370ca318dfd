"""Days as people type them inside an answer: exact, of a whole month or year, or without a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coordinator.domain.intervals import months_later, shifted
from coordinator.domain.plausible import is_day
from coordinator.domain.reading.dates import DateRule, find_dates, written_dates
from coordinator.domain.text import folded


@dataclass(frozen=True, slots=True)
class Days:
    """What a date can mean: from ``first`` to ``last``, both with it.

    Both are ``None`` where no day can be told: a month without its year, a day that lies ahead, 30 February.
    ``is_range`` is a range she typed; otherwise it is one day of which only month or year was told.
    """

    first: date | None = None
    last: date | None = None
    is_range: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one day."""
        return self.first is not None and self.first == self.last


NO_DAY = Days()
FoundDays = tuple[int, int, Days]
"""Where it starts and ends in the text, and the days."""

_MONTHS = {
    "jan": 1, "ene": 1, "janv": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "mars": 3, "marzo": 3, "apr": 4,
    "abr": 4, "avr": 4, "may": 5, "mayo": 5, "mai": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8,
    "ago": 8, "aou": 8, "sep": 9, "sept": 9, "set": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12,
}  # fmt: skip
_MONTH = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ANY_MONTH = (
    r"(?P<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|janvier"
    r"|f[eé]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
"""Beside its year a month counts in Spanish and French, too; alone, "mayo" may be something to eat."""
_OF = r"(?:(?:of|del?)\s+)?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\s*(?:iu|mcg|mg|ug|ml|oz|units?)\b)"
_SHORT = r"(?P<year>(?:19|20)?\d\d)"
_TO = r"\s*(?:-|–|—|to|until|till|through|thru)\s*"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/])", re.IGNORECASE)
    for form in (
        # Oct 1-10, 2026; Oct 1 - Nov 10 2026; 10/1-10/5/2026; 3 mayo 2026; May 2026; 5/2026; 2026
        rf"{_MONTH.format('')}\s*{_DAY.format('')}{_TO}{_DAY.format('2')},?\s+{_YEAR}",
        rf"{_MONTH.format('')}\s*{_DAY.format('')}{_TO}{_MONTH.format('2')}\s*{_DAY.format('2')},?\s+{_YEAR}",
        rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}){_TO}(?P<month2>\d{{1,2}})/(?P<day2>\d{{1,2}})/{_SHORT}",
        rf"{_DAY.format('')}\s+{_OF}{_ANY_MONTH},?\s+{_OF}{_YEAR}",
        rf"{_ANY_MONTH}\s+{_DAY.format('')},?\s+{_OF}{_YEAR}",
        rf"{_ANY_MONTH},?\s+{_OF}{_YEAR}",
        rf"(?P<month>\d{{1,2}})/{_YEAR}",
        _YEAR,
    )
)
_NO_YEAR = re.compile(
    rf"""(?<![\w/])(?:
      {_MONTH.format("")}\s*{_DAY.format("")}(?![\w/])
    | \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format("6")}(?!\w)
    | (?<=in\ ){_MONTH.format("2")}(?!\w) | (?<=since\ ){_MONTH.format("3")}(?!\w)
    | (?<=until\ ){_MONTH.format("4")}(?!\w) | (?<=from\ ){_MONTH.format("5")}(?!\w)
    | \b(?:january|february|april|june|july|august|september|october|november|december)\b
    | \d{{1,2}}/\d{{1,2}}(?![\w/])(?!\s*(?:an?\b|of\b|glass|bottle|pack|cup|tab|pill|dose|can))
    | \b(?:yesterday|today|tonight|tomorrow|recently|lately|spring|summer|fall|autumn|winter|christmas|easter
      |thanksgiving|halloween)\b
    | \b(?:last|this|next)\ (?:week|month|year|spring|summer|fall|winter|night|weekend)\b
    | \b(?:\w+\ )?(?:days?|weeks?|months?|years?)\ ago\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def find_days(text: str, rule: DateRule) -> list[FoundDays]:
    """Return every date with its year in *text* that does not overlap an earlier kind, in reading order."""
    found: list[FoundDays] = []
    for start, end, days in (*_ranges(text, rule), *_full(text, rule), *_partial(text, rule)):
        if not any(start < other_end and other < end for other, other_end, _ in found):
            found.append((start, end, days))
    return sorted(found, key=lambda one: one[0])


def _full(text: str, rule: DateRule) -> Iterator[FoundDays]:
    for found in find_dates(text, rule):
        day = None if found.is_ambiguous or found.on > rule.today else found.on
        yield found.start, found.end, Days(day, day)
    for start, end in written_dates(text):
        yield start, end, NO_DAY


def _ranges(text: str, rule: DateRule) -> Iterator[FoundDays]:
    for form in _FORMS[:3]:
        for match in form.finditer(text):
            yield match.start(), match.end(), _range(match, rule)


def _range(match: re.Match[str], rule: DateRule) -> Days:
    told = match.groupdict()
    year = int(told["year"]) + (2000 if len(told["year"]) == 2 else 0)
    first = _day(year, told["month"], told["day"], rule)
    last = _day(year, told.get("month2") or told["month"], told["day2"], rule)
    if first is None or last is None or first > last:
        return NO_DAY
    return Days(first, last, is_range=True)


def _day(year: int, month: str, day: str, rule: DateRule) -> date | None:
    number = int(month) if month.isdecimal() else month_number(folded(month))
    try:
        on = date(year, number, int(day))
    except ValueError:
        return None
    return on if is_day(on, rule.today) and on <= rule.today else None


def month_number(month: str) -> int:
    """Return which month a folded word names, in English, Spanish or French."""
    return next(_MONTHS[month[:size]] for size in (5, 4, 3) if month[:size] in _MONTHS)


def _partial(text: str, rule: DateRule) -> Iterator[FoundDays]:
    for form in _FORMS[3:]:
        for match in form.finditer(text):
            yield match.start(), match.end(), _period(match.groupdict(), rule)


def _period(told: dict[str, str | None], rule: DateRule) -> Days:
    """Return the days of a month or a year, up to today at most, or the one told; none if it lies ahead."""
    month, day = told.get("month"), told.get("day")
    first = _day(int(told["year"] or 0), month or "1", day or "1", rule)
    if first is None:
        return NO_DAY
    if day:
        return Days(first, first)
    last = shifted(months_later(first, 1 if month else 12), -1)
    return Days(first, min(last, rule.today))


def find_vague_days(text: str) -> list[FoundDays]:
    """Return what names a day without its year, or none at all: "10/1", "in March", "last week"."""
    return [(match.start(), match.end(), NO_DAY) for match in _NO_YEAR.finditer(text)]
