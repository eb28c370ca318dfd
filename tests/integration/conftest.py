"""Databases for the tests: a real SQLite file and a real PostgreSQL server, the same tests on both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.db.database import Database
from tests.builders import NOW
from tests.integration.postgresql import Server, running_server


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
