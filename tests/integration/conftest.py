"""Databases for the tests: a real SQLite file and a real PostgreSQL server, the same tests on both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.db.database import Database
from tests.builders import NOW
from tests.integration.postgresql import Server, running_server
from tests.made_once import MadeOnce
from tests.networks import changed_copy
from tests.settled_run import a_settled_run


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def sqlite_database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """Give an empty network in a file of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(migrated_file, folder / "network.db")
    database = Database.open(folder / "network.db", clock=lambda: NOW)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def settled_file(migrated_file: Path, made_once: MadeOnce) -> Path:
    """Make one network where a run brought milk of two lots to two families; each test copies it."""
    return made_once.path("settled.db", lambda path: changed_copy(migrated_file, path, a_settled_run))


@pytest.fixture
def settled(settled_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Give that network open."""
    database = Database.open(Path(shutil.copy(settled_file, tmp_path / "settled.db")), clock=lambda: NOW)
    yield database
    database.dispose()


@pytest.fixture
def postgresql_database(postgresql: Server) -> Iterator[Database]:
    """Give an empty network on a server."""
    engine = postgresql.lend()
    yield Database(engine, path=None, clock=lambda: NOW)
    postgresql.take_back(engine)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Database:
    """Give an empty network, once as a file and once on a server."""
    found = request.getfixturevalue(f"{request.param}_database")
    assert isinstance(found, Database)
    return found
