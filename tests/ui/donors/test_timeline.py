"""The timeline in the donor's pane: moved by keyboard and mouse, flips said before saving, lots split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.facts import FactRow
from coordinator.db.milk import LotRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.records.recall import PumpedDays
from coordinator.domain.suitability.timeline import Piece
from coordinator.domain.volume import Volume
from coordinator.services.families.donors import donor
from coordinator.services.milk.lots import list_lots
from coordinator.services.screening.facts import record_fact
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts
from tests.pickup_builders import a_held_lot
from tests.ui.accessibility import cut_labels, nameless_controls
from ui.desk import Desk
from ui.donors.split_form import SplitForm
from ui.donors.timeline_tab import TimelineTab

Opener = Callable[[], TimelineTab]
STOPPED = date(2026, 9, 1)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def network(database: Database) -> Database:
    """Give a donor who stopped dairy on 1 September; a dairy-free baby has agreed on her later milk."""
    with database.writing(Action("test", "Set up")) as session:
        stopped = Fact(FactKind.DAIRY, Presence.YES, end=STOPPED)
        ada = a_donor(session, "Ada Lind", facts=with_facts(stopped))
        lot = a_stored_lot(session, ada, 100, expressed_from=date(2026, 9, 20))
        family = a_recipient(session, must_avoid="dairy")
        a_held_lot(session, lot, family, 40)
    return database


@pytest.fixture
def opened(qtbot: QtBot, network: Database, desk: Desk) -> Opener:
    def open_tab() -> TimelineTab:
        tab = TimelineTab(desk)
        qtbot.addWidget(tab)
        tab.resize(520, 760)
        with qtbot.waitExposed(tab):
            tab.show()
        desk.changed.connect(lambda: tab.show_donor(donor(network, "D-0001", TODAY)))
        tab.show_donor(donor(network, "D-0001", TODAY))
        QApplication.processEvents()
        return tab

    return open_tab


def choose_dairy(tab: TimelineTab) -> None:
    timeline = tab._shown
    assert timeline is not None
    tab.view.choose(next(b for lane in timeline.timeline.facts for b in lane.bars if lane.label == "Dairy"))
    tab.view.setFocus()


def said(tab: TimelineTab) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in tab.findChildren(QLabel) if label.isVisibleTo(tab))


def end_of_dairy(network: Database) -> date | None:
    return next(fact.end for fact in donor(network, "D-0001", TODAY).facts if fact.kind is FactKind.DAIRY)


def test_moving_an_end_by_keyboard_says_which_agreement_flips_before_anything_is_stored(
    opened: Opener, network: Database, qtbot: QtBot
) -> None:
    tab = opened()
    choose_dairy(tab)

    for _ in range(10):
        qtbot.keyClick(tab.view, Qt.Key.Key_Right, CTRL)

    assert "Agreement H-0001, R-0001: Nothing against it, if… → Not a fit" in said(tab)
    assert "L-0001: worse for 1 families" in said(tab)
    assert end_of_dairy(network) == STOPPED

    tab.editor.save.click()

    assert end_of_dairy(network) == date(2026, 9, 11)


def test_looked_at_for_a_dairy_free_baby_the_days_of_the_wash_out_do_not_fit(
    opened: Opener, network: Database
) -> None:
    dairy = next(fact for fact in donor(network, "D-0001", TODAY).facts if fact.kind is FactKind.DAIRY)
    record_fact(network, "D-0001", replace(dairy, end=date(2026, 9, 10)), TODAY)
    tab = opened()
    assert {piece.kind for piece in pieces(tab)} == {VerdictKind.NO_OBJECTION_IF}

    tab.family.setCurrentIndex(1)
    tab.family.activated.emit(1)
    QApplication.processEvents()

    assert "Inès Roy, R-0001: no dairy" in tab.family.currentText()
    first, second = pieces(tab)
    assert (first.start, first.end, first.kind) == (
        date(2026, 9, 20),
        date(2026, 9, 24),
        VerdictKind.NOT_A_FIT,
    )
    assert second.kind is VerdictKind.NO_OBJECTION_IF


def pieces(tab: TimelineTab) -> tuple[Piece, ...]:
    timeline = tab._shown
    assert timeline is not None
    return timeline.timeline.lots[0].bars[0].pieces


def test_taking_back_stores_nothing_and_says_nothing_any_more(
    opened: Opener, network: Database, qtbot: QtBot
) -> None:
    tab = opened()
    choose_dairy(tab)
    qtbot.keyClick(tab.view, Qt.Key.Key_Right, CTRL)
    assert tab.editor.save.isEnabled()

    tab.editor.back.click()

    assert not tab.editor.save.isEnabled()
    assert end_of_dairy(network) == STOPPED


def test_an_end_is_pulled_by_mouse(opened: Opener, network: Database, qtbot: QtBot) -> None:
    tab = opened()
    choose_dairy(tab)
    scale = tab.view.scale()
    lane, _ = tab.view._chosen or (0, 0)
    box = scale.bar_box(lane, None, STOPPED)
    grip = QPointF(box.right(), box.center().y()).toPoint()
    target = QPointF(scale.x_of(date(2026, 10, 1)), box.center().y()).toPoint()

    qtbot.mousePress(tab.view, Qt.MouseButton.LeftButton, pos=grip)
    qtbot.mouseMove(tab.view, target)
    qtbot.mouseRelease(tab.view, Qt.MouseButton.LeftButton, pos=target)
    tab.editor.save.click()

    end = end_of_dairy(network)
    assert end is not None
    assert abs((end - date(2026, 10, 1)).days) <= 1


def test_arrow_keys_go_from_bar_to_bar_and_delete_removes_a_fact(
    opened: Opener, network: Database, qtbot: QtBot
) -> None:
    tab = opened()
    tab.view.setFocus()
    before = len(donor(network, "D-0001", TODAY).facts)
    first = tab.view.chosen

    qtbot.keyClick(tab.view, Qt.Key.Key_Down)
    assert tab.view.chosen is not first
    qtbot.keyClick(tab.view, Qt.Key.Key_Delete)

    assert len(donor(network, "D-0001", TODAY).facts) == before - 1


def test_a_lot_cut_by_a_fact_is_split_there_with_one_click(
    opened: Opener, network: Database, qtbot: QtBot
) -> None:
    tab = opened()
    with network.writing(Action("test", "A medicine")) as session:
        session.add(
            FactRow(
                donor_id=1,
                kind=FactKind.MEDICINE,
                presence=Presence.YES,
                subject="amoxicillin",
                start_on=date(2026, 9, 27),
                end_on=date(2026, 10, 10),
            )
        )
    tab.show_donor(donor(network, "D-0001", TODAY))
    QApplication.processEvents()
    timeline = tab._shown
    assert timeline is not None
    tab.view.choose(timeline.timeline.lots[0].bars[0])
    QApplication.processEvents()

    splits = [b for b in tab.findChildren(QPushButton) if b.accessibleName().startswith("Split L-0001 at")]
    splits[-1].click()

    lots = {row.lot.code: row.lot for row in list_lots(network, TODAY)}
    assert len(lots) == 2
    assert max(lot.expressed_from or TODAY for lot in lots.values()) == timeline.splits_of("L-0001")[-1]


@pytest.mark.usefixtures("dressed")
def test_every_control_has_a_name_and_no_word_is_cut(opened: Opener) -> None:
    tab = opened()
    choose_dairy(tab)
    QApplication.processEvents()

    assert nameless_controls(tab) == []
    assert cut_labels(tab) == []


def the_split_form(tab: TimelineTab, network: Database) -> SplitForm:
    """Show the form that splits L-0001, 37.6 oz in 10 bags beside what is held, where a medicine ends."""
    with network.writing(Action("test", "A medicine, and less milk")) as session:
        lot = by_code(session, LotRow, "L-0001")
        lot.volume, lot.bags = Volume.from_oz(77.6), 22
        session.add(
            FactRow(
                donor_id=1,
                kind=FactKind.MEDICINE,
                presence=Presence.YES,
                subject="amoxicillin",
                start_on=date(2026, 9, 27),
                end_on=date(2026, 10, 10),
            )
        )
    tab.show_donor(donor(network, "D-0001", TODAY))
    QApplication.processEvents()
    timeline = tab._shown
    assert timeline is not None
    tab.view.choose(timeline.timeline.lots[0].bars[0])
    QApplication.processEvents()
    return tab.findChildren(SplitForm)[-1]


@pytest.mark.parametrize("words", [None, "38", "37.2"])
def test_all_that_is_free_goes_with_the_later_part(
    opened: Opener, network: Database, words: str | None
) -> None:
    form = the_split_form(opened(), network)
    if words is None:
        form.all_of_it.click()
    else:
        form.volume.line.setText(words)
        form.volume.leave()
    assert form.bags.value == 10
    form.split.click()

    earlier, later = (row.lot for row in list_lots(network, TODAY))
    assert (earlier.free, earlier.free_bags or 0) == (Volume(), 0)
    free = Volume.from_oz(77.6) - Volume.from_oz(40)
    assert (later.free, later.free_bags, later.is_estimate) == (free, 10, False)


def test_more_than_is_free_is_not_split_off_and_what_was_typed_stays(
    opened: Opener, network: Database
) -> None:
    form = the_split_form(opened(), network)
    form.volume.line.setText("39")
    form.volume.leave()
    form.split.click()

    assert form.problem.text() == ("Only 38 oz of L-0001 are free; type how much of that is dated later.")
    assert form.volume.line.text() == "39\u00a0oz"
    assert len(list_lots(network, TODAY)) == 1


def test_an_answer_asks_which_babies_have_milk_of_its_days_as_they_are_shown(
    opened: Opener, desk: Desk, qtbot: QtBot
) -> None:
    tab = opened()
    choose_dairy(tab)
    qtbot.keyClick(tab.view, Qt.Key.Key_Right, CTRL)
    asked: list[tuple[str, object, str]] = []
    desk.recall_wanted.connect(lambda *what: asked.append(what))

    qtbot.keyClick(tab.view, Qt.Key.Key_B, CTRL)
    tab.editor.which.click()

    [(code, days, because), again] = asked
    assert (code, days) == ("D-0001", PumpedDays(None, STOPPED))  # the day pulled to is the first without
    assert "dairy" in because.casefold()
    assert again == (code, days, because)
