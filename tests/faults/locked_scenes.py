"""What a locked network is killed at, and what must be true then: it opens with what opened it before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3

from coordinator.adapters.computer import sealing
from coordinator.adapters.computer.key_slots import slots_beside
from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db.network_file import is_locked
from coordinator.domain.records.keys import Key
from coordinator.errors import DamagedFileError, WrongKeyError
from coordinator.services.records import locking
from coordinator.services.records.backups import (
    back_up_now,
    backup_from_file,
    backups_of,
    preview_file,
    restore_file,
)
from coordinator.services.records.checks import check_network
from tests.builders import TODAY
from tests.faults import scenes
from tests.faults.scenes import Before, Say, add
from tests.faults.worked_network import NAME

PASSPHRASE = "four grey geese on the marsh"  # noqa: S105 - of a test
NEEDLE = "Quillfeather"
"""Is in every family's name: no file may show it once the network is locked."""

CHECKED = 1
"""So many of the newest backups are checked after each kill, and all are opened."""

SWEPT = (*scenes.SWEPT, ".slots.part", ".replaced", ".locking")


@contextmanager
def cheap_slots() -> Iterator[None]:
    """Let a passphrase cost nothing to try: deriving a key from it writes nothing that a kill could hurt."""
    usual = sealing._ITERATIONS, sealing._LANES, sealing._MEMORY_KIB
    sealing._ITERATIONS, sealing._LANES, sealing._MEMORY_KIB = 1, 1, 8
    try:
        yield
    finally:
        sealing._ITERATIONS, sealing._LANES, sealing._MEMORY_KIB = usual


def key_at(path: Path, *secrets: str) -> Key | None:
    """Return the key of the file at *path*, by one of *secrets*; ``None`` if it is not locked."""
    if not is_locked(path):
        return None
    for secret in secrets:
        with suppress(WrongKeyError):
            return locking.key_for(path, secret)
    raise AssertionError(f"{path.name} opens with none of the {len(secrets)} secrets")


def a_network(folder: Path, *, locked: bool, saved: int = 3) -> Path:
    """Make a network in *folder* with families and two backups, locked or not."""
    folder.mkdir(parents=True)
    path = make_network(folder / NAME)
    database = open_database(path)
    for number in range(saved):
        add(database, name_of("before", number))
        if number < 2:
            back_up_now(database)
    database.dispose()
    if locked:
        locking.lock_network(path, PASSPHRASE)
    return path


def name_of(prefix: str, number: int) -> str:
    """Return what the family of that number is called."""
    return f"{NEEDLE} {prefix}-{number}"


@contextmanager
def opened(path: Path, *secrets: str, alone: bool = False) -> Iterator[Database]:
    """Give the network at *path*, opened as the program does, by one of *secrets*."""
    database = open_database(path, key=key_at(path, *secrets), alone=alone)
    try:
        yield database
    finally:
        database.dispose()


def write(path: Path, prefix: str, say: Say) -> None:
    """Save one family after the other, saying each name once it is saved."""
    with opened(path, PASSPHRASE) as database:
        say("ready")
        _add_and_say(database, prefix, 1_000_000, say)


def back_up(path: Path, prefix: str, folder: Path | None, count: int, say: Say) -> None:
    """Save a family, back up into *folder*, and say which backup it was; so many times."""
    with opened(path, PASSPHRASE) as database:
        say("ready")
        for number in range(count):
            _add_and_say(database, f"{prefix}-{number}", 1, say)
            say(f"backup {back_up_now(database, folder=folder).path.name}")


def go_back(path: Path, secret: str, say: Say) -> None:
    """Go back to the oldest backup, with what opens that."""
    say("ready")
    chosen = scenes.oldest(path)
    key = key_at(chosen.path, secret)
    restore_file(path, chosen, key=key, backup_key=key)
    say("restored")


def lock(path: Path, prefix: str, say: Say) -> None:
    """Save, lock the open network, save on; saying each."""
    with opened(path, alone=True) as database:
        say("ready")
        _add_and_say(database, f"{prefix}-before", 2, say)
        locking.lock_open(database, PASSPHRASE)
        say("locked")
        _add_and_say(database, f"{prefix}-after", 2, say)


def take_off(path: Path, prefix: str, say: Say) -> None:
    """Save, take the lock off the open network, save on; saying each."""
    with opened(path, PASSPHRASE, alone=True) as database:
        say("ready")
        _add_and_say(database, f"{prefix}-before", 2, say)
        locking.take_lock_off_open(database, PASSPHRASE)
        say("taken off")
        _add_and_say(database, f"{prefix}-after", 2, say)


def change(path: Path, prefix: str, old: str, new: str, say: Say) -> None:
    """Change the passphrase while the network is open and written, then print other recovery words."""
    with opened(path, old) as database:
        say("ready")
        _add_and_say(database, f"{prefix}-before", 1, say)
        locking.change_passphrase(path, old, new)
        say("changed")
        _add_and_say(database, f"{prefix}-after", 1, say)
        words = locking.new_recovery_words(path, new, keep=lambda words: say(f"on paper {words}"))
        say(f"words {words}")


def _add_and_say(database: Database, prefix: str, count: int, say: Say) -> None:
    for number in range(count):
        add(database, name_of(prefix, number))
        say(name_of(prefix, number))


def whole(path: Path, said: frozenset[str], *secrets: str) -> str:
    """Return "locked" or "plain" of a network that opens, holds all that was said, and is without fault.

    Every backup opens with the same secrets, by the slots in its own folder, and nothing lies about. The
    newest are checked as well.
    """
    with opened(path, *secrets, alone=True) as database:
        assert not (lost := said - set(scenes.names(database))), f"lost: {lost}"
        assert not (faults := check_network(database).faults), faults
        found = "plain" if database.key is None else "locked"
    for number, backup in enumerate(backups_of(path)):
        if number < CHECKED:
            whole_backup(backup.path, *secrets)
        else:  # it was checked when it was new
            key_at(backup.path, *secrets)
    assert not (left := left_over(path.parent)), left
    return found


def whole_backup(path: Path, *secrets: str) -> None:
    """Raise unless the backup at *path* opens by the slots in its own folder and is without fault."""
    seen = preview_file(path.with_name(NAME), backup_from_file(path), TODAY, key_at(path, *secrets))
    assert not seen.check.faults, (path.name, seen.check.faults)


def nothing_readable(folder: Path) -> None:
    """Raise unless no file in *folder* shows a family's name."""
    shown = [one.name for one in folder.rglob("*") if one.is_file() and NEEDLE.encode() in one.read_bytes()]
    assert not shown, f"readable for everybody: {shown}"


def note_of_lock(path: Path) -> Path:
    """Return where it is noted that the backups of the network at *path* are being locked."""
    return path.with_name(f"{path.name}.locking")


def left_over(folder: Path) -> list[str]:
    """Return what neither belongs into *folder* nor is swept by and by."""
    return [
        name
        for name in scenes.left_over(folder)
        if not (
            name.endswith((".slots", ".backups-in", ".backups-in.part"))
            or name.startswith("damaged-")
            or any(part in name for part in SWEPT)
        )
    ]


@dataclass(frozen=True, slots=True)
class BeforeLocked:
    """A locked network about to be replaced by its oldest backup, and what opens that."""

    before: Before
    key: Key


def a_network_to_replace(folder: Path, *, is_damaged: bool, has_log: bool) -> BeforeLocked:
    """Write a locked network with a backup beside it into *folder*, as when somebody goes back."""
    path = a_network(folder, locked=True, saved=2)
    key = key_at(path, PASSPHRASE)
    assert key is not None
    old = tuple(name_of("before", number) for number in range(1))
    with closing_later(open_database(path, key=key)) as database:
        add(database, name_of("later", 0))
        if has_log:
            kept = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", "-wal")}
        everybody = tuple(scenes.names(database))
    if has_log:
        for suffix, content in kept.items():
            path.with_name(path.name + suffix).write_bytes(content)
    if is_damaged:
        damage(path, key)
    return BeforeLocked(Before(path, everybody, old, is_damaged), key)


@contextmanager
def closing_later(database: Database) -> Iterator[Database]:
    """Let go of *database* at the end."""
    try:
        yield database
    finally:
        database.dispose()


def damage(path: Path, key: Key) -> None:
    """Break a page of an empty table: its seal does not fit any more."""
    with closing(_connected(path, key)) as connection:
        query = "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'sign_off'"
        ((number, size),) = connection.execute(query).fetchall()
    content = bytearray(path.read_bytes())
    content[(number - 1) * int(size)] ^= 1
    path.write_bytes(content)


def _connected(path: Path, key: Key | None) -> sqlcipher3.Connection:
    connection = sqlcipher3.connect(path)
    connection.execute("pragma cipher_log_level=NONE")
    if key is not None:
        connection.execute(f"pragma key=\"x'{key.hex()}'\"")
    return connection


def raw_names(path: Path, key: Key, folder: Path) -> tuple[str, ...]:
    """Return the families of a file and its log, as far as SQLCipher alone can read them."""
    folder.mkdir()
    try:
        for suffix in ("", "-wal", "-journal"):
            with suppress(FileNotFoundError):
                shutil.copy(path.with_name(path.name + suffix), folder / f"copy.db{suffix}")
        with closing(_connected(folder / "copy.db", key)) as connection:
            return tuple(name for (name,) in connection.execute("SELECT name FROM household ORDER BY id"))
    finally:
        shutil.rmtree(folder)


def check_restore_killed(found: BeforeLocked) -> str:
    """Return "old" or "new", whichever lies at the path after a kill; what was there is there somewhere.

    And one can go back: afterwards the backup's families are in the network, locked, and nothing is readable.
    """
    before, path, folder = found.before, found.before.path, found.before.path.parent
    files = [
        path,
        *(one.path for one in backups_of(path)),
        *folder.glob(f"*-*-{path.name}"),
        *folder.glob(f"{path.name}.replaced"),
    ]
    kept = [raw_names(file, found.key, folder / "look") for file in files]
    assert before.old in kept, kept
    try:
        with opened(path, PASSPHRASE) as database:
            now = tuple(scenes.names(database))
            assert not check_network(database).faults
    except DamagedFileError:
        assert before.is_damaged
        now = before.old
    assert now in (before.old, before.new), now
    second = [file.name for file in folder.iterdir() if file != path and file.samefile(path)]
    assert not second or before.is_damaged, second
    chosen = scenes.oldest(path)
    restore_file(path, chosen, key=found.key, backup_key=key_at(chosen.path, PASSPHRASE))
    assert slots_beside(path).exists()
    assert whole(path, frozenset(before.new), PASSPHRASE) == "locked"
    nothing_readable(folder)
    return "new" if now == before.new else "old"
