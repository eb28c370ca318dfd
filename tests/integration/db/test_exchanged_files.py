"""Another program exchanges the files of an open network: it is noticed, told, and nothing saved is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db.audit import first_broken_link
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.history import Action
from coordinator.errors import DiskError, ExchangedError, OthersWroteError, RestartError, UserError
from coordinator.services.records.backups import backups, preview_restore
from tests.builders import NOW
from tests.networks import opened_network

HOUSE = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows replaces and deletes no file that is open")


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Database]:
    """Give an open network with Ada in it."""
    database = opened_network(tmp_path / "data" / "network.db", clock=lambda: NOW)
    add(database, "Ada")
    yield database
    database.dispose()


def add(database: Database, name: str) -> None:
    with database.writing(Action("test.wrote", "Wrote something")) as session:
        session.add(HouseholdRow(name=name, name_on_paper=name))


def names(database: Database) -> list[str]:
    with database.reading() as session:
        assert first_broken_link(session) is None
        return list(session.scalars(select(HouseholdRow.name).order_by(HouseholdRow.id)))


def path_of(database: Database) -> Path:
    assert database.path is not None
    return database.path


def lose_the_locks(database: Database) -> None:
    """Do what Qt's own file dialog does for the icons: open each file of the folder and close it again."""
    for path in path_of(database).parent.glob("network.db*"):
        path.open("rb").close()


def another_program_writes(database: Database, rounds: int = 1) -> None:
    """Let a process of its own open the network, write, and close it, as the command line does."""
    command = [sys.executable, "-m", "tests.integration.db.writer_process", str(database.path), str(rounds)]
    subprocess.run(command, cwd=HOUSE, check=True, stdout=subprocess.DEVNULL)


def test_with_its_locks_a_network_keeps_its_log_beside_another_program(network: Database) -> None:
    another_program_writes(network)

    add(network, "Bo")

    assert names(network) == ["Ada", "D-0001", "Bo"]


def test_a_log_deleted_under_us_is_noticed_before_anything_is_written_into_it(network: Database) -> None:
    lose_the_locks(network)
    another_program_writes(network)
    assert not path_of(network).with_name("network.db-wal").exists()

    with pytest.raises(ExchangedError, match="nothing that was saved is lost") as told:
        add(network, "Bo")

    assert not told.value.lacks_something
    assert names(network) == ["Ada", "D-0001"]
    add(network, "Bo")
    assert names(network) == ["Ada", "D-0001", "Bo"]
    assert backups(network) == []


def test_reading_notices_it_too(network: Database) -> None:
    lose_the_locks(network)
    another_program_writes(network)

    with pytest.raises(ExchangedError):
        names(network)

    assert names(network) == ["Ada", "D-0001"]


def test_a_log_deleted_while_an_action_is_under_way_leaves_that_action_undone(network: Database) -> None:
    def write_while_the_log_goes() -> None:
        with network.writing(Action("test.wrote", "Wrote something")) as session:
            session.add(HouseholdRow(name="Bo", name_on_paper="Bo"))
            session.flush()
            path_of(network).with_name("network.db-wal").unlink()

    with pytest.raises(ExchangedError, match="repeat"):
        write_while_the_log_goes()

    assert names(network) == ["Ada"]


def test_a_file_put_in_the_place_of_ours_is_opened_and_ours_is_kept(
    network: Database, tmp_path: Path
) -> None:
    other = opened_network(tmp_path / "other.db", clock=lambda: NOW)
    add(other, "Zoe")
    other.dispose()
    add(network, "Bo")

    (tmp_path / "other.db").replace(path_of(network))
    with pytest.raises(ExchangedError, match="kept as the backup") as told:
        add(network, "Cy")

    assert names(network) == ["Zoe"]
    (kept,) = backups(network)
    assert (kept.path.name, kept.reason) == (told.value.kept, BackupReason.RESCUE)
    rescued = open_database(kept.path)
    assert names(rescued) == ["Ada", "Bo"]
    rescued.dispose()


def test_an_older_copy_of_the_same_network_does_not_pass_for_it(network: Database, tmp_path: Path) -> None:
    older = open_database(path_of(network))
    older.dispose()
    shutil.copyfile(path_of(network), tmp_path / "older.db")
    shutil.copyfile(path_of(network).with_name("network.db-wal"), tmp_path / "older.db-wal")
    open_database(tmp_path / "older.db").dispose()
    add(network, "Bo")

    (tmp_path / "older.db").replace(path_of(network))
    with pytest.raises(ExchangedError) as told:
        add(network, "Cy")

    assert told.value.lacks_something
    (kept,) = backups(network)
    assert preview_restore(network, kept).check.actions == 2


def test_a_file_that_was_taken_away_is_put_back_with_everything_in_it(network: Database) -> None:
    add(network, "Bo")
    for path in path_of(network).parent.glob("network.db*"):
        path.unlink()

    with pytest.raises(ExchangedError, match="It is back") as told:
        add(network, "Cy")

    assert told.value.put_back
    add(network, "Cy")
    assert names(network) == ["Ada", "Bo", "Cy"]
    assert path_of(network).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"Name,Town\nAda,Kittery\n" * 400])
def test_something_else_in_our_place_is_not_written_to(network: Database, content: bytes) -> None:
    other = path_of(network).with_name("list.csv")
    other.write_bytes(content)
    other.replace(path_of(network))

    with pytest.raises(ExchangedError):
        add(network, "Bo")
    for _ in range(2):
        with pytest.raises(UserError, match="not a Milk Run network"):
            add(network, "Bo")

    assert path_of(network).read_bytes() == content
    (kept,) = backups(network)
    assert kept.reason is BackupReason.RESCUE


def test_a_network_of_another_version_in_our_place_waits_for_a_start(
    network: Database, tmp_path: Path
) -> None:
    shutil.copyfile(HOUSE / "tests" / "data" / "network-0002.db", tmp_path / "old.db")
    (tmp_path / "old.db").replace(path_of(network))

    with pytest.raises(ExchangedError):
        add(network, "Bo")
    with pytest.raises(RestartError):
        names(network)


def test_a_link_is_followed_so_that_both_names_mean_one_network(tmp_path: Path) -> None:
    make_network(tmp_path / "real" / "network.db")
    (tmp_path / "link.db").symlink_to(tmp_path / "real" / "network.db")
    by_link, by_name = open_database(tmp_path / "link.db"), open_database(tmp_path / "real" / "network.db")

    add(by_link, "Ada")
    add(by_name, "Bo")

    assert names(by_link) == names(by_name) == ["Ada", "Bo"]
    assert not (tmp_path / "link.db-wal").exists()
    by_link.dispose()
    by_name.dispose()


def test_the_log_of_another_program_is_not_deleted_with_ours(network: Database) -> None:
    lose_the_locks(network)
    another_program_writes(network)
    command = [sys.executable, "-m", "tests.integration.db.writer_process", str(network.path), "1000"]
    killed = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    with killed.stdout as said:
        confirmed = said.readline().strip()
        killed.kill()
        killed.wait()

    with pytest.raises(ExchangedError):
        names(network)

    assert confirmed == "D-0002"
    assert names(network)[:3] == ["Ada", "D-0001", "D-0002"]


def test_a_connection_at_work_on_the_old_files_is_not_hidden_by_a_new_one(
    network: Database, tmp_path: Path
) -> None:
    other = opened_network(tmp_path / "other.db", clock=lambda: NOW)
    add(other, "Zoe")
    other.dispose()
    add(network, "Bo")
    found: list[object] = []

    def read_elsewhere() -> None:
        try:
            found.append(names(network))
        except UserError as error:
            found.append(error)

    with network.reading() as session:
        session.scalars(select(HouseholdRow.name)).all()
        (tmp_path / "other.db").replace(path_of(network))
        reader = Thread(target=read_elsewhere)
        reader.start()
        reader.join()

    assert isinstance(found[0], UserError)
    with pytest.raises(ExchangedError, match="kept as the backup"):
        names(network)
    (kept,) = backups(network)
    rescued = open_database(kept.path)
    assert names(rescued) == ["Ada", "Bo"]
    rescued.dispose()


def test_what_only_we_have_is_kept_also_when_the_window_closes(network: Database, tmp_path: Path) -> None:
    make_network(tmp_path / "other.db")
    add(network, "Bo")
    (tmp_path / "other.db").replace(path_of(network))

    network.dispose()

    (kept,) = backups(network)
    assert kept.reason is BackupReason.RESCUE
    assert preview_restore(network, kept).check.actions == 2


def test_a_disk_that_was_away_for_a_moment_is_no_exchange(network: Database, tmp_path: Path) -> None:
    folder = path_of(network).parent
    folder.rename(tmp_path / "away")
    with pytest.raises(DiskError):
        names(network)

    (tmp_path / "away").rename(folder)

    assert names(network) == ["Ada"]
    add(network, "Bo")
    assert names(network) == ["Ada", "Bo"]


def test_what_another_saved_is_not_overwritten_by_what_only_we_have(network: Database) -> None:
    path = path_of(network)
    lose_the_locks(network)
    another_program_writes(network)  # which folds everything in and deletes the log
    with sqlcipher_of(network) as driver:  # as a commit that went into the deleted log at that very moment
        driver.execute("BEGIN IMMEDIATE")
        driver.execute(
            "INSERT INTO audit (at, origin, kind, label, digest) SELECT at, '', 'x', 'x', 'x' FROM audit"
        )
        driver.execute("COMMIT")
    lose_the_locks(network)
    another_program_writes(network)

    with pytest.raises(OthersWroteError, match="open it again"):
        names(network)
    network.dispose()

    # A start of its own: in this process the old connections are there for good.
    look = (
        "import sys; from pathlib import Path; from coordinator.db.engine import connect_sqlite;"
        " from coordinator.services.records.checks import check_at; path = Path(sys.argv[1]);"
        " print(check_at(path).faults);"
        " print(connect_sqlite(path).execute('SELECT name FROM household ORDER BY id').fetchall())"
    )
    command = [sys.executable, "-c", look, str(path)]
    said = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True)
    assert said.stdout == "()\n[('Ada',), ('D-0001',), ('D-0002',)]\n"


@contextmanager
def sqlcipher_of(database: Database) -> Iterator[Any]:
    """Give a driver's connection of the pool."""
    raw = database.engine.raw_connection()
    driver: Any = raw.driver_connection
    driver.execute("pragma query_only=0")
    yield driver
    raw.close()
