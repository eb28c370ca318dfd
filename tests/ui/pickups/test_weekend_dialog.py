"""A weekend planned and made by keys; who comes along is chosen on the plan of a pickup."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.adapters.solvers import vroom
from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.drivers import DriverRow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.families.drivers import list_drivers
from coordinator.services.families.households import change_profile
from coordinator.services.pickups import planning
from coordinator.services.records import history
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, Region, a_driver, a_region
from tests.ui.accessibility import cut_labels, nameless_controls
from ui.desk import Desk
from ui.pickups.plan_tab import PlanTab
from ui.pickups.weekend_dialog import WeekendDialog

SUNDAY = SATURDAY + timedelta(days=1)


@pytest.fixture
def region(database: Database, monkeypatch: pytest.MonkeyPatch) -> Region:
    """Return a region whose second family is free on Sunday alone, planned without the solver."""
    monkeypatch.setattr(vroom, "is_installed", lambda: False)
    made = a_region(database)
    change_profile(database, made.recipients[0], "hours", "Sat 9-17")
    change_profile(database, made.recipients[1], "hours", "Sun 9-17")
    return made


def opened(qtbot: QtBot, desk: Desk) -> WeekendDialog:
    dialog = WeekendDialog(desk, SATURDAY)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=20_000)
    return dialog


def test_both_days_are_made_by_keys_in_one_step_of_undo(
    qtbot: QtBot, region: Region, desk: Desk, database: Database
) -> None:
    dialog = opened(qtbot, desk)
    assert dialog.state.text().startswith("Runs: 2. Milk planned: 4, not planned: 0.")
    assert (nameless_controls(dialog), cut_labels(dialog)) == ([], [])
    with qtbot.waitSignal(dialog.made, timeout=20_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = planning.pickups_between(database, SATURDAY, SUNDAY, TODAY)
    assert [one.on for one in made] == [SATURDAY, SUNDAY]
    assert {one.driver_code for one in made} == {region.driver}
    history.undo(database)
    assert planning.pickups_between(database, SATURDAY, SUNDAY, TODAY) == []


def test_without_agreed_milk_it_says_what_to_do_first(qtbot: QtBot, desk: Desk, database: Database) -> None:
    assert database.is_sqlite
    dialog = opened(qtbot, desk)
    assert "note both yeses first" in dialog.state.text()
    assert not dialog.make.isEnabled()


def test_who_comes_along_is_chosen_beside_who_drives(
    qtbot: QtBot, region: Region, desk: Desk, database: Database
) -> None:
    with database.writing(SETUP) as session:
        second = a_driver(session, "Bo Hart").code
        assert by_code(session, DriverRow, second)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[0]], today=TODAY, driver_code=region.driver
    )
    tab = PlanTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_plan(planning.pickup(database, code, TODAY), list_drivers(database), [])
    assert tab.second.isVisible()
    tab.second.box.setFocus()
    qtbot.keyClick(tab.second.box, Qt.Key.Key_Down)
    tab.second.leave()
    qtbot.waitUntil(lambda: planning.pickup(database, code, TODAY).second_code == second)
    history.undo(database)
    assert planning.pickup(database, code, TODAY).second_code == ""
