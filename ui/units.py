"""The unit switches: which units amounts and distances are shown and typed in."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal

from coordinator.domain.places.positions import KM_PER_MILE, DistanceUnit, format_distance
from coordinator.domain.plausible import MOST_MILK
from coordinator.domain.typed_numbers import plain_number, typed_number
from coordinator.domain.volume import Volume, VolumeUnit, format_number, format_volume

_AMOUNT = re.compile(
    r"(?P<number>\d[\d.,\s\u202f\u00a0]*)\s*(?P<unit>fl\.?\s*oz|oz|ounces?|ml|l)?\.?", re.IGNORECASE
)
_WAY = re.compile(
    r"(?P<number>\d[\d.,\s\u202f\u00a0]*)\s*(?P<unit>mi|miles?|km|kilomet(?:er|re)s?)?\.?", re.IGNORECASE
)
MOST_WAY = 10_000
"""More miles or kilometres than that are no way that anybody drives."""


class Display(QObject):
    """The units in force; columns and fields ask it, the status line switches it.

    ``changed`` is emitted after a switch. Whoever owns the settings keeps the choice.
    """

    changed = Signal()

    def __init__(
        self, volume_unit: VolumeUnit = VolumeUnit.OZ, distance_unit: DistanceUnit = DistanceUnit.MI
    ) -> None:
        super().__init__()
        self.volume_unit = volume_unit
        self.distance_unit = distance_unit

    def set_units(self, volume_unit: VolumeUnit, distance_unit: DistanceUnit) -> None:
        """Show everything in these units from now on."""
        if (volume_unit, distance_unit) == (self.volume_unit, self.distance_unit):
            return
        self.volume_unit, self.distance_unit = volume_unit, distance_unit
        self.changed.emit()

    def switch_volume(self) -> None:
        """Go from ounces to millilitres or back."""
        other = VolumeUnit.ML if self.volume_unit is VolumeUnit.OZ else VolumeUnit.OZ
        self.set_units(other, self.distance_unit)

    def switch_distance(self) -> None:
        """Go from miles to kilometres or back."""
        other = DistanceUnit.KM if self.distance_unit is DistanceUnit.MI else DistanceUnit.MI
        self.set_units(self.volume_unit, other)

    def volume(self, volume: Volume) -> str:
        """Return *volume* with its unit."""
        return format_volume(volume, self.volume_unit)

    def volume_number(self, volume: Volume) -> str:
        """Return *volume* without a unit, for columns whose header has it."""
        return format_number(volume, self.volume_unit)

    def distance(self, miles: float, *, exact: bool) -> str:
        """Return a distance as shown; ``about`` unless both ends are *exact*."""
        return format_distance(miles, self.distance_unit, exact=exact)

    def way(self, miles: float) -> str:
        """Return a distance somebody told, as short as it can be typed: ``25 mi``, ``40.2 km``."""
        amount = miles * (KM_PER_MILE if self.distance_unit is DistanceUnit.KM else 1)
        return f"{round(amount, 1):g}\u00a0{self.distance_unit.value}"

    def parse_distance(self, text: str) -> float | None:
        """Return the miles *text* says, or None; a bare number is in the unit in force."""
        found = _WAY.fullmatch(text.strip())
        if found is None:
            return None
        try:
            number = typed_number(found["number"].rstrip(". \u00a0"))
        except ValueError:
            return None
        if number >= MOST_WAY:
            return None
        is_km = (found["unit"] or self.distance_unit.value).casefold().startswith("k")
        return number / KM_PER_MILE if is_km else number

    def parse_volume(self, text: str) -> Volume | None:
        """Return what *text* says, or None; a bare number is in the unit in force.

        ``485``, ``485 oz``, ``1,200``, ``1.5 L`` and ``250 ml`` are read. A comma before exactly three
        digits groups thousands, any other is a decimal comma.
        """
        found = _AMOUNT.fullmatch(text.strip())
        if found is None:
            return None
        try:
            number = plain_number(found["number"].rstrip(". \u00a0"))
        except ValueError:
            return None
        unit = (found["unit"] or self.volume_unit.value).casefold()
        if unit == "l":
            volume = Volume.from_ml(number) * 1000
        else:
            volume = Volume.of(number, VolumeUnit.ML if unit == "ml" else VolumeUnit.OZ)
        return volume if volume <= MOST_MILK else None
