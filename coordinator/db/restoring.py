"""Going back to a backup, whatever is wrong with the network: looked at first, swapped at once or not at all.

A copy of the backup is made beside the network, examined and brought up to date there. While nobody else
can write, it takes the network's place (``swapping``). Until it has been opened the old one can come back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator.db.checks import check_file
from coordinator.db.copies import copy_rekeyed, copy_with_log, fold_in_log, remove_with_log, see_on_disk
from coordinator.db.engine import connect_sqlite, connect_to_read
from coordinator.db.errors import told_in_sentences
from coordinator.db.network_file import check_place
from coordinator.db.opening import examine
from coordinator.db.swapping import RESTORING
from coordinator.domain.records.checks import Check
from coordinator.domain.records.keys import Key
from coordinator.errors import BackupError, BusyError
from coordinator.sayings import saying

if TYPE_CHECKING:
    import sqlcipher3


def examined_copy(
    source: Path,
    path: Path,
    key: Key | None,
    now: datetime,
    upgrade: Callable[[Path], object],
    source_key: Key | None = None,
) -> Path:
    """Copy *source* beside the network at *path*, look into the copy, bring it up to date, and return it.

    Args:
        source: A backup, or any file said to be one.
        path: The network's own place; nothing is changed there.
        key: What the copy opens with, 32 raw bytes; ``None`` for one that is not locked.
        now: Which holds count in the check.
        upgrade: Runs the steps of the schema that the copy lacks.
        source_key: What *source* opens with.

    Raises:
        BackupError: If *source* is the network itself, or the check finds it unfit.
        UserError: ``NotANetworkError``, ``NewerFileError``, ``WrongKeyError``, ``DiskFullError``…
    """
    check_place(source)
    if path.exists() and source.samefile(path):
        raise BackupError(saying("This is the network itself, not a backup of it. Choose another file."))
    examine(source, source_key)
    copy = path.with_name(path.name + RESTORING)
    try:
        if source_key == key:
            copy_with_log(source, copy, key)
        else:
            copy_rekeyed(source, copy, source_key, key)
        upgrade(copy)
        with told_in_sentences(), closing(connect_sqlite(copy, key)) as connection:
            fold_in_log(connection)
        _refuse_unfit(check_file(copy, key, now.astimezone().date()))
        see_on_disk(copy)
    except BaseException:
        remove_with_log(copy)
        raise
    return copy


@contextmanager
def alone_with(
    path: Path,
    key: Key | None,
    busy_ms: int,
    kept: Path | None = None,
    kept_key: Key | None = None,
) -> Iterator[None]:
    """Fold in the log of the network at *path* and let nobody read or write it meanwhile.

    Args:
        path: The network.
        key: 32 raw bytes for a locked file.
        busy_ms: How long to wait for others.
        kept: A copy that must hold the network's last action; one saved since would be lost.
        kept_key: What that opens with.

    Raises:
        BusyError: If anybody else has it open, or wrote after the backup.
    """
    with told_in_sentences(), closing(connect_sqlite(path, key, busy_ms=busy_ms)) as connection:
        fold_in_log(connection)
        connection.execute("BEGIN EXCLUSIVE")
        if kept is not None and _last_action(connection) != _last_action_at(kept, kept_key):
            raise BusyError
        if os.name == "nt":  # a file that is open cannot be replaced there
            connection.close()
        yield


def _last_action_at(path: Path, key: Key | None) -> object:
    with closing(connect_to_read(path, key, immutable=True)) as connection:
        return _last_action(connection)


def _last_action(connection: sqlcipher3.Connection) -> object:
    return connection.execute("SELECT digest FROM audit ORDER BY id DESC LIMIT 1").fetchone()


def _refuse_unfit(check: Check) -> None:
    if check.is_unfit:
        raise BackupError(
            saying(
                "The check finds this backup damaged, so nothing was changed. "
                "Choose another one: the list says which are checked."
            )
        )
