"""A network of its own for every test of a page, in a real file, and the desk that pages are given."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.bootstrap import Database, open_database
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from ui.desk import Desk
from ui.units import Display

NOW = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one empty network for all tests; each copies it."""
    path = tmp_path_factory.mktemp("template") / "network.db"
    open_database(path).dispose()
    return path


@pytest.fixture
def database(tmp_path: Path, empty_network: Path) -> Iterator[Database]:
    """Give an empty network in a file of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(empty_network, folder / "network.db")
    database = open_database(folder / "network.db", clock=lambda: NOW)
    yield database
    database.dispose()


@pytest.fixture
def desk(database: Database, qapp: object) -> Desk:
    """Give a desk whose work is done at once, on a Saturday in November."""
    return Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY)
