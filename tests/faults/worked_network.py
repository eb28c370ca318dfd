"""A network as it lies on the disk after a week: the sample region, holds, a settled pickup, edits."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.services.families.donors import list_donors
from coordinator.services.families.households import change_profile, remove_family
from coordinator.services.pickups.settling import settle
from coordinator.services.records.backups import back_up_now
from coordinator.services.records.history import undo
from coordinator.services.sample.samples import open_sample_region
from coordinator.services.sample.week_of_work import work_a_week
from tests.builders import TODAY

NAME = "network.db"


def write_worked_network(folder: Path) -> Path:
    """Write such a network into *folder*, with one sound backup of it beside, and return its path."""
    path = make_network(folder / NAME)
    database = open_database(path, origin="window")
    try:
        open_sample_region(database, TODAY)
        week = work_a_week(database, TODAY)
        settle(database, week.pickups[-1], None, week.monday + timedelta(days=5))
        _edit(database)
        back_up_now(database)
    finally:
        database.dispose()
    return path


def fresh_copy(network: Path, folder: Path) -> Path:
    """Return a copy of *network* and its backups in *folder*, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(network.parent, folder)
    return folder / network.name


def dump_of(path: Path) -> list[str] | None:
    """Return what is in the file at *path* as SQL, None where it cannot be read to the end."""
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.text_factory = lambda content: content.decode(errors="backslashreplace")
            return sorted(connection.iterdump())  # a backup has its rules in another order
    except Exception:  # noqa: BLE001 - a damaged file may fail in any way, and that is the answer
        return None


def _edit(database: Database) -> None:
    """Correct some families, take one away, and undo one step."""
    codes = [donor.code for donor in list_donors(database, TODAY)]
    for number, code in enumerate(codes[:10]):
        change_profile(database, code, "driver_note", f"Side door, bell {number}")
    remove_family(database, codes[-1], TODAY)
    change_profile(database, codes[0], "driver_note", "Front door")
    undo(database)
