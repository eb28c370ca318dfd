"""What only the donor can answer is answered on Match, and the verdict moves at once."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.facts import facts_by_donor
from coordinator.db.recipients import RecipientRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.food_names import food_key
from coordinator.domain.imports.typed import NotClearError, read_facts
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.services.imports.told_foods import record_food
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.screening.facts import store_fact
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from ui.desk import Desk
from ui.matching import asked_of_donor
from ui.matching.page import MatchingPage


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 is out; Ada was asked neither about alcohol nor about medicines, Bea about all."""
    told = without(FactKind.ALCOHOL, FactKind.MEDICINE)
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy", stock=Volume(0), stock_on=TODAY)
        a_stored_lot(session, a_donor(session, "Ada Lind", facts=told), ounces=600, bags=100)
        a_stored_lot(session, a_donor(session, "Bea Moss"), ounces=600, bags=100)
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
    page.donors.table.choose("D-0001")
    come_to_rest()
    return page


def come_to_rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


def asked(page: MatchingPage) -> list[str]:
    """Return what stands on the buttons and in the fields that answer."""
    come_to_rest()
    found = [*page.why.asked.findChildren(QPushButton), *page.why.asked.findChildren(QLineEdit)]
    return [one.accessibleName() for one in found if one.isVisible()]


def press(page: MatchingPage, name: str) -> None:
    come_to_rest()
    found = page.why.asked.findChildren(QPushButton)
    next(one for one in found if one.accessibleName() == name and one.isVisible()).click()


def focused(page: MatchingPage) -> str:
    come_to_rest()
    focus = page.window().focusWidget()
    return focus.accessibleName() if focus is not None else ""


def test_one_press_answers_what_was_never_asked_and_the_verdict_moves(
    page: MatchingPage, network: Database
) -> None:
    assert "no: Alcohol: not answered" in asked(page)

    press(page, "none: Medicine: not answered")

    assert asked(page) == ["no: Alcohol: not answered", "Type the answer to: Alcohol: not answered"]
    press(page, "no: Alcohol: not answered")
    assert asked(page) == []
    (ada,) = (m for m in rank_donors(network, "R-0001", TODAY).matches if m.code == "D-0001")
    assert ada.standing.kind is StandingKind.READY
    assert "Alcohol: not answered" not in page.why.reasons.text()


def test_one_key_goes_to_the_first_question_and_each_answer_to_the_next(
    page: MatchingPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.donors.table, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert focused(page) == "none: Medicine: not answered"

    press(page, focused(page))
    assert focused(page) == "no: Alcohol: not answered"

    press(page, focused(page))
    assert focused(page).startswith("Hold this milk")  # this family has nothing to answer


def test_an_answer_that_cannot_be_read_says_so_and_stays(page: MatchingPage, qtbot: QtBot) -> None:
    press(page, "Type the answer to: Medicine: not answered")
    field = next(one for one in page.why.asked.findChildren(QLineEdit) if one.isVisible())

    qtbot.keyClicks(field, "perhaps")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    come_to_rest()
    assert field.text() == "perhaps"
    assert field.isVisible()
    assert "no: Alcohol: not answered" in asked(page)


def test_of_a_donor_who_is_ready_nothing_is_asked(page: MatchingPage) -> None:
    page.donors.table.choose("D-0002")

    assert asked(page) == []
    assert not page.why.asked.isVisible()


def test_what_is_typed_stays_while_another_question_is_answered(page: MatchingPage, qtbot: QtBot) -> None:
    press(page, "Type the answer to: Medicine: not answered")
    field = next(one for one in page.why.asked.findChildren(QLineEdit) if one.isVisible())
    qtbot.keyClicks(field, "ibuprofen until")

    press(page, "no: Alcohol: not answered")

    come_to_rest()
    assert field.isVisible()
    assert field.text() == "ibuprofen until"


def test_every_answer_of_one_press_is_read_as_a_no() -> None:
    for topic, words in asked_of_donor._QUICK.items():
        for word in words:
            (fact,) = read_facts(FactKind(topic), word, TODAY)
            assert fact.presence is Presence.NO


def test_whether_she_would_stop_a_food_is_answered_where_it_is_asked(
    page: MatchingPage, network: Database, desk: Desk, qtbot: QtBot
) -> None:
    with network.writing(Action("test", "A baby who must avoid soy and eggs")) as session:
        by_code(session, RecipientRow, "R-0001").must_avoid = "soy, eggs"
        donor = by_code(session, DonorRow, "D-0002")
        store_fact(session, donor.id, Fact(FactKind.FOOD_AVOIDED, Presence.YES, "peanuts"), TODAY)
    desk.changed.emit()
    page.donors.table.choose("D-0002")
    assert "no: would she stop soy?" in asked(page)

    press(page, "no: would she stop soy?")

    bea = next(m for m in rank_donors(network, "R-0001", TODAY).not_a_fit if m.code == "D-0002")
    assert [str(r.said) for r in bea.verdict.reasons if "oy" in str(r.said)][:1] == [
        "eats soy; baby must avoid soy"
    ]


def test_a_food_she_stops_is_kept_with_its_day_and_what_she_told_stays(
    page: MatchingPage, network: Database, desk: Desk
) -> None:
    with network.writing(Action("test", "A baby who must avoid soy and eggs")) as session:
        by_code(session, RecipientRow, "R-0001").must_avoid = "soy, eggs"
        donor = by_code(session, DonorRow, "D-0002")
        store_fact(session, donor.id, Fact(FactKind.FOOD_AVOIDED, Presence.YES, "peanuts"), TODAY)
    desk.changed.emit()
    page.donors.table.choose("D-0002")

    press(page, "never eats it: would she stop soy?")
    press(page, "never eats it: would she stop egg?")

    assert asked(page) == []
    with network.reading() as session:
        facts = facts_by_donor(session, by_code(session, DonorRow, "D-0002").id)
    told = {fact.subject for known in facts.values() for fact in known if fact.kind is FactKind.FOOD_AVOIDED}
    assert told == {"peanuts", "soy", "egg"}


@pytest.mark.parametrize(
    ("words", "presence", "start"),
    [
        ("yes", Presence.YES, TODAY),
        ("since 11/1/2026", Presence.YES, date(2026, 11, 1)),
        ("soy since 11/1/2026", Presence.YES, date(2026, 11, 1)),
        ("never", Presence.YES, None),
        ("No.", Presence.NO, None),
        ("eats soy", Presence.NO, None),
    ],
)
def test_what_is_said_of_one_food_is_read_of_that_food(
    words: str, presence: Presence, start: date | None, network: Database
) -> None:
    record_food(network, "D-0002", "soy", words, TODAY)

    with network.reading() as session:
        facts = facts_by_donor(session, by_code(session, DonorRow, "D-0002").id)
    (told,) = (f for known in facts.values() for f in known if food_key(f.subject) == "soy")
    assert (told.presence, told.start) == (presence, start)


def test_what_is_said_of_another_food_is_not_taken_for_this_one(network: Database) -> None:
    with pytest.raises(NotClearError, match="since when"):
        record_food(network, "D-0002", "soy", "eggs since 11/1/2026", TODAY)
