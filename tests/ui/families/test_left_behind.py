"""What was left behind, on the Today page and at the family: planned again or let go by a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.plans import Correction, LeftWith, Outcome, PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.pickups import planning
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.records import history
from tests.builders import TODAY
from tests.pickup_builders import a_region
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.network import idle, opened
from ui.families.left_behind import LeftBehindList, LetGoDialog
from ui.pickups.page import PickupsPage
from ui.pickups.plan_dialog import PlanDialog
from ui.recipients.page import RecipientsPage
from ui.today.page import TodayPage
from ui.window.network_window import NetworkWindow


@pytest.fixture
def window(qtbot: QtBot, database: Database) -> NetworkWindow:
    """Give a window where 40 oz of H-0001 and 8 oz of H-0003, both for R-0001, stayed behind today."""
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, TODAY, region.holds, today=TODAY)
    stayed = [
        Outcome("H-0001", nobody_home=True, where=LeftWith.DONOR),
        Outcome("H-0003", left_behind=Volume.from_oz(8), where=LeftWith.DONOR),
    ]
    planning.settle(database, code, stayed, TODAY)
    return opened(qtbot, database, size=(1280, 800))


def page_of(window: NetworkWindow, name: str) -> QWidget:
    page = window._slots[name].page
    assert page is not None
    return page


def button(within: QWidget, name: str) -> QPushButton:
    QApplication.processEvents()
    return next(b for b in within.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible())


def let_go_dialog(window: NetworkWindow) -> LetGoDialog:
    dialog = window.findChild(LetGoDialog)
    assert isinstance(dialog, LetGoDialog)
    return dialog


def waiting(database: Database) -> list[str]:
    return [one.hold_code for one in left_behind(database, TODAY)]


def test_planning_again_holds_the_milk_and_opens_the_plan(
    qtbot: QtBot, database: Database, window: NetworkWindow
) -> None:
    today = page_of(window, "today")
    assert isinstance(today, TodayPage)
    assert today.to_settle.heading.text() == "To settle  1"  # the other is said on the line of its baby

    qtbot.mouseClick(button(today, "Plan again for R-0001"), Qt.MouseButton.LeftButton)
    idle(qtbot, window)

    pickups = page_of(window, "pickups")
    assert isinstance(pickups, PickupsPage)
    qtbot.waitUntil(lambda: isinstance(pickups.steps.dialog, PlanDialog))
    assert [hold.code for hold in holds.holds(database, TODAY)] == ["H-0005"]
    assert waiting(database) == ["H-0003"]
    assert today.to_settle.heading.text() == "To settle"  # what is left is said on the line of its baby
    assert pickups.steps.dialog is not None
    pickups.steps.dialog.reject()
    idle(qtbot, window)


def test_letting_go_asks_why_and_undo_brings_it_back(
    qtbot: QtBot, database: Database, window: NetworkWindow
) -> None:
    window.show_on_page("recipients", "R-0001")
    idle(qtbot, window)
    page = page_of(window, "recipients")
    assert isinstance(page, RecipientsPage)
    shown = page.detail.left_behind
    assert shown.isVisible()
    qtbot.mouseClick(button(shown, "Let go what H-0003 left behind"), Qt.MouseButton.LeftButton)
    dialog = let_go_dialog(window)
    assert cut_labels(dialog) == []
    assert nameless_controls(dialog) == []

    dialog.save_button.click()
    idle(qtbot, window)
    assert dialog.problem.text() == "Type why it is let go; only you will see it."
    qtbot.keyClicks(dialog.reason.line, "they have enough")
    dialog.save_button.click()
    idle(qtbot, window)

    assert waiting(database) == ["H-0001"]
    assert len(shown.rows.findChildren(QPushButton, options=Qt.FindChildOption.FindChildrenRecursively)) >= 2
    history.undo(database)
    assert waiting(database) == ["H-0001", "H-0003"]


def test_a_family_to_whom_nothing_was_left_has_no_room_taken_by_it(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    window.show_on_page("recipients", "R-0002")
    idle(qtbot, window)

    page = page_of(window, "recipients")
    assert isinstance(page, RecipientsPage)
    assert isinstance(page.detail.left_behind, LeftBehindList)
    assert not page.detail.left_behind.isVisible()


def test_what_nobody_can_plan_again_says_so(qtbot: QtBot, database: Database, window: NetworkWindow) -> None:
    free = left_behind(database, TODAY)[0].free
    assert free == Volume.from_oz(40)
    holds.hold_milk(database, "R-0002", "L-0001", Volume.from_oz(60), TODAY)
    today = page_of(window, "today")
    assert isinstance(today, TodayPage)
    today.refresh()
    idle(qtbot, window)

    assert not button(today.to_settle, "Plan again what H-0001 left behind").isEnabled()
    assert button(today, "Plan again for R-0001").isEnabled()  # H-0003, on the line of its baby
    assert nameless_controls(today) == []


def test_what_the_volunteer_has_goes_back_to_the_donor_by_one_press(
    qtbot: QtBot, database: Database, window: NetworkWindow
) -> None:
    (code,) = [one.code for one in planning.pickups_between(database, TODAY, TODAY, TODAY)]
    said = Correction("H-0001", nobody_home=True, where=LeftWith.VOLUNTEER)
    planning.settle_again(database, code, [said], TODAY)
    window.show_on_page("recipients", "R-0001")
    idle(qtbot, window)
    page = page_of(window, "recipients")
    assert isinstance(page, RecipientsPage)
    shown = page.detail.left_behind
    told = " ".join(label.text() for label in shown.findChildren(QLabel))
    assert "40 oz with the volunteer since" in told.replace("\u00a0", " ")
    assert button(shown, "Plan again what H-0001 left behind").isEnabled()
    assert nameless_controls(shown) == []

    qtbot.mouseClick(button(shown, "What H-0001 left behind is with the donor"), Qt.MouseButton.LeftButton)
    idle(qtbot, window)

    assert [one.with_driver for one in left_behind(database, TODAY)] == [Volume(), Volume()]
    assert button(shown, "Let go what H-0001 left behind").isVisible()
    history.undo(database)
    assert left_behind(database, TODAY)[0].with_driver == Volume.from_oz(40)
