"""Adding a family by hand: keyboard alone, nothing lost, whoever looks alike is named first."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.milk import LotRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.families import donors, drivers, households, recipients
from coordinator.services.records import history
from tests.builders import TODAY, a_donor
from tests.ui.accessibility import cut_labels, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.families.add_dialog import AddDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, desk: Desk, role: Role) -> AddDialog:
    dialog = AddDialog(desk, role)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    return dialog


def type_through(qtbot: QtBot, *words: str) -> None:
    """Type each word into the field that has the focus and go on by Enter."""
    for text in words:
        here = QApplication.focusWidget()
        assert here is not None
        qtbot.keyClicks(here, text)
        qtbot.keyClick(here, Qt.Key.Key_Return)


def save(qtbot: QtBot, dialog: AddDialog) -> None:
    qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return, CTRL)


def test_a_donor_is_added_by_keyboard_alone_and_what_is_missing_is_asked(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk, Role.DONOR)

    type_through(qtbot, "Zoe Ueda", "207 555 0109", "", "", "Dover", "NH", "03820")
    type_through(qtbot, "", "about 300", "60", "9/1/2026", "11/10/2026", "chest freezer", "no")
    with qtbot.waitSignal(dialog.added) as added:
        save(qtbot, dialog)

    donor = donors.donor(desk.database, "D-0001", TODAY)
    lot = donor.lots[0]
    assert added.args == ["D-0001"]
    assert (donor.household.name, donor.household.phone) == ("Zoe Ueda", "+12075550109")
    assert (lot.volume, lot.is_estimate, lot.bags) == (Volume.from_oz(300), True, 60)
    assert (lot.expressed_from, lot.expressed_to) == (date(2026, 9, 1), date(2026, 11, 10))
    assert "Medicines: not answered" in [question.text for question in donor.questions]
    assert "Dairy: not answered" not in [question.text for question in donor.questions]
    assert [fact.kind for fact in donor.facts] == [FactKind.DAIRY]


def test_one_undo_takes_the_new_family_back(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk, Role.DRIVER)
    type_through(qtbot, "Ana Bell")
    save(qtbot, dialog)
    assert [driver.code for driver in drivers.list_drivers(desk.database)] == ["V-0001"]

    assert str(history.undo(desk.database)) == "Added V-0001"

    assert drivers.list_drivers(desk.database) == []


def test_a_family_with_twins_is_added(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk, Role.RECIPIENT)
    dialog.form.field("name").line.setText("Inès Roy")
    for key, words in (("baby_born", "8/1/2026"), ("babies", "2"), ("own_supply", "4-5"), ("stock", "none")):
        dialog.form.field(key).line.setText(words)

    save(qtbot, dialog)

    family = recipients.recipient(desk.database, "R-0001", TODAY)
    assert (family.baby.born, family.baby.count) == (date(2026, 8, 1), 2)
    assert (family.own_supply_low, family.own_supply_high) == (Volume.from_oz(4), Volume.from_oz(5))
    assert (family.stock, family.stock_on) == (Volume.from_oz(0), TODAY)


def test_without_a_name_nothing_is_saved_and_nothing_typed_is_lost(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk, Role.DONOR)
    dialog.form.field("phone").line.setText("207 555 0109")

    save(qtbot, dialog)

    assert "needs a name" in dialog.problem.text()
    assert dialog.isVisible()
    assert dialog.form.field("phone").typed() == "207 555 0109"
    assert donors.list_donors(desk.database, TODAY) == []


def test_what_cannot_be_read_is_said_beside_the_field_and_becomes_a_question(
    qtbot: QtBot, desk: Desk
) -> None:
    dialog = opened(qtbot, desk, Role.DONOR)
    type_through(qtbot, "Zoe Ueda")
    bags = dialog.form.field("bags")
    bags.setFocus()
    type_through(qtbot, "a boxful")

    assert "such as 25" in bags.message.text()
    save(qtbot, dialog)

    questions = donors.donor(desk.database, "D-0001", TODAY).questions
    assert [question.raw for question in questions if question.topic == "bags"] == ["a boxful"]


@pytest.fixture
def one_donor(database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_donor(session, "Zoë Ueda")


def test_a_shared_phone_is_said_before_saving_and_she_decides(
    qtbot: QtBot, desk: Desk, one_donor: None
) -> None:
    households.change_profile(desk.database, "D-0001", "phone", "+12075550109")
    dialog = opened(qtbot, desk, Role.DONOR)
    dialog.form.field("name").line.setText("Mia Ueda")
    dialog.form.field("phone").line.setText("(207) 555-0109")

    save(qtbot, dialog)
    assert dialog.alike.text().startswith("Same phone as D-0001.")
    assert dialog.save_button.text() == "Save as another"
    assert len(donors.list_donors(desk.database, TODAY)) == 1

    save(qtbot, dialog)
    assert len(donors.list_donors(desk.database, TODAY)) == 2


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_form_has_a_name_for_every_field_and_cuts_no_word(
    qtbot: QtBot, qapp: QApplication, desk: Desk, role: Role, scale: float
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    dialog = opened(qtbot, desk, role)
    assert nameless_controls(dialog) == []
    assert cut_labels(dialog) == []


def test_esc_leaves_without_saving(qtbot: QtBot, desk: Desk) -> None:
    dialog = opened(qtbot, desk, Role.DONOR)
    type_through(qtbot, "Zoe Ueda")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    with desk.database.reading() as session:
        assert session.query(LotRow).count() == 0
    assert donors.list_donors(desk.database, TODAY) == []
