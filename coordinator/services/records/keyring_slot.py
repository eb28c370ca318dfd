"""Letting the keyring of this account open a locked network, besides its passphrase and never without."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from typing import Final

from coordinator.adapters.computer import os_keyring
from coordinator.adapters.computer.key_slots import SlotKind, id_of, read_slots, slots_beside
from coordinator.adapters.computer.sealing import opened, slot_for
from coordinator.db.opening import examine
from coordinator.domain.records.keys import wipe
from coordinator.errors import LockError, UserError
from coordinator.sayings import saying
from coordinator.services.records import locking

log = logging.getLogger(__name__)

_SECRET_BYTES: Final = 32


def is_in_keyring(path: Path) -> bool:
    """Return whether the network at *path* has a slot for this account's keyring.

    Raises:
        DamagedSlotsError, DiskError: If that cannot be read.
    """
    return SlotKind.KEYRING in locking.ways_to_open(path)


def put_in_keyring(path: Path, secret: str, *, folder: Path | None = None) -> None:
    """Let this account's keyring open the network at *path*, too; *secret* is what opens it now.

    Raises:
        NoKeyringError: If there is none. Nothing was changed.
        LockError, WrongKeyError: As for the passphrase.
    """
    key = locking.key_of_locked(path, secret)
    try:
        token = secrets.token_hex(_SECRET_BYTES)
        os_keyring.keep(id_of(key), token)
        slot = slot_for(SlotKind.KEYRING, token, key)
        try:
            locking.replace_slots(path, folder, lambda slots: slots.with_slot(slot))
        except BaseException:
            os_keyring.forget(id_of(key))
            raise
    finally:
        wipe(key)
    log.info("the keyring opens it, too")


def take_from_keyring(path: Path, *, folder: Path | None = None) -> None:
    """Let the keyring open the network at *path* no more; the passphrase stays.

    Raises:
        LockError: If it is not locked.
    """
    if not locking.ways_to_open(path):
        raise LockError(saying("This network is not locked."))
    locking.replace_slots(path, folder, lambda slots: slots.without(SlotKind.KEYRING))
    slots = read_slots(slots_beside(path))
    if slots is not None:
        os_keyring.forget(slots.key_id)


def key_from_keyring(path: Path) -> bytearray | None:
    """Return the key of the network at *path* by this account's keyring; ``None`` if that has none."""
    try:
        slots = read_slots(slots_beside(path))
        if slots is None or SlotKind.KEYRING not in slots.kinds():
            return None
        token = os_keyring.kept(slots.key_id)
        if token is None:
            return None
        key = opened(slots, token)
        examine(path, key)
    except UserError:  # it asks for the passphrase, which says what is wrong
        return None
    return key
