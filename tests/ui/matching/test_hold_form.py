"""The form that holds milk: bags go with the ounces until she counts them herself."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.milk import LotRow
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.services.agreements.holds import hold_milk, holds
from coordinator.services.matching.ranking import rank_donors
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from ui.desk import Desk
from ui.matching.why_panel import WhyPanel
from ui.widgets.fields.edit_field import LineField


@pytest.fixture
def panel(qtbot: QtBot, database: Database, desk: Desk) -> WhyPanel:
    """Give the panel over 100 oz in 20 bags."""
    with database.writing(Action("test", "Set up")) as session:
        family, donor = a_recipient(session, "Inès Roy"), a_donor(session, "Ada Lind")
        a_stored_lot(session, donor, ounces=100, bags=20)
        code = family.code
    panel = WhyPanel(desk)
    qtbot.addWidget(panel)
    panel.show_match(rank_donors(database, code, TODAY).matches[0])
    return panel


def test_fewer_ounces_are_held_in_as_many_bags_as_they_need(panel: WhyPanel) -> None:
    panel.volume.line.setText("32")
    panel.volume.leave()

    assert panel.bags.value == 7


def test_bags_she_counted_herself_stay(panel: WhyPanel) -> None:
    panel.bags.line.setText("9")
    panel.bags.leave()
    panel.volume.line.setText("32")
    panel.volume.leave()

    assert panel.bags.value == 9


def typed(field: LineField, words: str) -> None:
    field.line.setText(words)
    field.leave()


def test_ounces_and_bags_follow_the_bags_that_are_wanted(panel: WhyPanel) -> None:
    typed(panel.only_from, "10/12/2026")

    assert (panel.volume.line.text(), panel.bags.value) == ("42\u00a0oz", 8)
    assert "about 42\u00a0oz in 8 bags" in panel.amount.part.text()
    assert panel.volume.editor.accessibleName() == "Hold about"

    typed(panel.only_from, "")

    assert (panel.volume.line.text(), panel.bags.value) == ("100\u00a0oz", 20)
    assert panel.amount.part.isHidden() or not panel.amount.part.isVisibleTo(panel)


def test_fewer_ounces_that_were_typed_stay_and_more_come_down_to_the_part(panel: WhyPanel) -> None:
    typed(panel.volume, "32")
    typed(panel.only_from, "10/12/2026")
    assert (panel.volume.line.text(), panel.bags.value) == ("32\u00a0oz", 7)

    typed(panel.volume, "90")
    typed(panel.only_from, "10/13/2026")

    assert panel.volume.line.text() == "41\u00a0oz"


def test_what_she_counted_is_proposed_instead_and_becomes_a_lot_of_its_own(
    panel: WhyPanel, qtbot: QtBot, database: Database
) -> None:
    typed(panel.only_from, "10/12/2026")
    typed(panel.counted, "60")
    assert (panel.volume.line.text(), panel.bags.value) == ("60\u00a0oz", 12)

    with qtbot.waitSignal(panel.hold_wanted) as wanted:
        panel.hold_now()
    lot, volume, bags, only_from = wanted.args
    hold_milk(database, "R-0001", lot.code, volume, TODAY, bags=bags, only_from=only_from)

    (hold,) = holds(database, TODAY)
    assert (hold.lot_code, hold.volume, hold.bags) == ("L-0002", Volume.from_oz(60), 12)
    assert not hold.is_about


def test_more_than_is_free_was_not_counted(panel: WhyPanel, qtbot: QtBot) -> None:
    typed(panel.only_from, "10/12/2026")
    typed(panel.counted, "101")

    with qtbot.assertNotEmitted(panel.hold_wanted):
        panel.hold_now()
    assert panel.counted.message.text() == "Up to 100\u00a0oz are free."


def test_a_day_typed_just_before_ctrl_enter_counts_for_the_ounces(panel: WhyPanel, qtbot: QtBot) -> None:
    panel.only_from.line.setText("10/12/2026")

    with qtbot.waitSignal(panel.hold_wanted) as wanted:
        panel.hold_now()

    assert wanted.args[1] < Volume.from_oz(43)
    assert wanted.args[2] == 8


def test_bags_she_typed_stay_when_a_day_follows_as_long_as_these_are_enough(panel: WhyPanel) -> None:
    typed(panel.volume, "32")
    typed(panel.bags, "9")
    typed(panel.only_from, "10/12/2026")
    assert (panel.volume.line.text(), panel.bags.value) == ("32\u00a0oz", 9)

    typed(panel.only_from, "10/30/2026")

    assert (panel.volume.line.text(), panel.bags.value) == ("17\u00a0oz", 3)


def shown(panel: WhyPanel, database: Database, code: str = "R-0001") -> None:
    """Show what is found now, as the page does after every change."""
    panel.show_match(rank_donors(database, code, TODAY).matches[0])


def test_what_counted_bags_hold_for_others_is_not_proposed(panel: WhyPanel, database: Database) -> None:
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(40), TODAY, bags=8, only_from=OCT_12)
    shown(panel, database)
    typed(panel.only_from, "10/12/2026")
    typed(panel.counted, "62")

    assert panel.volume.line.text() == "22\u00a0oz"
    assert "40\u00a0oz of these are on hold already" in panel.amount.part.text()

    typed(panel.counted, "30")
    assert panel.counted.message.text() == "40\u00a0oz of these are on hold already."
    typed(panel.counted, "101")
    assert panel.counted.message.text() == "Up to 100\u00a0oz lie there, 40\u00a0oz of them on hold."


OCT_12 = date(2026, 10, 12)


@pytest.mark.parametrize("unknown", ["expressed_from", "expressed_to"])
def test_nothing_is_spread_by_days_that_are_not_known(
    panel: WhyPanel, qtbot: QtBot, database: Database, unknown: str
) -> None:
    with database.writing(Action("test", "Forget a day")) as session:
        setattr(by_code(session, LotRow, "L-0001"), unknown, None)
    shown(panel, database)
    typed(panel.only_from, "10/12/2026")

    assert panel.volume.editor.accessibleName() == "Hold about"
    assert panel.amount.part.text() == "Its days are not known: ask how much is dated then or later."
    assert panel.amount.part.isVisibleTo(panel)

    typed(panel.counted, "60")
    with qtbot.waitSignal(panel.hold_wanted) as wanted:
        panel.hold_now()
    lot, volume, bags, only_from = wanted.args
    hold_milk(database, "R-0001", lot.code, volume, TODAY, bags=bags, only_from=only_from)
    assert holds(database, TODAY)[0].lot_code == "L-0002"


def test_what_stands_in_the_form_stays_when_the_same_milk_is_shown_again(
    panel: WhyPanel, database: Database
) -> None:
    typed(panel.only_from, "10/12/2026")
    typed(panel.counted, "60")
    panel.volume.line.setText("54")

    shown(panel, database)

    assert (panel.volume.line.text(), panel.only_from.value) == ("54", OCT_12)
    assert panel.counted.value == Volume.from_oz(60)


def test_what_is_being_typed_stays_in_the_unit_it_was_typed_in(
    panel: WhyPanel, qtbot: QtBot, database: Database, desk: Desk
) -> None:
    panel.volume.line.setText("54")

    desk.display.set_units(VolumeUnit.ML, desk.display.distance_unit)
    shown(panel, database)

    assert panel.volume.line.text() == "54 oz"
    with qtbot.waitSignal(panel.hold_wanted) as wanted:
        panel.hold_now()
    assert wanted.args[1] == Volume.from_oz(54)


def test_a_lot_that_changed_meanwhile_is_proposed_anew_and_the_form_says_so(
    panel: WhyPanel, database: Database
) -> None:
    typed(panel.volume, "54")
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(60), TODAY)

    shown(panel, database)

    assert panel.volume.line.text() == "40\u00a0oz"
    assert "L-0001 has changed: 40\u00a0oz are free." in panel.amount.note.text()
    assert panel.amount.note.isVisibleTo(panel)
    typed(panel.volume, "30")
    assert not panel.amount.note.isVisibleTo(panel)


def test_after_her_own_hold_the_rest_is_proposed_without_a_word(panel: WhyPanel, database: Database) -> None:
    typed(panel.volume, "54")
    panel.hold_now()
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(54), TODAY)

    shown(panel, database)

    assert panel.volume.line.text() == "46\u00a0oz"
    assert not panel.amount.note.isVisibleTo(panel)


def test_another_family_is_proposed_what_is_free(panel: WhyPanel, database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Linh Tran")
    typed(panel.volume, "54")

    shown(panel, database, "R-0002")

    assert panel.volume.line.text() == "100\u00a0oz"


def test_all_of_it_is_exactly_what_is_free_in_all_its_bags(panel: WhyPanel) -> None:
    typed(panel.volume, "32")
    typed(panel.bags, "9")

    panel.amount.all_of_it.click()

    assert (panel.volume.value, panel.bags.value) == (Volume.from_oz(100), 20)


def test_all_of_it_is_all_of_the_bags_that_are_wanted(panel: WhyPanel) -> None:
    panel.volume.line.setText("32")
    panel.only_from.line.setText("10/12/2026")

    panel.amount.all_of_it.click()

    assert (panel.volume.line.text(), panel.bags.value) == ("42\u00a0oz", 8)
    assert panel.only_from.value == OCT_12
    typed(panel.counted, "60")
    typed(panel.volume, "10")
    panel.amount.all_of_it.click()
    assert (panel.volume.line.text(), panel.bags.value) == ("60\u00a0oz", 12)


def test_all_of_it_has_a_key_and_is_reached_with_tab(panel: WhyPanel, qtbot: QtBot) -> None:
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    panel.volume.setFocus()
    panel.volume.line.setText("32")

    qtbot.keyClick(panel.volume.line, Qt.Key.Key_Tab)
    assert panel.amount.all_of_it.hasFocus()
    qtbot.keyClick(panel.amount.all_of_it, Qt.Key.Key_Space)

    assert panel.volume.value == Volume.from_oz(100)
    assert panel.amount.all_of_it.shortcut() == QKeySequence("Alt+A")


@pytest.mark.parametrize(("ounces", "words"), [(37.6, "38"), (37.4, "37"), (37.6, "37.2")])
def test_what_looks_like_all_of_it_is_all_of_it(
    panel: WhyPanel, database: Database, ounces: float, words: str
) -> None:
    with database.writing(Action("test", "Less milk")) as session:
        by_code(session, LotRow, "L-0001").volume = Volume.from_oz(ounces)
    shown(panel, database)
    typed(panel.volume, "10")
    typed(panel.volume, words)

    assert (panel.volume.value, panel.bags.value) == (Volume.from_oz(ounces), 20)


def test_what_was_counted_as_shown_is_all_that_lies_there(panel: WhyPanel, database: Database) -> None:
    with database.writing(Action("test", "Less milk")) as session:
        by_code(session, LotRow, "L-0001").volume = Volume.from_oz(37.6)
    shown(panel, database)
    typed(panel.only_from, "10/12/2026")
    typed(panel.counted, "38")

    assert panel.counted.message.text() == ""
    assert (panel.counted.value, panel.volume.value) == (Volume.from_oz(37.6), Volume.from_oz(37.6))
