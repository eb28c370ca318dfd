"""A round of calls in its dialog: answers read back, outcomes by key, nothing typed lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.facts.dated_facts import CallOutcome, FactKind
from coordinator.domain.volume import Volume
from coordinator.services import rounds
from coordinator.services.families import households
from coordinator.services.families.donors import donor
from coordinator.services.families.recipients import recipient
from coordinator.services.screening import facts, switched_off
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.pickup_builders import SETUP
from ui.calls.answer_line import AnswerLine
from ui.calls.round_dialog import RoundDialog
from ui.desk import Desk


@pytest.fixture
def network(database: Database) -> Database:
    """Uma is out (R-0001), Ada (D-0001) did not answer about nicotine, Tess (R-0002) has enough."""
    with database.writing(SETUP) as session:
        uma = a_recipient(session, "Uma Out", stock=Volume(), stock_on=TODAY, health=None)
        session.add(QuestionRow(household_id=uma.household_id, topic="reach", text="How far do you drive?"))
        a_recipient(session, "Tess Later", stock=Volume.from_oz(900), stock_on=TODAY, health=None)
        a_stored_lot(session, a_donor(session, "Ada Lind", facts=without(FactKind.NICOTINE)), 100)
    return database


def opened(qtbot: QtBot, desk: Desk, minutes: int = 40) -> RoundDialog:
    dialog = RoundDialog(desk, minutes)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    return dialog


def press(qtbot: QtBot, key: Qt.Key, words: str = "") -> None:
    """Type *words* and press *key* where the focus is."""
    QApplication.processEvents()
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClicks(target, words)
    qtbot.keyClick(target, key)
    QApplication.processEvents()


def lines(dialog: RoundDialog) -> list[AnswerLine]:
    return [line for line in dialog.card.answers.findChildren(AnswerLine) if line.isVisible()]


def shown(dialog: RoundDialog) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible() and one.text()]


def button(dialog: RoundDialog, name: str) -> QPushButton:
    return next(
        one for one in dialog.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()
    )


def test_a_round_goes_from_the_first_call_to_what_it_opened_by_keyboard_alone(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    assert dialog.progress.text() == "1 of 3, about 15 minutes left"
    assert dialog.card.name.text() == "Uma Out"

    press(qtbot, Qt.Key.Key_Return, "home and well")
    assert "Where the baby is: at home and well. Right?" in shown(dialog)
    assert recipient(network, "R-0001", TODAY).baby.health is None

    press(qtbot, Qt.Key.Key_Return)
    assert recipient(network, "R-0001", TODAY).baby.health is not None
    assert "✓ Where the baby is: at home and well" in shown(dialog)

    press(qtbot, Qt.Key.Key_Return, "20 miles")
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_F8)
    assert dialog.progress.text() == "2 of 3, about 10 minutes left"
    assert dialog.card.name.text() == "Ada Lind"

    press(qtbot, Qt.Key.Key_Return, "no")
    assert "Nicotine: no. Right?" in shown(dialog)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_F8)

    press(qtbot, Qt.Key.Key_F7)
    press(qtbot, Qt.Key.Key_Return)

    assert dialog.end.isVisible()
    assert dialog.end.summary.text().replace("\u00a0", " ") == "2 reached, 100 oz more is ready for Uma Out"
    assert f"To ring on {(TODAY + timedelta(days=2)):%-m/%-d/%y}: Tess Later" in dialog.end.rest.text()


def test_an_answer_that_cannot_be_read_says_what_would_be_and_stays(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)

    press(qtbot, Qt.Key.Key_Return, "maybe")

    first = lines(dialog)[0]
    assert first.field.message.text()
    assert not first.strip.isVisible()
    assert first.field.line.text() == "maybe"


def test_what_was_read_back_is_forgotten_as_soon_as_something_else_is_typed(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    press(qtbot, Qt.Key.Key_Return, "home and well")
    first = lines(dialog)[0]
    assert first.strip.isVisible()

    qtbot.keyClicks(first.field.line, " or in hospital")

    assert not first.strip.isVisible()
    first.confirm()
    assert recipient(network, "R-0001", TODAY).baby.health is None


def test_nothing_typed_is_left_behind_without_a_word(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    press(qtbot, Qt.Key.Key_Return, "home and well")

    for key in (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F8):
        press(qtbot, key)
        assert dialog.card.name.text() == "Uma Out"
        assert dialog.problem.text().startswith("One answer does not count yet.")
    dialog.reject()
    assert dialog.isVisible()

    lines(dialog)[0].field.line.clear()
    press(qtbot, Qt.Key.Key_F5)
    assert dialog.card.name.text() == "Ada Lind"


def test_an_answer_in_another_field_stays_while_one_is_kept(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    first, second = lines(dialog)
    qtbot.keyClicks(second.field.line, "20 mi")

    qtbot.keyClicks(first.field.line, "home and well")
    first.begin()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)

    assert [line.field.line.text() for line in lines(dialog)] == ["20 mi"]


def test_back_shows_what_was_noted_and_it_can_be_taken_back(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    press(qtbot, Qt.Key.Key_F5)
    press(qtbot, Qt.Key.Key_F6)
    dialog.back.click()
    dialog.back.click()
    assert "Noted on 11/21/26: no answer." in shown(dialog)
    assert lines(dialog) == []

    dialog.card.take_back.click()
    QApplication.processEvents()

    assert dialog.card.name.text() == "Uma Out"
    assert len(lines(dialog)) == 2
    found = rounds.round_now(network, TODAY)
    assert found is not None
    assert [line.household.name for line in found.to_ring(TODAY)] == ["Uma Out", "Tess Later"]


def test_stopped_it_goes_on_where_it_was(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    press(qtbot, Qt.Key.Key_F5)
    dialog.stop.click()
    assert not dialog.isVisible()

    again = opened(qtbot, desk)

    assert again.progress.text() == "2 of 3, about 10 minutes left"


def test_the_note_stands_alone_until_it_is_read(qtbot: QtBot, network: Database, desk: Desk) -> None:
    households.change_profile(network, "R-0001", "read_before_ringing", "Her mother is ill.")
    households.change_profile(network, "R-0001", "phone", "207 555 0109")
    dialog = opened(qtbot, desk)
    while dialog.card.name.text() != "Uma Out":
        dialog.skip.click()
    assert "Read before you ring: Her mother is ill." in shown(dialog)
    assert "(207) 555-0109" not in shown(dialog)

    press(qtbot, Qt.Key.Key_Space)

    assert "(207) 555-0109" in shown(dialog)
    assert QApplication.focusWidget() is lines(dialog)[0].field.line


def test_no_answer_twice_puts_a_message_forward(qtbot: QtBot, network: Database, desk: Desk) -> None:
    for days in (2, 1):
        facts.note_call(network, "R-0001", CallOutcome.NO_ANSWER, TODAY - timedelta(days=days))
    dialog = opened(qtbot, desk)

    assert dialog.card.message.isVisible()
    dialog.skip.click()
    assert not dialog.card.message.isVisible()


def test_a_question_is_never_asked_again_after_it_was_said_what_stays_unknown(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    button(dialog, "Never ask: How far do you drive?").click()
    assert any("stays unknown: milk from any distance" in words for words in shown(dialog))

    button(dialog, "Never ask this: How far do you drive?").click()

    assert len(lines(dialog)) == 1
    assert [one.topic for one in switched_off.asked_topics(network) if not one.is_asked] == ["reach"]


def test_what_milk_waits_for_stays_asked_and_it_says_why(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    first = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Never ask…")
    first.click()

    assert "Whether the baby is at home and well is always asked." in shown(dialog)
    assert not [
        one for one in dialog.findChildren(QPushButton) if one.text() == "Never ask this" and one.isVisible()
    ]


def test_a_day_that_has_passed_is_refused_and_the_call_stays(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    press(qtbot, Qt.Key.Key_F7)
    dialog.outcomes.day.line.clear()
    press(qtbot, Qt.Key.Key_Return, "11/1/2026")

    assert dialog.card.name.text() == "Uma Out"
    assert dialog.problem.isVisible()


def test_with_nobody_to_ring_it_says_so(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk, 0)

    assert "Nobody to ring today." in shown(dialog)
    assert not dialog.start.go.isEnabled()


def test_an_answer_given_keeps_the_donor_as_she_is(qtbot: QtBot, network: Database, desk: Desk) -> None:
    before = donor(network, "D-0001", TODAY)
    dialog = opened(qtbot, desk)
    press(qtbot, Qt.Key.Key_F5)
    press(qtbot, Qt.Key.Key_Return, "no")
    assert dialog.card.name.text() == "Ada Lind"

    assert donor(network, "D-0001", TODAY) == before
