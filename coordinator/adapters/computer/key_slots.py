"""The slots of a locked network: its key, wrapped once for each way to open it, in a file beside it.

Changing a passphrase writes another slot; the network itself stays as it is. ``sealing`` wraps and opens.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from coordinator.domain.records.keys import Key
from coordinator.errors import DamagedSlotsError, DiskError, LockError
from coordinator.sayings import saying

SUFFIX: Final = ".slots"
"""Ends the name of the file with the slots, beside the network or the backup it opens."""

_FORMAT: Final = 1
_SUM: Final = "sum"
"""Ends the document: a digest of the rest, so that a flipped bit is damage and no wrong passphrase."""


class SlotKind(StrEnum):
    """A way to open a locked network."""

    PASSPHRASE = "passphrase"  # noqa: S105 - its name
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Slot:
    """The key, wrapped for one secret; all in base64 but what deriving from that costs."""

    kind: SlotKind
    salt: str
    nonce: str
    wrapped: str
    iterations: int
    lanes: int
    memory_kib: int


@dataclass(frozen=True, slots=True)
class Slots:
    """Every way to open what is locked with one key; ``key_id`` tells keys apart and nothing of the key."""

    key_id: str
    slots: tuple[Slot, ...]

    def kinds(self) -> frozenset[SlotKind]:
        """Return the ways there are."""
        return frozenset(slot.kind for slot in self.slots)

    def with_slot(self, slot: Slot) -> Slots:
        """Return the ways with *slot* in the place of the others of its kind."""
        others = tuple(one for one in self.slots if one.kind is not slot.kind)
        return replace(self, slots=(*others, slot))

    def without(self, kind: SlotKind) -> Slots:
        """Return the other ways.

        Raises:
            LockError: If only the keyring were left: those are lost too easily.
        """
        if self.kinds() - {kind} == {SlotKind.KEYRING}:
            raise LockError(
                saying(
                    "The keyring alone may not open a network: it would be lost with the keyring. Take it "
                    "out of the keyring first. Nothing was changed."
                )
            )
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind is not kind))


def id_of(key: Key) -> str:
    """Return what tells *key* from others, without telling anything of it."""
    return hmac.new(key, b"milkrun key", hashlib.sha256).hexdigest()[:16]


def slots_beside(path: Path) -> Path:
    """Return where the slots of the network or backup at *path* are."""
    return path.with_name(path.name + SUFFIX)


def slots_near(path: Path) -> Iterator[Slots]:
    """Give the slots that may open the file at *path*: its own first, then others in its folder.

    What cannot be read is passed over: another may fit.
    """
    with_own = [slots_beside(path)]
    with suppress(OSError):
        with_own += sorted(one for one in path.parent.glob(f"*{SUFFIX}") if one != with_own[0])
    for place in with_own:
        try:
            found = read_slots(place)
        except (DamagedSlotsError, DiskError):
            continue
        if found is not None:
            yield found


def read_slots(place: Path) -> Slots | None:
    """Return the slots in the file at *place*, ``None`` where there is none.

    Raises:
        DamagedSlotsError: If it is not what we wrote.
        DiskError: If it cannot be read.
    """
    try:
        written = json.loads(place.read_text("utf-8"))
        if written.pop(_SUM) != _sum_of(written):
            raise DamagedSlotsError
        slots = tuple(Slot(**{**one, "kind": SlotKind(one["kind"])}) for one in written["slots"])
        return Slots(str(written["key_id"]), slots)
    except FileNotFoundError:
        return None
    except OSError:
        raise DiskError from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DamagedSlotsError from None


def write_slots(place: Path, slots: Slots) -> None:
    """Write *slots* to *place*, all of them or nothing, readable by this user alone."""
    document: dict[str, Any] = {"format": _FORMAT, **asdict(slots)}
    document[_SUM] = _sum_of(document)
    part = place.with_name(place.name + ".part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
        _see_folder(place.parent)
    except OSError:
        raise DiskError from None


def copies_of(slots: Slots, places: Iterable[Path]) -> Iterator[Path]:
    """Give those of the files *places* that hold slots of the same key."""
    for place in places:
        try:
            found = read_slots(place)
        except (DamagedSlotsError, DiskError):
            continue
        if found is not None and found.key_id == slots.key_id:
            yield place


def _sum_of(document: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _see_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
