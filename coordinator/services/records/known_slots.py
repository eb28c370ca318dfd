"""The slots that may open a network or a backup: its own, others in its folder, copies among its backups."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coordinator.adapters.computer.key_slots import (
    SUFFIX,
    Slots,
    id_of,
    read_slots,
    slots_beside,
    slots_near,
    write_slots,
)
from coordinator.db.copies import backup_at
from coordinator.domain.records.keys import Key
from coordinator.errors import DamagedSlotsError, DiskError
from coordinator.services.records.backups import usual_places

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """Slots that may open a file, and whether they are surely of this file and of no other."""

    slots: Slots
    are_its_own: bool


def known_slots(path: Path) -> Iterator[Known]:
    """Give the slots that may open the file at *path*, the likeliest first.

    Its own are those beside it; a backup's those in its folder. Where a network's own are missing or damaged,
    the copies in the folders of its backups follow: they may be older than a change of the passphrase.
    """
    own = own_slots(path)
    is_backup = backup_at(path) is not None
    for slots in slots_near(path):
        yield Known(slots, are_its_own=is_backup or slots == own)
    if own is not None or is_backup:
        return
    for folder in usual_places(path):
        for place in _slots_in(folder):
            with suppress(DamagedSlotsError, DiskError):
                copied = read_slots(place)
                if copied is not None:
                    yield Known(copied, are_its_own=place.name.startswith(f"{path.stem}-"))


def own_slots(path: Path) -> Slots | None:
    """Return the slots beside the network at *path*; ``None`` if there are none, or damaged ones."""
    try:
        return read_slots(slots_beside(path))
    except (DamagedSlotsError, DiskError):
        return None


def has_slots(path: Path) -> bool:
    """Say whether anything lies where the slots of the file at *path* are looked for, damaged or not."""
    return slots_beside(path).exists() or next(known_slots(path), None) is not None


def give_own(path: Path, slots: Slots) -> None:
    """See that the *slots* that opened the network at *path* lie beside it under its own name."""
    if backup_at(path) is None and own_slots(path) is None:
        with suppress(DiskError):
            write_slots(slots_beside(path), slots)
            log.info("slots put beside the network")


def is_key_of(path: Path, key: Key | None) -> bool:
    """Say whether *key* is the one that the slots of the file at *path* open, whatever became of the file."""
    return key is not None and any(one.slots.key_id == id_of(key) for one in known_slots(path))


def _slots_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []
