"""Reading and changing the network's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.driving import load_driving_policy
from coordinator.db.database import Database
from coordinator.db.settings import SettingRow
from coordinator.domain.audit import Action
from coordinator.domain.contacts import read_phone
from coordinator.domain.places import DistanceUnit
from coordinator.domain.settings import Paper, RoadServer, Settings
from coordinator.domain.volume import VolumeUnit
from coordinator.errors import UserError

READERS: dict[str, Callable[[str], object]] = {
    "paper": Paper,
    "volume_unit": VolumeUnit,
    "distance_unit": DistanceUnit,
    "hold_days": int,
    "road_factor": lambda text: float(text) if text else None,
    "road_server": RoadServer,
    "looks_up_addresses": lambda text: text == YES,
    "shows_tiles": lambda text: text == YES,
}
YES = "yes"
"""A switch that is on, as it is stored; off is anything else."""
LONGEST_HOLD_DAYS = 60


def load_settings(session: Session) -> Settings:
    """Return the settings, each with its default until it was set."""
    known = {field.name for field in fields(Settings)}
    stored = {row.name: row.value for row in session.scalars(sa.select(SettingRow)) if row.name in known}
    return Settings(**{name: READERS.get(name, str)(value) for name, value in stored.items()})  # type: ignore[arg-type] # each reader gives its field's type


def settings(database: Database) -> Settings:
    """Return the network's settings."""
    with database.reading() as session:
        return load_settings(session)


def change_setting(database: Database, name: str, value: str) -> None:
    """Set one setting.

    Raises:
        UserError: If the value does not fit.
    """
    if name not in {field.name for field in fields(Settings)}:
        raise ValueError(name)
    text = _checked(name, value.strip())
    with database.writing(
        Action("setting.changed", f"Changed the setting “{name.replace('_', ' ')}”")
    ) as session:
        row = session.scalar(sa.select(SettingRow).where(SettingRow.name == name))
        if row is None:
            session.add(SettingRow(name=name, value=text))
        else:
            row.value = text


def keep_units(database: Database, volume_unit: VolumeUnit, distance_unit: DistanceUnit) -> None:
    """Remember which units are shown; nothing is written when they are already kept."""
    kept = settings(database)
    if kept.volume_unit is not volume_unit:
        change_setting(database, "volume_unit", volume_unit)
    if kept.distance_unit is not distance_unit:
        change_setting(database, "distance_unit", distance_unit)


def _checked(name: str, value: str) -> str:
    if name == "coordinator_phone" and value:
        phone = read_phone(value)
        if phone is None:
            raise UserError("This does not look like a phone number; type it with its area code.")
        return phone
    if name == "backup_folder" and value and not Path(value).is_dir():
        raise UserError("There is no such folder. Choose one that is there, or leave this empty.")
    if name == "hold_days" and not (value.isdecimal() and 1 <= int(value) <= LONGEST_HOLD_DAYS):
        raise UserError(f"A hold lasts a whole number of days, from 1 to {LONGEST_HOLD_DAYS}.")
    if name == "road_factor":
        return _road_factor(value)
    if name == "road_server_url" and value:
        return _address(value)
    if name in READERS and name != "hold_days":
        try:
            READERS[name](value)
        except ValueError:
            raise UserError(f"“{value}” is not one of the choices.") from None
    return value


def _road_factor(value: str) -> str:
    """Return the coordinator's own road factor; empty goes back to the learnt or shipped one."""
    policy = load_driving_policy()
    try:
        is_fit = not value or policy.lowest <= float(value.replace(",", ".")) <= policy.highest
    except ValueError:
        is_fit = False
    if not is_fit:
        raise UserError(
            f"A road factor is a number from {policy.lowest:g} to {policy.highest:g}; "
            "leave it empty to go back."
        )
    return value.replace(",", ".")


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_fit = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_fit = is_fit and not (parts.query or parts.fragment or parts.username or parts.port == 0)
    except ValueError:
        is_fit = False
    if not is_fit:
        raise UserError("The address of a server begins with https:// and its name, as it was given to you.")
    return value.rstrip("/")
