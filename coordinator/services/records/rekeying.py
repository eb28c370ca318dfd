"""Letting the backups of a network follow its lock, also when that was killed half way.

Beside a network whose backups are being locked lies a small file that says so: whoever opens the network with
its key next goes on. Without it nothing is looked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from coordinator import open_networks
from coordinator.adapters.computer.key_slots import SUFFIX, copies_of, read_slots, write_slots
from coordinator.db.copies import copy_rekeyed, remove_with_log, see_on_disk
from coordinator.db.network_file import is_locked, private_file
from coordinator.db.opening import examine
from coordinator.db.swapping import has_leftovers, sweep_leftovers
from coordinator.domain.records.backups import Backup
from coordinator.domain.records.keys import Key
from coordinator.errors import AlreadyOpenError, UserError
from coordinator.services.records.backups import backups_of, only_one, slots_in, usual_places
from coordinator.services.records.known_slots import own_slots

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many: the network itself is the first, its backups follow.

While none is done it is told again and again, and what it raises ends everything, with nothing changed;
after that nothing may stop it half way, and it must raise nothing."""

_AT_WORK: Final = ".locking"
"""Ends the name of the file that says that the backups are being locked; it holds their further folder."""


def begin(path: Path, folder: Path | None) -> None:
    """Note that the backups of the network at *path*, those in *folder* too, are about to be locked.

    Raises:
        ReadOnlyError, DiskFullError: If it cannot be noted.
    """
    note = _note(path)
    private_file(note)
    with suppress(OSError):
        note.write_text("" if folder is None else str(folder.resolve()), "utf-8")
        see_on_disk(path.parent)


def end(path: Path) -> None:
    """Note that they are, or will not be."""
    with suppress(OSError):
        _note(path).unlink(missing_ok=True)


def finish(path: Path, key: Key, *, is_claimed: bool) -> None:
    """Do what a kill left undone at the locked network at *path*, which is open with *key*.

    Copies that somebody could read go, backups are locked, and what opens them is as beside the network.
    Nothing is done while another window has it open. *is_claimed*: we are that window.
    """
    with suppress(AlreadyOpenError, UserError):
        if is_claimed:
            _finish(path, key)
        elif has_leftovers(path) or _note(path).exists():
            with only_one(path):
                _finish(path, key)


def _finish(path: Path, key: Key) -> None:
    sweep_leftovers(path)
    if _note(path).exists():
        folder = _noted_folder(path)
        keep_slots_with_backups(path, folder)
        left = rekey_backups(path, None, key, folder)
        log.info("the lock of the backups was finished, %d left", len(left))
        end(path)
    own = own_slots(path)
    if own is None:
        return
    for copy in copies_of(own, slots_files(path, None)):
        if read_slots(copy) != own:
            write_slots(copy, own)


def rekey_backups(
    path: Path,
    old: Key | None,
    new: Key | None,
    folder: Path | None,
    progress: Progress | None = None,
) -> tuple[Backup, ...]:
    """Let every backup open with the key *new*; return those that could not be read with *old*."""
    known = backups_of(path, folder)
    left = []
    if progress is not None:
        progress(1, len(known) + 1)
    for number, backup in enumerate(known, 1):
        partial = backup.path.with_suffix(".partial")
        try:
            if not _opens_with(backup.path, new):
                open_networks.refuse(backup.path)
                copy_rekeyed(backup.path, partial, old, new)
                partial.replace(backup.path)
                see_on_disk(backup.path.parent)
        except (UserError, OSError, open_networks.NetworkFileError):
            left.append(backup)
        finally:
            remove_with_log(partial)
        if progress is not None:
            progress(number + 1, len(known) + 1)
    return tuple(left)


def keep_slots_with_backups(path: Path, folder: Path | None) -> None:
    """Put the slots of the locked network at *path* where its backups are, or will be.

    Raises:
        DiskError: If that fails.
    """
    slots = own_slots(path)
    if slots is None:
        return
    usual, *_ = usual_places(path)
    with suppress(OSError):
        usual.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in {usual, *(backup.path.parent for backup in backups_of(path, folder))}:
        write_slots(slots_in(place, path, slots.key_id), slots)


def slots_files(path: Path, folder: Path | None) -> list[Path]:
    """Return the files with slots in every folder where backups of the network at *path* may be."""
    places = {*usual_places(path), *([folder] if folder else [])}
    return [one for place in sorted(places) for one in sorted(place.glob(f"*{SUFFIX}"))]


def _opens_with(path: Path, key: Key | None) -> bool:
    """Say whether the backup at *path* is as it shall be: a kill may have come after it."""
    if key is None:
        return not is_locked(path)
    if not is_locked(path):
        return False
    with suppress(UserError):
        examine(path, key)
        return True
    return False


def _note(path: Path) -> Path:
    return path.with_name(path.name + _AT_WORK)


def _noted_folder(path: Path) -> Path | None:
    try:
        named = _note(path).read_text("utf-8")
    except (OSError, ValueError):
        return None
    return Path(named) if named else None
