"""An unanswered message among what Today waits for: nudge, read the reply, ring."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.records.history import Action
from coordinator.domain.worklist.family_message import Channel
from coordinator.services.asking.by_message import message_to, record_sent
from coordinator.services.asking.replies import asked_of, read_reply, take_reply
from tests.builders import TODAY, a_donor, a_stored_lot, without
from ui.asking.message_dialog import MessageDialog
from ui.asking.reply_dialog import ReplyDialog
from ui.desk import Desk
from ui.today.page import TodayPage
from ui.today.work_line import WorkLine

ASKED = (FactKind.NICOTINE, FactKind.CANNABIS)
SENT_ON = TODAY - timedelta(days=load_matching_policy().nudge_days)


@pytest.fixture
def network(database: Database) -> Database:
    """Ada (D-0001) was asked by message, as long ago as the network waits."""
    with database.writing(Action("test", "Set up")) as session:
        row = a_donor(session, "Ada Lind", facts=without(*ASKED))
        a_stored_lot(session, row)
        session.get_one(HouseholdRow, row.household_id).first_spoken_on = date(2026, 11, 1)
    record_sent(database, message_to(database, "D-0001", SENT_ON), Channel.TEXT, SENT_ON)
    return database


@pytest.fixture
def page(qtbot: QtBot, network: Database, desk: Desk) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: page.waiting.in_all == 1)
    return page


def nudge(page: TodayPage) -> WorkLine:
    return page.waiting.findChildren(WorkLine)[0]


def choose(page: TodayPage, words: str) -> None:
    menu = nudge(page).menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_the_line_says_since_when_and_asks_again(qtbot: QtBot, page: TodayPage) -> None:
    line = nudge(page)
    assert line.button.text() == "Nudge"

    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)

    (dialog,) = page.findChildren(MessageDialog)
    qtbot.waitUntil(lambda: "I asked you this on" in dialog.text.toPlainText())
    dialog.reject()


def test_the_reply_is_read_from_the_line(page: TodayPage) -> None:
    choose(page, "Read a reply…")

    (dialog,) = page.findChildren(ReplyDialog)
    assert dialog.windowTitle() == "Read a reply"
    dialog.reject()


def test_it_goes_once_all_is_answered(qtbot: QtBot, page: TodayPage, network: Database) -> None:
    asked = asked_of(network, "D-0001", TODAY)
    text = "\n".join(f"{one.number}. no" for one in asked.items)

    take_reply(network, "D-0001", read_reply(asked, text, TODAY).answers, TODAY)
    page.refresh()

    qtbot.waitUntil(lambda: page.waiting.in_all == 0)
