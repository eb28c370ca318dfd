"""``milkrun new``, ``check``, ``backup`` and ``restore``: the last three also when nothing can be opened."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator import terminal
from coordinator.bootstrap import default_database_url, make_network
from coordinator.cli.json_documents import in_words
from coordinator.cli.tables import aligned
from coordinator.cli.unlocking import key_of
from coordinator.db.database import sqlite_path
from coordinator.db.network_file import is_locked
from coordinator.domain.records.backups import Backup, BackupReason, RestorePreview
from coordinator.domain.records.checks import Check, fault_words
from coordinator.domain.records.keys import Key
from coordinator.errors import BackupError, UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.records import backups, checks
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task

_MOST_LISTED = 20
_REASONS = {
    BackupReason.BY_HAND: saying("by-hand"),
    BackupReason.CLOSE: saying("close"),
    BackupReason.LOCK: saying("lock"),
    BackupReason.IMPORT: saying("import"),
    BackupReason.UPGRADE: saying("upgrade"),
    BackupReason.RESTORE: saying("restore"),
    BackupReason.HALF_HOUR: saying("half-hour"),
    BackupReason.RESCUE: saying("rescue"),
}


def new(words: Namespace, _today: date) -> None:
    """Make an empty network and say where."""
    terminal.say(saying("An empty network was made: {path}", path=str(make_network(words.database))))


def check(words: Namespace, _today: date) -> None:
    """Check the network and list what is wrong; that is an error to whoever asks for the exit code."""
    found = checks.check_at(_url(words), key=key_of(words, sqlite_path(_url(words))))
    if words.json:
        terminal.say_document(json.dumps(_document(found), indent=2, default=in_words))
    else:
        for line in check_lines(found):
            terminal.say(line)
    if found.faults:
        raise UserError(_faults(found))


def check_lines(found: Check) -> Iterable[Saying | str]:
    """Return what was found, a line each."""
    if not found.faults:
        yield saying(
            "Checked: the file, the history, every row and every lot. Nothing is wrong. "
            "{counts}, {actions} actions.",
            counts=_counts(found),
            actions=found.actions,
        )
    for fault in found.faults[:_MOST_LISTED]:
        yield str(fault_words(fault))
    if len(found.faults) > _MOST_LISTED:
        yield saying("… and {count} more.", count=len(found.faults) - _MOST_LISTED)


def backup(task: Task) -> None:
    """Make a checked backup and say where it is."""
    made = backups.back_up_now(task.database, folder=task.words.folder or usual_folder(task))
    if made.was_faulty:
        task.say(saying("Backed up: {path}", path=str(made.path)))
        raise UserError(saying("The check found faults in what was backed up; “milkrun check” lists them."))
    task.say(saying("Backed up and checked: {path}", path=str(made.path)))


def restore(words: Namespace, today: date) -> None:
    """Go back to a backup, keeping what is there now; without one, list them. The network need not open."""
    path = _path(words)
    known, key = backups.backups_of(path), key_of(words, path)
    if words.backup is None:
        key = key or _key_of_backups(words, path, known)
        for line in list_lines(backups.look_into(known, today, key)):
            terminal.say(line)
        return
    chosen = _chosen(words.backup, known)
    opens = backups.key_that_opens(chosen.path, key) or key_of(words, chosen.path)
    found = backups.preview_file(path, chosen, today, opens)
    done = backups.restore_file(path, chosen, key=key, backup_key=opens)
    terminal.say(saying("Restored {name}: {counts}.", name=chosen.path.name, counts=_counts(found.check)))
    if done.kept is not None:
        terminal.say(saying("What was there until now is kept as {name}.", name=done.kept.path.name))
    if done.aside is not None:
        terminal.say(saying("The file that was there until now is kept as {name}.", name=str(done.aside)))


def _key_of_backups(words: Namespace, path: Path, known: list[Backup]) -> Key | None:
    """Return what opens the backups of a network that is gone, if they are locked."""
    is_there = path.exists() and path.stat().st_size > 0
    locked = [] if is_there else [one for one in known if is_locked(one.path)]
    return key_of(words, locked[0].path) if locked else None


def list_lines(found: Iterable[RestorePreview]) -> list[str]:
    """Return a line for each backup: name, when, why, what it holds, whether the check finds it whole."""
    rows = [
        (
            one.backup.path.name,
            f"{one.backup.made_at:%Y-%m-%d %H:%M}",
            _REASONS[one.backup.reason],
            _counts(one.check),
            saying("checked")
            if not (one.check.is_damaged or one.backup.was_faulty)
            else saying("has faults"),
        )
        for one in found
    ]
    return aligned(rows) if rows else [str(saying("There are no backups yet."))]


def usual_folder(task: Task) -> Path | None:
    """Return where the settings keep backups; ``None`` is beside the network."""
    folder = settings(task.database).backup_folder
    return Path(folder) if folder else None


def _chosen(wanted: Path, known: list[Backup]) -> Backup:
    for one in known:
        if wanted in (one.path, Path(one.path.name)):
            return one
    if not wanted.is_file():
        raise UserError(
            saying("There is no backup {name}; “milkrun restore” alone lists them.", name=str(wanted))
        )
    return backups.backup_from_file(wanted)


def _path(words: Namespace) -> Path:
    path = sqlite_path(_url(words))
    if path is None:
        raise BackupError(
            saying("This network lives on a server: its own backups apply, ask whoever runs it.")
        )
    return path


def _url(words: Namespace) -> str:
    return words.database or default_database_url()


def _counts(check: Check) -> Saying:
    return saying(
        "{donors}, {families}, {lots}",
        donors=plural("{n} donor", "{n} donors", check.donors),
        families=plural("{n} family", "{n} families", check.recipients),
        lots=plural("{n} lot", "{n} lots", check.lots),
    )


def _faults(check: Check) -> Saying:
    count = len(check.faults)
    if check.is_damaged:
        return plural(
            "The check found {n} fault. “milkrun restore” lists the backups.",
            "The check found {n} faults. “milkrun restore” lists the backups.",
            count,
        )
    return plural("The check found {n} fault.", "The check found {n} faults.", count)


def _document(found: Check) -> dict[str, object]:
    return {
        "donors": found.donors,
        "recipients": found.recipients,
        "lots": found.lots,
        "actions": found.actions,
        "faults": [
            {"kind": fault.kind.value, "where": fault.where, "what": fault.what} for fault in found.faults
        ],
    }
