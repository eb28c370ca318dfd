"""A hold's line reaches both families, notes each yes by one key, and keeps the focus where the work is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds, pair_changes
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from ui.desk import Desk
from ui.matching.columns import match_columns
from ui.matching.page import MatchingPage


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 has two donors; D-0002 has lost her baby."""
    with database.writing(Action("test", "Set up")) as session:
        family = a_recipient(session, "Inès Roy", stock=Volume(0), stock_on=TODAY)
        ada, bea = a_donor(session, "Ada Lind"), a_donor(session, "Bea Moss")
        bea.bereaved = True
        for number, household_id in enumerate((family.household_id, ada.household_id, bea.household_id)):
            home = session.get_one(HouseholdRow, household_id)
            home.phone, home.hours, home.languages = f"+1603555010{number}", "evenings", "Arabic"
        for donor in (ada, bea):
            a_stored_lot(session, donor, ounces=600, bags=100)
    return database


@pytest.fixture
def page(qtbot: QtBot, network: Database, desk: Desk) -> MatchingPage:
    page = MatchingPage(desk)
    qtbot.addWidget(page)
    page.resize(1216, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh()
    page.show_family("R-0001")
    QApplication.processEvents()
    return page


def come_to_rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


def focused(page: MatchingPage) -> QPushButton:
    come_to_rest()
    found = page.window().focusWidget()
    assert isinstance(found, QPushButton), found
    return found


def words_of(page: MatchingPage) -> str:
    come_to_rest()
    return "\n".join(label.text() for label in page.holds.findChildren(QLabel) if label.isVisibleTo(page))


def texts_of(page: MatchingPage) -> list[str]:
    come_to_rest()
    found = [one for one in page.holds.findChildren(QPushButton) if one.text() == "Copy text"]
    return [action.text() for one in found if one.isVisibleTo(page) for action in one.menu().actions()]


def test_the_line_says_how_to_reach_both_families(page: MatchingPage) -> None:
    page.why.hold_now()

    words = words_of(page)
    for said in ("(603) 555-0101", "(603) 555-0100", "evenings", "Arabic", "last contact"):
        assert said in words


def test_the_focus_goes_from_hold_to_each_yes_and_on_to_the_plan(
    page: MatchingPage, qtbot: QtBot, network: Database
) -> None:
    page.why.hold.setFocus()

    qtbot.keyClick(page.why.hold, Qt.Key.Key_Space)

    assert focused(page).accessibleName() == "Donor said yes: H-0001"
    qtbot.keyClick(focused(page), Qt.Key.Key_D)
    assert focused(page).accessibleName() == "Family said yes: H-0001"
    qtbot.keyClick(focused(page), Qt.Key.Key_F)
    assert focused(page).accessibleName() == "Plan the pickup: H-0001"
    assert holds.holds(network, TODAY)[0].is_agreed


def test_the_key_of_a_yes_takes_none_back(page: MatchingPage, qtbot: QtBot, network: Database) -> None:
    page.why.hold_now()
    qtbot.keyClick(focused(page), Qt.Key.Key_D)

    qtbot.keyClick(focused(page), Qt.Key.Key_D)

    assert holds.holds(network, TODAY)[0].donor_yes_on == TODAY


def test_enter_on_a_family_goes_to_its_donors_and_on_a_donor_to_the_ounces(
    page: MatchingPage, qtbot: QtBot
) -> None:
    page.babies.table.setFocus()

    qtbot.keyClick(page.babies.table, Qt.Key.Key_Return)
    come_to_rest()
    assert page.donors.table.hasFocus()

    qtbot.keyClick(page.donors.table, Qt.Key.Key_Return)
    come_to_rest()
    assert page.why.volume.editor.hasFocus()


def test_the_ounces_are_what_the_baby_needs_in_whole_bags_and_say_why(page: MatchingPage) -> None:
    wanted = page._found.wanted if page._found else None
    assert wanted is not None
    assert page.why.volume.value is not None

    assert wanted.volume <= page.why.volume.value < wanted.volume + Volume.from_oz(6)
    assert "a day for a week" in page.why.amount.why.text()

    page.why.amount.take_all()
    assert page.why.volume.value == Volume.from_oz(600)


def test_a_bereaved_donor_is_sent_the_gentle_text_and_nothing_cheerful(page: MatchingPage) -> None:
    page.donors.table.choose("D-0002")
    page.why.hold_now()

    assert "She has lost her baby" in words_of(page)
    assert "Ask the donor" not in texts_of(page)
    found = next(one for one in page.holds.findChildren(QPushButton) if one.text() == "Copy text")
    next(action for action in found.menu().actions() if action.text() == "Ask the donor, gently").trigger()
    text = QGuiApplication.clipboard().text()
    assert "no is a good answer" in text
    assert "glad" not in text


def test_what_is_read_first_stands_before_a_donor_is_rung(page: MatchingPage, network: Database) -> None:
    page.donors.table.choose("D-0002")
    come_to_rest()
    assert "She has lost her baby" in page.why.first.text()
    with network.writing(Action("test", "Note")) as session:
        home = session.get_one(HouseholdRow, by_code(session, DonorRow, "D-0001").household_id)
        home.read_before_ringing = "Her baby died in March; her sister answers."
    page.refresh()
    page.donors.table.choose("D-0001")
    come_to_rest()

    assert page.why.first.text() == "Read before you ring: Her baby died in March; her sister answers."
    assert page.why.first.isVisibleTo(page)
    page.why.hold_now()
    assert "Ask the donor, gently" in texts_of(page)
    assert "Ask the donor" not in texts_of(page)


def test_the_donors_phone_is_copied_by_a_key_in_her_line(page: MatchingPage, qtbot: QtBot) -> None:
    page.donors.table.choose("D-0001")
    page.donors.table.setFocus()

    qtbot.keyClick(
        page.donors.table,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )

    assert QGuiApplication.clipboard().text() == "(603) 555-0101"


def test_the_last_yes_and_the_plan_are_one_step(page: MatchingPage, qtbot: QtBot, network: Database) -> None:
    wanted: list[tuple[str, str]] = []
    page._desk.page_wanted.connect(lambda *about: wanted.append(about))
    page.why.hold_now()
    come_to_rest()
    assert not buttons_called(page, "Donor said yes, plan it: H-0001", "Family said yes, plan it: H-0001")

    qtbot.keyClick(focused(page), Qt.Key.Key_F)  # the family was rung first
    (both,) = buttons_called(page, "Donor said yes, plan it: H-0001", "Family said yes, plan it: H-0001")
    assert both.text() == "Donor said yes, plan it"
    both.click()
    come_to_rest()

    assert holds.holds(network, TODAY)[0].is_agreed
    assert wanted == [("pickups", "H-0001")]


def test_shift_and_the_key_of_the_last_yes_note_it_and_plan(
    page: MatchingPage, qtbot: QtBot, network: Database
) -> None:
    wanted: list[tuple[str, str]] = []
    page._desk.page_wanted.connect(lambda *about: wanted.append(about))
    page.why.hold_now()
    qtbot.keyClick(focused(page), Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    assert not wanted  # a yes is still missing
    assert holds.holds(network, TODAY)[0].donor_yes_on == TODAY

    qtbot.keyClick(focused(page), Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    come_to_rest()

    assert holds.holds(network, TODAY)[0].is_agreed
    assert wanted == [("pickups", "H-0001")]


def buttons_called(page: MatchingPage, *names: str) -> list[QPushButton]:
    come_to_rest()
    found = page.holds.findChildren(QPushButton)
    return [one for one in found if one.accessibleName() in names and one.isVisibleTo(page)]


def test_the_line_of_a_bereaved_donor_says_to_read_first(page: MatchingPage, desk: Desk) -> None:
    column = [str(one.title) for one in match_columns(desk.display)].index("To ask")

    said = {page.model.key_at(at): page.model.index(at, column).data() for at in range(2)}

    assert said == {"D-0001": "", "D-0002": "read first"}


def test_a_double_click_on_the_yes_of_the_donor_notes_it_and_nothing_else(
    page: MatchingPage, network: Database
) -> None:
    page.why.hold_now()
    come_to_rest()
    said = next(one for one in page.holds.findChildren(QPushButton) if one.text() == "Donor said yes")
    at = said.mapTo(page, said.rect().center())

    for moment in (1000, 1150):
        under = page.childAt(at)
        assert isinstance(under, QPushButton), under
        press_at(under, QPointF(under.mapFrom(page, at)), moment)
        come_to_rest()

    hold = holds.holds(network, TODAY)[0]
    assert (hold.donor_yes_on, hold.family_yes_on) == (TODAY, None)
    buttons = [one.text() for one in page.holds.findChildren(QPushButton) if one.isVisible()]
    assert buttons[-1] == "Take back donor's yes"


def press_at(button: QPushButton, at: QPointF, moment: int) -> None:
    """Press and let go of *button* as a mouse does at that millisecond."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
        event = QMouseEvent(kind, at, button.mapToGlobal(at), left, held, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(moment)
        QApplication.sendEvent(button, event)


def test_the_hold_of_two_who_are_paused_says_so_and_leads_to_their_page(
    page: MatchingPage, network: Database, desk: Desk
) -> None:
    wanted = list[tuple[str, str]]()
    desk.pair_wanted.connect(lambda donor, family: wanted.append((donor, family)))
    page.why.hold_now()
    come_to_rest()
    assert not [one for one in page.holds.findChildren(QPushButton) if one.text() == "The pair…"]

    pair_changes.pause_pair(network, "D-0001", "R-0001", "", TODAY)
    page.refresh()
    come_to_rest()

    assert "the pair is paused since Nov 21 by this network" in words_of(page)
    (link,) = [one for one in page.holds.findChildren(QPushButton) if one.text() == "The pair…"]
    link.click()
    assert wanted == [("D-0001", "R-0001")]
