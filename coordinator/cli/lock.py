"""``milkrun lock``: a passphrase for the network, another one, none; the recovery sheet."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from coordinator import terminal
from coordinator.adapters.computer.key_slots import SlotKind
from coordinator.bootstrap import default_database_url
from coordinator.cli.paper import checked_target
from coordinator.cli.unlocking import secrets
from coordinator.db.database import sqlite_path
from coordinator.errors import LockError
from coordinator.sayings import plural, saying
from coordinator.services.records import locking

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator.domain.records.backups import Backup


def lock_set(words: Namespace, _today: date) -> None:
    """Lock the network with a passphrase, and its backups."""
    path = _path(words)
    first, again = secrets(words, saying("New passphrase: "), saying("Once more: "))
    if first != again:
        raise LockError(saying("The two are not the same. Nothing was changed."))
    done = locking.lock_network(path, first)
    terminal.say(saying("Locked. Nobody can open this network without its passphrase, we included."))
    terminal.say(saying("Make a recovery sheet now: milkrun lock sheet recovery.pdf"))
    _say_left(done.left, locked=False)


def change(words: Namespace, _today: date) -> None:
    """Let another passphrase open the network."""
    path = _path(words)
    old, new, again = secrets(
        words,
        saying("Passphrase, or the recovery words: "),
        saying("New passphrase: "),
        saying("Once more: "),
    )
    if new != again:
        raise LockError(saying("The two are not the same. Nothing was changed."))
    locking.change_passphrase(path, old, new)
    terminal.say(saying("The new passphrase opens this network and its backups; the old one no more."))


def sheet(words: Namespace, _today: date) -> None:
    """Write the recovery sheet: words that open the network when the passphrase is lost."""
    from coordinator.services.paper.recovery import save_recovery_sheet  # noqa: PLC0415 - reportlab: 0.2 s

    target, path = checked_target(words.output), _path(words)
    (secret,) = secrets(words, saying("Passphrase: "))
    locking.new_recovery_words(path, secret, keep=lambda words: save_recovery_sheet(path, words, target))
    terminal.say(
        saying(
            "{path}: print it, keep it away from the computer, then delete the file. "
            "The words of an older sheet open nothing any more.",
            path=str(target),
        )
    )


def off(words: Namespace, _today: date) -> None:
    """Take the lock off."""
    path = _path(words)
    (secret,) = secrets(words, saying("Passphrase, or the recovery words: "))
    left = locking.take_lock_off(path, secret)
    terminal.say(saying("Not locked any more: whoever can use this computer can read it."))
    _say_left(left, locked=True)


def show(words: Namespace, _today: date) -> None:
    """Say how the network opens."""
    kinds = locking.ways_to_open(_path(words))
    if not kinds:
        terminal.say(saying("Not locked: whoever can use this computer can read it."))
        return
    if SlotKind.KEYRING in kinds:
        terminal.say(saying("In the window this account's keyring opens it, too."))
    has_sheet = SlotKind.RECOVERY in kinds
    terminal.say(
        saying("Locked: it opens with its passphrase or with the words of its recovery sheet.")
        if has_sheet
        else saying("Locked: it opens with its passphrase only; there is no recovery sheet.")
    )


def _say_left(left: tuple[Backup, ...], *, locked: bool) -> None:
    if not left:
        return
    many = plural("{n} backup", "{n} backups", len(left))
    terminal.complain(
        str(
            saying("{many} could not be read and stay locked:", many=many)
            if locked
            else saying("{many} could not be read and stay as they were, not locked:", many=many)
        )
    )
    for backup in left:
        terminal.complain(backup.path.name)


def _path(words: Namespace) -> Path:
    path = sqlite_path(words.database or default_database_url())
    if path is None:
        raise LockError(saying("A network on a server is locked by whoever runs the server."))
    return path
