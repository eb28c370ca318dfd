"""Going back to a backup, whatever is wrong with the network: looked at first, swapped at once or not at all.

A copy of the backup is made beside the network, examined and brought up to date there. Then the present file
gets a second name, and the copy takes its place in one step of the file system. Until the new one has been
opened the old one can come back.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from coordinator.db.checks import check_file
from coordinator.db.copies import STAMP, copy_with_log, fold_in_log, remove_with_log, see_on_disk
from coordinator.db.engine import connect_sqlite
from coordinator.db.errors import files_told_in_sentences, told_in_sentences
from coordinator.db.network_file import BESIDE, beside, check_place
from coordinator.db.opening import examine
from coordinator.domain.checks import Check
from coordinator.errors import BackupError

log = logging.getLogger(__name__)

_COPY: Final = ".restoring"


@dataclass(frozen=True, slots=True)
class SetAside:
    """Where the file that was replaced lies now, with whatever lay beside it; None if there was none."""

    path: Path | None


def examined_copy(
    source: Path, path: Path, key: bytes | None, now: datetime, upgrade: Callable[[Path], object]
) -> Path:
    """Copy *source* beside the network at *path*, look into the copy, bring it up to date, and return it.

    Args:
        source: A backup, or any file said to be one.
        path: The network's own place; nothing is changed there.
        key: 32 raw bytes for a locked file.
        now: Which holds count in the check.
        upgrade: Runs the steps of the schema that the copy lacks.

    Raises:
        BackupError: If *source* is the network itself, or the check finds it unfit.
        UserError: ``NotANetworkError``, ``NewerFileError``, ``WrongKeyError``, ``DiskFullError``…
    """
    check_place(source)
    if path.exists() and source.samefile(path):
        raise BackupError("This is the network itself, not a backup of it. Choose another file.")
    examine(source, key)
    copy = path.with_name(path.name + _COPY)
    try:
        copy_with_log(source, copy, key)
        upgrade(copy)
        with told_in_sentences(), closing(connect_sqlite(copy, key)) as connection:
            fold_in_log(connection)
        _refuse_unfit(check_file(copy, key, now.date()))
        see_on_disk(copy)
    except BaseException:
        remove_with_log(copy)
        raise
    return copy


def close_log(path: Path, key: bytes | None, busy_ms: int) -> None:
    """Leave the file at *path* alone with itself.

    Raises:
        BusyError: If anybody else has it open.
    """
    with told_in_sentences(), closing(connect_sqlite(path, key, busy_ms=busy_ms)) as connection:
        fold_in_log(connection)


def swap_in(copy: Path, path: Path, now: datetime, word: str) -> SetAside:
    """Put *copy* in the place of the file at *path*, which gets a name that begins with *word*.

    At every moment either the old or the new file lies at *path*, where the disk knows second names.

    Raises:
        UserError: And what was there is there.
    """
    aside = _free_name(path, now, word)
    has_file = os.path.lexists(path)
    try:
        with files_told_in_sentences():
            # First: a log left beside the new file would be taken for its own.
            for suffix in BESIDE:
                with suppress(FileNotFoundError):
                    beside(path, suffix).rename(beside(aside, suffix))
            if has_file:
                _second_name(path, aside)
            copy.replace(path)
            see_on_disk(path.parent)
    except BaseException:
        roll_back(SetAside(aside if has_file else None), path)
        raise
    log.info("replaced; what was there is %s", aside.name if has_file else "nothing")
    return SetAside(aside if has_file else None)


def roll_back(aside: SetAside, path: Path) -> None:
    """Put what was set aside back in its place."""
    if aside.path is None:
        return
    remove = [beside(path, suffix) for suffix in BESIDE]
    with files_told_in_sentences():
        if aside.path.exists():
            for left in remove:
                left.unlink(missing_ok=True)
            aside.path.replace(path)
        for suffix in BESIDE:
            with suppress(FileNotFoundError):
                beside(aside.path, suffix).replace(beside(path, suffix))
        see_on_disk(path.parent)


def forget(aside: SetAside) -> None:
    """Delete what was set aside: a backup of it is kept."""
    if aside.path is not None:
        remove_with_log(aside.path)


def _refuse_unfit(check: Check) -> None:
    if check.is_unfit:
        raise BackupError(
            "The check finds this backup damaged, so nothing was changed. Choose another one: the list says "
            "which are checked."
        )


def _second_name(path: Path, aside: Path) -> None:
    """Let the file at *path* be *aside*, too; a disk that knows no second names moves it."""
    try:
        os.link(path, aside)
    except OSError:
        path.rename(aside)


def _free_name(path: Path, now: datetime, word: str) -> Path:
    stamp = now.astimezone().strftime(STAMP)
    number = 1
    while True:
        name = f"{word}-{stamp}{f'-{number}' if number > 1 else ''}-{path.name}"
        if not path.with_name(name).exists():
            return path.with_name(name)
        number += 1
