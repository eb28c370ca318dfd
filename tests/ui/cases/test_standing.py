"""Standing pairs in the window: made from an agreement, renewed by one button, changed and skipped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed, StandingState
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.holds import hold_milk, holds
from coordinator.services.agreements.standing_pairs import add_standing, pair_of, renewals
from coordinator.services.families.households import change_profile
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import a_held_lot
from tests.ui.accessibility import cut_labels, nameless_controls
from ui.cases.case_panel import CasePanel
from ui.cases.standing_dialog import StandingDialog
from ui.cases.standing_list import StandingList
from ui.desk import Desk
from ui.recipients.detail import RecipientDetail
from ui.today.page import TodayPage

SETTING_UP = Action("test", "Set up")
SATURDAY = 5
FIRST = TODAY + timedelta(days=7)
AGREED = Agreed(Volume.from_oz(5), is_a_day=True, rhythm=Rhythm(SATURDAY, 2), first_on=FIRST)


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) has 200 oz, 40 of them agreed for Inès (R-0001), whose freezer is full."""
    with database.writing(SETTING_UP) as session:
        lot = a_stored_lot(session, a_donor(session, "Ada Lind"), 200)
        family = a_recipient(session, "Inès Roy", stock=Volume.from_oz(500), stock_on=TODAY)
        a_held_lot(session, lot, family, 40)
    return database


@pytest.fixture
def pair(network: Database) -> Database:
    add_standing(network, "D-0001", "R-0001", AGREED, TODAY)
    return network


def listed(qtbot: QtBot, desk: Desk, code: str = "R-0001") -> StandingList:
    found = StandingList(desk)
    qtbot.addWidget(found)
    found.resize(420, 300)
    found.show_code(code)
    desk.changed.connect(lambda: found.show_code(code))
    with qtbot.waitExposed(found):
        found.show()
    return found


def button(widget: QWidget, words: str) -> QPushButton:
    QApplication.processEvents()
    shown = [one for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)]
    return next(one for one in shown if words in (one.text(), one.accessibleName()))


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(shown).replace("\u00a0", " ")


def choose(widget: QWidget, words: str) -> None:
    """Trigger an entry of the menu behind *More*."""
    menu = button(widget, "More").menu()
    assert menu is not None
    next(one for one in menu.actions() if one.text() == words).trigger()


def the_dialog(desk: Desk) -> StandingDialog:
    QApplication.processEvents()
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, StandingDialog) and one.isVisible()
    )


def test_an_agreement_is_made_a_standing_pair_with_the_same_as_last_time(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    change_profile(network, "R-0001", "hours", "every other Saturday 9-12")
    found = listed(qtbot, desk)

    qtbot.mouseClick(button(found, "Make this a standing pair…"), Qt.MouseButton.LeftButton)
    dialog = the_dialog(desk)
    assert (dialog.volume.value, dialog.per.value) == (Volume.from_oz(40), False)
    assert dialog.rhythm.value == Rhythm(SATURDAY, 2)
    assert "Inès Roy: every other Saturday 9-12" in texts(dialog)
    dialog.accept()

    made = pair_of(network, "S-0001")
    assert (made.agreed.volume, made.agreed.rhythm) == (Volume.from_oz(40), Rhythm(SATURDAY, 2))
    assert "40 oz a pickup, every other Saturday" in texts(found)
    assert len(holds(network, TODAY)) == 1


def test_the_dialog_says_which_days_and_how_much_each(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    found = listed(qtbot, desk)
    choose(found, "Change the standing pair…")
    dialog = the_dialog(desk)

    assert "Sat, Nov 28: 70 oz · Sat, Dec 12: 70 oz · Sat, Dec 26: 70 oz" in texts(dialog)
    assert cut_labels(dialog) == []
    assert nameless_controls(dialog) == []

    dialog.first.edited.emit(date(2026, 11, 27))
    assert dialog.rhythm.value == Rhythm(4, 2)
    assert "Fri, Nov 27: 70 oz" in texts(dialog)
    dialog.accept()
    assert pair_of(pair, "S-0001").agreed.rhythm == Rhythm(4, 2)


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    found = listed(qtbot, desk)
    choose(found, "Change the standing pair…")
    dialog = the_dialog(desk)
    dialog.last.set_value(FIRST - timedelta(days=1))
    dialog.accept()

    assert dialog.isVisible()
    assert "The last day comes before the first." in texts(dialog)
    dialog.reject()


def test_one_button_renews_and_the_next_day_comes(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    found = listed(qtbot, desk, "D-0001")
    assert "Standing pair: next Sat, Nov 28, ask Ada Lind: 70 oz, renew by Thu, Nov 26" in texts(found)

    qtbot.mouseClick(button(found, "Both say yes"), Qt.MouseButton.LeftButton)

    assert [one.state for one in holds(pair, TODAY)] == [HoldState.AGREED, HoldState.AGREED]
    assert "next Sat, Dec 12" in texts(found)


def test_skipping_pausing_and_ending_stand_in_the_menu(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    found = listed(qtbot, desk)
    choose(found, "Skip Sat, Nov 28")
    assert "next Sat, Dec 12" in texts(found)
    choose(found, "Bring Sat, Nov 28 back")
    assert "next Sat, Nov 28" in texts(found)
    choose(found, "Pause the pair")
    assert "paused" in texts(found)
    choose(found, "Go on")
    choose(found, "End the pair")

    assert pair_of(pair, "S-0001").state is StandingState.ENDED
    assert "Nov 28" not in texts(found)


def test_the_question_is_copied_to_be_pasted(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    found = listed(qtbot, desk)
    choose(found, "Copy the question to the donor")

    assert QGuiApplication.clipboard().text().startswith("Hi Ada")


def test_a_pair_that_is_not_ready_has_no_yes_and_says_what_is_asked_before_a_hold(
    qtbot: QtBot, pair: Database, desk: Desk
) -> None:
    with pair.writing(SETTING_UP) as session:
        by_code(session, RecipientRow, "R-0001").health = None
    found = listed(qtbot, desk)

    assert not [one for one in found.findChildren(QPushButton) if one.text() == "Both say yes"]
    with qtbot.waitSignal(desk.page_wanted) as wanted:
        qtbot.mouseClick(button(found, "See what is asked"), Qt.MouseButton.LeftButton)
    assert wanted.args == ["matching", "R-0001"]
    choose(found, "Hold it all the same…")
    box = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox))
    assert box.informativeText()
    qtbot.mouseClick(next(one for one in box.buttons() if one.text() == "Hold it"), Qt.MouseButton.LeftButton)

    assert [one.state for one in holds(pair, TODAY)] == [HoldState.AGREED, HoldState.OPEN]


def test_less_milk_is_said_beside_the_button(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    hold_milk(pair, "R-0001", "L-0001", Volume.from_oz(120), TODAY)

    assert "only 40 oz of the agreed 70 oz is there" in texts(listed(qtbot, desk))


def test_nothing_stands_there_for_a_family_with_neither(qtbot: QtBot, network: Database, desk: Desk) -> None:
    with network.writing(SETTING_UP) as session:
        a_recipient(session, "Uma Cyr")
    found = StandingList(desk)
    qtbot.addWidget(found)
    found.show_code("R-0002")

    assert found.isHidden()


def test_it_stands_in_the_familys_pane(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    pane = RecipientDetail(desk)
    qtbot.addWidget(pane)
    pane.resize(480, 700)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.show_code("R-0001")

    assert "5 oz a day, every other Saturday" in texts(pane)
    assert cut_labels(pane) == []


def test_the_card_of_an_agreement_offers_to_make_it_standing(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    panel = CasePanel(desk, case_of(network, "R-0001", TODAY), Side.FAMILY, "R-0001")
    qtbot.addWidget(panel)
    panel.show()

    qtbot.mouseClick(button(panel, "Make this a standing pair…: H-0001"), Qt.MouseButton.LeftButton)
    the_dialog(desk).accept()

    again = CasePanel(desk, case_of(network, "R-0001", TODAY), Side.FAMILY, "R-0001")
    qtbot.addWidget(again)
    assert "Make this a standing pair…" not in [one.text() for one in again.findChildren(QPushButton)]
    assert "40 oz a pickup, every other Saturday" in texts(again)


def test_today_asks_for_it_and_one_click_renews(qtbot: QtBot, pair: Database, desk: Desk) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1280, 760)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    assert "Waiting for  2" in texts(page)

    qtbot.mouseClick(button(page, "Both say yes: S-0001"), Qt.MouseButton.LeftButton)

    assert len(holds(pair, TODAY)) == 2
    (left,) = renewals(pair, TODAY)
    assert (left.on, left.is_due) == (FIRST + timedelta(days=14), False)
