"""The message to copy or send, and the reply read back: with real widgets on a real network."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.records.history import Action
from coordinator.domain.worklist.family_message import Channel
from coordinator.services.asking.by_message import message_to, record_sent
from coordinator.services.asking.replies import asked_of
from coordinator.services.families import households
from coordinator.services.families.donors import donor
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_stored_lot, without
from ui.asking.message_dialog import MessageDialog
from ui.asking.reply_dialog import ReplyDialog
from ui.desk import Desk
from ui.families.call_card import CallCard

ASKED = (FactKind.NICOTINE, FactKind.CANNABIS)


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) was asked neither about nicotine nor cannabis."""
    with database.writing(Action("test", "Set up")) as session:
        row = a_donor(session, "Ada Lind", facts=without(*ASKED))
        a_stored_lot(session, row)
        session.get_one(HouseholdRow, row.household_id).first_spoken_on = date(2026, 11, 1)
    households.change_profile(database, "D-0001", "phone", "207 555 0109")
    return database


def message(qtbot: QtBot, desk: Desk) -> MessageDialog:
    dialog = MessageDialog(desk, "D-0001")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def reply(qtbot: QtBot, desk: Desk, text: str) -> ReplyDialog:
    record_sent(desk.database, message_to(desk.database, "D-0001", TODAY), Channel.TEXT, TODAY)
    dialog = ReplyDialog(desk, "D-0001")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.pasted.setPlainText(text)
    dialog.read()
    return dialog


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class Opened(QObject):
    """Takes the links that would open another program."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    @Slot(QUrl)
    def take(self, link: QUrl) -> None:
        self.links.append(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def open_topics(database: Database) -> set[str]:
    return {question.topic for question in donor(database, "D-0001", TODAY).questions}


def test_the_message_is_copied_as_it_is_shown(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = message(qtbot, desk)
    dialog.text.setPlainText(dialog.text.toPlainText() + "\nLove, Sam")

    press(qtbot, dialog.copy_button)

    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()


def test_that_it_was_sent_is_remembered_and_closes_the_dialog(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = message(qtbot, desk)

    press(qtbot, dialog.sent_button)

    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert asked_of(network, "D-0001", TODAY).on == TODAY


def test_only_copying_notes_nothing(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = message(qtbot, desk)

    press(qtbot, dialog.copy_button)

    assert asked_of(network, "D-0001", TODAY).on is None


def test_the_text_opens_filled_in_and_without_an_address_there_is_no_e_mail(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    opened = Opened()
    QDesktopServices.setUrlHandler("sms", opened, "take")  # type: ignore[arg-type] # PySide takes words alone
    dialog = message(qtbot, desk)

    press(qtbot, dialog.sms_button)

    QDesktopServices.unsetUrlHandler("sms")
    assert opened.links[0].startswith("sms:+12075550109?body=Hi%20Ada")
    assert not dialog.mail_button.isEnabled()


def test_a_clear_answer_is_ticked_and_a_doubtful_one_is_not(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = reply(qtbot, desk, "1. no\n2. stopped Oct 9")

    assert [row.tick.isChecked() for row in dialog.rows[:2]] == [True, False]
    assert "Oct 9, 2026" in dialog.rows[1].read_as.text()
    assert "No year" in dialog.rows[1].why.text()
    assert dialog.take_button.text() == "Take one answer"


def test_only_what_is_ticked_is_kept_and_one_undo_takes_it_back(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = reply(qtbot, desk, "1. no\n2. stopped Oct 9")
    before = open_topics(network)
    first, second = (row.asked.topic for row in dialog.rows[:2])

    press(qtbot, dialog.take_button)

    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert first not in open_topics(network)
    assert second in open_topics(network)
    history.undo(network)
    assert open_topics(network) == before


def test_words_are_corrected_in_place_and_read_again(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = reply(qtbot, desk, "1. hm hm\n2. no")
    row = dialog.rows[0]
    assert not row.tick.isEnabled()

    row.words.clear()
    qtbot.keyClicks(row.words, "no")

    assert row.tick.isChecked()
    assert row.read_as.text() == "Understood: no"


def test_a_correction_stays_while_more_is_pasted(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = reply(qtbot, desk, "1. hm hm")
    dialog.rows[0].words.clear()
    qtbot.keyClicks(dialog.rows[0].words, "no")

    dialog.pasted.setPlainText("1. hm hm\n2. no")
    dialog.read()

    assert dialog.rows[0].words.text() == "no"
    assert dialog.rows[1].tick.isChecked()


def test_what_was_read_as_no_answer_is_shown(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = reply(qtbot, desk, "Hi Sam!\n1. no")

    assert "Hi Sam!" in dialog.unread.text()
    assert dialog.unread.isVisible()


def test_nothing_is_ticked_where_the_reply_says_more(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = reply(qtbot, desk, "1. no\n2. no\n\nPS I started zoloft last week")

    assert not any(row.tick.isChecked() for row in dialog.rows)
    assert "says more than its answers" in dialog.rows[0].why.text()
    assert dialog.rows[0].tick.isEnabled()


def test_nothing_is_taken_from_an_empty_reply(qtbot: QtBot, network: Database, desk: Desk) -> None:
    dialog = reply(qtbot, desk, "")

    assert not dialog.take_button.isEnabled()


def test_the_call_card_opens_both_and_says_when_it_was_asked(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    record_sent(network, message_to(network, "D-0001", TODAY), Channel.TEXT, TODAY)
    card = CallCard(desk)
    qtbot.addWidget(card)
    card.show()
    card.show_family("D-0001")

    press(qtbot, card.writing.ask)
    press(qtbot, card.writing.reply)

    assert [dialog.windowTitle() for dialog in card.findChildren(MessageDialog)] == ["Ask by message"]
    assert len(card.findChildren(ReplyDialog)) == 1
    assert "Asked by message on 11/21/26" in card.questions.said_last


@pytest.mark.parametrize(
    ("text", "said"), [("1. no\n2. no", "Kept."), ("1. no", "Kept. What has no tick stays asked.")]
)
def test_what_stays_asked_is_said_only_where_something_does(
    qtbot: QtBot, network: Database, desk: Desk, text: str, said: str
) -> None:
    dialog, told = reply(qtbot, desk, text), list[str]()
    desk.said.connect(told.append)

    press(qtbot, dialog.take_button)

    qtbot.waitUntil(lambda: told == [said])
