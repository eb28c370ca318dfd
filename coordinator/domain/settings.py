"""What a network sets once: its name, who prints, paper, units, days a hold lasts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.volume import VolumeUnit


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
