"""Dates as people type them into one field, read the way the system's locale writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from dateutil import parser
from PySide6.QtCore import QT_TRANSLATE_NOOP, QDate, QLocale

from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.intervals import shifted
from coordinator.domain.plausible import is_day
from ui.translation import translate

_FAR_DAYS = 183


def show_date(day: date, locale: QLocale | None = None) -> str:
    """Return *day* in the locale's short form."""
    if locale is not None:
        return _written(day, locale)
    known = (day, QLocale().name())
    if known not in _SHOWN:
        _SHOWN[known] = _written(day, _system_locale())
    return _SHOWN[known]


_SHOWN: dict[tuple[date, str], str] = {}
"""Days already written; a table of thousands has the same few hundred again and again."""


def _written(day: date, locale: QLocale) -> str:
    return locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def show_time(at: time | None, locale: QLocale | None = None) -> str:
    """Return a time of day as the locale tells it, ``3:00 pm`` as in a message, or ``15:00``; "" for none."""
    if at is None:
        return ""
    written = (locale or _system_locale()).timeFormat(QLocale.FormatType.ShortFormat)
    return str(clock_words(at)) if "a" in written.casefold() else f"{at.hour}:{at.minute:02}"


def show_near_date(day: date, today: date, locale: QLocale | None = None) -> str:
    """Return *day* without its year where ``read_date`` would supply the same one, else as ``show_date``."""
    locale = locale or _system_locale()
    if _closest(day, today) != day:
        return show_date(day, locale)
    without_year = re.sub(r"\W*y+\W*", "", locale.dateFormat(QLocale.FormatType.ShortFormat))
    return locale.toString(QDate(day.year, day.month, day.day), without_year)


def read_date(text: str, today: date, locale: QLocale | None = None) -> date | None:
    """Return the day *text* means, or None.

    ``2026-03-01``, ``1 Mar``, ``Mar 1, 2026``, ``today`` and ``yesterday`` are read; ``3/4`` is in the
    locale's order. Without a year it is the one closest to *today*.
    """
    words = text.strip().casefold()
    for days, word in ((0, "today"), (-1, "yesterday"), (1, "tomorrow")):
        if words in (word, translate("dates", word).casefold()):
            return shifted(today, days)
    if not any(letter.isdigit() for letter in words):
        return None
    is_iso = len(words) == 10 and words[4] == "-"
    dayfirst = not is_iso and _writes_day_first(locale or _system_locale())
    # Two defaults that differ in everything: what they agree on was typed.
    one = _parsed(words, datetime(2024, 1, 1), dayfirst=dayfirst)  # noqa: DTZ001 - a calendar day
    two = _parsed(words, datetime(2028, 2, 2), dayfirst=dayfirst)  # noqa: DTZ001 - likewise
    if one is None or two is None or (one.month, one.day) != (two.month, two.day):
        return None
    if one.year == two.year:
        return one if is_day(one, today) else None
    return _closest(one, today)


def _closest(day: date, today: date) -> date | None:
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            moved = day.replace(year=year)
        except ValueError:  # 29 February in another year
            continue
        if abs((moved - today).days) <= _FAR_DAYS:
            return moved
    return None


def _parsed(words: str, default: datetime, *, dayfirst: bool) -> date | None:
    try:
        return parser.parse(words, default=default, dayfirst=dayfirst).date()
    except (ValueError, OverflowError):
        return None


def _writes_day_first(locale: QLocale) -> bool:
    return locale.dateFormat(QLocale.FormatType.ShortFormat).lower().startswith("d")


def _system_locale() -> QLocale:
    locale = QLocale()
    # A system without a locale has no order of day and month; the program speaks American English then.
    is_none = locale.language() == QLocale.Language.C
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates) if is_none else locale


# The words of ``read_date``, where the tool that collects translations finds them.
_WORDS = (
    QT_TRANSLATE_NOOP("dates", "today"),
    QT_TRANSLATE_NOOP("dates", "yesterday"),
    QT_TRANSLATE_NOOP("dates", "tomorrow"),
)
