"""Making two entries one family in the window, and taking them apart while their milk is on a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.services.families import merging
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.pickup_builders import Region, a_region
from tests.ui.accessibility import cut_labels
from ui.desk import Desk
from ui.families.same_family_dialog import SameFamilyDialog


@pytest.fixture
def region(desk: Desk) -> Region:
    """Give a network whose two families are one, with a run for both planned since."""
    region = a_region(desk.database)
    merging.merge_households(desk.database, "R-0001", "R-0002", TODAY)
    planning.plan_pickup(
        desk.database, PickupKind.RUN, TODAY, region.holds, today=TODAY, driver_code=region.driver
    )
    return region


def dialog_for(qtbot: QtBot, desk: Desk, code: str = "R-0001") -> SameFamilyDialog:
    dialog = SameFamilyDialog(desk, code)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    return dialog


def press(qtbot: QtBot, dialog: SameFamilyDialog, words: str) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == words and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def drops(desk: Desk) -> int:
    return sum(stop.kind is StopKind.DROP for stop in planning.pickup(desk.database, "P-0001", TODAY).stops)


@pytest.mark.usefixtures("region")
def test_taking_apart_while_their_milk_is_on_a_run_asks_first_and_puts_the_stops_right(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dialog = dialog_for(qtbot, desk)
    assert drops(desk) == 1

    press(qtbot, dialog, "Take apart")

    assert dialog.question.text() == (
        "Their milk travels with P-0001, and its stops change when they are two families again. "
        "Look at P-0001 first, or take the two apart all the same."
    )
    assert drops(desk) == 1
    assert dialog.apart_button.hasFocus()
    assert dialog.apart_button.accessibleDescription() == dialog.question.text()
    assert cut_labels(dialog) == []
    dialog.grab().save(str(tmp_path / "asked.png"))
    press(qtbot, dialog, "Take them apart all the same")
    assert not dialog.asked.isVisible()
    assert merging.merged_families(desk.database, "R-0001") == ()
    assert drops(desk) == 2


def test_what_one_family_has_of_the_others_milk_is_said_where_they_would_be_one(
    qtbot: QtBot, desk: Desk
) -> None:
    a_region(desk.database)
    dialog = dialog_for(qtbot, desk, "D-0001")
    qtbot.keyClicks(dialog.search, "R-0001")

    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    assert dialog.isVisible()
    assert dialog.question.text() == (
        "H-0001 keeps milk of D-0001 for R-0001, and no family gets its own milk; release H-0001 first."
    )
    assert merging.merged_families(desk.database, "D-0001") == ()
    dialog.search.setText("D-0002")
    assert not dialog.asked.isVisible()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert len(merging.merged_families(desk.database, "D-0001")) == 1


@pytest.mark.usefixtures("region")
def test_why_they_stay_one_family_is_said_in_the_dialog(qtbot: QtBot, desk: Desk) -> None:
    (merged,) = merging.merged_families(desk.database, "R-0001")
    dialog = dialog_for(qtbot, desk)
    merging.take_apart(desk.database, merged.merge_id, sure=True)

    press(qtbot, dialog, "Take apart")

    assert dialog.question.text() == "These two were taken apart already."
    assert not dialog.apart_button.isVisible()
    assert not dialog.merged.isVisible()
