"""The form that holds milk: bags go with the ounces until she counts them herself."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.audit import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements import hold_milk, holds
from coordinator.services.matching import rank_donors
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from ui.desk import Desk
from ui.matching.why_panel import WhyPanel
from ui.widgets.edit_field import LineField


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
