"""What a backup is, and which ones to keep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

KEPT_DAYS = 12
"""How many days' backups stay, so that a mistake found after the weekend can still be looked up."""


class BackupReason(StrEnum):
    """Why a backup was made; the word stands in its file name."""

    BY_HAND = "by-hand"
    CLOSE = "close"
    IMPORT = "import"
    UPGRADE = "upgrade"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy of the network file. ``made_at`` is this computer's time, to the second."""

    path: Path
    made_at: datetime
    reason: BackupReason
    size_bytes: int


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What a backup holds, read from a copy of it; ``last_change_at`` is None when nothing was ever done."""

    backup: Backup
    donors: int
    recipients: int
    lots: int
    last_change_at: datetime | None


def superfluous(backups: Iterable[Backup], today: date, keep_days: int = KEPT_DAYS) -> list[Backup]:
    """Return the backups that may go: of each day before *today* all but the last, and days too long ago.

    Days without a backup do not count, so a summer away never empties the folder. Today's all stay:
    the one before this morning's import matters until tomorrow.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept_days: set[date] = {today}
    going: list[Backup] = []
    for backup in newest_first:
        day = backup.made_at.date()
        if day >= today:
            continue
        if day in kept_days or len(kept_days) >= keep_days:
            going.append(backup)
        kept_days.add(day)
    return going
