"""Where a household is, how precisely we know it, and how far two places are apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How well a position is known, best first."""

    BY_HAND = "by hand"
    ADDRESS = "address"
    ZIP = "ZIP"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84 degrees and how precisely it stands for the address."""

    latitude_deg: float
    longitude_deg: float
    precision: Precision

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude_deg <= 90 and -180 <= self.longitude_deg <= 180):
            raise ValueError("latitude or longitude out of range")


@dataclass(frozen=True, slots=True)
class Address:
    """What was typed as an address, tidied; any part may be empty."""

    street: str = ""
    town: str = ""
    state: str = ""
    zip_code: str = ""

    @property
    def line(self) -> str:
        """One line as printed: ``299 Elm Ln, Rollinsford NH 03869``."""
        region = " ".join(part for part in (self.state, self.zip_code) if part)
        last = " ".join(part for part in (self.town, region) if part)
        return ", ".join(part for part in (self.street, last) if part)


class DistanceUnit(StrEnum):
    """How distances are shown and typed."""

    MI = "mi"
    KM = "km"


KM_PER_MILE = 1.609344
"""International mile: NIST Special Publication 811, Appendix B."""
