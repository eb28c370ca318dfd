"""The header of Match says whom milk is looked for, what is coming, and asks in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.families import recipients
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from ui.desk import Desk
from ui.matching.page import MatchingPage
from ui.widgets.fields.edit_field import LineField


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 avoids dairy; nobody asked whether R-0002 is at home. D-0001 is ready, D-0002 one call away."""
    with database.writing(Action("test", "Set up")) as session:
        family = a_recipient(session, "Inès Roy", must_avoid="dairy", stock=Volume(0), stock_on=TODAY)
        session.get_one(HouseholdRow, family.household_id).phone = "+16035550100"
        a_recipient(session, "Uma Cyr", health=None)
        a_stored_lot(session, a_donor(session, "Ada Lind"))
        a_stored_lot(session, a_donor(session, "Dot Orr", facts=without(FactKind.DAIRY)))
    return database


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Callable[[str], MatchingPage]:
    def open_page(code: str) -> MatchingPage:
        page = MatchingPage(desk)
        qtbot.addWidget(page)
        page.resize(1216, 700)
        with qtbot.waitExposed(page):
            page.show()
        page.refresh()
        page.show_family(code)
        QApplication.processEvents()
        return page

    return open_page


def words_of(page: MatchingPage) -> str:
    QApplication.processEvents()
    found = page.header.findChildren(QLabel)
    return "\n".join(label.text() for label in found if label.isVisibleTo(page))


def press(page: MatchingPage, name: str) -> None:
    QApplication.processEvents()
    found = page.header.findChildren(QPushButton)
    next(one for one in found if one.accessibleName() == name and one.isVisibleTo(page)).click()


Opener = Callable[[str], MatchingPage]


def test_the_header_says_who_it_is_what_it_needs_and_what_the_baby_avoids(opened: Opener) -> None:
    words = words_of(opened("R-0001"))

    assert "Inès Roy" in words
    assert "oz a day" in words
    assert "avoids dairy" in words
    assert "(603) 555-0100" in words
    assert "nothing held yet" in words


def test_the_header_copies_the_phone(opened: Opener) -> None:
    press(opened("R-0001"), "Copy (603) 555-0100")

    assert QGuiApplication.clipboard().text() == "(603) 555-0100"


def test_what_is_on_hold_is_said_as_coming_at_once(opened: Opener, desk: Desk) -> None:
    page = opened("R-0001")
    holds.hold_milk(desk.database, "R-0001", "L-0001", Volume.from_oz(40), TODAY)

    desk.changed.emit()

    assert "40 oz held" in page.header.case.text()


def test_at_home_and_well_is_answered_by_one_press_and_goes(opened: Opener, desk: Desk) -> None:
    page = opened("R-0002")
    asked = next(
        q for q in recipients.recipient(desk.database, "R-0002", TODAY).questions if q.topic == "health"
    )

    press(page, f"yes: {asked.text}")

    assert recipients.recipient(desk.database, "R-0002", TODAY).baby.health is BabyHealth.HOME
    assert asked.text not in words_of(page)


def test_an_answer_that_cannot_be_read_is_said_beside_the_question_and_nothing_is_kept(
    opened: Opener, desk: Desk
) -> None:
    page = opened("R-0002")
    asked = next(
        q for q in recipients.recipient(desk.database, "R-0002", TODAY).questions if q.topic == "health"
    )
    press(page, f"Type the answer to: {asked.text}")
    field = next(f for f in page.header.findChildren(LineField) if f.isVisibleTo(page))

    field.line.setText("rather")
    field.leave()

    assert field.message.text()
    assert recipients.recipient(desk.database, "R-0002", TODAY).baby.health is None


def test_the_groups_are_counted_and_a_press_goes_to_the_first_of_one(opened: Opener) -> None:
    page = opened("R-0001")
    assert page.strip.text() == "Ready 1 · One call away 1"

    page.strip.buttons[1].click()

    assert page.donors.table.chosen_key == "D-0002"


def test_what_is_to_be_asked_stands_in_the_donors_line(opened: Opener) -> None:
    page = opened("R-0001")
    titles = page.donors.table.shown_headers()

    row = page.donors.table.shown_rows()[1]

    assert "airy" in row[titles.index("To ask")]


def test_promises_are_one_press_away_as_the_second_view_of_match(
    qtbot: QtBot, opened: Opener, desk: Desk
) -> None:
    page = opened("R-0001")

    with qtbot.waitSignal(desk.page_wanted) as wanted:
        page.header.promises.click()

    assert page.header.promises.isVisible()
    assert wanted.args == ["promises", ""]
