"""Backing up a network and going back, for the window and the command line; also when it cannot be opened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from coordinator.adapters.computer import instance
from coordinator.adapters.computer.key_slots import (
    SUFFIX,
    id_of,
    read_slots,
    slots_beside,
    slots_near,
    write_slots,
)
from coordinator.db import backups as files
from coordinator.db import restoring, swapping
from coordinator.db.checks import check_file
from coordinator.db.copies import FOLDER, backup_at, remove_with_log
from coordinator.db.database import Database, utc_now
from coordinator.db.migrations import bring_up_to_date
from coordinator.db.network_file import has_plain_header, is_locked, private_file
from coordinator.domain.records.backups import Backup, BackupReason, RestorePreview
from coordinator.domain.records.checks import Check
from coordinator.domain.records.keys import Key
from coordinator.errors import (
    AlreadyOpenError,
    BackupError,
    BackupFolderError,
    BusyError,
    DamagedSlotsError,
    NotANetworkError,
    UserError,
    WrongKeyError,
)
from coordinator.sayings import saying
from coordinator.services.settings.values import settings

log = logging.getLogger(__name__)

_POINTER: Final = ".backups-in"
"""A small file beside the network: where its backups go, when that is another place; for the way back."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of the network that was there: a backup of it, or the file itself under another name."""

    kept: Backup | None
    aside: Path | None


def backup_folder(database: Database) -> Path:
    """Return where the backups of *database* are kept: beside the file, unless chosen otherwise.

    Raises:
        BackupError: If the network lives on a server.
    """
    return files.path_of(database).parent / FOLDER


def chosen_folder(database: Database) -> Path | None:
    """Return the folder the coordinator chose in the settings, None for the usual one beside the file."""
    chosen = settings(database).backup_folder
    return Path(chosen) if chosen else None


def back_up_now(
    database: Database, reason: BackupReason = BackupReason.BY_HAND, *, folder: Path | None = None
) -> Backup:
    """Make a checked backup, then let go of those that need not stay.

    Raises:
        BackupFolderError: If the folder refuses.
        UserError: If it could not be made or verified; the older ones are still there.
    """
    folder = folder or backup_folder(database)
    path = files.path_of(database)
    made = files.make_backup(database, folder, database.clock(), reason)
    if database.key is not None:
        keep_slots(path, folder, database.key)
    _remember_folder(path, folder)
    files.thin(folder, made.made_at.date())
    return made


def keep_slots(path: Path, folder: Path, key: Key) -> None:
    """Put the slots of the locked network at *path* into the *folder* of its backups: they open nowhere else.

    Where those beside it are damaged, a copy is taken that lies among other backups.

    Raises:
        DiskError: If that fails.
    """
    copies = [slots_in(place, path, id_of(key)) for place in usual_places(path)]
    for place in (slots_beside(path), *copies):
        with suppress(DamagedSlotsError):
            slots = read_slots(place)
            if slots is not None and slots.key_id == id_of(key):
                write_slots(slots_in(folder, path, slots.key_id), slots)
                return


def slots_in(folder: Path, path: Path, key_id: str) -> Path:
    """Return where in *folder* the slots of the network at *path* are kept."""
    return folder / f"{path.stem}-{key_id}{SUFFIX}"


def key_that_opens(path: Path, key: Key | None) -> Key | None:
    """Return with which key the file at *path* opens: none where it is not locked, else *key*."""
    return key if key is not None and is_locked(path) else None


def check_folder(database: Database, folder: Path | None) -> None:
    """Raise ``BackupFolderError`` if no backup could be written into *folder* (None: the usual one)."""
    if not database.is_sqlite:
        return
    folder = folder or backup_folder(database)
    trial = folder / f"milkrun-trial{id(database)}.partial"
    try:
        private_file(trial)
        trial.unlink()
    except (UserError, OSError) as error:
        raise BackupFolderError(folder) from error


def backups(database: Database, *, folder: Path | None = None) -> list[Backup]:
    """Return the backups, newest first; a network on a server has none of ours."""
    if folder is None and not database.is_sqlite:
        return []
    return files.list_backups(folder or backup_folder(database))


def backups_of(path: Path, folder: Path | None = None) -> list[Backup]:
    """Return the backups of the network at *path*, newest first, without opening it.

    *folder* is a further place to look besides the usual one and the one that was last used.
    """
    places = {*usual_places(path), *([folder] if folder else [])}
    found = [backup for place in places for backup in files.list_backups(place)]
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def usual_places(path: Path) -> list[Path]:
    """Return the folders where backups of the network at *path* may be: beside it, and where last put."""
    remembered = _remembered_folder(path)
    return [path.parent / FOLDER, *([remembered] if remembered else [])]


def look_into(found: Iterable[Backup], today: date, key: Key | None = None) -> Iterator[RestorePreview]:
    """Give what each backup holds, by the quick form of the check; one that cannot be read has a fault."""
    for backup in found:
        is_unread = False
        try:
            check = check_file(backup.path, key_that_opens(backup.path, key), today, quick=True)
        except UserError as error:
            check, is_unread = Check(faults=files.NOT_READABLE), isinstance(error, WrongKeyError)
        yield RestorePreview(backup, check, None, is_unread)


def preview_restore(database: Database, backup: Backup) -> RestorePreview:
    """Return what *backup* holds, for the coordinator to decide.

    Raises:
        UserError: If it is locked with another key, or not ours.
    """
    return files.preview(backup, database.today(), key_that_opens(backup.path, database.key))


def preview_file(path: Path, backup: Backup, today: date, key: Key | None = None) -> RestorePreview:
    """Return the same without an open network; *backup* must not be the network at *path* itself.

    Raises:
        UserError: As above.
    """
    with suppress(OSError):
        if backup.path.samefile(path):
            raise BackupError(saying("This is the network itself, not a backup of it. Choose another file."))
    return files.preview(backup, today, key_that_opens(backup.path, key))


def backup_from_file(path: Path) -> Backup:
    """Return the file at *path*, from a stick say, as a backup made when it was last written.

    Raises:
        BackupError: If there is none.
    """
    known = backup_at(path)
    if known is not None:
        return known
    try:
        about = path.stat()
    except OSError:
        raise BackupError(saying("There is no file {path}. Choose another one.", path=str(path))) from None
    made_at = datetime.fromtimestamp(about.st_mtime).astimezone()
    return Backup(path, made_at, BackupReason.BY_HAND, about.st_size)


def restore(
    database: Database, backup: Backup, *, folder: Path | None = None, backup_key: Key | None = None
) -> Restored:
    """Go back to *backup* in an open network, which stays locked or open as it is.

    Every open session must be closed before. *backup_key* opens the backup, where that is another key.

    Raises:
        UserError: And nothing was changed.
    """
    path = files.path_of(database)
    database.let_go()
    keys = _Keys(database.key, key_that_opens(backup.path, backup_key or database.key), database.key)
    return _restore(path, backup, folder or backup_folder(database), keys, database.clock, database.busy_ms)


def restore_file(
    path: Path,
    backup: Backup,
    *,
    folder: Path | None = None,
    key: Key | None = None,
    backup_key: Key | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Restored:
    """Go back to *backup* at *path*, whatever lies there now, even nothing.

    A network that can be read stays locked or open as it is; in the place of any other comes what the backup
    is. *key* opens the network, *backup_key* the backup, where that is another one.

    Raises:
        AlreadyOpenError: If a window has the network open.
        UserError: And nothing was changed.
    """
    path = path.resolve()
    folder = folder or _remembered_folder(path) or path.parent / FOLDER
    opens = key_that_opens(backup.path, backup_key or key)
    after = key or opens
    if after is not None and path.is_file() and has_plain_header(path):
        after = None
    with only_one(path):
        return _restore(path, backup, folder, _Keys(key, opens, after), clock, 5000)


class _Keys(NamedTuple):
    """With which key the network opens, the backup, and the network afterwards."""

    network: Key | None
    backup: Key | None
    after: Key | None


def _restore(
    path: Path,
    backup: Backup,
    folder: Path,
    keys: _Keys,
    clock: Callable[[], datetime],
    busy_ms: int,
) -> Restored:
    """Examine, keep what is there, swap, prove; back to what was if the proof fails."""
    now = clock()
    if path.exists() and not path.is_file():  # a folder, a device: nothing that a network could replace
        raise NotANetworkError
    swapping.undo_half_swap(path)
    copy = restoring.examined_copy(
        backup.path, path, keys.after, now, lambda copied: _upgrade(copied, keys.after), keys.backup
    )
    try:
        with _present_kept(path, folder, keys.network, now, busy_ms) as (is_readable, kept):
            aside = swapping.place_aside(path, now, is_readable=is_readable, is_kept=kept is not None)
            _bring_slots(backup.path, path, keys.after)
            swapping.swap_in(copy, path, aside)
            try:
                _upgrade(path, keys.after)  # which has nothing left to do: it opens
            except BaseException:
                swapping.roll_back(aside, path)
                raise
    finally:
        remove_with_log(copy)
    log.info("backup restored: %s", backup.path.name)
    if kept is None:
        return Restored(None, aside if aside.exists() else None)
    swapping.forget(aside)
    return Restored(kept, None)


def _bring_slots(backup: Path, path: Path, key: Key | None) -> None:
    """See that slots of the key lie beside the network at *path* before what it opens comes there."""
    if key is None:
        return
    own = None
    with suppress(DamagedSlotsError):
        own = read_slots(slots_beside(path))
    if own is not None and own.key_id == id_of(key):
        return
    for slots in slots_near(backup):
        if slots.key_id == id_of(key):
            write_slots(slots_beside(path), slots)
            return


@contextmanager
def _present_kept(
    path: Path, folder: Path, key: Key | None, now: datetime, busy_ms: int
) -> Iterator[tuple[bool, Backup | None]]:
    """Back up what is at *path* and be alone with it; say whether it could be read, and what was kept.

    Raises:
        BusyError: If another program has it open.
    """
    held = ExitStack()
    is_readable, kept = True, None
    try:
        kept = _keep_present(path, folder, key, now, busy_ms)
        held.enter_context(restoring.alone_with(path, key, busy_ms, kept.path if kept else None, key))
    except BusyError:
        raise
    except UserError:
        is_readable, kept = False, None
    with held:
        yield is_readable, kept


def _keep_present(path: Path, folder: Path, key: Key | None, now: datetime, busy_ms: int) -> Backup | None:
    """Back up what is at *path*; None if the folder has no room for it, and the file itself is to be kept.

    Raises:
        BusyError: If another program has it open.
        UserError: If it cannot be read.
    """
    database = Database.open(path, key=key, clock=lambda: now)
    database.dispose()
    files.counts_in_use(path, key)
    with restoring.alone_with(path, key, busy_ms):
        pass  # first, too: a refusal then costs nothing
    try:
        return files.make_backup(database, folder, now, BackupReason.RESTORE)
    except BackupFolderError:
        log.warning("no room for a backup of what was there: the file itself is kept")
        return None


def _upgrade(path: Path, key: Key | None) -> None:
    database = Database.open(path, key=key)
    try:
        bring_up_to_date(database)
    finally:
        database.dispose()


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Keep windows from opening *path* meanwhile; a folder that takes no file has none open either."""
    claimed = None
    with suppress(OSError):
        claimed = instance.claim(path)
    try:
        yield
    finally:
        if claimed is not None:
            claimed.release()


def undo_what_was_killed(path: Path) -> None:
    """Undo a restore that was killed half way, unless a window is there: then one may be at work."""
    if swapping.is_half_swapped(path):
        with suppress(AlreadyOpenError), only_one(path):
            swapping.undo_half_swap(path)


def _remember_folder(path: Path, folder: Path) -> None:
    """Note beside the network which other folder has backups, to be found when it cannot be read."""
    pointer = path.with_name(path.name + _POINTER)
    with suppress(OSError, UserError):
        if folder != path.parent / FOLDER:
            part = pointer.with_name(f"{pointer.name}.part")
            private_file(part)
            part.write_text(str(folder.resolve()), "utf-8")
            part.replace(pointer)


def _remembered_folder(path: Path) -> Path | None:
    try:
        named = path.with_name(path.name + _POINTER).read_text("utf-8")
    except (OSError, ValueError):
        return None
    return Path(named) if named else None
