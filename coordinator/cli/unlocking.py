"""Asking for the passphrase of a locked network: from a terminal or a file descriptor, never as a word."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from getpass import getpass
from typing import TYPE_CHECKING

from coordinator.db.network_file import is_locked
from coordinator.domain.records.keys import Key
from coordinator.errors import LockError
from coordinator.sayings import Saying, saying
from coordinator.services.records.backups import undo_what_was_killed
from coordinator.services.records.known_slots import has_slots

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

_LONGEST = 4096


def key_of(words: Namespace, path: Path | None) -> Key | None:
    """Return the key of the network at *path*, asking for its passphrase; ``None`` where it is not locked.

    Raises:
        LockError: If nobody can be asked, or its slots are missing.
        WrongKeyError: If the passphrase does not open it.
    """
    if path is not None and not path.exists():
        undo_what_was_killed(path)
    # Without any slots it may be no network at all, which opening it says. They are looked for first: whoever
    # looks into the file keeps it open.
    if path is None or not has_slots(path) or not is_locked(path):
        return None
    from coordinator.services.records.locking import key_for  # noqa: PLC0415 - costs what only a lock needs

    return key_for(path, next(secrets(words, saying("Passphrase: "))))


def secrets(words: Namespace, *prompts: Saying) -> Iterator[str]:
    """Give a secret for each of *prompts*, lines of the descriptor ``--passphrase-fd`` names, else asked for.

    Raises:
        LockError: If there is none, or nobody to ask.
    """
    if words.passphrase_fd is not None:
        yield from _lines(words.passphrase_fd, len(prompts))
        return
    for prompt in prompts:
        if not sys.stdin.isatty():
            raise LockError(
                saying("This network is locked: give its passphrase with --passphrase-fd, or in a terminal.")
            )
        yield getpass(str(prompt))


def _lines(descriptor: int, count: int) -> list[str]:
    try:
        with os.fdopen(os.dup(descriptor), "rb", buffering=0) as file:
            told = file.read(_LONGEST) or b""
    except OSError:
        raise LockError(saying("Nothing can be read from descriptor {number}.", number=descriptor)) from None
    lines: list[str] = []
    with suppress(UnicodeDecodeError):
        lines = told.decode("utf-8").splitlines()
    if len(lines) < count or not all(lines[:count]):
        raise LockError(
            saying("Descriptor {number} must give a line for each passphrase.", number=descriptor)
        )
    return lines[:count]
