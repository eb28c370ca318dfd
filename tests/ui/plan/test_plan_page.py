"""The plan by mouse and by keys: made, bent by pins, held, and taken back step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPointF, QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.planning.network import Priority, Wishes
from coordinator.domain.records.history import Action
from coordinator.services.agreements.holds import holds
from coordinator.services.planning.gathering import Asked, plan_policy
from coordinator.services.planning.settings import policy_kept
from coordinator.services.planning.wishes import wishes_kept
from coordinator.services.records import history
from tests.builders import TODAY
from tests.ui.accessibility import cut_labels, nameless_controls, overlapping
from ui.desk import Desk
from ui.plan.ask_row import AskRow
from ui.plan.made import PlanRow
from ui.plan.page import PlanPage

_PLACES = ((43.0, -70.8), (43.1, -70.9), (43.2, -70.7), (43.05, -70.6), (43.15, -70.75), (43.02, -70.95))
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(page: PlanPage) -> PlanPage:
    """Give the page with a plan."""
    page.ask.make.click()
    return page


def ids(page: PlanPage) -> set[str]:
    return {row.proposal.id for row in rows(page)}


def rows(page: PlanPage) -> list[PlanRow]:
    model = page.proposals.model
    return [model.row_at(at) for at in range(model.rowCount())]


def press(qtbot: QtBot, page: PlanPage, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    page.proposals.table.setFocus()
    qtbot.keyClick(page.proposals.table, key, modifier)


def test_one_click_plans_for_everybody_and_says_how_sure_it_is(page: PlanPage) -> None:
    assert not page.proposals.isVisible()

    page.ask.make.click()

    sure = {row.proposal.recipient: row.sure_words for row in rows(page)}
    assert sure == {"R-0001": "certain now", "R-0002": "certain now", "R-0003": "if as hoped"}
    assert page.state.words.text() == "No better plan exists for these weights."
    assert page.proposals.table.isVisible()
    assert [one.split(" → ")[0] for one in page.figures.words][:2] == ["84", "3"]


def test_the_calls_say_what_they_open_and_ring(qtbot: QtBot, made: PlanPage) -> None:
    calls = made.side.calls

    assert calls.list.table.shown_rows()[0][0] == "Uma Bell"
    assert "What milk is at home now?" in calls.list.words.text()
    calls.list.table.setFocus()
    qtbot.keyClick(calls.list.table, KEY.Key_Return)

    assert calls.card.code == "R-0003"
    assert calls.card.isVisible()
    qtbot.keyClick(calls, KEY.Key_Escape)
    assert calls.list.table.isVisible()


def test_a_pin_stays_and_undo_takes_it_back(qtbot: QtBot, network: Database, made: PlanPage) -> None:
    key = made.proposals.table.chosen_key

    press(qtbot, made, KEY.Key_T)

    assert set(wishes_kept(network).pins) == {key}
    assert [row.wish_words for row in rows(made) if row.key == key] == ["pinned"]
    assert made.state.words.text().endswith("Nothing changed.")
    history.undo(network)
    made._desk.changed.emit()
    assert wishes_kept(network) == Wishes()
    assert not any(row.is_pinned for row in rows(made))
    assert made.state.again.isHidden()


def test_fewer_bags_are_pinned_as_whole_bags(qtbot: QtBot, made: PlanPage) -> None:
    key = made.proposals.table.chosen_key

    made.proposals.bags.setValue(10)
    made.proposals.pin.click()

    [row] = [row for row in rows(made) if row.key == key]
    assert (row.proposal.bags, round(row.proposal.ounces, 3), row.wish_words) == (
        10,
        80.0,
        "pinned, less than before",
    )
    press(qtbot, made, KEY.Key_Minus)
    assert [row.proposal.bags for row in rows(made) if row.key == key] == [9]


def test_what_is_kept_from_a_family_is_planned_elsewhere(
    qtbot: QtBot, network: Database, made: PlanPage
) -> None:
    key = made.proposals.table.chosen_key

    press(qtbot, made, KEY.Key_Backspace)

    assert wishes_kept(network).forbidden == {key}
    assert key not in [row.key for row in rows(made)]
    assert "no longer proposed" in made.state.words.text()
    assert made.side.wishes.table.shown_rows()[0][2] == "not to this family"
    made.side.setCurrentWidget(made.side.wishes)
    made.side.let_go.click()
    assert wishes_kept(network).forbidden == frozenset()


def test_what_is_held_stands_on_hold_and_the_plan_is_of_before(
    qtbot: QtBot, network: Database, made: PlanPage
) -> None:
    wanted = {(row.proposal.lot, row.proposal.recipient) for row in rows(made)}

    made.proposals.table.selectAll()
    assert made.proposals.hold.text() == "Hold 3"
    press(qtbot, made, KEY.Key_Return)

    assert {(one.lot_code, one.recipient_code) for one in holds(network, TODAY)} == wanted
    assert "has changed since" in made.state.words.text()
    assert not made.proposals.hold.isEnabled()  # what is on hold is not held twice
    made.state.again.click()
    assert "has changed since" not in made.state.words.text()
    assert not ids(made) & {f"{lot}:{family}:25" for lot, family in wanted}
    history.undo(network)
    assert not holds(network, TODAY)


def test_a_pin_ends_with_its_hold_and_comes_back_with_undo(
    qtbot: QtBot, network: Database, made: PlanPage
) -> None:
    press(qtbot, made, KEY.Key_T)
    pinned = wishes_kept(network)
    press(qtbot, made, KEY.Key_Return)

    assert len(holds(network, TODAY)) == 1
    assert not wishes_kept(network).pins
    history.undo(network)
    assert wishes_kept(network) == pinned
    assert not holds(network, TODAY)


def test_wishes_are_kept_over_a_change_of_data(qtbot: QtBot, network: Database, made: PlanPage) -> None:
    press(qtbot, made, KEY.Key_T)
    pinned = wishes_kept(network).pins

    made.ask.weeks.setValue(2)
    made.ask.make.click()

    assert wishes_kept(network).pins == pinned
    assert any(row.is_pinned for row in rows(made))


def test_an_empty_network_says_what_to_do_next(qtbot: QtBot, database: Database, desk: Desk) -> None:
    page = PlanPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ask.make.click()

    assert page.empty.sentence.text().startswith("No families yet.")
    with qtbot.waitSignal(desk.page_wanted) as asked:
        page.empty.button.click()
    assert asked.args == ["recipients", ""]


def test_what_was_asked_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = AskRow(settings)
    qtbot.addWidget(first)
    assert first.asked == Asked(4, 5, 75.0)
    first.weeks.setValue(2)
    first.calls.setValue(9)
    first.priority.setCurrentIndex(1)
    first.keep()

    again = AskRow(settings)
    qtbot.addWidget(again)

    assert again.asked == Asked(2, 9, 75.0, Priority.YOUNGEST)


def test_every_control_has_a_name_and_room(made: PlanPage, dressed: None) -> None:
    for size in ((1366, 700), (1010, 420)):
        made.resize(*size)
        QApplication.processEvents()
        assert not nameless_controls(made)
        assert not [*cut_labels(made), *overlapping(made)]


def test_the_map_has_a_line_for_each_proposal_and_a_click_on_it_chooses(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    with network.writing(Action("test", "Moved")) as session:
        for row, (latitude, longitude) in zip(
            session.scalars(sa.select(HouseholdRow).order_by(HouseholdRow.id)), _PLACES, strict=True
        ):
            row.latitude_deg, row.longitude_deg = latitude, longitude
    page = PlanPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    page.ask.make.click()
    page.side.setCurrentWidget(page.side.map)
    canvas = page.side.map.canvas
    assert canvas is not None
    qtbot.waitUntil(lambda: canvas.width() > 200)
    lines = {line.key: line for line in canvas.look.layers.lines}
    assert sorted(lines) == sorted(f"{row.key[0]}:{row.key[1]}" for row in rows(page))
    assert [line.dashed for key, line in sorted(lines.items())].count(True) == 1

    key = rows(page)[-1].key
    line = lines[f"{key[0]}:{key[1]}"]
    start, end = canvas.view.project([line.start, line.end])
    canvas.click(QPointF(*((start * 0.7 + end * 0.3) * canvas.look.factor()).tolist()))

    assert page.proposals.table.chosen_key == key
    assert [line.chosen for line in canvas.look.layers.lines if line.key == f"{key[0]}:{key[1]}"] == [True]


def test_a_weight_of_hers_is_kept_and_ours_come_back_in_one_click(
    qtbot: QtBot, network: Database, made: PlanPage
) -> None:
    made.how.click()
    weights = made.side.weights
    assert weights.isVisible()
    field = weights.fields["smallest"]

    field.line.setText("a lot")
    field.leave()
    assert "Type a number" in field.message.text()
    field.line.setText("300")
    field.leave()

    assert policy_kept(network).smallest_oz == 300
    assert not rows(made)
    weights.ours.click()
    assert policy_kept(network) == plan_policy()
    assert len(rows(made)) == 3
    assert not weights.ours.isEnabled()


def test_how_sure_a_proposal_is_stays_in_words_where_there_is_little_room(made: PlanPage) -> None:
    table = made.proposals.table
    made.resize(600, 600)
    QApplication.processEvents()

    heads = {
        str(made.proposals.model.headerData(at, Qt.Orientation.Horizontal)): table.isColumnHidden(at)
        for at in range(made.proposals.model.columnCount())
    }

    assert heads["Drive"]
    assert not heads["How sure"]
