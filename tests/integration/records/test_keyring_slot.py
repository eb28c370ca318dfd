"""The account's keyring opens a locked network besides its passphrase, and never alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import PasswordDeleteError

from coordinator.adapters.computer.key_slots import SlotKind, Slots, read_slots, slots_beside
from coordinator.adapters.computer.os_keyring import NoKeyringError
from coordinator.adapters.computer.sealing import new_key, slot_for
from coordinator.bootstrap import open_database
from coordinator.errors import LockError, WrongKeyError
from coordinator.services.records import backups, keyring_slot, locking
from tests.faults.locked_scenes import cheap_slots

PASSPHRASE = "four grey geese on the marsh"  # noqa: S105 - of a test
OTHER = "a slow tide under the old bridge"


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as its test."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # its own
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    """Let the account have a keyring."""
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def network(migrated_file: Path, tmp_path: Path) -> Iterator[Path]:
    """Give a locked network with a backup."""
    path = Path(copyfile(migrated_file, tmp_path / "network.db"))
    with cheap_slots():
        key = locking.lock_network(path, PASSPHRASE).key
        database = open_database(path, key=key)
        backups.back_up_now(database)
        database.dispose()
        yield path


def test_the_keyring_opens_it_and_its_backups_until_it_is_taken_out(
    network: Path, memory: MemoryKeyring
) -> None:
    key = locking.key_for(network, PASSPHRASE)
    assert keyring_slot.key_from_keyring(network) is None
    keyring_slot.put_in_keyring(network, PASSPHRASE)
    assert keyring_slot.is_in_keyring(network)
    assert keyring_slot.key_from_keyring(network) == key
    (kept,) = memory.kept.values()
    assert kept not in slots_beside(network).read_text()
    assert key.hex() not in kept
    locking.change_passphrase(network, PASSPHRASE, OTHER)
    assert keyring_slot.key_from_keyring(network) == key
    (copy,) = (network.parent / "backups").glob("*.slots")
    assert read_slots(copy) == read_slots(slots_beside(network))

    keyring_slot.take_from_keyring(network)
    assert keyring_slot.key_from_keyring(network) is None
    assert memory.kept == {}
    assert locking.ways_to_open(network) == {SlotKind.PASSPHRASE}
    assert read_slots(copy) == read_slots(slots_beside(network))


def test_a_keyring_that_lost_it_or_has_another_leaves_the_passphrase(
    network: Path, memory: MemoryKeyring
) -> None:
    keyring_slot.put_in_keyring(network, PASSPHRASE)
    for name in memory.kept:
        memory.kept[name] = "something else"
    assert keyring_slot.key_from_keyring(network) is None
    memory.kept.clear()
    assert keyring_slot.key_from_keyring(network) is None
    assert locking.key_for(network, PASSPHRASE)


def test_without_a_keyring_it_is_said_and_nothing_changes(network: Path) -> None:
    before = slots_beside(network).read_bytes()
    kept = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call] # its own
    try:
        with pytest.raises(NoKeyringError, match="no keyring"):
            keyring_slot.put_in_keyring(network, PASSPHRASE)
        assert keyring_slot.key_from_keyring(network) is None
    finally:
        keyring.set_keyring(kept)
    assert slots_beside(network).read_bytes() == before


def test_only_who_can_open_it_puts_it_there_and_the_keyring_is_never_alone(
    network: Path, memory: MemoryKeyring
) -> None:
    with pytest.raises(WrongKeyError):
        keyring_slot.put_in_keyring(network, OTHER)
    assert memory.kept == {}
    key = new_key()
    alone = Slots("0", (slot_for(SlotKind.PASSPHRASE, "a", key), slot_for(SlotKind.KEYRING, "b", key)))
    with pytest.raises(LockError, match="alone"):
        alone.without(SlotKind.PASSPHRASE)
    assert alone.without(SlotKind.KEYRING).kinds() == {SlotKind.PASSPHRASE}


def test_nothing_stays_in_the_keyring_when_the_lock_is_taken_off(
    network: Path, memory: MemoryKeyring
) -> None:
    keyring_slot.put_in_keyring(network, PASSPHRASE)
    locking.take_lock_off(network, PASSPHRASE)
    assert memory.kept == {}
    with pytest.raises(LockError):
        keyring_slot.take_from_keyring(network)
