"""Several programs at one file, and programs killed in the middle of a write."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from coordinator.bootstrap import open_database
from coordinator.db.audit import first_broken_link
from coordinator.db.base import CodeCounterRow
from coordinator.db.database import Database
from coordinator.db.engine import connect_sqlite
from coordinator.db.households import HouseholdRow
from tests.integration.postgresql import Server
from tests.networks import opened_network

HOUSE = Path(__file__).parents[3]
KEY = b"k" * 32
ENDLESS = 1_000_000


def start_writer(url: str, rounds: int, key: bytes | None = None) -> subprocess.Popen[str]:
    """Start a program that gives out codes, one action each, and prints every one it has committed."""
    command = [sys.executable, "-m", "tests.integration.db.writer_process", url, str(rounds)]
    command += [key.hex()] if key else []
    return subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kept(database: Database) -> tuple[int, list[str], int | None]:
    """Return the counter, the names of all households, and the first broken link of the audit."""
    with database.reading() as session:
        counter = session.get_one(CodeCounterRow, "D").last
        names = list(session.scalars(select(HouseholdRow.name).order_by(HouseholdRow.id)))
        return counter, names, first_broken_link(session)


def check_two_writers(url: str, rounds: int) -> None:
    writers = [start_writer(url, rounds) for _ in range(2)]
    answers = [writer.communicate(timeout=120) for writer in writers]

    assert [(writer.returncode, errors) for writer, (_, errors) in zip(writers, answers, strict=True)] == [
        (0, ""),
        (0, ""),
    ]
    said = sorted(code for out, _ in answers for code in out.split())
    database = Database.open(url)
    assert said == [f"D-{number:04d}" for number in range(1, 2 * rounds + 1)]
    assert kept(database) == (2 * rounds, said, None)
    assert database.change_counter() == 2 * rounds
    database.dispose()


def test_two_programs_that_write_500_times_each_lose_nothing(tmp_path: Path) -> None:
    opened_network(tmp_path / "network.db").dispose()

    check_two_writers(str(tmp_path / "network.db"), 500)


@pytest.mark.postgresql
def test_two_programs_on_a_server_lose_nothing(postgresql: Server) -> None:
    url = postgresql.migrated_database()

    check_two_writers(url, 100)

    postgresql.drop(url)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("key", [None, KEY], ids=["open", "locked"])
def test_a_program_killed_while_writing_loses_nothing_it_had_confirmed(
    tmp_path: Path, key: bytes | None
) -> None:
    path = tmp_path / "network.db"
    opened_network(path, key=key).dispose()
    for rounds_before_the_kill in (1, 2, 5, 11, 23):
        writer = start_writer(str(path), ENDLESS, key)
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(rounds_before_the_kill)]
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.communicate(timeout=60)[0].split()

        database = open_database(path, key=key)
        counter, names, broken = kept(database)
        # What was confirmed is there; at most one more had been committed and not yet confirmed.
        assert set(said) <= set(names)
        assert names == [f"D-{number:04d}" for number in range(1, counter + 1)]
        assert counter - int(said[-1].removeprefix("D-")) in {0, 1}
        assert broken is None
        database.dispose()
        with closing(connect_sqlite(path, key)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert connection.execute("pragma foreign_key_check").fetchall() == []


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_program_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "network.db"
    program = (
        "import sys; from coordinator.bootstrap import make_network, open_database;"
        f" make_network({str(path)!r});"
        f" database = open_database({str(path)!r}, alone=True); print('open', flush=True); sys.stdin.read()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", program], cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n"

    os.kill(first.pid, signal.SIGKILL)
    first.communicate(timeout=60)

    open_database(path, alone=True).dispose()
