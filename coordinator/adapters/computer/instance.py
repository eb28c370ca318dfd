"""One window per network file: a second start finds the first and asks it to come forward.

The lock is the operating system's on a small file beside the network, so a killed program never leaves
one behind. The request is a second small file, which the window looks for now and then: no socket, no
port, nothing that a firewall asks about.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from coordinator.errors import AlreadyOpenError

if TYPE_CHECKING:
    from pathlib import Path

_LOCK: Final = ".in-use"
_REQUEST: Final = ".come-forward"


class Instance:
    """The right to be the only window on a network file; given back by :meth:`release` or by ending."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    def release(self) -> None:
        """Let the next one in. Doing it twice does no harm."""
        if self._handle is not None:
            # The file stays: deleting it could take it away from under somebody who just locked it.
            os.close(self._handle)
            self._handle = None


def claim(network: Path) -> Instance:
    """Return the right to *network*, a file whose folder exists.

    Raises:
        AlreadyOpenError: If another window has it.
    """
    lock = _beside(network, _LOCK)
    handle = os.open(lock, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        raise AlreadyOpenError from None
    _beside(network, _REQUEST).unlink(missing_ok=True)
    return Instance(handle)


def is_open(network: Path) -> bool:
    """Say whether a window has *network* right now; nothing is made or kept."""
    try:
        handle = os.open(_beside(network, _LOCK), os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(handle)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def ask_to_come_forward(network: Path) -> None:
    """Ask the window that has *network* to come to the front."""
    with suppress(OSError):
        _beside(network, _REQUEST).touch(0o600)


def was_asked_to_come_forward(network: Path) -> bool:
    """Say, once per request, whether somebody asked; a look at one file name, cheap enough for a timer."""
    try:
        _beside(network, _REQUEST).unlink()
    except OSError:
        return False
    return True


def _beside(network: Path, suffix: str) -> Path:
    """Return a file beside *network*; never ``<settings>.ini.lock``, which would hang QSettings."""
    return network.with_name(network.name + suffix)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        """Lock the first byte or raise ``OSError``."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Lock the file or raise ``OSError``."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
