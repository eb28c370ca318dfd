"""A network locked with a passphrase: it and its backups open for nobody else, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile, move

import pytest
import sqlalchemy as sa

from coordinator.adapters.computer.key_slots import SlotKind, slots_beside
from coordinator.adapters.computer.sealing import are_words_of_a_sheet, new_words, wrong_word
from coordinator.bootstrap import open_database
from coordinator.cli.start import main
from coordinator.db import copies, swapping
from coordinator.db.backups import list_backups
from coordinator.db.base import Base
from coordinator.db.network_file import is_locked
from coordinator.domain.records.keys import Key
from coordinator.domain.records.passphrases import WeakPassphraseError, strength
from coordinator.errors import BusyError, LockError, UserError, WrongKeyError
from coordinator.services.families.households import change_profile
from coordinator.services.paper.recovery import save_recovery_sheet
from coordinator.services.records import backups, locking, rekeying
from coordinator.services.records.checks import check_at
from coordinator.services.records.wrong_secrets import why_not
from tests.networks import changed_copy

PASSPHRASE = "four grey geese on the marsh"  # noqa: S105 - of a test
OTHER = "a slow tide under the old bridge"
SECRET = b"Ren\xc3\xa9e Ahlberg-Quist"


@pytest.fixture(scope="session")
def named_file(worked_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the worked week with one backup and one name to look for."""
    path = tmp_path_factory.mktemp("named") / "network.db"

    changed_copy(
        worked_file, path, lambda database: change_profile(database, "D-0001", "name", SECRET.decode())
    )
    return path


@pytest.fixture
def network(named_file: Path, tmp_path: Path) -> Path:
    """Give a copy of it with a backup."""
    path = tmp_path / "network.db"
    copyfile(named_file, path)
    database = open_database(path)
    backups.back_up_now(database)
    database.dispose()
    return path


def everything(path: Path, key: Key | None = None) -> dict[str, list[str]]:
    """Return every row of every table."""
    database = open_database(path, key=key)
    try:
        with database.reading() as session:
            return {
                table.name: sorted(map(str, session.execute(sa.select(table)).all()))
                for table in Base.metadata.sorted_tables
            }
    finally:
        database.dispose()


def files_with(secret: bytes, folder: Path) -> list[str]:
    """Return the names of the files under *folder* that hold *secret*."""
    return sorted(one.name for one in folder.rglob("*") if one.is_file() and secret in one.read_bytes())


def test_locking_and_taking_it_off_changes_no_row_and_leaves_no_name_behind(
    network: Path, tmp_path: Path
) -> None:
    before = everything(network)
    assert "network.db" in files_with(SECRET, tmp_path)
    assert len(files_with(SECRET, tmp_path)) == 2, "it and its backup"

    done = locking.lock_network(network, PASSPHRASE)
    assert files_with(SECRET, tmp_path) == []
    assert done.left == ()
    key = locking.key_for(network, PASSPHRASE)
    assert key == done.key
    assert everything(network, key) == before
    assert check_at(network, key=key).faults == ()
    with pytest.raises(WrongKeyError):
        open_database(network)

    assert locking.take_lock_off(network, PASSPHRASE) == ()
    assert not is_locked(network)
    assert everything(network) == before
    assert [path.suffix for path in tmp_path.rglob("*.slots")] == []


def test_the_backups_of_a_locked_network_open_with_its_passphrase_wherever_they_are_taken(
    network: Path, tmp_path: Path
) -> None:
    key = locking.lock_network(network, PASSPHRASE).key
    database = open_database(network, key=key)
    made = backups.back_up_now(database)
    database.dispose()
    assert is_locked(made.path)
    away = tmp_path / "stick"
    move(made.path.parent, away)
    for backup in list_backups(away):
        assert locking.key_for(backup.path, PASSPHRASE) == key
        assert backups.preview_file(network, backup, made.made_at.date(), key).check.donors


def test_the_recovery_words_open_it_however_they_are_typed_and_new_ones_end_the_old(network: Path) -> None:
    key = locking.lock_network(network, PASSPHRASE).key
    assert locking.ways_to_open(network) == {SlotKind.PASSPHRASE}
    words = locking.new_recovery_words(network, PASSPHRASE)
    assert locking.ways_to_open(network) == {SlotKind.PASSPHRASE, SlotKind.RECOVERY}
    assert locking.key_for(network, f"  {words.upper().replace(' ', '   ')}\n") == key
    with pytest.raises(UserError, match="cannot be written"):
        locking.new_recovery_words(
            network, PASSPHRASE, keep=lambda new: save_recovery_sheet(network, new, network.parent)
        )
    assert locking.key_for(network, words) == key, "a sheet that was not written ends no older one"
    newer = locking.new_recovery_words(network, words)
    with pytest.raises(WrongKeyError):
        locking.key_for(network, words)
    assert locking.key_for(network, newer) == key
    locking.revoke_recovery(network, PASSPHRASE)
    with pytest.raises(WrongKeyError):
        locking.key_for(network, newer)


def test_another_passphrase_ends_the_old_one_for_the_backups_too(network: Path) -> None:
    key = locking.lock_network(network, PASSPHRASE).key
    locking.change_passphrase(network, PASSPHRASE, OTHER)
    (backup,) = backups.backups_of(network)
    for path in (network, backup.path):
        assert locking.key_for(path, OTHER) == key
        with pytest.raises(WrongKeyError):
            locking.key_for(path, PASSPHRASE)


def test_a_weak_passphrase_a_second_lock_and_none_to_take_off_are_refused(network: Path) -> None:
    with pytest.raises(WeakPassphraseError, match="guess"):
        locking.lock_network(network, "milk2026")
    assert not is_locked(network)
    with pytest.raises(LockError, match="not locked"):
        locking.take_lock_off(network, PASSPHRASE)
    locking.lock_network(network, PASSPHRASE)
    with pytest.raises(LockError, match="already"):
        locking.lock_network(network, OTHER)
    with pytest.raises(WrongKeyError):
        locking.take_lock_off(network, OTHER)
    assert locking.key_for(network, PASSPHRASE)


def test_without_its_slots_it_says_which_file_to_bring(network: Path) -> None:
    key = locking.lock_network(network, PASSPHRASE).key
    slots_beside(network).unlink()
    with pytest.raises(WrongKeyError):
        locking.key_for(network, OTHER)
    assert locking.key_for(network, PASSPHRASE) == key, "its backups have a copy"
    assert slots_beside(network).exists()
    for one in network.parent.rglob("*.slots"):
        one.unlink()
    with pytest.raises(LockError, match=r"network\.db\.slots"):
        locking.key_for(network, PASSPHRASE)


def test_nobody_locks_it_under_an_open_window(network: Path) -> None:
    database = open_database(network, alone=True)
    try:
        with pytest.raises(UserError):
            locking.lock_network(network, PASSPHRASE)
    finally:
        database.dispose()
    assert not is_locked(network)


def test_what_somebody_saved_meanwhile_is_not_lost(network: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = copies.copy_rekeyed

    def slowly(path: Path, target: Path, old: Key | None, new: Key | None, look: None) -> None:
        copied(path, target, old, new, look)
        if path == network:
            database = open_database(network)
            try:
                backups_before = database.change_counter()
                change_profile(database, "D-0001", "notes", "told at the last moment")
                assert database.change_counter() > backups_before
            finally:
                database.dispose()

    monkeypatch.setattr(locking, "copy_rekeyed", slowly)
    with pytest.raises(BusyError):
        locking.lock_network(network, PASSPHRASE)
    assert not is_locked(network)
    assert any("last moment" in str(row) for row in everything(network)["household"])


@pytest.mark.parametrize("step", ["copy", "slots", "swap", "prove", "backup"])
def test_wherever_it_stops_the_network_opens_and_holds_the_same(
    network: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = everything(network)

    class Killed(BaseException):
        """The process is gone."""

    def stop(*_: object, **__: object) -> None:
        raise Killed

    places: dict[str, tuple[object, str]] = {
        "copy": (locking, "copy_rekeyed"),
        "slots": (locking, "write_slots"),
        "swap": (swapping, "swap_in"),
        "prove": (locking, "checked_counts"),
        "backup": (rekeying, "rekey_backups"),
    }
    monkeypatch.setattr(*places[step], stop)
    with pytest.raises(Killed):
        locking.lock_network(network, PASSPHRASE)
    monkeypatch.undo()
    key = locking.key_for(network, PASSPHRASE) if is_locked(network) else None
    assert (key is not None) == (step == "backup")
    assert everything(network, key) == before
    if key is None:
        assert locking.lock_network(network, PASSPHRASE).left == ()


def test_a_backup_of_before_the_lock_comes_back_locked(network: Path, tmp_path: Path) -> None:
    before = everything(network)
    (old,) = backups.backups_of(network)
    plain = tmp_path / "kept" / old.path.name
    plain.parent.mkdir()
    copyfile(old.path, plain)
    key = locking.lock_network(network, PASSPHRASE).key
    database = open_database(network, key=key)
    backups.restore(database, backups.backup_from_file(plain))
    database.dispose()
    assert is_locked(network)
    assert everything(network, locking.key_for(network, PASSPHRASE))["household"] == before["household"]


def test_a_lost_network_comes_back_from_a_locked_backup_with_its_slots(network: Path) -> None:
    key = locking.lock_network(network, PASSPHRASE).key
    database = open_database(network, key=key)
    made = backups.back_up_now(database)
    database.dispose()
    network.unlink()
    slots_beside(network).unlink()
    opens = locking.key_for(made.path, PASSPHRASE)
    backups.restore_file(network, made, backup_key=opens)
    assert locking.key_for(network, PASSPHRASE) == key
    assert check_at(network, key=key).faults == ()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run a command with passphrases on a descriptor."""

    def run(*words: str, secrets: tuple[str, ...] = ()) -> int:
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{one}\n" for one in secrets).encode())
        os.close(writing)
        try:
            return main([*words, "--passphrase-fd", str(reading)] if secrets else list(words))
        finally:
            os.close(reading)

    return run


def test_the_command_line_asks_for_the_passphrase_and_never_takes_it_as_a_word(
    network: Path, tmp_path: Path, told: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--database", f"sqlite:///{network}")
    assert told("lock", "set", *at, secrets=(PASSPHRASE, PASSPHRASE)) == 0
    assert told("donors", *at) == 1
    assert "--passphrase-fd" in capsys.readouterr().err
    assert told("donors", *at, secrets=("wrong",)) == 1
    assert told("donors", *at, secrets=(PASSPHRASE,)) == 0
    assert "D-0001" in capsys.readouterr().out
    for command in (("check",), ("backup",), ("restore",), ("lock", "sheet", str(tmp_path / "sheet.pdf"))):
        assert told(*command, *at, secrets=(PASSPHRASE,)) == 0, command
    said = capsys.readouterr()
    assert PASSPHRASE not in said.out + said.err
    name = backups.backups_of(network)[0].path.name
    assert told("restore", name, *at, secrets=(PASSPHRASE,)) == 0
    assert told("lock", "change", *at, secrets=(PASSPHRASE, OTHER, OTHER)) == 0
    assert told("lock", "off", *at, secrets=(PASSPHRASE,)) == 1
    assert told("lock", "off", *at, secrets=(OTHER,)) == 0
    assert told("donors", *at) == 0


def test_a_slip_of_the_pen_is_found_among_the_words() -> None:
    words = new_words().split()
    assert len(words) == 12
    assert wrong_word(" ".join(words)) is None
    assert wrong_word(" ".join([*words[:4], "marshgoose", *words[5:]])) == 5


def test_recovery_words_that_open_nothing_are_told_what_is_wrong_with_them() -> None:
    words = new_words().split()
    slip = " ".join([*words[:4], "marshgoose", *words[5:]])
    told = {
        " ".join(words): "another network",
        slip: "word 5 is on no sheet",
        slip.upper().replace(" ", "  "): "word 5",
        " ".join(words[:11]): "these are 11",
        " ".join([*words, "abandon"]): "these are 13",
        PASSPHRASE: "This passphrase",
        "a line of eleven words of which none stands on sheets": "This passphrase",
    }
    assert {secret: part in str(why_not(secret)) for secret, part in told.items()} == dict.fromkeys(
        told, True
    )
    swapped = next(one for i in range(11) if not are_words_of_a_sheet(one := " ".join(_swapped(words, i))))
    assert "another order" in str(why_not(swapped))


def _swapped(words: list[str], at: int) -> list[str]:
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def test_how_hard_a_passphrase_is_to_guess_is_said() -> None:
    assert [strength(one).is_enough for one in ("", "milk", "Password1!", PASSPHRASE)] == [
        False, False, False, True,
    ]  # fmt: skip
