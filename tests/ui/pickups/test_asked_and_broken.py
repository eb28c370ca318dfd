"""What a run breaks and what is merely to be asked are two things on its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region
from ui.desk import Desk
from ui.pickups.page import PickupsPage
from ui.units import Display


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def a_run(database: Database, region: Region) -> str:
    """Plan all milk on one run of a volunteer who is away; two doors speak what nobody told of them."""
    with database.writing(SETUP) as session:
        for code, languages in zip(region.donors, ("Somali", "Spanish"), strict=True):
            donor = by_code(session, DonorRow, code)
            session.get_one(HouseholdRow, donor.household_id).languages = languages
        driver = by_code(session, DriverRow, region.driver)
        driver.away_from = driver.away_to = SATURDAY
    return planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds,
        driver_code=region.driver,
        starts_at=time(9),
        today=TODAY,
    )


def a_page(qtbot: QtBot, database: Database) -> PickupsPage:
    page = PickupsPage(Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY))
    qtbot.addWidget(page)
    page.resize(1093, 540)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    return page


def test_questions_stand_amber_below_what_is_broken_and_one_kind_in_one_line(
    qtbot: QtBot, database: Database
) -> None:
    code = a_run(database, a_region(database))
    page = a_page(qtbot, database)
    page.show_family(code)
    tab = page.detail.stops

    # The missing yes has its own line with a button.
    assert tab.broken.text() == "⚠ Ana Berg is away on Nov 28, 2026."
    assert (tab.broken.property("role"), tab.unknown.property("role")) == ("problem", "ask")
    assert tab.unknown.text() == (
        "? Ask Ana Berg which languages they speak: Zoë Ahlberg (Somali), Mia Quist (Spanish)."
    )
    assert tab.broken.geometry().bottom() < tab.unknown.geometry().top()

    with database.writing(SETUP) as session:
        driver = by_code(session, DriverRow, "V-0001")
        session.get_one(HouseholdRow, driver.household_id).languages = "English, Somali, Spanish"
    page.refresh()
    assert not tab.unknown.isVisible()
    assert "V-0001 is away" in planning.pickup(database, code, TODAY).broken[1]  # as the command line has it
    assert tab.broken.isVisible()
