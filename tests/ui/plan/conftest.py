"""A small network to plan for, and the page on it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from ui.desk import Desk
from ui.plan.page import PlanPage


@pytest.fixture
def network(database: Database) -> Database:
    """Three donors with 200 oz in 25 bags each; R-0001 and R-0002 have nothing, R-0003 was not asked."""
    with database.writing(Action("test", "Set up")) as session:
        for name in ("Zoë Ahlberg", "Mia Quist", "Ada Lind"):
            a_stored_lot(session, a_donor(session, name), 200)
        for name in ("Inès Roy", "Dot Orr"):
            a_recipient(session, name, stock=Volume(), stock_on=TODAY)
        a_recipient(session, "Uma Bell")
    return database


@pytest.fixture
def page(qtbot: QtBot, network: Database, desk: Desk) -> PlanPage:
    """Give the page, on screen, before anything was planned."""
    page = PlanPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    return page
