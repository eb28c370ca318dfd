"""Amounts of milk: whole microlitres inside, US fluid ounces and millilitres outside.

Amounts are shown to the nearest figure, and a figure that is typed back means what it was shown for
(:func:`as_part`, :func:`as_kept`). We weighed showing what is free rounded down: then every figure could be
given as it stands, but parts would not add up to the whole on screen, and each hold would leave dust. Exact
figures could be given too, but 37.6 oz is no more than an estimate, and nobody weighs milk to a tenth.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MICROLITRES_PER_OZ = Decimal("29573.5295625")
"""One US fluid ounce: NIST Handbook 44, Appendix C (231 cubic inches to the gallon, 128 oz to the gallon)."""
MICROLITRES_PER_ML = Decimal(1000)
KEPT_APART = Decimal("0.5")
"""Less than so many of the unit in force is dust: no figure shows it, so it goes with the last bag.

Half of the step that amounts are shown in. It says how amounts are read, not what milk is good for.
"""


class VolumeUnit(StrEnum):
    """How amounts are shown and typed."""

    OZ = "oz"
    ML = "mL"

    @property
    def microlitres(self) -> Decimal:
        """Microlitres in one of this unit."""
        return MICROLITRES_PER_OZ if self is VolumeUnit.OZ else MICROLITRES_PER_ML


@dataclass(frozen=True, order=True, slots=True)
class Volume:
    """An amount of milk in whole microlitres; may be negative as a difference."""

    microlitres: int = 0

    @classmethod
    def of(cls, amount: Decimal | float | str, unit: VolumeUnit) -> Volume:
        """Return *amount* of *unit*, rounded once to the nearest microlitre (half up)."""
        exact = Decimal(str(amount)) * unit.microlitres
        return cls(int(exact.to_integral_value(rounding=ROUND_HALF_UP)))

    @classmethod
    def from_oz(cls, ounces: Decimal | float | str) -> Volume:
        """Return *ounces* US fluid ounces."""
        return cls.of(ounces, VolumeUnit.OZ)

    @classmethod
    def from_ml(cls, millilitres: Decimal | float | str) -> Volume:
        """Return *millilitres*."""
        return cls.of(millilitres, VolumeUnit.ML)

    def in_unit(self, unit: VolumeUnit) -> Decimal:
        """Return the amount in *unit*, unrounded."""
        return Decimal(self.microlitres) / unit.microlitres

    @property
    def oz(self) -> float:
        """US fluid ounces, for arithmetic and JSON; not for display."""
        return float(self.in_unit(VolumeUnit.OZ))

    @property
    def ml(self) -> float:
        """Millilitres, for arithmetic and JSON; not for display."""
        return float(self.in_unit(VolumeUnit.ML))

    def __add__(self, other: Volume) -> Volume:
        return Volume(self.microlitres + other.microlitres)

    def __sub__(self, other: Volume) -> Volume:
        return Volume(self.microlitres - other.microlitres)

    def __mul__(self, count: int) -> Volume:
        return Volume(self.microlitres * count)

    def __bool__(self) -> bool:
        return self.microlitres != 0

    def share(self, part: int, whole: int) -> Volume:
        """Return *part* of *whole* equal shares, rounded to the nearest microlitre."""
        exact = Decimal(self.microlitres) * part / whole
        return Volume(int(exact.to_integral_value(rounding=ROUND_HALF_UP)))


def total(volumes: list[Volume]) -> Volume:
    """Return the exact sum."""
    return Volume(sum(v.microlitres for v in volumes))


def format_number(volume: Volume, unit: VolumeUnit) -> str:
    """Return the figure without its unit: whole numbers, or one decimal below 10 oz when it matters."""
    tenths, whole = _rounded(volume, unit, 10), _rounded(volume, unit, 1)
    if unit is VolumeUnit.OZ and abs(tenths) < 100 and tenths != whole * 10:
        sign = "-" if tenths < 0 else ""
        return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
    return f"{whole:,}"


_TEN_MILLIONTHS = {unit: int(unit.microlitres * 10**7) for unit in VolumeUnit}
"""Ten-millionths of a microlitre in a unit: whole numbers, so that tables of thousands format quickly."""


def _rounded(volume: Volume, unit: VolumeUnit, parts: int) -> int:
    """Return *volume* in ``1/parts`` of *unit*, to the nearest whole one, halves away from zero."""
    one = _TEN_MILLIONTHS[unit]
    nearest = (2 * abs(volume.microlitres) * parts * 10**7 + one) // (2 * one)
    return -nearest if volume.microlitres < 0 else nearest


def format_volume(volume: Volume, unit: VolumeUnit) -> str:
    """Return the figure with its unit, such as ``485 oz`` or ``14,343 mL``; never split across lines."""
    return f"{format_number(volume, unit)}\u00a0{unit.value}"


def is_shown_alike(one: Volume, other: Volume, unit: VolumeUnit) -> bool:
    """Whether both are shown with the same figure."""
    return format_number(one, unit) == format_number(other, unit)


def is_dust(rest: Volume, unit: VolumeUnit) -> bool:
    """Whether *rest* is too little to be kept apart: more than nothing and less than half a unit."""
    return Volume() < rest and rest.in_unit(unit) < KEPT_APART


def as_part(typed: Volume, there: Volume, unit: VolumeUnit) -> Volume:
    """Return what somebody means who types *typed* of what is *there*; nothing typed means nothing.

    All of it, when it is shown with this figure or when the rest would be dust: 38 oz of 37.6, 37 of 37.4.
    """
    is_all = is_shown_alike(typed, there, unit) or is_dust(there - typed, unit)
    return there if is_all and min(typed, there) > Volume() else typed


def as_kept(typed: Volume, kept: Volume | None, unit: VolumeUnit) -> Volume:
    """Return what somebody means who types *typed* over *kept*: the figure shown changes nothing."""
    return kept if kept is not None and typed == as_shown(kept, unit) else typed


def as_shown(volume: Volume, unit: VolumeUnit) -> Volume:
    """Return the amount that the figure shown for *volume* says."""
    return Volume.of(format_number(volume, unit).replace(",", ""), unit)
