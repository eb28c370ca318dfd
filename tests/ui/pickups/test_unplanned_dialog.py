"""A hand-over nobody planned, typed in: what is against it is said once, and then it is written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.pickups.unplanned import Added
from coordinator.services.agreements.holds import release_hold
from coordinator.services.pickups import planning
from coordinator.services.pickups.came_unfit import came_unfit
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.integration.pickups.test_unplanned import against_it
from tests.networks import opened_network
from tests.pickup_builders import a_region
from tests.ui.accessibility import cut_labels, nameless_controls, overlapping
from ui.desk import Desk
from ui.pickups.unplanned_dialog import UnplannedDialog
from ui.units import Display


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


@pytest.fixture
def dialog(qtbot: QtBot, database: Database) -> UnplannedDialog:
    region = a_region(database)
    against_it(database)
    for hold in region.holds:
        release_hold(database, hold)
    desk = Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY)
    lots, families = ([(code, code) for code in codes] for codes in (region.lots, region.recipients))
    shown = UnplannedDialog(desk, lots, families)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def fill(dialog: UnplannedDialog, at: int, lot: int, much: str) -> None:
    dialog.parts[at].lot.box.setCurrentIndex(lot)
    dialog.parts[at].much.line.setText(much)


def test_what_is_against_two_lots_is_said_once_and_both_are_written_down(
    qtbot: QtBot, dialog: UnplannedDialog, database: Database
) -> None:
    added: list[Added] = []
    dialog.added.connect(added.append)
    dialog.family.box.setCurrentIndex(1)
    fill(dialog, 0, 1, "2 x 4")
    dialog.more_button.click()
    fill(dialog, 1, 2, "4")

    dialog.add_button.click()

    words = dialog.warning.text()
    assert dialog.warning.isVisible()
    assert "L-0001: Not a fit: " in words
    assert "L-0002: the pair is paused since" in words
    assert not added
    assert not cut_labels(dialog) + nameless_controls(dialog) + overlapping(dialog)
    dialog.parts[1].much.line.setText("6")  # another amount is said again, and not written down unseen
    dialog.add_button.click()
    assert not added
    dialog.add_button.click()

    assert len(added) == 1
    pickups = [planning.pickup(database, code, TODAY) for code in added[0].codes]
    assert [one.state for one in pickups] == [PickupState.SETTLED] * 2
    assert [(one.lot_code, round(one.volume.oz)) for one in came_unfit(database)] == [
        ("L-0002", 6),
        ("L-0001", 8),
    ]


def test_more_than_there_is_asks_once_whether_it_was_counted_wrong(
    qtbot: QtBot, dialog: UnplannedDialog
) -> None:
    added: list[Added] = []
    dialog.added.connect(added.append)
    dialog.family.box.setCurrentIndex(2)
    fill(dialog, 0, 1, "130")
    dialog.add_button.click()  # what is against it
    dialog.add_button.click()
    assert "Was the lot counted wrong? If there was more, press Add it once more" in dialog.problem.text()
    assert not added
    dialog.add_button.click()
    assert len(added) == 1
