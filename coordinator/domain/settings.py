"""What a network sets once: its name, who prints, paper, units, days a hold lasts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coordinator.domain.places import DistanceUnit
from coordinator.domain.volume import VolumeUnit


class Paper(StrEnum):
    """The size of the printed page."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Settings:
    """The network's settings. ``backup_folder`` empty means beside the data."""

    network_name: str = ""
    coordinator_name: str = ""
    coordinator_phone: str = ""
    paper: Paper = Paper.LETTER
    volume_unit: VolumeUnit = VolumeUnit.OZ
    distance_unit: DistanceUnit = DistanceUnit.MI
    hold_days: int = 7
    backup_folder: str = ""
