"""What a program is killed at, and what must be true afterwards."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.backups import Backup
from coordinator.domain.records.history import Action
from coordinator.errors import DamagedFileError
from coordinator.services.records.backups import back_up_now, backups_of, restore_file
from coordinator.services.records.checks import check_network
from coordinator.services.records.way_back import WayBack
from tests.faults.worked_network import NAME

Say = Callable[[str], None]

SWEPT = (".partial", ".restoring", ".making")
"""What a killed program may leave: the next backup, restore or new network sweeps it."""


def add(database: Database, name: str) -> None:
    """Save a family called *name*."""
    with database.writing(Action("test.added", f"Added {name}")) as session:
        session.add(HouseholdRow(name=name, name_on_paper=name))


def names(database: Database) -> list[str]:
    """Return what every family is called, the first saved first."""
    with database.reading() as session:
        return list(session.scalars(sa.select(HouseholdRow.name).order_by(HouseholdRow.id)))


def names_at(path: Path) -> list[str]:
    """Return the same of the network at *path*, in which the check must find nothing."""
    database = open_database(path)
    try:
        faults = check_network(database).faults
        assert not faults, faults
        return names(database)
    finally:
        database.dispose()


def names_in_copy(path: Path, folder: Path) -> list[str]:
    """Return the same of a file that must stay as it is, with what lies beside it."""
    folder.mkdir(exist_ok=True)
    for one in path.parent.glob(f"{path.name}*"):
        if one.is_file():
            shutil.copy(one, folder / one.name)
    try:
        return names_at(folder / path.name)
    finally:
        shutil.rmtree(folder)


def left_over(folder: Path) -> list[str]:
    """Return the files in and under *folder* that neither belong there nor are swept by and by."""
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and not _belongs(path) and not any(part in path.name for part in SWEPT)
    )


def _belongs(path: Path) -> bool:
    known = {NAME, *(f"{NAME}{suffix}" for suffix in ("-wal", "-shm", "-journal", ".in-use"))}
    return path.name in known or (path.parent.name == "backups" and path.suffix == ".db")


def write(path: Path, prefix: str, say: Say) -> None:
    """Save one family after the other, saying each name once it is saved."""
    database = open_database(path)
    say("ready")
    number = 0
    while True:
        number += 1
        add(database, f"{prefix}-{number}")
        say(f"{prefix}-{number}")


def back_up(path: Path, prefix: str, say: Say) -> None:
    """Save a family, back up, and say which backup it was; again and again."""
    database = open_database(path)
    say("ready")
    number = 0
    while True:
        number += 1
        add(database, f"{prefix}-{number}")
        say(f"{prefix}-{number}")
        say(f"backup {back_up_now(database).path.name}")


def make(path: Path, say: Say) -> None:
    """Make an empty network."""
    say("ready")
    make_network(path)
    say("made")


def migrate(path: Path, say: Say) -> None:
    """Open a network of an older program, which brings it up to date."""
    say("ready")
    open_database(path).dispose()
    say("opened")


def go_back(path: Path, say: Say) -> None:
    """Go back to the oldest backup of the network at *path*."""
    say("ready")
    restore_file(path, oldest(path))
    say("restored")


def oldest(path: Path) -> Backup:
    """Return the oldest backup of the network at *path*."""
    return backups_of(path)[-1]


@dataclass(frozen=True, slots=True)
class Before:
    """A network about to be replaced by its backup: what both hold, and how the network lies there."""

    path: Path
    old: tuple[str, ...]
    new: tuple[str, ...]
    is_damaged: bool


KINDS_OF_NETWORK = [(is_damaged, has_log) for is_damaged in (False, True) for has_log in (False, True)]


def a_network_to_replace(folder: Path, *, is_damaged: bool, has_log: bool) -> Before:
    """Write a network with a backup beside it into *folder*, as it lies there when somebody goes back."""
    folder.mkdir(parents=True)
    path = make_network(folder / NAME)
    database = open_database(path)
    for name in ("Ada", "Bo"):
        add(database, name)
    back_up_now(database)
    add(database, "Cleo")
    if has_log:
        database.dispose()
        database = open_database(path)
        add(database, "Dana")
        everything = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", "-wal")}
    everybody = tuple(names(database))
    database.dispose()
    if has_log:
        for suffix, content in everything.items():
            path.with_name(path.name + suffix).write_bytes(content)
    if is_damaged:
        damage(path)
    return Before(path, everybody, ("Ada", "Bo"), is_damaged)


def damage(path: Path) -> None:
    """Break the structure of the network at *path*: an empty table's page is no page of a table any more."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        query = "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'sign_off'"
        ((number, size),) = connection.execute(query).fetchall()
    with path.open("r+b") as file:
        file.seek((number - 1) * size)
        file.write(b"\7")


def raw_names(path: Path, folder: Path) -> tuple[str, ...]:
    """Return the families of a file and the log beside it, as far as SQLite alone can read them."""
    folder.mkdir()
    try:
        for suffix in ("", "-wal", "-journal"):
            with suppress(FileNotFoundError):
                shutil.copy(path.with_name(path.name + suffix), folder / f"copy.db{suffix}")
        with closing(sqlite3.connect(folder / "copy.db")) as connection:
            return tuple(name for (name,) in connection.execute("SELECT name FROM household ORDER BY id"))
    finally:
        shutil.rmtree(folder)


def check_restore_killed(before: Before) -> str:
    """Return "old" or "new", whichever lies at the path after a kill; anything else is an error.

    What was there is all there, at the path, in a backup or set aside with its log, and one can go back.
    """
    path, folder = before.path, before.path.parent
    found = _what_lies_there(before)
    files = [
        path,
        *(one.path for one in backups_of(path)),
        *folder.glob(f"*-*-{path.name}"),
        *folder.glob(f"{path.name}.replaced"),
    ]
    kept = [raw_names(file, folder / "look") for file in files]
    assert before.old in kept, kept
    second = [file.name for file in folder.iterdir() if file != path and file.samefile(path)]
    assert not second, second
    WayBack(path).go_back(oldest(path))
    assert tuple(names_at(path)) == before.new
    left = [name for name in left_over(folder) if not (before.is_damaged and name.startswith("damaged-"))]
    assert not left, left
    return found


def _what_lies_there(before: Before) -> str:
    if before.is_damaged:
        try:
            found = tuple(names_at(before.path))
        except DamagedFileError:
            found = raw_names(before.path, before.path.parent / "look")
            assert found == before.old, found
            assert backups_of(before.path)
            return "old"
    else:
        found = tuple(names_at(before.path))
    if found == before.new:
        return "new"
    assert found == before.old
    assert not before.is_damaged, "a damaged network opened as if nothing were wrong"
    return "old"
