"""A region with agreed milk that waits, and the window of its pickups."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.adapters.solvers import vroom
from coordinator.bootstrap import Database
from coordinator.domain.agreements.holds import Side
from coordinator.services.agreements.holds import record_yes
from coordinator.services.pickups import planning
from tests.builders import NOW, TODAY
from tests.fakes import ImmediateRunner
from tests.made_once import MadeOnce
from tests.networks import changed_copy
from tests.pickup_builders import SATURDAY
from ui.desk import Desk
from ui.pickups.page import PickupsPage
from ui.units import Display


def free_the_milk(database: Database) -> None:
    """Take back every pickup of the sample region, and note both yeses but those of H-0006."""
    for one in planning.pickups_between(database, TODAY, TODAY + timedelta(days=14), TODAY):
        planning.cancel_pickup(database, one.code)
    for hold in planning.holds_to_plan(database, TODAY):
        if hold.code != "H-0006":
            for side, on in ((Side.DONOR, hold.donor_yes_on), (Side.FAMILY, hold.family_yes_on)):
                if on is None:
                    record_yes(database, hold.code, side, TODAY)


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
