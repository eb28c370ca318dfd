"""What became of one hold, typed in: nothing that stands there changes without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.volume import Volume
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.networks import opened_network
from tests.pickup_builders import a_region
from ui.desk import Desk
from ui.pickups.outcome_form import OutcomeForm
from ui.units import Display


@pytest.fixture
def form(qtbot: QtBot, tmp_path: Path) -> Iterator[OutcomeForm]:
    database: Database = opened_network(tmp_path / "network.db")
    a_region(database)
    hold = planning.holds_to_plan(database, TODAY)[0]  # 40 oz in 12 bags
    form = OutcomeForm(Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY), hold)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    yield form
    database.dispose()


def type_in(qtbot: QtBot, form: OutcomeForm, *, bags: str = "", delivered: str = "") -> None:
    for field, text in ((form.bags, bags), (form.delivered, delivered)):
        if text:
            field.line.setFocus()
            field.line.selectAll()
            qtbot.keyClicks(field.line, text)


def test_bags_that_an_amount_counts_otherwise_are_said_while_typing_and_after(
    qtbot: QtBot, form: OutcomeForm
) -> None:
    type_in(qtbot, form, bags="4")
    assert "as you typed" not in form.reading.text()

    type_in(qtbot, form, delivered="5x4")
    said = "5 bags, as you typed 5x4."
    assert "20\u00a0oz delivered in 5 bags" in form.reading.text()
    assert form.reading.text().endswith(said)
    qtbot.keyClick(form.delivered.line, Qt.Key.Key_Tab)

    assert form.bags.line.text() == "5"
    assert form.reading.text().endswith(said)
    assert form.reading.property("role") == "ask"
    outcome = form.outcome()
    assert (outcome.bags, outcome.delivered) == (5, Volume.from_oz(20))

    # What is typed last counts, and the same amount once more is news again.
    type_in(qtbot, form, bags="4")
    qtbot.keyClick(form.bags.line, Qt.Key.Key_Tab)
    assert form.outcome().bags == 4
    assert "as you typed" not in form.reading.text()
    assert form.reading.property("role") == "quiet"
    type_in(qtbot, form, delivered="5x4")
    assert form.reading.text().endswith(said)
    assert form.outcome().bags == 5


def test_bags_that_an_amount_counts_alike_or_alone_are_nothing_to_say(
    qtbot: QtBot, form: OutcomeForm
) -> None:
    type_in(qtbot, form, delivered="5x4")
    assert form.reading.text().startswith("Reads: 20\u00a0oz delivered in 5 bags")
    assert form.outcome().bags == 5
    assert "as you typed" not in form.reading.text()
    type_in(qtbot, form, delivered="5x3")
    assert "as you typed" not in form.reading.text()
