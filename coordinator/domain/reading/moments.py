"""When a form was sent: its day, its time of day and its zone, and which of two was sent later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from coordinator.domain.plausible import is_day
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import EXCEL_DAYS, EXCEL_EPOCH, read_date

if TYPE_CHECKING:
    from coordinator.domain.reading.dates import DateRule

_SERIAL = re.compile(r"\d{5}\.\d+")
_TIME = re.compile(
    r"""(?<![\d:])(?P<hour>\d{1,2})
      (?:[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?\s?m\b\.?|[ap]\b)?
      |\s*(?P<sole_half>[ap]\.?m\b\.?))""",
    re.IGNORECASE | re.VERBOSE,
)
_OFFSET = re.compile(r"\s*(?:(?:GMT|UTC)\s*)?([+-−])(\d{1,2})(?::?(\d{2}))?(?!\d)", re.IGNORECASE)
_ZONE = re.compile(r"\s*\(?([A-Za-z]{1,5})\b\)?")
_IN_WORDS = re.compile(r"\s*\([^)]*\)\s*$")
_BETWEEN = re.compile(r"\b(?:at|a las|a la|à)\b|(?<=\d)T(?=\s|$)", re.IGNORECASE)
_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "akdt": -8, "hst": -10, "bst": 1, "cet": 1, "cest": 2,
}  # fmt: skip
"""Zones as exports write them; other letters are not guessed at."""


def read_moment(cell: Cell, rule: DateRule) -> datetime | None:
    """Return a form's timestamp, with its zone where one is told; midnight when it has no time of day."""
    if isinstance(cell.value, datetime):
        return cell.value if is_day(cell.value.date(), rule.today) else None
    text = _IN_WORDS.sub("", cell.text.strip())
    if _SERIAL.fullmatch(text):
        return _of_serial(float(text), rule)
    at = _TIME.search(text)
    if at is None:
        return _midnight(cell, rule)
    zone, end = _zone_behind(text, at.end())
    rest = _BETWEEN.sub(" ", f"{text[: at.start()]} {text[end:]}").strip()
    found, clock = read_date(Cell(rest), rule), _clock(at)
    return None if found is None or clock is None else datetime.combine(found.on, clock, zone)


def has_time(moment: datetime) -> bool:
    """Whether a time of day is told; midnight sharp is a day alone."""
    return moment.tzinfo is not None or moment.time() != time()


def is_earlier(one: datetime, other: datetime) -> bool:
    """Whether *one* was sent before *other*; where either tells only its day, the days count.

    One without a zone is taken to be in that of the other.
    """
    if not has_time(one) or not has_time(other):
        return one.date() < other.date()
    return in_zone(one, other.tzinfo) < in_zone(other, one.tzinfo)


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return *moment*, in *zone* if it tells none of its own."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def usual_zone(moments: Iterable[datetime]) -> tzinfo | None:
    """Return the zone that most of *moments* tell; ``None`` where none tells any."""
    zones = Counter(moment.utcoffset() for moment in moments if moment.tzinfo is not None)
    (offset, _), *_ = zones.most_common(1) or [(None, 0)]
    return None if offset is None else timezone(offset)


def _midnight(cell: Cell, rule: DateRule) -> datetime | None:
    found = read_date(cell, rule)
    return datetime.combine(found.on, time()) if found else None


def _of_serial(days: float, rule: DateRule) -> datetime | None:
    if int(days) not in EXCEL_DAYS:
        return None
    moment = datetime.combine(EXCEL_EPOCH, time()) + timedelta(seconds=round(days * 86400))
    return moment if is_day(moment.date(), rule.today) else None


def _clock(at: re.Match[str]) -> time | None:
    half = (at["half"] or at["sole_half"] or "")[:1].casefold()
    hour, minute, second = int(at["hour"]), int(at["minute"] or 0), int(at["second"] or 0)
    if half:
        hour = hour % 12 + 12 * (half == "p") if hour <= 12 else hour
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _zone_behind(text: str, start: int) -> tuple[timezone | None, int]:
    """Return the zone that stands behind the time, and where it ends."""
    if found := _OFFSET.match(text, start):
        away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if away < timedelta(hours=15):
            return timezone(-away if found[1] != "+" else away), found.end()
    found = _ZONE.match(text, start)
    if found and found[1].casefold() in _HOURS:
        return timezone(timedelta(hours=_HOURS[found[1].casefold()])), found.end()
    return None, start
