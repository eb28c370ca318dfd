"""What goes otherwise on the day, by the buttons beside the stops and beside what was left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.plans import Outcome, PickupKind, PickupState, StopKind
from coordinator.domain.records.ledger import Went
from coordinator.domain.volume import Volume
from coordinator.services.pickups import planning
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.records import history
from coordinator.services.records.ledger import ledger
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.networks import opened_network
from tests.pickup_builders import a_region
from ui.desk import Desk
from ui.families.left_behind import LeftBehindList
from ui.families.passing_on import PassOnForm
from ui.pickups.stops_tab import StopsTab
from ui.units import Display


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def a_desk(database: Database) -> Desk:
    return Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY)


def test_a_stop_is_cancelled_or_its_family_collects_by_one_button_and_one_undo(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, TODAY, region.holds, today=TODAY)
    tab = StopsTab(a_desk(database))
    qtbot.addWidget(tab)
    tab.show()
    pickup = planning.pickup(database, code, TODAY)
    tab.show_pickup(pickup)
    last = pickup.stops[-1]
    assert last.kind is StopKind.DROP
    tab.stops.choose(0)
    assert (tab.cancel.isVisible(), tab.collects.isVisible()) == (True, False)
    tab.stops.choose(len(pickup.stops) - 1)
    assert tab.collects.isVisible()

    tab.collects.click()

    own = [one for one in planning.pickups_between(database, TODAY, TODAY, TODAY) if one.code != code]
    assert {one.kind for one in own} == {PickupKind.FAMILY_COLLECTS}
    assert len(own) == 2
    history.undo(database)
    assert [one.id for one in planning.pickup(database, code, TODAY).stops] == [
        one.id for one in pickup.stops
    ]
    tab.show_pickup(planning.pickup(database, code, TODAY))
    tab.stops.choose(len(pickup.stops) - 1)
    tab.cancel.click()
    left = planning.pickup(database, code, TODAY)
    assert (left.state, len(left.holds), len(left.stops)) == (PickupState.PLANNED, 2, 3)
    assert len(planning.holds_to_plan(database, TODAY)) == 2


def test_milk_left_in_the_car_is_planned_for_another_family_from_where_it_is_told(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, TODAY, region.holds, today=TODAY)
    planning.settle(database, code, [Outcome("H-0002", nobody_home=True)], TODAY)
    told = LeftBehindList(a_desk(database))
    qtbot.addWidget(told)
    told.show()
    told.show_left(left_behind(database, TODAY, "R-0002"))

    next(one for one in told.findChildren(QPushButton) if "another" in one.text()).click()

    form = told.findChild(PassOnForm)
    assert form is not None
    assert form.family.value == "R-0001"
    form.save()
    made = planning.pickups_between(database, TODAY, TODAY, TODAY)[-1].code
    assert made != code
    planning.settle(database, made, None, TODAY)
    lot = next(one for one in ledger(database, TODAY).lots if one.lot_code == "L-0001")
    assert (lot.went(Went.DELIVERED), lot.there) == (Volume.from_oz(80), Volume.from_oz(20))
