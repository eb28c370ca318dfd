"""The call card a family's pane opens on: how to reach it, what to know first, what to ask."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.facts import QuestionRow
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.services.families import donors, households
from coordinator.services.imports.typed_in import add_family
from coordinator.services.records import history
from coordinator.services.screening import facts
from tests.builders import TODAY, a_donor, a_household, a_recipient
from ui.desk import Desk
from ui.donors.page import DonorsPage
from ui.families.call_card import CallCard
from ui.recipients.page import RecipientsPage
from ui.widgets.fields.edit_field import LineField
from ui.widgets.label import Label


@pytest.fixture
def network(database: Database) -> Database:
    """Zoë (D-0001) gives, Inès (R-0001) asks, Ana (V-0001) drives; Zoë has one question of our own."""
    with database.writing(Action("test", "Set up")) as session:
        zoe = a_donor(session, "Zoë Ueda")
        a_recipient(session, "Inès Roy")
        session.add(DriverRow(code="V-0001", household_id=a_household(session, "Ana Bell").id))
        session.add(QuestionRow(household_id=zoe.household_id, topic="own", text="Wants bags back?"))
    for field, value in (
        ("phone", "207 555 0109"),
        ("other_email", "zoe@example.com"),
        ("ring_times", "evenings"),
        ("hours", "Sat 9-12"),
        ("languages", "English, Arabic"),
        ("read_before_ringing", "Her mother is ill."),
        ("driver_note", "Side door.\nRing twice."),
        ("last_contact_on", date(2026, 11, 18)),
    ):
        households.change_profile(database, "D-0001", field, value)
    return database


@pytest.fixture
def card(qtbot: QtBot, network: Database, desk: Desk) -> CallCard:
    card = CallCard(desk)
    qtbot.addWidget(card)
    card.show()
    card.show_family("D-0001")
    return card


def words(card: CallCard) -> list[str]:
    QApplication.processEvents()  # new lines show with the next event
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card) and label.text()]


def test_the_card_says_how_to_reach_her_and_what_to_know_first(card: CallCard) -> None:
    said = words(card)

    assert said[:5] == [
        "Zoë Ueda",
        "D-0001",
        "Read before you ring: Her mother is ill.",
        "(207) 555-0109",
        "zoe@example.com",
    ]
    assert "ring: evenings · good times: Sat 9-12 · speaks English, Arabic" in said[5]
    assert "Last contact 11/18/26" in said
    assert "Wants bags back?" in said


def test_a_note_for_the_driver_keeps_its_lines(card: CallCard) -> None:
    assert "For the driver: Side door.\nRing twice." in words(card)


def test_the_number_is_copied_as_it_stands(card: CallCard, desk: Desk, qtbot: QtBot) -> None:
    button = next(b for b in card.findChildren(QPushButton) if b.accessibleName() == "Copy (207) 555-0109")

    with qtbot.waitSignal(desk.said) as said:
        button.click()

    assert QGuiApplication.clipboard().text() == "(207) 555-0109"
    assert said.args == ["Copied (207) 555-0109."]


def test_a_family_without_a_number_says_so(card: CallCard) -> None:
    card.show_family("R-0001")

    assert "No phone number yet." in words(card)
    assert "Last contact: not noted yet" in words(card)


@pytest.mark.parametrize(
    ("code", "name"), [("D-0001", "Zoë Ueda"), ("R-0001", "Inès Roy"), ("V-0001", "Ana Bell")]
)
def test_one_card_is_for_every_role(card: CallCard, code: str, name: str) -> None:
    card.show_family(code)

    assert card.name.text() == name


def test_the_card_reads_again_after_a_change_and_closes_when_the_family_is_gone(
    card: CallCard, desk: Desk
) -> None:
    households.change_profile(desk.database, "D-0001", "languages", "Arabic")
    desk.changed.emit()
    assert any("speaks Arabic" in one for one in words(card))

    card.show_family(add_family(desk.database, Role.DONOR, {"name": "Ann Able"}, TODAY))
    assert card.name.text() == "Ann Able"
    history.undo(desk.database)
    desk.changed.emit()
    assert card.code == ""
    assert not card.isVisible()


def test_an_answer_is_given_in_place_and_is_no_talk_unless_she_is_on_the_phone(
    card: CallCard, desk: Desk
) -> None:
    asked = "Answer to: Wants bags back?"
    field = next(f for f in card.findChildren(LineField) if f.editor.accessibleName() == asked)

    field.line.setText("yes")
    field.line.returnPressed.emit()

    donor = donors.donor(desk.database, "D-0001", TODAY)
    assert "Wants bags back?" not in [question.text for question in donor.questions]
    assert donor.household.first_spoken_on is None


def test_the_line_of_the_case_has_its_place(card: CallCard) -> None:
    card.set_case(Label("held · waits for the donor's yes"))
    assert "held · waits for the donor's yes" in words(card)

    card.set_case(None)
    assert "held · waits for the donor's yes" not in words(card)
    assert not card.case.isVisibleTo(card)


def test_a_pane_opens_on_the_card_and_keeps_its_tab_down_the_list(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    add_family(network, Role.DONOR, {"name": "Ann Able", "town": "Dover"}, TODAY)
    page = DonorsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()

    page.list.table.choose("D-0001")
    assert page.detail.card.isVisible()
    page.detail.edit()
    page.list.table.choose("D-0002")
    assert page.detail.profile.isVisible()

    page.show_family("D-0001")
    assert page.detail.card.isVisible()
    assert not page.detail.profile.isVisible()
    page.detail.edit()
    page.split.close_detail()
    page.list.table.choose("D-0002")
    assert page.detail.card.isVisible()


def test_the_pane_says_the_note_once(qtbot: QtBot, network: Database, desk: Desk) -> None:
    page = DonorsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.show_family("D-0001")

    shown = [label for label in page.detail.findChildren(QLabel) if "mother is ill" in label.text()]
    assert [label.isVisibleTo(page) for label in shown if label.isVisibleTo(page)] == [True]


def test_how_many_to_ask_stands_on_the_tab(qtbot: QtBot, network: Database, desk: Desk) -> None:
    facts.add_question(network, "R-0001", "Where do you park?")
    page = RecipientsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.show_family("R-0001")

    assert page.detail._card_tab.text() == "Call (1)"
    assert page.detail._card_tab.accessibleDescription() == "1 to ask"
