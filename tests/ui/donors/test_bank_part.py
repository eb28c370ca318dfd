"""With each donor: what is ready, and the quiet line about milk banks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.milk.lots import Freezer
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.records.history import Action
from coordinator.domain.volume import VolumeUnit
from coordinator.services.families.households import change_profile
from coordinator.services.milk import banks
from tests.builders import TODAY, a_donor, a_stored_lot
from tests.ui.accessibility import cut_labels, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.donors.bank_part import BankPart
from ui.donors.outlook_part import OutlookPart
from ui.widgets.fields.value_fields import PhoneField
from ui.widgets.fold import Fold

Opener = Callable[[str], BankPart]


@pytest.fixture
def network(database: Database) -> Database:
    """D-0001 has 300 oz of which 60 press, D-0002 no milk."""
    with database.writing(Action("test", "Set up")) as session:
        ada = a_donor(session, "Ada Lind")
        a_stored_lot(session, ada, 240, freezer=Freezer.CHEST)
        a_stored_lot(session, ada, 60, freezer=Freezer.CHEST, expressed_from=date(2025, 12, 1))
        a_donor(session, "Mia Quist")
    return database


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Opener:
    def open_part(code: str) -> BankPart:
        part = BankPart(desk)
        qtbot.addWidget(part)
        part.resize(420, 4000)  # as high as it wants: in the pane it scrolls
        with qtbot.waitExposed(part):
            part.show()
        part.show_donor(code)
        return part

    return open_part


def texts(part: BankPart) -> str:
    QApplication.processEvents()
    shown = [label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part)]
    return "\n".join(shown).replace("\u00a0", " ")


def test_one_quiet_line_opens_to_what_every_bank_says(opened: Opener, qtbot: QtBot) -> None:
    part = opened("D-0001")
    assert part.button.text() == "▸ Milk banks that may: 1 of 10"
    assert texts(part) == ""

    qtbot.keyClick(part.button, Qt.Key.Key_Space)

    said = texts(part)
    assert part.button.text().startswith("▾")
    assert "never a promise" in said
    assert "Mothers’ Milk Bank California: may take up to 300 oz; ask" in said
    assert "Asks for at least 500 oz in all\n" in said
    assert "unchecked" not in said.casefold(), "where it was seen stands behind Sources"
    sources = [fold for fold in part.findChildren(Fold) if fold.isVisibleTo(part)]
    for fold in sources:
        fold.open()
        words = [label.text() for label in fold.findChildren(QLabel)]
        assert len([one for one in words if one.startswith("Unchecked: ")]) <= 1
    said = texts(part)
    assert "Asks for at least 500 oz in all: seen in FAQ, National Milk Bank: https://" in said
    assert "Unchecked: " in said
    assert said.count("Washington’s law") == 1
    assert nameless_controls(part) == []


def test_no_milk_is_nothing_to_ask_about(opened: Opener) -> None:
    part = opened("D-0002")

    assert not part.button.isVisible()
    assert texts(part) == "No free milk to ask a milk bank about."


def test_a_phone_is_typed_in_and_stays(opened: Opener, qtbot: QtBot, network: Database, desk: Desk) -> None:
    part = opened("D-0001")
    part.button.click()
    fields = {field.editor.accessibleName(): field for field in part.findChildren(PhoneField)}
    field = fields["Phone of International MB"]
    assert field.line.placeholderText() == "Phone not known: look it up"

    qtbot.keyClicks(field.line, "(207) 555-0109")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)

    lines = banks.bank_referral(network, "D-0001", TODAY).lines
    assert next(line.bank.phone for line in lines if line.bank.id == "international") == "+12075550109"


def test_a_phone_that_was_read_says_where_until_another_is_typed_in(
    opened: Opener, network: Database
) -> None:
    part = opened("D-0001")
    part.button.click()
    said = texts(part)
    assert "Phone seen in:" not in said
    for fold in part.findChildren(Fold):
        fold.open()
    assert "Phone seen in: How to Ship Donor Milk, Mothers' Milk Bank Northeast" in texts(part)
    assert "(ext. 4 for shipping, ext. 3 for screening)" in said

    banks.set_bank_phone(network, "mmbne", "(207) 555-0109")

    part = opened("D-0001")
    part.button.click()
    assert "(ext. 4 for shipping, ext. 3 for screening)" not in texts(part)


def test_after_a_loss_the_line_begins_gently(opened: Opener, network: Database) -> None:
    change_profile(network, "D-0001", "read_before_ringing", "Her son died in May.")

    part = opened("D-0001")
    part.button.click()

    said = texts(part)
    assert part.button.text() == "▾ If she wishes: a milk bank, however little"
    assert said.startswith("Nothing presses, and nothing is asked of her.")
    assert said.index("MAMMB, Pittsburgh") < said.index("MMBNE, New England")
    assert "After a loss: no minimum" in said


def test_after_a_loss_without_milk_nothing_is_said(opened: Opener, network: Database) -> None:
    change_profile(network, "D-0002", "read_before_ringing", "Her son died in May.")

    assert texts(opened("D-0002")) == ""


def test_another_donor_closes_the_list(opened: Opener) -> None:
    part = opened("D-0001")
    part.button.click()

    part.show_donor("D-0002")

    assert not part.rows.isVisible()


def test_units_change_in_the_open_list(opened: Opener, desk: Desk) -> None:
    part = opened("D-0001")
    part.button.click()

    desk.display.set_units(VolumeUnit.ML, DistanceUnit.MI)

    assert "may take up to" in texts(part)
    assert " mL" in texts(part)


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_nothing_is_cut_in_the_narrow_pane(opened: Opener, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, font_scale=scale)
    try:
        part = opened("D-0001")
        part.button.click()
        assert cut_labels(part) == []
    finally:
        theme.apply(qapp)


def test_what_is_ready_and_what_presses_stand_above_the_lots(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    part = OutlookPart(desk)
    qtbot.addWidget(part)

    part.show_donor("D-0001")

    plain = part.ready.text().replace("\u00a0", " ")
    assert plain == "300 oz free · 60 oz of it with a last day within 30 days"
    assert part.lots.text() == (
        "L-0002: use the oldest bag by 12/1/26, Community sharing: 12 months from expression"
    )
