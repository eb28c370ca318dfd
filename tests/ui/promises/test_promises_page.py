"""The promises page by mouse and by keys: a card goes from column to column, and Undo takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.agreements.asked_after import Tolerated
from coordinator.domain.agreements.board import Station
from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds, pair_changes
from coordinator.services.agreements.asking import record_asked
from coordinator.services.agreements.cases import case_of
from coordinator.services.families.households import change_profile
from coordinator.services.pickups.planning import plan_pickup, settle
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.ui.accessibility import cut_labels, nameless_controls, overlapping
from ui.cases.asked_after_dialog import AskedAfterDialog
from ui.cases.choice_dialog import ChoiceDialog
from ui.desk import Desk
from ui.promises.page import PromisesPage
from ui.widgets.wrapped_label import WrappedLabel

OZ = Volume.from_oz
KEY = Qt.Key


@pytest.fixture
def network(database: Database) -> Database:
    """H-0001 nobody was asked about, H-0002 has the donor's yes."""
    with database.writing(Action("test", "Set up")) as session:
        for name, family in (("Zoë Ahlberg", "Inès Roy"), ("Mia Quist", "Dot Orr")):
            a_stored_lot(session, a_donor(session, name), 200)
            a_recipient(session, family, stock=Volume(), stock_on=TODAY)
    for recipient, lot in (("R-0001", "L-0001"), ("R-0002", "L-0002")):
        holds.hold_milk(database, recipient, lot, OZ(100), TODAY)
    holds.record_yes(database, "H-0002", Side.DONOR, TODAY)
    return database


@pytest.fixture
def page(qtbot: QtBot, network: Database, desk: Desk) -> PromisesPage:
    page = PromisesPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    return page


def stands(page: PromisesPage) -> dict[str, str]:
    return {one.card.hold.code: one.card.station.value for one in page.board.cards}


def stand_on(qtbot: QtBot, page: PromisesPage, hold: str) -> None:
    page.board.stand_on(hold)
    qtbot.waitUntil(lambda: focused(page) == hold)


def focused(page: PromisesPage) -> str:
    return next((one.card.hold.code for one in page.board.cards if one.hasFocus()), "")


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


def test_each_promise_stands_in_its_column(page: PromisesPage) -> None:
    assert stands(page) == {"H-0001": "proposed", "H-0002": "donor's yes"}
    assert "2 in all" in page.figures.text()


def test_the_keyboard_comes_in_at_the_first_card_and_then_at_the_one_chosen_last(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = PromisesPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.setFocus()  # as the window does, before anything was read
    page.refresh()
    qtbot.waitUntil(lambda: focused(page) == "H-0001")

    press(qtbot, KEY.Key_Right)
    page.as_board.setFocus()
    page.setFocus()

    assert focused(page) == "H-0002"


def test_one_key_moves_a_card_on_and_undo_takes_it_back(
    qtbot: QtBot, network: Database, page: PromisesPage
) -> None:
    stand_on(qtbot, page, "H-0001")

    press(qtbot, KEY.Key_M)
    qtbot.waitUntil(lambda: stands(page)["H-0001"] == "asked")
    qtbot.waitUntil(lambda: focused(page) == "H-0001")
    press(qtbot, KEY.Key_M)
    qtbot.waitUntil(lambda: stands(page)["H-0001"] == "donor's yes")
    qtbot.waitUntil(lambda: focused(page) == "H-0001")
    press(qtbot, KEY.Key_M)

    qtbot.waitUntil(lambda: stands(page)["H-0001"] == "to be carried")
    history.undo(network)
    page.refresh()
    assert stands(page)["H-0001"] == "donor's yes"


def test_a_clinicians_yes_is_not_given_by_a_key(qtbot: QtBot, network: Database, page: PromisesPage) -> None:
    change_profile(network, "R-0002", "gestation_weeks", 33)
    page.refresh()
    stand_on(qtbot, page, "H-0002")

    press(qtbot, KEY.Key_M)

    assert holds.holds(network, TODAY)[-1].family_yes_on is None
    assert page.split.is_open


def test_a_yes_that_was_taken_back_is_not_noted_again_by_a_key(
    qtbot: QtBot, network: Database, page: PromisesPage
) -> None:
    holds.take_back_yes(network, "H-0002", Side.DONOR)
    page.refresh()
    stand_on(qtbot, page, "H-0002")

    press(qtbot, KEY.Key_M)

    assert holds.holds(network, TODAY)[-1].donor_yes_on is None
    assert page.split.is_open


def test_a_yes_without_its_choice_leads_to_recording_it_also_once_both_said_yes(
    qtbot: QtBot, network: Database, page: PromisesPage
) -> None:
    holds.record_yes(network, "H-0002", Side.FAMILY, TODAY)
    page.refresh()
    card = next(one for one in page.board.cards if one.card.hold.code == "H-0002")
    assert "not recorded: what Mia was told about Dot" in card.notes.text()
    assert (card.button.text(), card.tell_button.text()) == ("Plan it", "Tell the donor…")
    assert not card.tell_button.isHidden()

    card.tell_button.click()
    qtbot.waitUntil(lambda: bool(page.window().findChildren(ChoiceDialog)))
    (dialog,) = page.window().findChildren(ChoiceDialog)
    qtbot.waitUntil(dialog.yes_button.isEnabled)
    dialog.yes_button.click()

    qtbot.waitUntil(lambda: tells(page, "H-0002") == "Tell the family…")


def tells(page: PromisesPage, hold: str) -> str:
    return next(one.tell_button.text() for one in page.board.cards if one.card.hold.code == hold)


def test_moving_a_delivered_card_on_asks_how_it_went_and_notes_nothing_by_itself(
    qtbot: QtBot, network: Database, page: PromisesPage
) -> None:
    holds.record_yes(network, "H-0002", Side.FAMILY, TODAY)
    pickup = plan_pickup(network, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0002"], today=TODAY)
    settle(network, pickup, None, TODAY)
    page.refresh()
    stand_on(qtbot, page, "H-0002")
    assert stands(page)["H-0002"] == "delivered"

    press(qtbot, KEY.Key_M)

    def asked() -> list[AskedAfterDialog]:
        return page.window().findChildren(AskedAfterDialog)

    qtbot.waitUntil(lambda: bool(asked()))
    (dialog,) = asked()
    assert not [one for one in history.history(network) if "asked after" in one.label.casefold()]
    dialog.tolerated.set_value(Tolerated.NO)
    dialog.work()
    assert dialog.said.startswith("Noted. Dot Orr is paused")
    dialog.reject()


def test_arrows_go_to_the_next_column_that_has_a_card(qtbot: QtBot, page: PromisesPage) -> None:
    stand_on(qtbot, page, "H-0001")

    press(qtbot, KEY.Key_Right)
    qtbot.waitUntil(lambda: focused(page) == "H-0002")
    press(qtbot, KEY.Key_Left)

    qtbot.waitUntil(lambda: focused(page) == "H-0001")


def test_enter_rings_who_is_to_be_asked(qtbot: QtBot, page: PromisesPage) -> None:
    stand_on(qtbot, page, "H-0001")

    press(qtbot, KEY.Key_Return)

    assert page.split.is_open
    assert page.card.code == "D-0001"


def test_the_table_shows_the_same_and_moves_on_by_the_same_key(qtbot: QtBot, page: PromisesPage) -> None:
    page.as_table.click()
    page.list.table.choose("H-0001")
    page.list.table.setFocus()

    qtbot.keyClick(page.list.table, KEY.Key_M)

    qtbot.waitUntil(lambda: stands(page)["H-0001"] == "asked")
    assert [row[0] for row in page.list.table.shown_rows()] == ["Asked", "Donor said yes"]


def test_what_waits_too_long_says_so_and_stands_first(
    qtbot: QtBot, network: Database, page: PromisesPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_asked(network, "H-0002", Side.FAMILY, TODAY)
    monkeypatch.setattr(desk, "today", lambda: TODAY + timedelta(days=4))

    page.refresh()

    cards = {one.card.hold.code: one for one in page.board.cards}
    assert "4 days: late" in cards["H-0002"].waits.text()
    assert "2 late" in page.figures.text()


def test_nothing_promised_says_what_to_do(qtbot: QtBot, database: Database, desk: Desk) -> None:
    page = PromisesPage(desk)
    qtbot.addWidget(page)

    page.refresh()

    assert page.views.currentWidget() is page.empty
    with qtbot.waitSignal(desk.page_wanted) as wanted:
        page.empty.button.click()
    assert wanted.args == ["matching", ""]


@pytest.mark.parametrize("width", [900, 1200])
def test_long_names_are_not_cut(
    qtbot: QtBot, qapp: QApplication, network: Database, page: PromisesPage, width: int
) -> None:
    change_profile(network, "D-0001", "name", "Maximiliana Featherstonehaugh-Cholmondeley")
    page.resize(width, 560)

    page.refresh()
    QApplication.processEvents()

    assert cut_labels(page) == []
    assert overlapping(page) == []
    assert nameless_controls(page) == []


def test_no_button_of_a_card_is_cut_where_the_board_is_narrow(qtbot: QtBot, page: PromisesPage) -> None:
    page.resize(page.minimumSizeHint().width(), 600)
    QApplication.processEvents()

    buttons = [b for one in page.board.cards for b in (one.button, one.tell_button) if b.isVisible()]

    assert len(buttons) == 4
    assert [b.text() for b in buttons if b.width() < b.sizeHint().width()] == []


def test_the_view_chosen_last_comes_back(qtbot: QtBot, page: PromisesPage, desk: Desk) -> None:
    page.as_table.click()
    again = PromisesPage(desk)
    qtbot.addWidget(again)

    assert again.as_table.isChecked() is (desk.settings is not None)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_M])
def test_a_key_on_the_card_of_a_bereaved_donor_opens_what_is_read_first(
    qtbot: QtBot, network: Database, page: PromisesPage, key: Qt.Key
) -> None:
    change_profile(network, "D-0001", "bereaved", value=True)
    page.refresh()
    stand_on(qtbot, page, "H-0001")

    press(qtbot, key)

    qtbot.waitUntil(page.card.note.isVisible)
    assert page.card.code == "D-0001"
    assert page.card.note.text() == "She has lost her baby: ring with care."
    assert stands(page)["H-0001"] == "proposed"


def test_no_word_of_a_title_is_wider_than_its_column_in_large_text(
    qtbot: QtBot, dressed: None, page: PromisesPage
) -> None:
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)

    page.setFont(font)

    def widths() -> list[tuple[int, int]]:
        """Return the longest word of each title, and the room it has, in pixels."""
        labels = page.board.findChildren(WrappedLabel)
        titles = [
            one
            for one in labels
            if (column := one.parentWidget()) is not None and column.property("role") == "station"
        ]
        words = [max(map(one.fontMetrics().horizontalAdvance, one.text().split())) for one in titles]
        return list(zip(words, [one.width() for one in titles], strict=True))

    qtbot.waitUntil(lambda: len(widths()) == len(Station) and all(word <= room for word, room in widths()))
    assert cut_labels(page.board) == []


def test_a_card_of_two_who_are_paused_says_so_and_leads_to_their_page(
    page: PromisesPage, network: Database, desk: Desk
) -> None:
    wanted = list[tuple[str, str]]()
    desk.pair_wanted.connect(lambda donor, family: wanted.append((donor, family)))
    assert not any(one.pair_button.isVisible() for one in page.board.cards)

    pair_changes.pause_pair(network, "D-0002", "R-0002", "her own reason", TODAY)
    page.refresh()
    QApplication.processEvents()

    (paused,) = [one for one in page.board.cards if one.pair_button.isVisible()]
    said = str(paused.card.words)
    assert paused.card.hold.code == "H-0002"
    assert said.startswith("the pair is paused since Nov 21 by this network; 100 oz held")
    assert "her own reason" not in said
    assert str(case_of(network, "R-0002", TODAY).words).startswith("the pair is paused since Nov 21")
    assert "paused" not in str(case_of(network, "R-0001", TODAY).words)
    paused.pair_button.click()
    assert wanted == [("D-0002", "R-0002")]
    assert cut_labels(page) == []

    pair_changes.resume_pair(network, "D-0002", "R-0002", "they spoke", TODAY)
    page.refresh()
    assert "paused" not in str(case_of(network, "R-0002", TODAY).words)
    assert not any(one.pair_button.isVisible() for one in page.board.cards)
