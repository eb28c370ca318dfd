"""Copies of a network file: made by SQLite, private from the first byte, on the disk before they count."""

from __future__ import annotations

import os
import re
from contextlib import closing, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coordinator import open_networks
from coordinator.db.engine import connect_sqlite, connect_to_read
from coordinator.db.errors import files_told_in_sentences, told_in_sentences
from coordinator.db.network_file import LOG, beside, has_unsaved_log, private_file
from coordinator.domain.records.backups import Backup, BackupReason
from coordinator.domain.records.keys import Key
from coordinator.errors import BackupError, UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlcipher3

STAMP: Final = "%Y-%m-%d-%H%M%S"
FOLDER: Final = "backups"
"""Where the backups of a network are, beside it, unless chosen otherwise."""
FAULTY: Final = "-faulty"
"""Ends the name of a backup whose network had faults when it was made."""

_LOOK_EVERY: Final = 200_000
"""Steps of SQLite's own machine between two looks at whether to go on: some hundredths of a second."""

_NAME: Final = re.compile(r"milkrun-(\d{4}-\d{2}-\d{2}-\d{6})-([a-z-]+?)(-faulty)?\.db")


def backup_name(folder: Path, now: datetime, reason: BackupReason) -> Path:
    """Return a backup's name in *folder* that is not taken; people look for it by their own clock."""
    here = now.astimezone()
    while True:
        stem = f"milkrun-{here.strftime(STAMP)}-"
        if not any(folder.glob(f"{stem}*")):  # one that is being made, or was killed, has its name already
            return folder / f"{stem}{reason.value}.db"
        here += timedelta(seconds=1)


def backup_at(path: Path) -> Backup | None:
    """Return what name and size say of the backup at *path*; None if it has no backup's name or is gone."""
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        return None
    with suppress(OSError, ValueError):
        made_at = datetime.strptime(parts[1], STAMP).astimezone()
        known = parts[2] in set(BackupReason)
        reason = BackupReason(parts[2]) if known else BackupReason.BY_HAND
        return Backup(path, made_at, reason, path.stat().st_size, was_faulty=parts[3] is not None)
    return None


def vacuum_into(connection: sqlcipher3.Connection, target: Path) -> None:
    """Write what *connection* sees into *target*, a new file, and see it on the disk.

    Raises:
        UserError: If it cannot be written; nothing is left half done.
    """
    try:
        private_file(target)  # VACUUM INTO alone would leave it readable by everybody
        with told_in_sentences():
            connection.execute("VACUUM INTO ?", (str(target),))
        see_on_disk(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def copy_with_log(path: Path, target: Path, key: Key | None) -> None:
    """Copy a file that nobody here has open, its log folded in, to *target*, which is replaced.

    Raises:
        NetworkFileError: If it is a file of an open network.
        UserError: If either cannot be read or written.
    """
    open_networks.refuse(path)
    remove_with_log(target)
    private_file(target)
    _copy(path, target)
    if has_unsaved_log(path):
        private_file(beside(target, LOG))
        _copy(beside(path, LOG), beside(target, LOG))
    with told_in_sentences(), closing(connect_sqlite(target, key)) as connection:
        fold_in_log(connection)
    see_on_disk(target)


def copy_rekeyed(
    path: Path, target: Path, old: Key | None, new: Key | None, look: Callable[[], object] | None = None
) -> None:
    """Write what the file at *path* holds into *target*, a new file that opens with the key *new*.

    Nothing is changed in the file at *path*, which may be in use. Both are compared, table by table.

    Args:
        path: A network or a backup.
        target: Is replaced.
        old: With which key *path* opens, ``None`` where it is not locked.
        new: 32 raw bytes, or ``None`` for a copy that is not locked.
        look: Called now and then meanwhile; what it raises ends this, with nothing left.

    Raises:
        WrongKeyError, NotANetworkError: If *path* does not open with *old*.
        UserError: If it cannot be written, or the copy holds anything else; nothing is left half done.
    """
    remove_with_log(target)
    stopped: list[BaseException] = []
    try:
        private_file(target)
        with told_in_sentences(), closing(connect_to_read(path, old)) as connection:
            if look is not None:
                connection.set_progress_handler(partial(_stops, look, stopped), _LOOK_EVERY)
            connection.execute("pragma query_only=OFF")  # of the copy; this file is open to read only
            connection.execute("ATTACH DATABASE ? AS copied KEY ?", (str(target), _key_words(new)))
            for quick in (
                "synchronous=OFF",
                "journal_mode=OFF",
            ):  # it is seen on the disk at the end, or gone
                connection.execute(f"pragma copied.{quick}")
            connection.execute("SELECT sqlcipher_export('copied')")
            for pragma in ("user_version", "application_id"):
                (value,) = connection.execute(f"pragma main.{pragma}").fetchone()
                connection.execute(f"pragma copied.{pragma}={int(value)}")
            before, after = (_rows(connection, schema) for schema in ("main", "copied"))
            connection.execute("DETACH DATABASE copied")
        _refuse_other(before, after)
        see_on_disk(target)
    except BaseException:
        remove_with_log(target)
        if stopped:
            raise stopped[0] from None
        raise


def _stops(look: Callable[[], object], stopped: list[BaseException]) -> bool:
    """Let *look* look, and keep what it raises: through SQLite it would not come."""
    try:
        look()
    except BaseException as error:  # noqa: BLE001 - raised again by whoever copies
        stopped.append(error)
    return bool(stopped)


def _refuse_other(before: dict[str, int], after: dict[str, int]) -> None:
    if before != after:
        raise BackupError(saying("The copy did not hold everything, so nothing was changed. Try again."))


def _key_words(key: Key | None) -> str:
    return "" if key is None else f"x'{key.hex()}'"


def _rows(connection: sqlcipher3.Connection, schema: str) -> dict[str, int]:
    """Return how many rows each table of *schema* has, and how many rules and indexes there are."""
    named = connection.execute(f"SELECT type, name FROM {schema}.sqlite_master").fetchall()  # noqa: S608 - ours
    count = f'SELECT count(*) FROM {schema}."{{}}"'  # noqa: S608 - likewise
    rows = {
        name: int(connection.execute(count.format(name)).fetchone()[0])
        for kind, name in named
        if kind == "table"
    }
    for kind in ("index", "trigger", "view"):
        rows[f"{kind}_count"] = sum(one == kind for one, _ in named)
    return rows


def fold_in_log(connection: sqlcipher3.Connection) -> None:
    """Fold the write-ahead log into the file; SQLite refuses while anybody else has it open."""
    connection.execute("pragma wal_checkpoint(TRUNCATE)")
    connection.execute("pragma journal_mode=DELETE")


def remove_with_log(path: Path) -> None:
    """Delete the file at *path* and what SQLite keeps beside it, where they are."""
    for suffix in ("", LOG, "-shm", "-journal"):
        with suppress(OSError):
            beside(path, suffix).unlink(missing_ok=True)


def put_new(made: Path, path: Path) -> None:
    """Give the finished file *made* its name *path*, where nothing is yet, and see both on the disk.

    Raises:
        UserError: If something came to lie there meanwhile.
    """
    see_on_disk(made)
    with files_told_in_sentences():
        try:
            os.link(made, path)
        except FileExistsError:
            raise UserError(
                saying("There is a file at {path} already; it was not changed.", path=str(path))
            ) from None
        except OSError:  # a disk that knows no second names
            made.rename(path)
        see_on_disk(path.parent)


def see_on_disk(path: Path) -> None:
    """See *path*, a file or a folder, on the disk; Windows knows no such thing for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(source: Path, target: Path) -> None:
    with files_told_in_sentences(), source.open("rb") as original, target.open("wb") as copy:
        while piece := original.read(1 << 20):
            copy.write(piece)
