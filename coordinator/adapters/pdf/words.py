"""How dates, times and amounts are written on paper, the same on every machine whatever its locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.settings import Paper
from coordinator.domain.volume import format_volume

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


def clock(at: time, *, hours_24: bool) -> str:
    """Return ``9:05 am`` or ``09:05``."""
    if hours_24:
        return f"{at.hour:02}:{at.minute:02}"
    return f"{at.hour % 12 or 12}:{at.minute:02}\u00a0{'am' if at.hour < 12 else 'pm'}"


def window(start: time | None, end: time | None, *, hours_24: bool) -> str:
    """Return ``9:05–9:20 am``, one end alone, or nothing."""
    if start is None or end is None:
        alone = start or end
        if alone is None:
            return ""
        return ("from " if start else "until ") + clock(alone, hours_24=hours_24)
    if start == end:
        return clock(start, hours_24=hours_24)
    first, second = clock(start, hours_24=hours_24), clock(end, hours_24=hours_24)
    if not hours_24 and (start.hour < 12) == (end.hour < 12):
        first = first.removesuffix("\u00a0am").removesuffix("\u00a0pm")
    return f"{first}–{second}"


def bags(count: int | None) -> str:
    """Return ``1 bag`` or ``58 bags``; never split across lines. ``None`` was not counted."""
    if count is None:
        return "uncounted\u00a0bags"
    return f"{count}\u00a0{'bag' if count == 1 else 'bags'}"


def amount(volume: Volume, unit: VolumeUnit, *, is_about: bool = False) -> str:
    """Return ``392 oz`` or ``about 392 oz``; never split across lines."""
    about = "about\u00a0" if is_about else ""
    return f"{about}{format_volume(volume, unit)}"
