"""How dates, times and amounts are written on paper, the same on every machine whatever its locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.settings import Paper
from coordinator.domain.volume import format_volume
from coordinator.sayings import plural, saying

if TYPE_CHECKING:
    from datetime import date, time

    from coordinator.domain.volume import Volume, VolumeUnit

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_name(day: date) -> str:
    """Return ``Sat``."""
    return _DAYS[day.weekday()]


def long_date(day: date, paper: Paper) -> str:
    """Return ``Sat Nov 28, 2026``, on A4 ``Sat 28 Nov 2026``: no order of numbers to mistake."""
    if paper is Paper.LETTER:
        return f"{day_name(day)} {_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{day_name(day)} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_day(day: date) -> str:
    """Return ``Oct 21``, as it is written on a bag."""
    return f"{_MONTHS[day.month - 1]}\u00a0{day.day}"


def day_span(first: date | None, last: date | None) -> str:
    """Return ``Sep 26 – Nov 12, 2026``, one day alone, or nothing; a year that differs is said twice."""
    days = [day for day in (first, last) if day is not None]
    if not days:
        return ""
    if len(days) == 1 or first == last:
        return _month_day_year(days[0])
    if days[0].year == days[1].year:
        return f"{month_day(days[0])}\u00a0– {_month_day_year(days[1])}"
    return f"{_month_day_year(days[0])}\u00a0– {_month_day_year(days[1])}"


def _month_day_year(day: date) -> str:
    return f"{month_day(day)},\u00a0{day.year}"


def clock(at: time, *, hours_24: bool) -> str:
    """Return ``9:05 am`` or ``09:05``."""
    if hours_24:
        return f"{at.hour:02}:{at.minute:02}"
    time = _twelve(at)
    return str(saying("{time}\u00a0am", time=time) if at.hour < 12 else saying("{time}\u00a0pm", time=time))


def _twelve(at: time) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02}"


def window(start: time | None, end: time | None, *, hours_24: bool) -> str:
    """Return ``9:05–9:20 am``, one end alone, or nothing."""
    if start is None or end is None:
        alone = start or end
        if alone is None:
            return ""
        at = clock(alone, hours_24=hours_24)
        return str(saying("from {time}", time=at) if start else saying("until {time}", time=at))
    if start == end:
        return clock(start, hours_24=hours_24)
    is_one_half = not hours_24 and (start.hour < 12) == (end.hour < 12)
    first = _twelve(start) if is_one_half else clock(start, hours_24=hours_24)
    return f"{first}–{clock(end, hours_24=hours_24)}"


def bags(count: int | None) -> str:
    """Return ``1 bag`` or ``58 bags``; never split across lines. ``None`` was not counted."""
    if count is None:
        return str(saying("uncounted\u00a0bags"))
    return str(plural("{n}\u00a0bag", "{n}\u00a0bags", count))


def amount(volume: Volume, unit: VolumeUnit, *, is_about: bool = False) -> str:
    """Return ``392 oz`` or ``about 392 oz``; never split across lines."""
    shown = format_volume(volume, unit)
    return str(saying("about\u00a0{amount}", amount=shown)) if is_about else shown
