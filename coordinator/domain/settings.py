"""What a network sets once: its name, who prints, paper, units, days a hold lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.volume import VolumeUnit
from coordinator.sayings import Saying, saying


class Paper(StrEnum):
    """The size of the printed page."""

    LETTER = "letter"
    A4 = "a4"


class RoadServer(StrEnum):
    """Who is asked for roads and drive times."""

    NONE = "none"
    OSRM = "osrm"
    VALHALLA = "valhalla"


@dataclass(frozen=True, slots=True)
class Settings:
    """The network's settings. ``backup_folder`` empty means beside the data.

    A standing pair is asked about a day ``standing_ask_days`` before it, and renews it
    ``standing_renew_days`` before it at the latest.

    ``ranking_weights`` are the weights of the order of matches that differ from ours. ``label_shifts`` are
    how far this network's printer shifts each sheet of labels.

    Whatever reaches the internet is off until the coordinator switches it on: ``looks_up_addresses``,
    ``road_server``, ``shows_tiles``. ``road_factor`` ``None`` means the learnt or the shipped one,
    ``user_agent`` empty the program's name and version; ``contact`` is sent with it to those who run a
    server. ``forget_after_months`` after the last milk or contact a family is proposed to be forgotten; 0,
    our choice, proposes nobody. ``tiles_file`` is an MBTiles or PMTiles file on this computer.
    ``call_minutes`` of a call are our own choice: nobody measured them.
    """

    network_name: str = ""
    coordinator_name: str = ""
    coordinator_phone: str = ""
    paper: Paper = Paper.LETTER
    volume_unit: VolumeUnit = VolumeUnit.OZ
    distance_unit: DistanceUnit = DistanceUnit.MI
    hold_days: int = 7
    call_minutes: int = 5
    forget_after_months: int = 0
    standing_ask_days: int = 7
    standing_renew_days: int = 2
    ranking_weights: str = ""
    backup_folder: str = ""
    label_shifts: str = ""
    road_factor: float | None = None
    contact: str = ""
    user_agent: str = ""
    looks_up_addresses: bool = False
    nominatim_url: str = "https://nominatim.openstreetmap.org"
    road_server: RoadServer = RoadServer.NONE
    road_server_url: str = ""
    shows_tiles: bool = False
    tiles_url: str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    tiles_attribution: str = "© OpenStreetMap contributors"
    tiles_file: str = ""


SETTING_WORDS: Final[Mapping[str, Saying]] = {
    "network_name": saying("network name"),
    "coordinator_name": saying("coordinator name"),
    "coordinator_phone": saying("coordinator phone"),
    "paper": saying("paper"),
    "volume_unit": saying("volume unit"),
    "distance_unit": saying("distance unit"),
    "hold_days": saying("hold days"),
    "call_minutes": saying("call minutes"),
    "forget_after_months": saying("forget after months"),
    "standing_ask_days": saying("standing ask days"),
    "standing_renew_days": saying("standing renew days"),
    "ranking_weights": saying("ranking weights"),
    "backup_folder": saying("backup folder"),
    "label_shifts": saying("label shifts"),
    "road_factor": saying("road factor"),
    "contact": saying("contact"),
    "user_agent": saying("user agent"),
    "looks_up_addresses": saying("looks up addresses"),
    "nominatim_url": saying("nominatim url"),
    "road_server": saying("road server"),
    "road_server_url": saying("road server url"),
    "shows_tiles": saying("shows tiles"),
    "tiles_url": saying("tiles url"),
    "tiles_attribution": saying("tiles attribution"),
    "tiles_file": saying("tiles file"),
}
"""What the history calls each setting."""
