"""Reading and changing the network's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.database import Database
from coordinator.db.settings import SettingRow
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.records.history import Action
from coordinator.domain.settings import SETTING_WORDS, Paper, RoadServer, Settings
from coordinator.domain.text import storable
from coordinator.domain.volume import VolumeUnit
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.settings.checks import YES, checked

READERS: dict[str, Callable[[str], object]] = {
    "paper": Paper,
    "volume_unit": VolumeUnit,
    "distance_unit": DistanceUnit,
    "hold_days": int,
    "call_minutes": int,
    "forget_after_months": int,
    "standing_ask_days": int,
    "standing_renew_days": int,
    "road_factor": lambda text: float(text) if text else None,
    "road_server": RoadServer,
    "looks_up_addresses": lambda text: text == YES,
    "shows_tiles": lambda text: text == YES,
}


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
    text = _checked(name, storable(value).strip())
    with database.writing(
        Action("setting.changed", saying("Changed the setting “{setting}”", setting=SETTING_WORDS[name]))
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
    text = checked(name, value)
    if name in READERS:
        try:
            READERS[name](text)
        except ValueError:
            raise UserError(saying("“{value}” is not one of the choices.", value=str(value))) from None
    return text
