"""What lies at a network's path, told by names and numbers alone: no file of a network is opened here.

Closing any descriptor of a file drops all of a process's POSIX locks on it, SQLite's among them (Linux and
macOS; see https://sqlite.org/howtocorrupt.html, 2.2). A second process then believes it is alone and deletes
``-wal`` under the first. So nothing but SQLite opens these files while one of our connections may be there.
Windows locks handles, not files, and deletes no file that is open: there none of this happens.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from coordinator.db.errors import files_told_in_sentences
from coordinator.errors import DiskError, NoNetworkError, NotANetworkError, UserError

LOG, INDEX = "-wal", "-shm"
BESIDE: Final = (LOG, INDEX)
"""What SQLite keeps beside the file: the write-ahead log and its index."""

_HEADER: Final = b"SQLite format 3\0"

Inode = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """Which file lies at a path, and which log and index beside it; None where there is none."""

    file: Inode | None
    log: Inode | None
    index: Inode | None


def identity_of(path: Path) -> FileIdentity:
    """Return what lies at *path* now: three looks at the folder, some microseconds."""
    return FileIdentity(_inode(path), *(_inode(beside(path, suffix)) for suffix in BESIDE))


def beside(path: Path, suffix: str) -> Path:
    """Return the file that SQLite keeps next to *path* under *suffix*."""
    return path.with_name(path.name + suffix)


def check_place(path: Path) -> None:
    """Make sure that there is a file at *path* which could be a network.

    Raises:
        NoNetworkError: If there is nothing.
        NotANetworkError: If it is a folder, a device, or empty.
    """
    with files_told_in_sentences():
        try:
            found = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise NoNetworkError(path) from None
    if not stat.S_ISREG(found.st_mode) or found.st_size == 0:
        raise NotANetworkError


def has_unsaved_log(path: Path) -> bool:
    """Say whether a log with something in it lies beside *path*."""
    try:
        return beside(path, LOG).stat().st_size > 0
    except OSError:
        return False


def is_writable(path: Path) -> bool:
    """Say whether this user may write the file and, as the log needs, beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def make_private(path: Path) -> None:
    """Let only this user read the file; by its name, so that it is not opened."""
    with suppress(OSError):  # a disk that knows no modes, or one that is read-only
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def private_file(path: Path) -> None:
    """Make an empty file at *path* (0600) in a folder (0700), each unless it is there.

    Raises:
        ReadOnlyError, DiskFullError: If it cannot be.
    """
    with files_told_in_sentences():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    make_private(path)


def has_plain_header(path: Path) -> bool:
    """Say whether the file begins like an SQLite file that is not locked.

    This is the one look inside. The descriptor is never closed, on purpose: closing it would drop the locks
    of every connection that this process has to the file. So the same file is looked into once.
    """
    with files_told_in_sentences():
        about = path.stat()
        return _begins_plainly(path, (about.st_dev, about.st_ino, about.st_mtime_ns, about.st_size))


def is_locked(path: Path) -> bool:
    """Return whether there is a file at *path* that may be a network and opens only with a key."""
    try:
        return path.is_file() and path.stat().st_size > 0 and not has_plain_header(path)
    except (OSError, UserError):
        return False


@cache
def _begins_plainly(path: Path, _as_it_is: tuple[int, ...]) -> bool:
    with files_told_in_sentences():
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        start = os.read(handle, len(_HEADER))
        if os.name == "nt":  # no such locks there, and an open file could not be replaced by a backup
            os.close(handle)
        return start == _HEADER


def _inode(path: Path) -> Inode | None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        raise DiskError from None
    return found.st_dev, found.st_ino
