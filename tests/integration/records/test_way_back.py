"""The way back to a backup, whatever is wrong with the network."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db import swapping
from coordinator.db.audit import first_broken_link
from coordinator.db.engine import connect_sqlite
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.history import Action
from coordinator.errors import (
    AlreadyOpenError,
    BackupError,
    NewerFileError,
    NoNetworkError,
    NotANetworkError,
    UserError,
)
from coordinator.services.records import backups
from coordinator.services.records.way_back import WayBack
from coordinator.services.settings.values import change_setting
from tests.builders import NOW, TODAY
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a network with Ada and Bo in it, and a backup from when it had only Ada."""
    path = tmp_path / "data" / "network.db"
    database = opened_network(path, clock=lambda: NOW)
    add(database, "Ada")
    backups.back_up_now(database)
    add(database, "Bo")
    database.dispose()
    return path


def add(database: Database, name: str) -> None:
    with database.writing(Action("test.wrote", "Wrote something")) as session:
        session.add(HouseholdRow(name=name, name_on_paper=name))


def names_at(path: Path) -> list[str]:
    database = open_database(path)
    with database.reading() as session:
        assert first_broken_link(session) is None
        found = list(session.scalars(select(HouseholdRow.name).order_by(HouseholdRow.id)))
    database.dispose()
    return found


def damage(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\xff" * (4 * 4096)
    path.write_bytes(content)
    return bytes(content)


def truncate(path: Path) -> bytes:
    path.write_bytes(path.read_bytes()[:4096])
    return path.read_bytes()


def empty(path: Path) -> bytes:
    path.write_bytes(b"")
    return b""


def overwrite(path: Path) -> bytes:
    path.write_bytes(b"Name,Town\nAda,Kittery\n" * 500)
    return path.read_bytes()


def make_newer(path: Path) -> bytes:
    with closing(connect_sqlite(path)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    return path.read_bytes()


@pytest.mark.parametrize("harm", [damage, truncate, empty, overwrite])
def test_whatever_is_wrong_one_step_leads_to_the_backup_and_the_file_stays(path: Path, harm: object) -> None:
    assert callable(harm)
    bad = harm(path)
    with pytest.raises(UserError):
        open_database(path)
    way_back = WayBack(path)
    (found,) = way_back.backups(TODAY)
    assert (found.check.faults, found.backup.reason) == ((), BackupReason.BY_HAND)

    done = way_back.go_back(found.backup)

    assert names_at(path) == ["Ada"]
    assert done.aside is not None
    assert done.aside.read_bytes() == bad
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_network_of_a_newer_program_is_kept_as_a_backup_when_she_goes_back(path: Path) -> None:
    make_newer(path)
    with pytest.raises(NewerFileError):
        open_database(path)

    done = WayBack(path).go_back(WayBack(path).backups(TODAY)[0].backup)

    assert names_at(path) == ["Ada"]
    assert done.kept is not None
    with closing(connect_sqlite(done.kept.path)) as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [("9999",)]


def test_a_network_that_is_gone_comes_back(path: Path) -> None:
    path.unlink()
    with pytest.raises(NoNetworkError):
        open_database(path)

    done = WayBack(path).go_back(WayBack(path).backups(TODAY)[0].backup)

    assert (done.kept, done.aside) == (None, None)
    assert names_at(path) == ["Ada"]


def test_a_good_network_is_kept_as_a_backup_and_nothing_else_is_left(path: Path) -> None:
    done = WayBack(path).go_back(WayBack(path).backups(TODAY)[0].backup)

    assert names_at(path) == ["Ada"]
    assert done.kept is not None
    assert names_at(done.kept.path) == ["Ada", "Bo"]
    assert {one.name for one in path.parent.iterdir()} == {"network.db", "network.db.in-use", "backups"}


def test_a_copy_from_a_stick_is_restored_with_the_log_that_lies_beside_it(path: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    database = open_database(path)
    add(database, "Cy")
    for name in ("network.db", "network.db-wal"):
        shutil.copyfile(path.parent / name, stick / name)
    database.dispose()

    backup = backups.backup_from_file(stick / "network.db")
    WayBack(path).go_back(backup)

    assert names_at(path) == ["Ada", "Bo", "Cy"]


def test_the_network_itself_is_no_backup_of_it(path: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(BackupError, match="the network itself"):
            WayBack(path).look_into(backups.backup_from_file(name), TODAY)
        with pytest.raises(BackupError, match="the network itself"):
            WayBack(path).go_back(backups.backup_from_file(name))

    assert names_at(path) == ["Ada", "Bo"]


def a_list(path: Path) -> None:
    path.write_bytes(b"Name,Town\nAda,Kittery\n" * 500)


def another_programs_file(path: Path) -> None:
    path.touch()
    with closing(connect_sqlite(path)) as connection:
        connection.execute("create table bookmark (url)")
        connection.execute("pragma journal_mode=delete")


def a_newer_network(path: Path) -> None:
    make_network(path)
    make_newer(path)


def an_empty_file(path: Path) -> None:
    path.touch()


def a_forged_history(path: Path) -> None:
    database = opened_network(path)
    add(database, "Ada")
    database.dispose()
    with closing(connect_sqlite(path)) as connection:
        connection.execute("drop trigger audit_update_refused")
        connection.execute("update audit set label = 'Forged'")


def a_row_without_its_parent(path: Path) -> None:
    make_network(path)
    with closing(connect_sqlite(path, foreign_keys=False)) as connection:
        connection.execute(
            "insert into lot_split (id, lot_id, from_lot_id, from_day, version)"
            " values (1, 98, 99, '2026-11-21', 1)"
        )


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (a_list, NotANetworkError),
        (another_programs_file, NotANetworkError),
        (a_newer_network, NewerFileError),
        (an_empty_file, NotANetworkError),
        (a_forged_history, BackupError),
        (a_row_without_its_parent, BackupError),
    ],
)
def test_what_is_no_sound_backup_is_refused_before_anything_is_changed(
    path: Path, tmp_path: Path, make: object, kind: type[UserError]
) -> None:
    assert callable(make)
    make(tmp_path / "other.db")
    before = path.read_bytes()
    milkrun = CommandLine(path)

    with pytest.raises(kind):
        backups.restore_file(path, backups.backup_from_file(tmp_path / "other.db"))

    assert path.read_bytes() == before
    assert milkrun.refused("restore", tmp_path / "other.db").count("\n") == 0
    assert names_at(path) == ["Ada", "Bo"]
    assert not list(path.parent.glob("*.restoring*"))


def test_a_link_stays_a_link_and_its_target_is_restored(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    (found,) = WayBack(path).backups(TODAY)

    assert "Restored" in CommandLine(link).do("restore", found.backup.path)

    assert link.is_symlink()
    assert names_at(path) == names_at(link) == ["Ada"]


def test_nothing_is_restored_under_an_open_window(path: Path) -> None:
    window = open_database(path, alone=True)
    (found,) = WayBack(path).backups(TODAY)

    with pytest.raises(AlreadyOpenError):
        WayBack(path).go_back(found.backup)

    window.dispose()
    assert names_at(path) == ["Ada", "Bo"]


def test_what_was_there_comes_back_if_the_restored_one_does_not_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = WayBack(path).backups(TODAY)
    honest = swapping.swap_in

    def swap_and_harm(copy: Path, there: Path, aside: Path) -> None:
        honest(copy, there, aside)
        overwrite(path)

    monkeypatch.setattr(swapping, "swap_in", swap_and_harm)
    with pytest.raises(NotANetworkError):
        WayBack(path).go_back(found.backup)

    assert names_at(path) == ["Ada", "Bo"]
    assert not list(path.parent.glob("*.restoring*"))


def test_backups_kept_elsewhere_are_found_without_the_settings(path: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    database = open_database(path, clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    change_setting(database, "backup_folder", str(tmp_path / "stick"))
    made = backups.back_up_now(database, folder=backups.chosen_folder(database))
    database.dispose()
    damage(path)

    found = WayBack(path).backups(TODAY)

    assert made.path.parent == tmp_path / "stick"
    assert [one.backup.path.parent.name for one in found] == ["stick", "backups"]


def test_a_damaged_backup_is_listed_with_its_fault(path: Path) -> None:
    (found,) = WayBack(path).backups(TODAY)
    damage(found.backup.path)

    (found,) = WayBack(path).backups(TODAY)

    assert found.check.is_unfit
    with pytest.raises(UserError):
        WayBack(path).go_back(found.backup)


def test_the_command_line_lists_the_backups_under_what_is_wrong_and_goes_back(path: Path) -> None:
    damage(path)
    milkrun = CommandLine(path)
    (found,) = WayBack(path).backups(TODAY)
    name = found.backup.path.name

    said = milkrun.refused("donors").splitlines()
    assert said[0].startswith("milkrun: This network file is damaged.")
    assert name in said[-1]
    assert "0 donors" in said[-1]
    assert said[-1].endswith("checked")
    listed = milkrun.do("restore").split()
    assert name in listed

    said_restored = milkrun.do("restore", name)

    assert f"Restored {name}" in said_restored
    assert "damaged-" in said_restored
    assert names_at(path) == ["Ada"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_a_full_backup_folder_does_not_bar_the_way_back(path: Path) -> None:
    (found,) = WayBack(path).backups(TODAY)
    blocked = path.with_name("blocked")
    blocked.write_bytes(b"a file where a folder should be")

    done = backups.restore_file(path, found.backup, folder=blocked / "backups")

    assert names_at(path) == ["Ada"]
    assert done.kept is None
    assert done.aside is not None
    assert names_at(done.aside) == ["Ada", "Bo"]


def test_a_killed_backup_is_swept_by_the_next(path: Path) -> None:
    folder = path.parent / "backups"
    old, young = folder / "milkrun-2026-11-20-101010-close.partial", folder / "milkrun-2026-11-21-1-a.partial"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, (NOW - timedelta(hours=1)).timestamp()))
    os.utime(young, (0, NOW.timestamp()))
    database = open_database(path, clock=lambda: NOW)

    backups.back_up_now(database)

    database.dispose()
    assert not old.exists()
    assert young.exists()


def test_a_folder_is_never_moved_to_make_room_for_a_backup(path: Path, tmp_path: Path) -> None:
    (found,) = WayBack(path).backups(TODAY)
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "letter.txt").write_text("Dear grandmother")

    assert "not a Milk Run network" in CommandLine(documents, makes=False).refused(
        "restore", found.backup.path
    )

    assert (documents / "letter.txt").read_text() == "Dear grandmother"


@pytest.mark.parametrize(
    "address", ["mysql://h/x", "postgresql://u@h:bad/x", "://x", "~nobody-of-this-name/x"]
)
def test_an_address_that_is_none_is_a_sentence(address: str) -> None:
    for words in (("donors",), ("restore",), ("check",), ("new",)):
        answer = CommandLine(Path("x"), makes=False)(*words, "--database", address)
        assert (answer.code, answer.out) == (1, "")
        assert "went wrong" not in answer.err
