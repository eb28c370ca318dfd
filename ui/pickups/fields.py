"""Fields only the pickups page has: times of day, and bags counted into an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from coordinator.domain.volume import Volume, total
from ui.units import Display
from ui.widgets.fields.edit_field import EditField, LineField, NotUnderstoodError
from ui.widgets.fields.typed_dates import show_time

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(a|am|a\.m\.|p|pm|p\.m\.)?", re.IGNORECASE)
_TIMES = re.compile(r"\s*(\d+)\s*(?:[x×*]|bags? of)\s*(.+?)\s*", re.IGNORECASE)
_SIZE = re.compile(r"\s*(\d+(?:\.\d+|,\d{1,2})?)\s*([a-z. ]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Tally:
    """An amount and, where bags were counted into it, how many."""

    volume: Volume
    bags: int | None = None


def read_time(text: str) -> time | None:
    """Return the time of day *text* means, or None: ``9``, ``9:30``, ``930``, ``2 pm``, ``14:00``."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_tally(text: str, display: Display) -> Tally | None:
    """Return what *text* adds up to, or None: ``40``, ``40 oz``, ``10 × 4``, ``8x5 + 2x3.5``.

    Bags are known only when every part counts them.
    """
    amounts: dict[str, Decimal] = {}
    bags, is_counted = 0, True
    for part in text.split("+"):
        counted = _TIMES.fullmatch(part)
        size = _SIZE.fullmatch(counted[2] if counted else part)
        if size is None:
            return _plain(text, display)
        times = int(counted[1]) if counted else 1
        unit = size[2].casefold()
        # Added up before it becomes microlitres: ten times 4 oz are 40 oz, not ten roundings.
        amounts[unit] = amounts.get(unit, Decimal()) + times * Decimal(size[1].replace(",", "."))
        bags += times
        is_counted = is_counted and counted is not None
    volumes = [display.parse_volume(f"{number:f} {unit}") for unit, number in amounts.items()]
    if None in volumes:
        return None
    return Tally(total([volume for volume in volumes if volume]), bags if is_counted else None)


def _plain(text: str, display: Display) -> Tally | None:
    """Return a single amount such as ``1,200``."""
    volume = display.parse_volume(text)
    return None if volume is None else Tally(volume)


class TimeField(LineField):
    """A time of day; empty is None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse=self._read, show=show_time, hint="9:30", parent=parent)

    def _read(self, text: str) -> time | None:
        at = read_time(text) if text else None
        if text and at is None:
            raise NotUnderstoodError(self.tr("This is not a time yet. Try 9:30 or 2 pm."))
        return at


class TallyField(LineField):
    """An amount, or bags × size; the value is a :class:`Tally`, empty is None."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        self._display = display
        super().__init__(parse=self._read, show=self._shown, parent=parent)

    def _shown(self, tally: Tally) -> str:
        return self._display.volume(tally.volume)

    def _read(self, text: str) -> Tally | None:
        tally = read_tally(text, self._display) if text else None
        if text and tally is None:
            raise NotUnderstoodError(self.tr("This is not an amount yet. Try 40, or 10 × 4."))
        return tally


def value_in(field: EditField) -> Any:  # noqa: ANN401 - each field has its own kind of value
    """Return what stands in *field*; whoever uses it stores what is typed (``edited`` to ``set_value``).

    Raises:
        NotUnderstoodError: If it cannot be read; the field says so itself.
    """
    field.leave()
    if field.message.text() and field.is_dirty:
        raise NotUnderstoodError(field.message.text())
    return field.value
