"""One file taking the place of another, so that whoever is killed meanwhile leaves the one or the other.

First the present file gets a second name, then its log goes over to that name, then the new file takes the
first name in one step of the file system. A file with two names is therefore a swap that was not finished:
:func:`undo_half_swap` gives its log back and takes the second name away, at the next opening.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from coordinator.db.copies import STAMP, remove_with_log, see_on_disk
from coordinator.db.errors import files_told_in_sentences
from coordinator.db.network_file import INDEX, LOG, beside

log = logging.getLogger(__name__)

MAKING, RESTORING = ".making", ".restoring"
"""End the names of a network that is being made, and of the copy that is about to take its place."""

REPLACED: Final = ".replaced"
"""Ends the name of what was replaced, until its work is done."""
_WORDS: Final = ("replaced", "damaged")
_BESIDE: Final = (LOG, "-journal", INDEX)
"""What SQLite keeps beside a file; left there it would be taken for the new file's own."""


def place_aside(path: Path, now: datetime, *, is_readable: bool, is_kept: bool) -> Path:
    """Return where the file at *path* goes when it is replaced.

    With a backup of it that is a name for the moment; without, one that stays and says what and when.
    """
    if is_kept:
        return path.with_name(path.name + REPLACED)
    stamp = now.astimezone().strftime(STAMP)
    word = "replaced" if is_readable else "damaged"
    number = 1
    while True:
        name = f"{word}-{stamp}{f'-{number}' if number > 1 else ''}-{path.name}"
        if not path.with_name(name).exists():
            return path.with_name(name)
        number += 1


def swap_in(copy: Path, path: Path, aside: Path) -> None:
    """Put *copy* in the place of the file at *path*, which is *aside* then, with what lies beside it.

    At every moment either the old or the new file lies at *path*, where the disk knows second names.

    Raises:
        UserError: And what was there is there.
    """
    if aside.name == path.name + REPLACED:
        remove_with_log(aside)  # of one that was killed after its work was done
    try:
        with files_told_in_sentences():
            if os.path.lexists(path):
                _second_name(path, aside)
            _move_beside(path, aside)
            copy.replace(path)
            see_on_disk(path.parent)
    except BaseException:
        roll_back(aside, path)
        raise
    log.info("replaced; what was there is %s", aside.name if aside.exists() else "nothing")


def roll_back(aside: Path, path: Path) -> None:
    """Put what was set *aside* back in its place, in the order that makes a kill meanwhile a half swap."""
    with files_told_in_sentences():
        if aside.exists() and not _is_same(aside, path):
            for suffix in _BESIDE:
                beside(path, suffix).unlink(missing_ok=True)
            again = path.with_name(path.name + RESTORING)
            again.unlink(missing_ok=True)
            _second_name(aside, again)
            again.replace(path)
        _move_beside(aside, path)
        aside.unlink(missing_ok=True)
        see_on_disk(path.parent)


def forget(aside: Path) -> None:
    """Delete what was set aside: a backup of it is kept."""
    remove_with_log(aside)


def is_half_swapped(path: Path) -> bool:
    """Say whether the file at *path* has a second name of ours, or lies under that alone."""
    return next(_second_names(path), None) is not None or _is_moved_away(path)


def undo_half_swap(path: Path) -> None:
    """Take the second names of the file at *path* away and give it its log back.

    Only for whoever may be the one window on it: a swap may be at work. On a disk that knows no second names
    a file that was moved away comes back.
    """
    if _is_moved_away(path):
        log.warning("a swap was not finished; moved back")
        with suppress(OSError):
            left = path.with_name(path.name + REPLACED)
            _move_beside(left, path)
            left.rename(path)
    for second in list(_second_names(path)):
        log.warning("a swap was not finished; undone: %s", second.name)
        with suppress(OSError):
            if not beside(path, LOG).exists():
                _move_beside(second, path)
            second.unlink()


def sweep_leftovers(path: Path) -> None:
    """Delete what a swap that was killed after its work was done left beside the file at *path*.

    Only for whoever may be the one window on it. Beside a locked network it would be readable for everybody.
    """
    for left in _leftovers(path):
        remove_with_log(left)
        log.warning("left by a swap, deleted: %s", left.name)


def has_leftovers(path: Path) -> bool:
    """Say whether there is anything that :func:`sweep_leftovers` would delete."""
    return next(_leftovers(path), None) is not None


def _leftovers(path: Path) -> Iterator[Path]:
    for ending in (REPLACED, RESTORING):
        left = path.with_name(path.name + ending)
        with suppress(OSError):
            if left.stat().st_nlink == 1:
                yield left


def _is_moved_away(path: Path) -> bool:
    return not os.path.lexists(path) and path.with_name(path.name + REPLACED).is_file()


def _second_names(path: Path) -> Iterator[Path]:
    """Give the other names in the folder that we may have given the file at *path*."""
    with suppress(OSError):
        if path.stat().st_nlink < 2:
            return
        found = [path.with_name(path.name + ending) for ending in (REPLACED, RESTORING, MAKING)]
        for word in _WORDS:
            found += [one for one in path.parent.glob(f"{word}-*") if one.name.endswith(f"-{path.name}")]
        yield from (one for one in found if _is_same(one, path))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _move_beside(path: Path, target: Path) -> None:
    for suffix in _BESIDE:
        with suppress(FileNotFoundError):
            beside(path, suffix).replace(beside(target, suffix))


def _second_name(path: Path, second: Path) -> None:
    """Let the file at *path* be *second*, too; a disk that knows no second names moves it."""
    try:
        os.link(path, second)
    except OSError:
        path.rename(second)
