"""What a backup is, and which ones to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from coordinator.domain.records.checks import Check

KEPT_DAYS = 12
"""How many days' backups stay, so that a mistake found after the weekend can still be looked up."""

HALF_HOUR = timedelta(minutes=30)
"""How much of an evening's work may be lost with the disk."""

KEPT_NUMBER = 40
"""How many backups stay at most, so that a long day's half hours never fill the disk."""


class BackupReason(StrEnum):
    """Why a backup was made; the word stands in its file name."""

    BY_HAND = "by-hand"
    CLOSE = "close"
    LOCK = "lock"
    IMPORT = "import"
    UPGRADE = "upgrade"
    RESTORE = "restore"
    HALF_HOUR = "half-hour"
    RESCUE = "rescue"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the network file. ``made_at`` is this computer's time, to the second.

    ``was_faulty``: the check found faults in the network when it was made.
    """

    path: Path
    made_at: datetime
    reason: BackupReason
    size_bytes: int
    was_faulty: bool = False


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What a backup holds and what the check finds; ``last_change_at`` is None when nothing was ever done.

    ``is_unread``: it opens with none of the keys at hand: it has another, or it is damaged.
    """

    backup: Backup
    check: Check
    last_change_at: datetime | None
    is_unread: bool = False


def is_due(last_backup: datetime | None, changed_at: datetime | None, since: datetime, now: datetime) -> bool:
    """Say whether something has changed that no backup has, and half an hour is over since the last one.

    ``since`` is when this program began to watch, or last tried in vain.
    """
    if last_backup is not None and last_backup > now:  # a clock that was wrong for an evening
        last_backup = None
    if changed_at is None or (last_backup is not None and changed_at <= last_backup):
        return False
    return now - max(since, last_backup or since) >= HALF_HOUR


def superfluous(
    backups: Iterable[Backup], today: date, keep_days: int = KEPT_DAYS, keep_number: int = KEPT_NUMBER
) -> list[Backup]:
    """Return the backups that may go, by age and then by number.

    Of each day before *today* all but the last go, and days too long ago; days without a backup do not count,
    so a summer away never empties the folder. Today's all stay, since the one before this morning's import
    matters until tomorrow; those that the clock made go first where there are too many. A faulty one never
    takes the place of a sound one, and the newest sound one always stays. What a sentence named as kept (what
    was there before going back, or before the file was exchanged) goes by number alone.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    told = {BackupReason.RESCUE, BackupReason.RESTORE}
    by_age = [backup for backup in newest_first if backup.reason not in told]
    sound = [backup for backup in by_age if not backup.was_faulty]
    faulty = [backup for backup in by_age if backup.was_faulty]
    going = _too_old(sound, today, keep_days) + _too_old(faulty, today, keep_days)
    staying = [backup for backup in newest_first if backup not in going]
    going += _too_many(staying, today, keep_number)
    return [backup for backup in going if backup is not next(iter(sound), None)]


def _too_old(newest_first: list[Backup], today: date, keep_days: int) -> list[Backup]:
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


def _too_many(newest_first: list[Backup], today: date, keep_number: int) -> list[Backup]:
    """Return what is beyond *keep_number*: first what the clock made today, then the oldest."""
    surplus = max(len(newest_first) - keep_number, 0)

    def by_the_clock(backup: Backup) -> bool:
        return backup.reason in {BackupReason.HALF_HOUR, BackupReason.LOCK} and backup.made_at.date() >= today

    oldest_first = list(reversed(newest_first))
    return sorted(oldest_first, key=lambda backup: not by_the_clock(backup))[:surplus]
