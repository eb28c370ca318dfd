"""A region with agreed milk that waits, and the window of its pickups."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.adapters.solvers import vroom
from coordinator.bootstrap import Database
from tests.builders import NOW, TODAY
from tests.fakes import ImmediateRunner
from tests.made_once import MadeOnce
from tests.networks import changed_copy
from tests.pickup_builders import SATURDAY, free_the_milk
from ui.desk import Desk
from ui.pickups.page import PickupsPage
from ui.units import Display


@pytest.fixture
def region_that_waits(
    tmp_path: Path, worked_file: Path, made_once: MadeOnce, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """Give the sample region with milk that waits, on a computer without the solver: it starts quicker."""
    monkeypatch.setattr(vroom, "is_installed", lambda: False)
    waiting = made_once.path("waiting.db", lambda path: changed_copy(worked_file, path, free_the_milk))
    database = Database.open(shutil.copyfile(waiting, tmp_path / "network.db"), clock=lambda: NOW)
    yield database
    database.dispose()


@pytest.fixture
def page_that_waits(qtbot: QtBot, region_that_waits: Database) -> PickupsPage:
    """Give the pickups of that region, on the Saturday to plan."""
    page = PickupsPage(Desk(region_that_waits, ImmediateRunner(), Display(), None, lambda: TODAY))
    qtbot.addWidget(page)
    page.resize(1000, 600)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    page.week.go_to(SATURDAY)
    return page
