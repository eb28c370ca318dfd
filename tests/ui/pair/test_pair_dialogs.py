"""The forms on the page of two: what worries is read out and pauses, and nothing typed is lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.asked_after import Signs
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements.pairs import pair
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.pickups.settling import settle
from tests.builders import TODAY
from tests.pickup_builders import SETUP, a_region
from ui.cases.asked_after_dialog import AskedAfterDialog
from ui.cases.shares_button import SharesButton
from ui.desk import Desk
from ui.pair.card_form import CardForm
from ui.pair.dialog import PairDialog
from ui.pair.forms import Codes, LendForm, ResumeForm

CODES = Codes("D-0001", "R-0001")


@pytest.fixture
def network(database: Database) -> Database:
    """40 oz of D-0001 came to R-0001 today."""
    a_region(database)
    plan_pickup(database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    settle(database, "P-0001", None, TODAY)
    return database


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()


def test_a_sign_is_read_out_and_pauses_the_pair_by_keyboard(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    dialog = AskedAfterDialog(desk, "R-0001", "How is it going?")
    shown(qtbot, dialog)
    assert not dialog.worry.isVisibleTo(dialog)

    dialog.signs.box.setFocus()
    qtbot.keyClicks(dialog.signs.box, "A rash")
    dialog.signs.leave()
    assert dialog.answers.signs is Signs.RASH
    assert "call the emergency number now" in dialog.worry.text()
    with qtbot.waitSignal(desk.said) as said:
        qtbot.keyClick(dialog.note.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert "until its clinician was asked" in said.args[0]
    assert pair(network, "D-0001", "R-0001", TODAY).pause is not None


def test_the_page_takes_notes_things_lent_and_a_reason_to_go_on(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = PairDialog(desk, CODES.donor, CODES.recipient)
    shown(qtbot, page)
    qtbot.keyClicks(page.note, "meet at the library")
    qtbot.keyClick(page.note, Qt.Key.Key_Return)
    lend = LendForm(desk, CODES)
    shown(qtbot, lend)
    lend.count.line.setText("many")
    lend.save()
    assert lend.isVisible(), "what was typed stays, and says why"
    lend.count.line.setText("6")
    lend.save()
    resume = ResumeForm(desk, CODES)
    shown(qtbot, resume)
    resume.save()

    assert "Say why" in resume.problem.text()
    assert page.pair is not None
    assert [one.text for one in page.pair.notes] == ["meet at the library"]
    assert [one.count for one in page.pair.lent] == [6]
    assert not page.note.text()
    assert page.resume_button.isHidden()


def test_the_pane_of_either_family_opens_the_page(qtbot: QtBot, network: Database, desk: Desk) -> None:
    for code, name in (("D-0001", "Inès Roy"), ("R-0001", "Zoë Ahlberg")):
        button = SharesButton(desk)
        qtbot.addWidget(button)
        with qtbot.waitExposed(button):
            button.show()
        button.show_code(code)
        assert button.many.text() == "Shares with 2 families…"
        menu = button.many.menu()
        (action,) = (one for one in menu.actions() if one.text().startswith(name))
        with qtbot.waitSignal(desk.pair_wanted) as wanted:
            action.trigger()
        assert wanted.args == [CODES.donor, CODES.recipient]


def test_no_card_is_made_for_who_mourns_until_the_quiet_words_are_chosen(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    with network.writing(SETUP) as session:
        session.scalars(sa.select(DonorRow).where(DonorRow.code == "D-0001")).one().bereaved = True
    form = CardForm(desk, CODES)
    shown(qtbot, form)
    assert not form.save_button.isEnabled()
    assert "quiet words" in form.problem.text()

    form.gentle.click()

    assert form.save_button.isEnabled()
    assert "There is nothing you need to answer" in form.words.text()


def test_the_page_says_the_drive_and_the_room_in_the_freezer_and_what_of_it_is_not_known(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    page = PairDialog(desk, CODES.donor, CODES.recipient)
    shown(qtbot, page)
    assert "The room in the family’s freezer is not known" in texts_of(page)
    assert "The drive: about 20 min one way" in texts_of(page)
    assert "About 14 mi in a straight line" in texts_of(page)

    with network.writing(SETUP) as session:
        family = session.scalars(sa.select(RecipientRow).where(RecipientRow.code == "R-0001")).one()
        family.freezer, family.stock, family.stock_on = "2 cu ft", Volume(), TODAY
        session.get_one(HouseholdRow, family.household_id).latitude_deg = None
    desk.changed.emit()

    assert page.pair is not None
    assert page.pair.room is not None
    much = desk.display.volume(page.pair.room)
    assert f"The family’s freezer takes about {much} more" in texts_of(page)
    assert "The drive is not known" in texts_of(page)


def texts_of(page: PairDialog) -> list[str]:
    QApplication.processEvents()  # new rows show with the next event
    return [one.text() for one in page.forecast.findChildren(QLabel) if one.isVisibleTo(page)]
