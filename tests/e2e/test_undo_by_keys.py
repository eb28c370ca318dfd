"""Right after Hold, a yes and Settle one key takes that back, and the focus stays where the work is."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk, holds, record_yes
from coordinator.services.pickups.planning import plan_pickup
from tests.builders import TODAY
from tests.e2e.conftest import Program
from tests.e2e.driver import Keyboard
from tests.e2e.story import said, states
from tests.networks import opened_network
from ui.matching.page import MatchingPage
from ui.pickups.page import PickupsPage


@pytest.fixture
def seacoast(program: Program, seacoast_file: Path) -> Program:
    """Give the sample region's file, not yet open."""
    shutil.copy(seacoast_file, program.path)
    return program


def test_ctrl_z_right_after_a_hold_takes_it_back_and_the_work_goes_on(
    qtbot: QtBot, seacoast: Program
) -> None:
    hands = Keyboard(qtbot)
    seacoast.start(1366, 768)
    press(hands, seacoast, "Return", "Ctrl+Return")  # the first line of Today, its first donor
    hands.wait_for(lambda: stands_on("Donor said yes: H-0001"))

    press(hands, seacoast, "Ctrl+Z")

    page = seacoast.page(MatchingPage)
    hands.wait_for(lambda: said(seacoast).startswith("Undone: "))
    assert not hands.sees("Donor said yes: H-0001")
    assert is_in(page)
    press(hands, seacoast, "Ctrl+Return")  # and hold again, without a way back to it
    hands.wait_for(lambda: stands_on("Donor said yes: H-0002"))


def test_ctrl_z_right_after_a_yes_takes_that_alone_back(qtbot: QtBot, seacoast: Program) -> None:
    hands = Keyboard(qtbot)
    seacoast.start(1366, 768)
    press(hands, seacoast, "Return", "Ctrl+Return")
    hands.wait_for(lambda: stands_on("Donor said yes: H-0001"))
    press(hands, seacoast, "D")
    hands.wait_for(lambda: stands_on("Family said yes: H-0001"))

    press(hands, seacoast, "Ctrl+Z")

    hands.wait_for(lambda: hands.sees("Donor said yes: H-0001"))
    assert is_in(seacoast.page(MatchingPage))
    press(hands, seacoast, "Ctrl+Z")
    hands.wait_for(lambda: not hands.sees("Donor said yes: H-0001"))
    assert is_in(seacoast.page(MatchingPage))


def test_ctrl_z_right_after_settling_takes_it_back_and_the_pickup_stays_open(
    qtbot: QtBot, seacoast: Program
) -> None:
    an_agreed_pickup(seacoast.path)
    hands = Keyboard(qtbot)
    seacoast.start(1366, 768)
    press(hands, seacoast, "Ctrl+5")
    hands.tab_to("Pickups")
    press(hands, seacoast, "Return", "Ctrl+Return")
    hands.wait_for(lambda: states(seacoast) == {"P-0001": "settled"})
    assert is_in(seacoast.page(PickupsPage))

    press(hands, seacoast, "Ctrl+Z")

    hands.wait_for(lambda: states(seacoast) == {"P-0001": "ready to print"})
    assert said(seacoast) == "Undone: Settled P-0001"
    assert is_in(seacoast.page(PickupsPage))
    press(hands, seacoast, "Ctrl+Return")  # the same pickup is still the one meant
    hands.wait_for(lambda: states(seacoast) == {"P-0001": "settled"})


def an_agreed_pickup(path: Path) -> None:
    """Hold, agree and plan for today, as another day's work."""
    database = opened_network(path)
    hold_milk(database, "R-0043", "L-0035", Volume.from_oz(100), TODAY, only_from=date(2026, 9, 6))
    for side in Side:
        record_yes(database, holds(database, TODAY)[0].code, side, TODAY)
    plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    database.dispose()


def press(hands: Keyboard, program: Program, *combinations: str) -> None:
    for keys in combinations:
        hands.press(keys)
        program.come_to_rest()


def stands_on(name: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.accessibleName() == name


def is_in(page: QWidget) -> bool:
    """Whether the focus is on *page* or on a control of it."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is page or page.isAncestorOf(focus))
