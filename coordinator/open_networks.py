"""The files of the networks that are open in this process: nothing but SQLite may open them.

On Linux and macOS a process loses every lock it has on a file when it closes any descriptor of that file,
also one that only read. SQLite does not notice: a second program then takes our last connection for gone and
deletes the log that we are writing. Reading the network as a spreadsheet, or saving a sheet over it, is
enough. So whoever opens a file that the coordinator named asks here first. Only names and numbers of files
are looked at; nothing is opened to find out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Final

from coordinator.errors import UserError
from coordinator.sayings import saying

BESIDE: Final = (
    "", "-wal", "-shm", "-journal", ".in-use", ".come-forward", ".backups-in", ".slots", ".locking",
)  # fmt: skip
"""What a network's file and those beside it are called, after the name of the network."""

_open: Counter[Path] = Counter()
_turn: Final = Lock()


class NetworkFileError(UserError):
    """The file is the network that is open, or one that stands beside it while it is."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "This file belongs to the network that is open, so nothing was done with it. "
                "Choose another one."
            )
        )


def hold(network: Path) -> Callable[[], None]:
    """Count *network* as open; whoever closed its last connection calls once what is returned."""
    with _turn:
        _open[network] += 1

    def let_go() -> None:
        with _turn:
            _open[network] -= 1
            if not _open[network]:
                del _open[network]

    return let_go


def refuse(path: Path) -> None:
    """Let *path* pass if it is no file of an open network, by whatever name or link.

    Raises:
        NetworkFileError: If it is one. Nothing was opened or changed.
    """
    with _turn:
        networks = list(_open)
    if any(_is_same(path, own) for network in networks for own in _files_of(network)):
        raise NetworkFileError


def _files_of(network: Path) -> Iterator[Path]:
    """Yield where the files may be; SQLite's own stand beside what a link points to."""
    for base in dict.fromkeys((network, Path(os.path.realpath(network)))):
        for ending in BESIDE:
            yield base.with_name(base.name + ending)


def _is_same(path: Path, own: Path) -> bool:
    """Say whether both are one file, or would be: the log comes and goes under its name."""
    return _is_one(path, own) or (
        path.name.casefold() == own.name.casefold() and _is_one(path.parent, own.parent)
    )


def _is_one(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them is not there, or cannot be a name at all
        return False
