"""A locked network that is damaged, or whose lock was killed half way: the passphrase leads to everything."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from coordinator.adapters.computer.key_slots import read_slots, slots_beside
from coordinator.bootstrap import open_database
from coordinator.cli.start import main
from coordinator.db import swapping
from coordinator.db.network_file import is_locked
from coordinator.errors import DamagedFileError, DamagedSlotsError, LockError, WrongKeyError
from coordinator.services.records import locking, rekeying
from coordinator.services.records.backups import back_up_now, backups_of
from coordinator.services.records.checks import check_at
from coordinator.services.records.way_back import WayBack, way_back_at, way_back_of
from tests.builders import TODAY
from tests.faults.locked_scenes import (
    NEEDLE,
    PASSPHRASE,
    a_network,
    cheap_slots,
    name_of,
    nothing_readable,
)
from tests.faults.scenes import names

OTHER = "a slow tide under the old bridge"


@pytest.fixture(autouse=True)
def quick_slots() -> Iterator[None]:
    """Let no test wait for a passphrase."""
    with cheap_slots():
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a locked network and two backups, to copy."""
    with cheap_slots():
        return a_network(tmp_path_factory.mktemp("locked") / "made", locked=True).parent


@pytest.fixture
def network(made: Path, tmp_path: Path) -> Path:
    """Give a copy of it."""
    copytree(made, tmp_path / "data")
    return tmp_path / "data" / "network.db"


@pytest.fixture
def told(network: Path) -> Callable[..., int]:
    """Run a command on it with the passphrase on a descriptor."""

    def run(*words: str) -> int:
        reading, writing = os.pipe()
        os.write(writing, f"{PASSPHRASE}\n".encode())
        os.close(writing)
        try:
            return main([*words, "--database", f"sqlite:///{network}", "--passphrase-fd", str(reading)])
        finally:
            os.close(reading)

    return run


def flipped(at: int) -> Callable[[Path], object]:
    def harm(path: Path) -> object:
        content = bytearray(path.read_bytes())
        content[at] ^= 4
        return path.write_bytes(content)

    return harm


def cut(length: int) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes()[:length])


HARMS = {
    "its salt": flipped(3),
    "a later page": flipped(9 * 4096 + 17),
    "cut within a page": cut(40_001),
    "cut to nothing": cut(0),
}
"""What ``tests/faults/locked_flips.py`` does some hundred times."""


def test_whatever_is_damaged_the_passphrase_leads_back_by_command(
    made: Path, network: Path, told: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    for what, harm in HARMS.items():
        rmtree(network.parent)
        copytree(made, network.parent)
        harm(network)
        newest = backups_of(network)[0].path.name
        assert told("check") == 1, what
        said = capsys.readouterr()
        assert "passphrase does not open" not in said.out + said.err, what
        assert told("restore", newest) == 0, what
        assert is_locked(network), what
        nothing_readable(network.parent)
    assert told("check") == 0


def test_the_backups_of_a_damaged_or_lost_network_are_listed_as_what_they_are(
    network: Path, told: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    flipped(3)(network)
    newest = backups_of(network)[0].path.name
    assert told("donors") == 1
    assert newest in capsys.readouterr().err
    for harm in (lambda _: None, cut(0), Path.unlink):
        harm(network)
        assert told("restore") == 0
        said = capsys.readouterr().out
        assert said.count("checked") == 2
        assert newest in said


def test_in_the_window_damage_of_a_locked_network_is_no_wrong_passphrase(network: Path) -> None:
    flipped(700)(network)
    key = locking.key_for(network, PASSPHRASE)
    with pytest.raises(DamagedFileError):
        open_database(network, key=key)
    assert check_at(network, key=key).is_damaged
    with pytest.raises(WrongKeyError):
        locking.key_for(network, OTHER)

    way_back = way_back_at(str(network), key)
    assert way_back is not None
    found = way_back.backups(TODAY)
    assert [one.check.faults for one in found] == [(), ()]
    assert way_back.look_into(found[0].backup, TODAY).check.faults == ()
    way_back.go_back(found[0].backup)
    assert names_in(network) == [name_of("before", 0), name_of("before", 1)]


def test_a_lost_network_says_which_backup_to_ask_the_passphrase_of(network: Path) -> None:
    for one in (network, slots_beside(network)):
        one.unlink()
    way_back = WayBack(network)
    locked = way_back.locked_backup()
    assert locked is not None
    way_back = way_back.with_key(locking.key_for(locked.path, PASSPHRASE))
    assert way_back.locked_backup() is None
    way_back.go_back(way_back.backups(TODAY)[0].backup)
    assert len(names_in(network)) == 2


def test_the_way_back_of_an_open_locked_network_reads_its_backups(network: Path) -> None:
    database = open_database(network, key=locking.key_for(network, PASSPHRASE))
    way_back = way_back_of(database)
    found = way_back.backups(TODAY)
    assert [one.check.faults for one in found] == [(), ()]
    way_back.go_back(way_back.look_into(found[1].backup, TODAY).backup)
    assert names(database) == [name_of("before", 0)]
    database.dispose()


def test_damaged_slots_come_back_from_the_backups_and_are_told_where_there_is_no_copy(network: Path) -> None:
    place = slots_beside(network)
    written = place.read_bytes()
    for at in range(0, len(written), 7):
        flipped(at)(place)
        with pytest.raises(DamagedSlotsError):
            read_slots(place)
        assert locking.key_for(network, PASSPHRASE)
        assert place.read_bytes() == written
    cut(len(written) // 2)(place)
    for copy in (network.parent / "backups").glob("*.slots"):
        copy.unlink()
    with pytest.raises(DamagedSlotsError):
        locking.key_for(network, PASSPHRASE)
    place.unlink()
    with pytest.raises(LockError):
        locking.key_for(network, PASSPHRASE)


def test_a_locked_network_without_backups_has_a_copy_of_its_slots(tmp_path: Path) -> None:
    path = a_network(tmp_path / "data", locked=False, saved=0)
    key = locking.lock_network(path, PASSPHRASE).key
    slots_beside(path).unlink()
    assert locking.key_for(path, PASSPHRASE) == key
    locking.take_lock_off(path, PASSPHRASE)
    assert list(tmp_path.rglob("*.slots")) == []


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("alone", [True, False])
def test_a_lock_that_was_killed_is_finished_by_whoever_opens_it_next(
    network: Path, monkeypatch: pytest.MonkeyPatch, *, alone: bool
) -> None:
    locking.take_lock_off(network, PASSPHRASE)

    def stop(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(rekeying, "rekey_backups", stop)
        patched.setattr(swapping, "forget", lambda _: None)
        with suppress(Killed):
            locking.lock_network(network, PASSPHRASE)
    readable = [one.name for one in network.parent.rglob("*") if NEEDLE.encode() in content(one)]
    assert len(readable) == 3, "two backups and what was replaced"

    database = open_database(network, key=locking.key_for(network, PASSPHRASE), alone=alone)
    database.dispose()
    nothing_readable(network.parent)
    assert [locking.key_for(one.path, PASSPHRASE) for one in backups_of(network)] == [database.key] * 2


def test_a_change_of_the_passphrase_that_was_killed_reaches_the_backups_later(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(rekeying, "slots_files", lambda *_: [])
        locking.change_passphrase(network, PASSPHRASE, OTHER)
    (backup, *_) = backups_of(network)
    assert locking.key_for(backup.path, PASSPHRASE)
    open_database(network, key=locking.key_for(network, OTHER), alone=True).dispose()
    with pytest.raises(WrongKeyError):
        locking.key_for(backup.path, PASSPHRASE)
    assert locking.key_for(backup.path, OTHER)


def test_where_a_disk_knows_no_second_names_a_killed_swap_loses_no_network(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    def stop(*_: object) -> None:
        raise Killed

    everybody = names_in(network)
    with monkeypatch.context() as patched:
        patched.setattr(os, "link", refused)
        patched.setattr(swapping, "see_on_disk", stop)
        patched.setattr(swapping, "roll_back", stop)
        patched.setattr(Path, "replace", stop)
        with suppress(Killed):
            swapping.swap_in(network, network, network.with_name(network.name + swapping.REPLACED))
    assert not network.exists()
    with pytest.raises(WrongKeyError):
        open_database(network)
    assert names_in(network) == everybody


def test_a_backup_of_a_locked_network_whose_slots_are_damaged_is_made_all_the_same(network: Path) -> None:
    database = open_database(network, key=locking.key_for(network, PASSPHRASE))
    flipped(20)(slots_beside(network))
    made = back_up_now(database)
    database.dispose()
    assert locking.key_for(made.path, PASSPHRASE) == locking.key_for(network, PASSPHRASE)


def content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def names_in(path: Path) -> list[str]:
    database = open_database(path, key=locking.key_for(path, PASSPHRASE))
    try:
        return names(database)
    finally:
        database.dispose()
