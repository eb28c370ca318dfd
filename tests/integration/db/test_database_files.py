"""Files and folders that refuse, each for real: one sentence, and nothing lost."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text

from coordinator.bootstrap import make_network, open_database
from coordinator.db.database import Database
from coordinator.db.engine import connect_sqlite
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.history import Action
from coordinator.errors import (
    BusyError,
    DamagedFileError,
    DiskError,
    DiskFullError,
    NewerFileError,
    NotANetworkError,
    ReadOnlyError,
    UserError,
    WrongKeyError,
)
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network

HOUSE = Path(__file__).parents[3]
WRITE = Action("test.wrote", "Wrote something")
DECIDED = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
}
KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def add_household(database: Database, *, notes: str = "") -> None:
    with database.writing(WRITE) as session:
        session.add(HouseholdRow(name="Ada", name_on_paper="Ada", notes=notes))


def count_households(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(HouseholdRow.id)).all())


def a_network(path: Path, key: bytes | None = None) -> bytes:
    """Make a network with one household at *path*; return the file's bytes."""
    database = opened_network(path, key=key)
    add_household(database)
    database.dispose()
    return path.read_bytes()


def run_as_root(*command: str) -> bool:
    """Run *command*, if this is root on Linux; say whether it worked."""
    program = shutil.which(command[0])
    if program is None or not sys.platform.startswith("linux") or os.geteuid() != 0:
        return False
    return subprocess.run([program, *command[1:]], check=False, capture_output=True).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not run_as_root("mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", str(folder)):
        pytest.skip("only root can mount a small disk")
    yield folder
    assert run_as_root("umount", str(folder))


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with a network in it that nobody can write, not even root."""
    folder = tmp_path / "disk"
    a_network(folder / "network.db")
    if os.name != "nt" and os.geteuid() != 0:
        folder.chmod(0o500)
        (folder / "network.db").chmod(0o400)
        yield folder
        folder.chmod(0o700)
    elif run_as_root("mount", "--bind", str(folder), str(folder)):
        mounted = run_as_root("mount", "-o", "remount,ro,bind", str(folder))
        yield folder
        assert mounted
        assert run_as_root("umount", str(folder))
    else:
        pytest.skip("nothing here can keep this user from writing")


def test_a_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        database = opened_network(make_network(tmp_path / "new" / "folder" / "network.db"))
        add_household(database)
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "new" / "folder").iterdir()}
        folder_mode = stat.S_IMODE((tmp_path / "new" / "folder").stat().st_mode)
        database.dispose()
    finally:
        os.umask(old)

    assert modes == {"network.db": 0o600, "network.db-wal": 0o600, "network.db-shm": 0o600} | (
        {"network.db.in-use": 0o600} if "network.db.in-use" in modes else {}
    )
    assert folder_mode == 0o700


def test_a_file_others_could_read_is_made_private(tmp_path: Path) -> None:
    a_network(tmp_path / "network.db")
    (tmp_path / "network.db").chmod(0o644)

    open_database(tmp_path / "network.db").dispose()

    assert stat.S_IMODE((tmp_path / "network.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "locked"])
def test_every_connection_is_set_up_as_decided(tmp_path: Path, key: bytes | None) -> None:
    a_network(tmp_path / "network.db", key)

    with closing(connect_sqlite(tmp_path / "network.db", key)) as connection:
        found = {name: connection.execute(f"pragma {name}").fetchone()[0] for name in DECIDED}

    assert found == DECIDED


def test_a_locked_file_shows_nothing_of_what_it_holds(tmp_path: Path) -> None:
    content = a_network(tmp_path / "network.db", KEY)

    assert b"household" not in content
    assert b"Ada" not in content
    database = opened_network(tmp_path / "network.db", key=KEY)
    assert count_households(database) == 1
    database.dispose()


@pytest.mark.parametrize("wrong", [None, OTHER_KEY], ids=["without a key", "with another key"])
def test_a_locked_file_opens_only_with_its_key(tmp_path: Path, wrong: bytes | None) -> None:
    before = a_network(tmp_path / "network.db", KEY)

    with pytest.raises(WrongKeyError):
        open_database(tmp_path / "network.db", key=wrong)

    assert (tmp_path / "network.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"Name,Town\nAda,Kittery\n", b"%PDF-1.7\n" * 1000])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "donors.csv"
    path.write_bytes(content)

    with pytest.raises(NotANetworkError, match="not a Milk Run network"):
        open_database(path)

    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["donors.csv"]


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.touch()
    with closing(connect_sqlite(path)) as connection:
        connection.execute("create table bookmark (url)")
        connection.execute("insert into bookmark values ('x')")

    with pytest.raises(NotANetworkError):
        open_database(path)

    with closing(connect_sqlite(path)) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("bookmark",)]


def test_a_folder_is_not_a_network(tmp_path: Path) -> None:
    with pytest.raises(NotANetworkError):
        open_database(tmp_path)


def test_a_file_from_a_newer_program_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "network.db"
    a_network(path)
    with closing(connect_sqlite(path)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.execute("pragma wal_checkpoint(truncate)")
    before = path.read_bytes()

    with pytest.raises(NewerFileError, match="newer Milk Run") as told:
        open_database(path)

    assert told.value.revision == "9999"
    assert path.read_bytes() == before


def test_a_damaged_file_is_told_before_it_is_used(tmp_path: Path) -> None:
    path = tmp_path / "network.db"
    content = bytearray(a_network(path))
    content[5 * 4096 : 9 * 4096] = b"\xff" * (4 * 4096)
    path.write_bytes(content)

    with pytest.raises(DamagedFileError, match="Restore the latest backup"):
        open_database(path)

    assert path.read_bytes() == content


def test_one_flipped_bit_of_a_locked_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "network.db"
    content = bytearray(a_network(path, KEY))
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(UserError, match="damaged"):
        open_database(path, key=KEY)


def test_a_read_only_folder_opens_to_read_says_so_and_is_unchanged(read_only_folder: Path) -> None:
    before = (read_only_folder / "network.db").read_bytes()

    database = open_database(read_only_folder / "network.db", alone=True)

    assert isinstance(database.refusal, ReadOnlyError)
    assert count_households(database) == 1
    with pytest.raises(ReadOnlyError, match="read-only"):
        add_household(database)
    database.dispose()
    with pytest.raises(ReadOnlyError):
        make_network(read_only_folder / "another.db")
    with pytest.raises(ReadOnlyError):
        make_network(read_only_folder / "new" / "network.db")

    assert (read_only_folder / "network.db").read_bytes() == before


def test_a_folder_that_becomes_read_only_while_open_loses_nothing(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can take a folder away from an open program")
    folder = tmp_path / "disk"
    folder.mkdir()
    assert run_as_root("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))
    try:
        database = opened_network(folder / "network.db")
        add_household(database)
        database.dispose()
        assert run_as_root("mount", "-o", "remount,ro", str(folder))
        with pytest.raises(ReadOnlyError):
            add_household(database)
        assert run_as_root("mount", "-o", "remount,rw", str(folder))

        assert count_households(database) == 1
        add_household(database)
        assert count_households(database) == 2
        database.dispose()
    finally:
        run_as_root("umount", str(folder))


def test_a_full_disk_saves_nothing_of_the_action_and_reading_goes_on(small_disk: Path) -> None:
    database = opened_network(small_disk / "network.db")
    add_household(database)

    with pytest.raises(DiskFullError, match="nothing was saved"):
        add_household(database, notes="x" * 3_000_000)

    assert count_households(database) == 1
    with database.reading() as session:
        assert session.execute(text("pragma integrity_check")).scalar_one() == "ok"
    database.dispose()


def test_writing_goes_on_once_there_is_room_again(small_disk: Path) -> None:
    database = opened_network(small_disk / "network.db")
    room = shutil.disk_usage(small_disk).free
    (small_disk / "video").write_bytes(b"x" * (room - 8192))
    with pytest.raises(DiskError, match="full"):
        add_household(database, notes="x" * 100_000)

    (small_disk / "video").unlink()
    add_household(database, notes="x" * 100_000)

    assert count_households(database) == 1
    database.dispose()


def test_a_disk_too_full_for_a_new_network_is_told(small_disk: Path) -> None:
    (small_disk / "video").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 40_000))

    with pytest.raises(DiskFullError):
        make_network(small_disk / "network.db")

    assert [path.name for path in small_disk.iterdir()] == ["video"]
    (small_disk / "video").unlink()
    database = opened_network(small_disk / "network.db")
    assert count_households(database) == 0
    database.dispose()


def test_a_limit_on_the_file_is_a_full_disk_too(tmp_path: Path) -> None:
    database = opened_network(tmp_path / "network.db")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("pragma max_page_count=70")

    with pytest.raises(DiskFullError):
        add_household(database, notes="x" * 1_000_000)

    assert count_households(database) == 0
    database.dispose()


def test_a_file_that_another_program_holds_is_waited_for_then_told(tmp_path: Path) -> None:
    a_network(tmp_path / "network.db")
    database = Database.open(tmp_path / "network.db", patience_s=0.2)
    with closing(connect_sqlite(tmp_path / "network.db")) as other:
        other.execute("begin immediate")

        with pytest.raises(BusyError, match="nothing was saved"):
            add_household(database)
        assert count_households(database) == 1
        other.execute("rollback")

    add_household(database)
    assert count_households(database) == 2
    database.dispose()


def test_a_file_that_another_program_has_to_itself_is_told_at_opening(tmp_path: Path) -> None:
    a_network(tmp_path / "network.db")
    with closing(connect_sqlite(tmp_path / "network.db")) as other:
        other.execute("pragma journal_mode=delete")
        other.execute("begin exclusive")

        with pytest.raises(BusyError):
            Database.open(tmp_path / "network.db", patience_s=0.2)


@contextmanager
def nobody_can_write(folder: Path) -> Iterator[None]:
    """Let nobody write in *folder*, not even root, until the end."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can take a folder away from itself")
    if not run_as_root("mount", "--bind", str(folder), str(folder)):
        pytest.skip("nothing here can keep this user from writing")
    try:
        assert run_as_root("mount", "-o", "remount,ro,bind", str(folder))
        yield
    finally:
        assert run_as_root("umount", str(folder))


def test_what_could_only_be_read_is_written_again_when_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    a_network(folder / "network.db")
    with nobody_can_write(folder):
        database = open_database(folder / "network.db")
        assert isinstance(database.refusal, ReadOnlyError)
        assert not database.can_write_again()
        with pytest.raises(ReadOnlyError):
            add_household(database)
        database.dispose()

    add_household(database)

    assert database.refusal is None
    assert count_households(database) == 2
    database.dispose()


def test_a_full_disk_opens_to_read_and_writes_again_when_there_is_room(small_disk: Path) -> None:
    a_network(small_disk / "network.db")
    (small_disk / "video").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))

    database = open_database(small_disk / "network.db", alone=True)

    assert isinstance(database.refusal, DiskError)
    assert count_households(database) == 1
    with pytest.raises(DiskError, match="full"):
        add_household(database)

    (small_disk / "video").unlink()
    add_household(database)
    assert database.refusal is None
    assert count_households(database) == 2
    database.dispose()


def test_what_a_killed_program_saved_last_is_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    a_network(tmp_path / "disk" / "network.db")
    open_one = open_database(tmp_path / "disk" / "network.db")
    add_household(open_one)
    left = tmp_path / "left"
    left.mkdir()
    for name in ("network.db", "network.db-wal"):
        shutil.copyfile(tmp_path / "disk" / name, left / name)
    open_one.dispose()
    before = {path.name: path.read_bytes() for path in left.iterdir()}

    with nobody_can_write(left):
        database = open_database(left / "network.db")
        assert count_households(database) == 2
        database.dispose()

    assert {path.name: path.read_bytes() for path in left.iterdir()} == before


def test_an_older_network_opens_to_read_as_if_it_were_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    shutil.copyfile(HOUSE / "tests" / "data" / "network-0002.db", folder / "network.db")
    before = (folder / "network.db").read_bytes()

    with nobody_can_write(folder):
        database = open_database(folder / "network.db")
        with database.reading() as session:
            assert session.execute(text("SELECT bereaved FROM donor")).all()
        with pytest.raises(ReadOnlyError):
            add_household(database)
        database.dispose()

    assert (folder / "network.db").read_bytes() == before


def test_a_sheet_prints_from_a_network_that_cannot_be_written(tmp_path: Path, worked_file: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    open_database(Path(shutil.copy(worked_file, folder / "network.db"))).dispose()
    with nobody_can_write(folder):
        milkrun = CommandLine(folder / "network.db")
        answer = milkrun("sheet", "P-0001", "-o", tmp_path / "sheet.pdf")
        assert answer.code == 0
        assert answer.err.startswith("milkrun: Opened to read only. The network cannot be written")
        assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
        assert milkrun("release", "H-0001").code == 1
