"""Match by keyboard alone in the real window: it opens ranked, and the focus stays where the work is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.policies.deciding import decisions
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts, without
from tests.ui.network import idle, opened, started
from ui.matching.page import MatchingPage
from ui.window.network_window import NetworkWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
K = Qt.Key
SMOKED = Fact(FactKind.CANNABIS, Presence.YES, "edible", date(2026, 9, 1), date(2026, 9, 2))
PANEL = Fact(FactKind.BLOOD_TEST, Presence.YES, "prenatal panel negative", date(2026, 6, 1), date(2026, 6, 2))
MAGNESIUM = Fact(FactKind.SUPPLEMENT, Presence.YES, "magnesium")


@pytest.fixture
def network(database: Database) -> Database:
    """R-0002 is out, R-0001 has milk for long. Donors 1 and 2 are ready, 3 is one call away."""
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Uma Cyr", stock=Volume.from_oz(600), stock_on=TODAY, must_avoid="dairy")
        family = a_recipient(session, "Inès Roy", stock=Volume(0), stock_on=TODAY, must_avoid="dairy")
        session.get_one(HouseholdRow, family.household_id).phone = "+16035550100"
        for name in ("Ada Lind", "Bea Moss"):
            a_stored_lot(session, a_donor(session, name), ounces=600, bags=100)
        a_stored_lot(session, a_donor(session, "Dot Orr", facts=without(FactKind.DAIRY)))
    return database


Opener = Callable[[], NetworkWindow]


@pytest.fixture
def at_match(qtbot: QtBot, network: Database, tmp_path: Path) -> Opener:
    def open_window() -> NetworkWindow:
        window = opened(qtbot, network, started(tmp_path), (1366, 768))
        press(qtbot, window, K.Key_4, CTRL)
        return window

    return open_window


def press(qtbot: QtBot, window: NetworkWindow, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press *key* where the focus is, and let everything it asked for be read."""
    if QApplication.activeWindow() is None:  # a dialog is closed, and nobody manages windows here
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)
    rest(qtbot, window)


def rest(qtbot: QtBot, window: NetworkWindow) -> None:
    for _ in range(3):
        idle(qtbot, window)
        QApplication.processEvents()


def page_of(window: NetworkWindow) -> MatchingPage:
    page = window.findChild(MatchingPage)
    assert isinstance(page, MatchingPage)
    return page


def name_of_focus() -> str:
    found = QApplication.focusWidget()
    return found.accessibleName() if isinstance(found, QWidget) else ""


def standings(page: MatchingPage) -> list[StandingKind]:
    return [match.standing.kind for match in page.model.all_rows()]


def test_it_opens_on_the_most_pressing_family_with_the_cursor_at_its_donors(
    qtbot: QtBot, at_match: Opener
) -> None:
    page = page_of(at_match())

    assert page.babies.table.chosen_key == "R-0002"
    assert page.donors.table.hasFocus()
    assert page.donors.table.chosen_key == "D-0001"
    assert "Ada Lind" in page.why.heading.text()


def test_undo_right_after_a_hold_takes_it_back_and_the_focus_is_at_the_donors(
    qtbot: QtBot, at_match: Opener, network: Database
) -> None:
    window = at_match()
    page = page_of(window)
    press(qtbot, window, K.Key_Return)
    assert page.why.volume.editor.hasFocus()
    press(qtbot, window, K.Key_Return, CTRL)
    assert [one.code for one in holds.holds(network, TODAY)] == ["H-0001"]
    assert name_of_focus() == "Donor said yes: H-0001"

    press(qtbot, window, K.Key_Z, CTRL)

    assert holds.holds(network, TODAY) == []
    assert page.tabs.currentWidget() is page.why
    assert page.donors.table.hasFocus()
    press(qtbot, window, K.Key_Return, CTRL)
    assert len(holds.holds(network, TODAY)) == 1


def test_undo_after_a_yes_takes_that_back_and_stays_in_the_line(
    qtbot: QtBot, at_match: Opener, network: Database
) -> None:
    window = at_match()
    press(qtbot, window, K.Key_Return, CTRL)
    press(qtbot, window, K.Key_D)
    assert holds.holds(network, TODAY)[0].donor_yes_on == TODAY

    press(qtbot, window, K.Key_Z, CTRL)

    assert holds.holds(network, TODAY)[0].donor_yes_on is None
    assert name_of_focus().endswith("H-0001")
    press(qtbot, window, K.Key_D)
    assert holds.holds(network, TODAY)[0].donor_yes_on == TODAY


def test_groups_are_gone_through_in_the_table_and_shown_alone_by_the_strip(
    qtbot: QtBot, at_match: Opener
) -> None:
    window = at_match()
    page = page_of(window)
    for key, first in ((K.Key_Down, "D-0003"), (K.Key_Up, "D-0001")):
        press(qtbot, window, key, CTRL)
        assert page.donors.table.chosen_key == first

    for _ in range(24):
        press(qtbot, window, K.Key_Backtab, SHIFT)
        if name_of_focus() == "Show only: One call away 1":
            break
    press(qtbot, window, K.Key_Space)

    assert [row[0] for row in page.donors.table.shown_rows()] == ["Dot Orr"]
    assert page.donors.table.chosen_key == "D-0003"
    press(qtbot, window, K.Key_Left)
    assert name_of_focus() == "Show only: Ready 2"
    press(qtbot, window, K.Key_Left)
    press(qtbot, window, K.Key_Space)
    assert page.model.rowCount() == 3
    assert page.donors.table.chosen_key == "D-0003"


def test_a_group_that_is_gone_gives_way_to_all_donors(qtbot: QtBot, at_match: Opener) -> None:
    window = at_match()
    page = page_of(window)
    page.strip.buttons[1].click()
    assert page.model.rowCount() == 1

    press(qtbot, window, K.Key_Return, CTRL)

    assert page.strip.shown is None
    assert page.model.rowCount() == 2


def test_another_family_is_shown_all_its_donors(qtbot: QtBot, at_match: Opener) -> None:
    window = at_match()
    page = page_of(window)
    page.strip.buttons[1].click()

    page.show_family("R-0001")
    rest(qtbot, window)

    assert page.model.rowCount() == 3


def test_the_families_are_reached_by_a_key_and_enter_goes_back_to_the_donors(
    qtbot: QtBot, at_match: Opener
) -> None:
    window = at_match()
    page = page_of(window)
    press(qtbot, window, K.Key_L, CTRL | SHIFT)
    assert page.babies.table.hasFocus()

    press(qtbot, window, K.Key_Down)
    press(qtbot, window, K.Key_Return)

    assert page.header.isVisible()
    assert page._code == "R-0001"
    assert page.donors.table.hasFocus()


def test_the_sheet_of_keys_lists_those_of_match(qtbot: QtBot, at_match: Opener) -> None:
    sheet = at_match().show_keys()

    assert {"D", "F", "Ctrl+Enter", "Ctrl+Shift+L", "Ctrl+Backspace"} <= {keys for keys, _ in sheet.lines}
    sheet.close()


def pick(page: MatchingPage, words: str) -> None:
    found = [one for one in page.holds.findChildren(QPushButton) if one.text() == "Copy text"]
    actions = [action for one in found if one.isVisible() for action in one.menu().actions()]
    next(action for action in actions if action.text() == words).trigger()


def test_who_copies_the_text_that_asks_has_asked_once_a_day(
    qtbot: QtBot, at_match: Opener, network: Database
) -> None:
    window = at_match()
    page = page_of(window)
    press(qtbot, window, K.Key_Return, CTRL)
    assert "the donor is to be asked" in page.header.case.text()

    for _ in range(2):
        pick(page, "Ask the donor")
        rest(qtbot, window)

    (strand,) = page._found.case.strands if page._found is not None else ()
    assert (strand.asked_donor.on, strand.asked_donor.times) == (TODAY, 1)
    assert strand.asked_family.on is None
    assert QGuiApplication.clipboard().text()
    assert name_of_focus() == "Donor said yes: H-0001"
    press(qtbot, window, K.Key_Z, CTRL)
    (strand,) = page._found.case.strands if page._found is not None else ()
    assert strand.asked_donor.on is None


def test_the_header_has_the_next_step_of_the_case(qtbot: QtBot, at_match: Opener, network: Database) -> None:
    window = at_match()
    page = page_of(window)
    assert not page.header.next.isVisible()
    press(qtbot, window, K.Key_Return, CTRL)
    assert page.header.next.text() == "Ask donor"
    page.donors.setFocus()

    page.header.next.click()
    rest(qtbot, window)
    assert name_of_focus() == "Donor said yes: H-0001"
    press(qtbot, window, K.Key_D)
    press(qtbot, window, K.Key_F)

    assert page.header.next.text() == "Plan it"
    page.header.next.click()
    rest(qtbot, window)
    assert window.pages.currentIndex() == 4


def decide_by_keyboard(qtbot: QtBot, window: NetworkWindow, figure: str) -> None:
    """Tab to the button beside the reason, and fill its form."""
    for _ in range(30):
        press(qtbot, window, K.Key_Tab)
        if name_of_focus().startswith("Decide once for every donor"):
            break
    press(qtbot, window, K.Key_Space)
    if figure:
        qtbot.keyClicks(QApplication.focusWidget(), figure)
        press(qtbot, window, K.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Rae Finch")
    for _ in range(2):
        press(qtbot, window, K.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "as we always did")
    press(qtbot, window, K.Key_Return, CTRL)


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        (MAGNESIUM, "", "magnesium needs no decision"),
        (SMOKED, "30", "30 days"),
        (PANEL, "", "prenatal panel"),
    ],
)
def test_what_is_decided_once_by_keyboard_moves_every_donor_and_is_undone(
    qtbot: QtBot, database: Database, tmp_path: Path, fact: Fact, typed: str, said: str
) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy", stock=Volume(0), stock_on=TODAY)
        for name in ("Ada Lind", "Bea Moss"):
            a_stored_lot(session, a_donor(session, name, facts=with_facts(fact)))
    window = opened(qtbot, database, started(tmp_path), (1366, 768))
    press(qtbot, window, K.Key_4, CTRL)
    page = page_of(window)
    before = standings(page)
    assert StandingKind.READY not in before
    decide_by_keyboard(qtbot, window, typed)

    (made,) = decisions(database)
    assert said in str(made.decision.words)
    assert (made.decision.by, made.decision.reason, made.decision.on) == (
        "Rae Finch",
        "as we always did",
        TODAY,
    )
    assert standings(page) == [StandingKind.READY] * 2
    assert page.why.isAncestorOf(window.focusWidget() or window)

    press(qtbot, window, K.Key_Z, CTRL)

    assert decisions(database) == ()
    assert standings(page) == before


def test_an_empty_network_is_led_to_its_recipients(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    window = opened(qtbot, database, started(tmp_path), (1366, 768))
    press(qtbot, window, K.Key_4, CTRL)
    assert name_of_focus() == "To the recipients"

    press(qtbot, window, K.Key_Space)

    assert window.pages.currentIndex() == 2


def test_who_comes_late_to_an_empty_network_is_led_to_its_recipients_too(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path), (1366, 768))
    press(qtbot, window, K.Key_4, CTRL)
    press(qtbot, window, K.Key_1, CTRL)

    press(qtbot, window, K.Key_4, CTRL)  # both lists are read by now

    assert name_of_focus() == "To the recipients"


def test_a_baby_without_donors_leaves_the_cursor_at_the_families(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy", stock=Volume(0), stock_on=TODAY)
    window = opened(qtbot, database, started(tmp_path), (1366, 768))
    press(qtbot, window, K.Key_4, CTRL)

    assert page_of(window).babies.table.hasFocus()
