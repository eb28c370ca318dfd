"""Backups of a real file: whole, private, proven, thinned, restored."""

import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from coordinator.db import backups as files
from coordinator.db.database import Database
from coordinator.db.engine import connect_sqlite
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.backups import Backup, BackupReason
from coordinator.domain.records.history import Action
from coordinator.errors import (
    BackupError,
    BackupFolderError,
    BusyError,
    DamagedFileError,
    UserError,
    WrongKeyError,
)
from coordinator.services.records.backups import back_up_now, backup_folder, backups, preview_restore, restore
from tests.builders import NOW
from tests.integration.db.old_files import make_history_whole
from tests.networks import opened_network

WRITE = Action("test.wrote", "Wrote something")
OLD_FILES = sorted((Path(__file__).parents[2] / "data").glob("network-*.db"))
KEY = b"k" * 32


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def network(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """Give a network with one household, its file locked or not."""
    database = opened_network(tmp_path / "data" / "network.db", key=request.param, clock=clock)
    add(database, "Ada")
    yield database
    database.dispose()


def add(database: Database, name: str) -> None:
    with database.writing(WRITE) as session:
        session.add(HouseholdRow(name=name, name_on_paper=name))


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(HouseholdRow.name).order_by(HouseholdRow.id)))


def test_a_backup_holds_every_row_and_is_private(network: Database) -> None:
    made = back_up_now(network)

    counts = files.checked_counts(made.path, network.key)
    assert (counts["household"], counts["audit"]) == (1, 1)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert made.size_bytes == made.path.stat().st_size
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def test_a_backup_is_named_by_the_day_and_time_of_this_computer(network: Database) -> None:
    made = back_up_now(network, BackupReason.IMPORT)

    here = NOW.astimezone()
    assert made.path == backup_folder(network) / f"milkrun-{here:%Y-%m-%d-%H%M%S}-import.db"
    assert (made.made_at, made.reason) == (NOW, BackupReason.IMPORT)


def test_the_backup_of_a_locked_file_is_locked(network: Database) -> None:
    made = back_up_now(network)

    assert (b"household" in made.path.read_bytes()) == (network.key is None)
    if network.key:
        with pytest.raises(WrongKeyError):
            files.preview(made, NOW.date())


def test_two_backups_in_one_second_do_not_overwrite_each_other(network: Database) -> None:
    first, second = back_up_now(network), back_up_now(network)

    assert first.path != second.path
    assert backups(network) == [second, first]


def test_a_backup_that_was_killed_takes_no_name_from_the_next(network: Database) -> None:
    folder = backup_folder(network)
    made = back_up_now(network)
    made.path.with_suffix(".partial").write_bytes(b"half of it")
    made.path.unlink()

    assert back_up_now(network).path.name > made.path.name
    assert [path.name for path in folder.glob("*.db")] == [back.path.name for back in backups(network)]


def test_a_backup_is_made_while_others_read_and_write(network: Database) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.db.writer_process", network.url, "60"]
        + ([network.key.hex()] if network.key else []),
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    with network.reading() as session:
        session.scalars(select(HouseholdRow.name)).all()
        made = [back_up_now(network) for _ in range(3)]
    writer.communicate(timeout=60)

    assert writer.returncode == 0
    for backup in made:
        counts = files.checked_counts(backup.path, network.key)
        assert counts["household"] == counts["audit"] > 1


def test_a_backup_that_finds_no_room_leaves_nothing_half_done(network: Database, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = shutil.which("mount")
    mounted = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(small)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        with pytest.raises(BackupFolderError, match="The network itself is fine"):
            back_up_now(network, folder=small)
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)  # noqa: S607 - where mount is, this is
    assert names(network) == ["Ada"]


def test_a_copy_that_lacks_rows_is_not_kept(network: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = files._copy_everything

    def loses_a_row(target: Path, path: Path, key: bytes | None) -> dict[str, int]:
        counted = honest(target, path, key)
        with closing(connect_sqlite(target, key)) as copy:
            copy.execute("delete from household")
            copy.execute("pragma journal_mode=delete")
        return counted

    monkeypatch.setattr(files, "_copy_everything", loses_a_row)

    with pytest.raises(BackupError, match="not kept"):
        back_up_now(network)

    assert list(backup_folder(network).iterdir()) == []


def test_a_preview_says_what_a_backup_holds(network: Database) -> None:
    preview = preview_restore(network, back_up_now(network))

    assert (preview.check.donors, preview.check.recipients, preview.check.lots) == (0, 0, 0)
    assert (preview.check.actions, preview.check.faults) == (1, ())
    assert preview.last_change_at == NOW


def test_a_preview_leaves_the_backup_as_it_is(network: Database) -> None:
    made = back_up_now(network)
    before = made.path.read_bytes()

    preview_restore(network, made)

    assert made.path.read_bytes() == before
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]


def test_restoring_goes_back_and_keeps_what_was_there(network: Database, clock: Clock) -> None:
    earlier = back_up_now(network)
    add(network, "Bo")
    clock.now += timedelta(hours=1)

    kept = restore(network, earlier).kept

    assert names(network) == ["Ada"]
    assert kept is not None
    assert kept.reason is BackupReason.RESTORE
    assert files.checked_counts(kept.path, network.key)["household"] == 2
    add(network, "Cy")
    restore(network, kept)
    assert names(network) == ["Ada", "Bo"]


def test_a_restored_file_is_private_and_nothing_is_left_beside_it(network: Database) -> None:
    restore(network, back_up_now(network))
    network.dispose()

    assert network.path is not None
    assert stat.S_IMODE(network.path.stat().st_mode) == 0o600
    assert {path.name for path in network.path.parent.iterdir()} <= {
        "network.db",
        "network.db.in-use",
        "backups",
    }


def test_nothing_is_restored_over_a_file_that_somebody_else_has_open(network: Database) -> None:
    earlier = back_up_now(network)
    add(network, "Bo")
    assert network.path is not None
    elsewhere = Database.open(network.path, key=network.key)
    network.busy_ms = 100
    with elsewhere.reading() as session:
        session.scalars(select(HouseholdRow.name)).all()
        with pytest.raises(BusyError):
            restore(network, earlier)

    assert names(network) == names(elsewhere) == ["Ada", "Bo"]
    elsewhere.dispose()


def test_what_another_program_saves_after_the_backup_is_not_replaced(
    network: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = back_up_now(network)
    make_backup = files.make_backup

    def and_then_somebody_saves(
        database: Database, folder: Path, now: datetime, reason: BackupReason
    ) -> Backup:
        made = make_backup(database, folder, now, reason)
        assert network.path is not None
        elsewhere = Database.open(network.path, key=network.key)
        add(elsewhere, "Bo")
        elsewhere.dispose()
        return made

    monkeypatch.setattr(files, "make_backup", and_then_somebody_saves)
    with pytest.raises(BusyError):
        restore(network, earlier)

    assert names(network) == ["Ada", "Bo"]


def test_a_damaged_backup_is_refused_and_nothing_changes(network: Database) -> None:
    made = back_up_now(network)
    content = bytearray(made.path.read_bytes())
    content[4096 * 5 : 4096 * 9] = b"\xff" * (4096 * 4)
    made.path.write_bytes(content)

    assert preview_restore(network, made).check.is_unfit
    with pytest.raises((BackupError, DamagedFileError)):
        restore(network, made)

    assert names(network) == ["Ada"]


def test_something_else_under_a_backups_name_is_refused(network: Database) -> None:
    made = back_up_now(network)
    made.path.write_text("Name,Town\nAda,Kittery\n")

    with pytest.raises(UserError, match="not a Milk Run network"):
        restore(network, made)

    assert names(network) == ["Ada"]


def test_a_damaged_network_is_set_aside_and_the_backup_takes_its_place(network: Database) -> None:
    made = back_up_now(network)
    network.dispose()
    assert network.path is not None
    content = bytearray(network.path.read_bytes())
    content[4096 * 5 : 4096 * 9] = b"\xff" * (4096 * 4)
    network.path.write_bytes(content)

    done = restore(network, made)

    assert names(network) == ["Ada"]
    (aside,) = network.path.parent.glob("damaged-*-network.db")
    assert (done.kept, done.aside) == (None, aside)
    assert aside.read_bytes() == content


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.stem)
def test_a_backup_of_an_older_program_is_brought_up_to_date(old: Path, tmp_path: Path) -> None:
    network = opened_network(tmp_path / "network.db")
    backup_folder(network).mkdir()
    made = backup_folder(network) / "milkrun-2026-01-02-030405-close.db"
    shutil.copyfile(old, made)
    make_history_whole(made)
    (found,) = backups(network)

    preview = preview_restore(network, found)
    restore(network, found)

    assert (preview.check.donors, preview.check.lots) == (1, 1)
    assert names(network) == ["1"]
    network.dispose()


def test_the_last_of_each_of_the_last_twelve_days_stays(network: Database, clock: Clock) -> None:
    for day in range(20):
        for hour in (10, 11):  # in UTC: the same day wherever this runs
            clock.now = datetime(2026, 10, 1 + day, hour, tzinfo=UTC).astimezone()
            files.make_backup(network, backup_folder(network), clock.now, BackupReason.CLOSE)

    gone = files.thin(backup_folder(network), date(2026, 10, 20))

    stay = [backup.made_at.astimezone(UTC) for backup in backups(network)]
    days = [moment.day for moment in stay]
    assert days == [20, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9]
    assert all(moment.hour == 11 for moment in stay[2:])
    assert len(gone) + len(stay) == 40


def test_a_network_on_a_server_has_its_servers_backups(postgresql_database: Database) -> None:
    assert backups(postgresql_database) == []
    with pytest.raises(BackupError, match="on a server"):
        back_up_now(postgresql_database)
