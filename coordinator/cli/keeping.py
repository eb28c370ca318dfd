"""``milkrun backup`` and ``restore``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coordinator.cli.tables import aligned
from coordinator.domain.backups import Backup, BackupReason
from coordinator.errors import UserError
from coordinator.services import backups
from coordinator.services.settings import settings

if TYPE_CHECKING:
    from coordinator.cli.start import Task


def backup(task: Task) -> None:
    """Make a verified backup and say where it is."""
    made = backups.back_up_now(task.database, folder=task.words.folder or usual_folder(task))
    task.say(f"Backed up and checked: {made.path}")


def restore(task: Task) -> None:
    """Go back to a backup, keeping what is there now as another; without one, list them."""
    folder = usual_folder(task) or backups.backup_folder(task.database)
    known = backups.backups(task.database, folder=folder)
    if task.words.backup is None:
        rows = [(one.path.name, f"{one.made_at:%Y-%m-%d %H:%M}", one.reason.value) for one in known]
        for line in aligned(rows) if rows else ["There are no backups yet."]:
            task.say(line)
        return
    chosen = _chosen(task.words.backup, known)
    found = backups.preview_restore(task.database, chosen)
    kept = backups.restore(task.database, chosen, folder=folder)
    counts = f"{found.donors} donors, {found.recipients} families, {found.lots} lots"
    task.say(f"Restored {chosen.path.name}: {counts}.")
    if kept is not None:
        task.say(f"What was there until now is kept as {kept.path.name}.")


def usual_folder(task: Task) -> Path | None:
    """Return where the settings keep backups; ``None`` is beside the network."""
    folder = settings(task.database).backup_folder
    return Path(folder) if folder else None


def _chosen(wanted: Path, known: list[Backup]) -> Backup:
    for one in known:
        if wanted in (one.path, Path(one.path.name)):
            return one
    if not wanted.is_file():
        raise UserError(f"There is no backup {wanted}; “milkrun restore” alone lists them.")
    about = wanted.stat()
    made_at = datetime.fromtimestamp(about.st_mtime)  # noqa: DTZ006 - this computer's time, as in the list
    return Backup(wanted, made_at, BackupReason.BY_HAND, about.st_size)
