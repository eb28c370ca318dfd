"""A network of its own for every test of a page, in a real file, and the desk that pages are given."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.db.database import Database
from tests import web_server
from tests.builders import NOW, TODAY
from tests.fakes import ImmediateRunner
from tests.tile_builders import tiles_served
from tests.web_server import WebServer
from ui.desk import Desk
from ui.units import Display
from ui.widgets.maps.tile_store import TileStore


@pytest.fixture
def database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """Give an empty network in a file of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(migrated_file, folder / "network.db")
    database = Database.open(folder / "network.db", clock=lambda: NOW)
    yield database
    database.dispose()


@pytest.fixture
def sample_region(tmp_path: Path, seacoast_file: Path) -> Iterator[Database]:
    """Give the sample region in a file of its own."""
    yield from opened_copy(seacoast_file, tmp_path)


@pytest.fixture
def worked_region(tmp_path: Path, worked_file: Path) -> Iterator[Database]:
    """Give the sample region after a week's work in a file of its own."""
    yield from opened_copy(worked_file, tmp_path)


def opened_copy(network: Path, folder: Path) -> Iterator[Database]:
    """Give a copy of *network* in *folder*, without the check at a start: it has just been made.

    The check reads the whole history and is two thirds of opening.
    """
    database = Database.open(shutil.copyfile(network, folder / "network.db"), clock=lambda: NOW)
    yield database
    database.dispose()


@pytest.fixture
def desk(database: Database, qapp: object) -> Desk:
    """Give a desk whose work is done at once, on a Saturday in November."""
    return Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY)


@pytest.fixture
def store(qapp: object) -> Iterator[TileStore]:
    """Give the tiles of a window, from nowhere yet."""
    store = TileStore()
    yield store
    store.close()


@pytest.fixture
def server() -> Iterator[WebServer]:
    """Give a good tile server."""
    with web_server.running(tiles_served()) as running:
        yield running
