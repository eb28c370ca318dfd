"""Locking a network with a passphrase, opening it, and taking the lock off; its backups go along.

A locked copy is made beside the network, compared, and swapped in at once (``db.swapping``), so that whoever
is killed meanwhile leaves the network whole, locked or not. The slots are written before the locked file
takes its place, and deleted after it left: a locked file without its slots would open for nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from coordinator.adapters.computer.key_slots import (
    SlotKind,
    Slots,
    copies_of,
    id_of,
    read_slots,
    slots_beside,
    slots_near,
    write_slots,
)
from coordinator.adapters.computer.sealing import new_key, new_words, opened, slot_for
from coordinator.db import restoring, swapping
from coordinator.db.backups import checked_counts, path_of
from coordinator.db.copies import copy_rekeyed, remove_with_log
from coordinator.db.database import Database
from coordinator.db.network_file import check_place, is_locked
from coordinator.db.opening import examine
from coordinator.domain.records.backups import Backup
from coordinator.domain.records.keys import Key
from coordinator.domain.records.passphrases import check_passphrase
from coordinator.errors import (
    DamagedFileError,
    DamagedSlotsError,
    LockError,
    NotANetworkError,
    WrongKeyError,
)
from coordinator.sayings import saying
from coordinator.services.records import rekeying
from coordinator.services.records.backups import backups_of, only_one
from coordinator.services.records.known_slots import give_own, known_slots
from coordinator.services.records.rekeying import Progress
from coordinator.services.records.wrong_secrets import why_not

log = logging.getLogger(__name__)

_BUSY_MS: Final = 5000


@dataclass(frozen=True, slots=True)
class Locked:
    """What a network was locked with, and which backups could not be read and are not locked."""

    key: bytearray = field(repr=False)
    left: tuple[Backup, ...] = ()


def ways_to_open(path: Path) -> frozenset[SlotKind]:
    """Return how the network at *path* may be opened; nothing where it is not locked.

    Raises:
        DamagedSlotsError, DiskError: If that cannot be read.
    """
    slots = read_slots(slots_beside(path)) if is_locked(path) else None
    return frozenset() if slots is None else slots.kinds()


def has_recovery_sheet(path: Path) -> bool:
    """Return whether the words of a recovery sheet open the network at *path*.

    Raises:
        DamagedSlotsError, DiskError: If that cannot be read.
    """
    return SlotKind.RECOVERY in ways_to_open(path)


def key_for(path: Path, secret: str) -> bytearray:
    """Return the key that *secret*, a passphrase or recovery words, opens the file at *path* with.

    The slots beside it are tried first, then others in its folder: a file may have been renamed. Where its
    own are missing or damaged, those among its backups are tried, and put beside it if they fit. A file that
    its own slots' key does not open is damaged: the key is returned all the same, for the way back.

    Raises:
        LockError: If there are no slots that could open it.
        DamagedSlotsError: If there are, and none can be read.
        WrongKeyError: If *secret* opens none of them, or none fits the file.
    """
    tried, of_damaged = False, None
    for known in known_slots(path):
        tried = True
        try:
            key = opened(known.slots, secret)
        except (WrongKeyError, DamagedSlotsError):
            continue
        try:
            examine(path, key)
        except (WrongKeyError, NotANetworkError, DamagedFileError):
            of_damaged = of_damaged or (key if known.are_its_own else None)
            continue
        give_own(path, known.slots)
        return key
    if of_damaged is not None:
        return of_damaged
    if tried:
        raise why_not(secret)
    if slots_beside(path).exists():
        raise DamagedSlotsError
    raise LockError(
        saying(
            "This network is locked, and the file with its slots, {name}, is not beside it. "
            "Copy it from the old place, or from the folder with the backups.",
            name=slots_beside(path).name,
        )
    )


def lock_network(
    path: Path, passphrase: str, *, folder: Path | None = None, progress: Progress | None = None
) -> Locked:
    """Lock the network at *path*, which nobody has open, and its backups; see :func:`new_recovery_words`.

    Args:
        path: The network.
        passphrase: What opens it from now on.
        folder: A further place with backups of it.
        progress: See ``Progress``.

    Raises:
        WeakPassphraseError: If it is too easy to guess.
        LockError: If the network is locked already.
        AlreadyOpenError, BusyError: If somebody has it open.
        UserError: And nothing was changed.
    """
    with only_one(path):
        return _lock(path, passphrase, folder, progress)


def lock_open(
    database: Database, passphrase: str, *, folder: Path | None = None, progress: Progress | None = None
) -> Locked:
    """Lock an open network, whose every session must be closed; it stays open, with its new key.

    Raises:
        As :func:`lock_network`.
    """
    path = path_of(database)
    database.let_go()
    done = _lock(path, passphrase, folder, progress)
    database.use_key(done.key)
    return done


def _lock(path: Path, passphrase: str, folder: Path | None, progress: Progress | None) -> Locked:
    check_place(path)
    if is_locked(path):
        raise LockError(saying("This network is locked already; change its passphrase instead."))
    check_passphrase(passphrase)
    key = new_key()
    slots = Slots(id_of(key), (slot_for(SlotKind.PASSPHRASE, passphrase, key),))
    examine(path, None)

    def before() -> None:
        write_slots(slots_beside(path), slots)
        rekeying.begin(path, folder)

    try:
        _swap_rekeyed(path, None, key, before, _look(path, folder, progress))
    except BaseException:
        rekeying.end(path)
        raise
    log.info("locked")
    rekeying.keep_slots_with_backups(path, folder)
    left = rekeying.rekey_backups(path, None, key, folder, progress)
    rekeying.end(path)
    return Locked(key, left)


def take_lock_off(
    path: Path, secret: str, *, folder: Path | None = None, progress: Progress | None = None
) -> tuple[Backup, ...]:
    """Let the network at *path*, which nobody has open, and its backups be readable for everybody again.

    Returns the backups that could not be read: they stay locked, and their slots beside them.

    Raises:
        LockError: If it is not locked.
        WrongKeyError: If *secret* does not open it.
        UserError: And nothing was changed.
    """
    with only_one(path):
        return _take_off(path, secret, folder, progress)


def take_lock_off_open(
    database: Database, secret: str, *, folder: Path | None = None, progress: Progress | None = None
) -> tuple[Backup, ...]:
    """Take the lock off an open network, whose every session must be closed; it stays open.

    Raises:
        As :func:`take_lock_off`.
    """
    path = path_of(database)
    _key_of_locked(path, secret)
    database.let_go()
    left = _take_off(path, secret, folder, progress)
    database.use_key(None)
    return left


def _take_off(path: Path, secret: str, folder: Path | None, progress: Progress | None) -> tuple[Backup, ...]:
    key = _key_of_locked(path, secret)
    _swap_rekeyed(path, key, None, look=_look(path, folder, progress))
    rekeying.end(path)
    left = rekeying.rekey_backups(path, key, None, folder, progress)
    with suppress(OSError):
        slots_beside(path).unlink(missing_ok=True)
        for place in _slots_of_key(path, id_of(key), folder) if not left else ():
            place.unlink(missing_ok=True)
    log.info("the lock was taken off")
    return left


def change_passphrase(path: Path, secret: str, passphrase: str, *, folder: Path | None = None) -> None:
    """Let *passphrase* open the network at *path* and its backups, and the one before no more.

    The network itself is not written, so it may be open.

    Args:
        path: The network.
        secret: The passphrase until now, or the recovery words.
        passphrase: The new one.
        folder: A further place with backups of it.

    Raises:
        WeakPassphraseError, LockError, WrongKeyError: And nothing was changed.
    """
    key = _key_of_locked(path, secret)
    check_passphrase(passphrase)
    _replace_slots(
        path, folder, lambda slots: slots.with_slot(slot_for(SlotKind.PASSPHRASE, passphrase, key))
    )


def new_recovery_words(
    path: Path, secret: str, *, folder: Path | None = None, keep: Callable[[str], object] = lambda _: None
) -> str:
    """Return new words for the recovery sheet; those before open nothing any more.

    *keep* is given the words first, to put them on paper: if it fails, the older ones still open.

    Raises:
        LockError, WrongKeyError: And nothing was changed.
    """
    key, words = _key_of_locked(path, secret), new_words()
    keep(words)
    _replace_slots(path, folder, lambda slots: slots.with_slot(slot_for(SlotKind.RECOVERY, words, key)))
    return words


def revoke_recovery(path: Path, secret: str, *, folder: Path | None = None) -> None:
    """Let the words of the recovery sheet open nothing any more; the passphrase stays.

    Raises:
        LockError, WrongKeyError: And nothing was changed.
    """
    _key_of_locked(path, secret)
    _replace_slots(path, folder, lambda slots: slots.without(SlotKind.RECOVERY))


def _key_of_locked(path: Path, secret: str) -> bytearray:
    check_place(path)
    if not is_locked(path):
        raise LockError(saying("This network is not locked."))
    return key_for(path, secret)


def _swap_rekeyed(
    path: Path,
    old: Key | None,
    new: Key | None,
    before: Callable[[], object] = lambda: None,
    look: Callable[[], object] | None = None,
) -> None:
    """Put a copy of the network that opens with the key *new* in its place, *before* that what must be."""
    swapping.undo_half_swap(path)
    copy = path.with_name(path.name + swapping.RESTORING)
    try:
        copy_rekeyed(path, copy, old, new, look)
        with restoring.alone_with(path, old, _BUSY_MS, copy, new):
            before()
            aside = swapping.place_aside(path, datetime.now(UTC), is_readable=True, is_kept=True)
            swapping.swap_in(copy, path, aside)
            try:
                checked_counts(path, new)
            except BaseException:
                swapping.roll_back(aside, path)
                raise
    finally:
        remove_with_log(copy)
    swapping.forget(aside)


def _look(path: Path, folder: Path | None, progress: Progress | None) -> Callable[[], object] | None:
    if progress is None:
        return None
    files = len(backups_of(path, folder)) + 1
    return lambda: progress(0, files)


def _replace_slots(path: Path, folder: Path | None, change: Callable[[Slots], Slots]) -> None:
    """Write the changed slots beside the network and wherever its backups have them."""
    slots = read_slots(slots_beside(path))
    if slots is None:  # it was opened by slots of another name: from now on it has its own
        slots = next(iter(slots_near(path)))
    changed = change(slots)
    write_slots(slots_beside(path), changed)
    for place in _slots_of_key(path, slots.key_id, folder):
        write_slots(place, changed)


def _slots_of_key(path: Path, key_id: str, folder: Path | None) -> list[Path]:
    """Return the files with slots of that key in the folders of the backups."""
    return list(copies_of(Slots(key_id, ()), rekeying.slots_files(path, folder)))
