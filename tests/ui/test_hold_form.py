"""The form that holds milk: bags go with the ounces until she counts them herself."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.audit import Action
from coordinator.services.matching import rank_donors
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from ui.desk import Desk
from ui.matching.why_panel import WhyPanel


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
