"""The ledger by mouse and by keys: where every ounce went, and telling what nobody has told yet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.agreements.lending import Lending, LentBy, Thing
from coordinator.domain.milk.fates import Fate, Used
from coordinator.domain.pickups.plans import Correction, Outcome, PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import pair_changes
from coordinator.services.milk.used import milk_used
from coordinator.services.pickups import planning
from coordinator.services.records import history
from tests.builders import TODAY
from tests.pickup_builders import a_region
from tests.ui.accessibility import cut_labels, nameless_controls, overlapping
from ui.desk import Desk
from ui.families.every_ounce_forms import FateForm, UsedForm
from ui.records.ledger_page import LedgerPage
from ui.widgets.label import Label

OZ = Volume.from_oz


@pytest.fixture
def page(qtbot: QtBot, database: Database, desk: Desk) -> LedgerPage:
    """40 oz of each of two lots came to each of two families, but for 5 that were lost."""
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, TODAY, region.holds, today=TODAY)
    planning.settle(database, code, [Outcome("H-0001", lost=OZ(5), received_by="Inès")], TODAY)
    lending = Lending(LentBy.OTHERS, Thing.ICE_PACK, 6, TODAY)
    pair_changes.lend(database, region.donors[0], region.recipients[0], lending, TODAY)
    page = LedgerPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 640)
    with qtbot.waitActive(page):
        page.show()
    page.refresh()
    qtbot.waitUntil(lambda: page.list.model.total == 2)
    return page


def cells(page: LedgerPage) -> list[list[str]]:
    return page.list.table.shown_rows()


def test_each_lot_is_accounted_for_and_the_sum_of_what_is_shown_stands_above(
    qtbot: QtBot, page: LedgerPage
) -> None:
    assert [line[0] for line in cells(page)] == ["L-0001", "L-0002"]
    assert page.sums.text() == "200 oz offered = 155 oz delivered + 5 oz lost + 40 oz still there".replace(
        " oz", "\u00a0oz"
    )
    page.list.search.setText("L-0002")
    qtbot.waitUntil(lambda: page.sums.text().startswith("100"))


def test_enter_opens_the_movements_and_what_is_told_there_counts_at_once(
    qtbot: QtBot, page: LedgerPage, database: Database
) -> None:
    page.list.table.choose("L-0001")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.split.is_open
    assert page.detail.code.text() == "L-0001"
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.detail.findChild(FateForm)
    assert form is not None
    form.fate.set_value(Fate.DISCARDED)
    qtbot.keyClicks(form.volume.editor, "8")
    form.save()
    qtbot.waitUntil(lambda: "why it was discarded" in form.problem.text())
    qtbot.keyClicks(form.why.editor, "past its last day")
    form.save()
    qtbot.waitUntil(lambda: "8" in cells(page)[0])

    back = next(one for one in page.detail.findChildren(QPushButton) if one.text() == "Take back")
    back.click()
    qtbot.waitUntil(lambda: "8" not in cells(page)[0])
    assert history.history(database)[0].kind == "lot.fate_back"


def test_no_amount_is_all_that_is_free_once_that_was_said(
    qtbot: QtBot, page: LedgerPage, database: Database
) -> None:
    page.list.table.choose("L-0001")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.detail.findChild(FateForm)
    assert form is not None
    before = cells(page)

    form.save_button.click()
    assert form.problem.text() == (
        "No amount is typed: all 20\u00a0oz of L-0001? Then press “Note all 20\u00a0oz”."
    )
    assert form.save_button.text() == "Note all 20\u00a0oz"
    assert cells(page) == before

    qtbot.keyClicks(form.volume.editor, "8")
    assert form.save_button.text() == "Note it"
    assert not form.problem.isVisible()
    form.volume.line.clear()
    form.save_button.click()
    assert form.problem.isVisible()
    form.save_button.click()
    qtbot.waitUntil(lambda: cells(page) != before)
    assert history.history(database)[0].kind == "lot.fate"
    assert "20\u00a0oz kept by the donor" in page.sums.text().replace(" oz", "\u00a0oz")


def test_what_was_on_a_run_and_came_to_nobody_is_told_beside_its_lot(
    qtbot: QtBot, page: LedgerPage, database: Database
) -> None:
    planning.settle_again(database, "P-0001", [Correction("H-0002", nobody_home=True)], TODAY)
    wanted: list[str] = []
    page.detail.wanted.connect(wanted.append)
    page.refresh()
    qtbot.waitUntil(lambda: "60" in cells(page)[0])
    page.list.table.choose("L-0001")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)

    def words() -> str:
        return " ".join(label.text() for label in page.detail.rows.findChildren(Label) if label.isVisible())

    qtbot.waitUntil(lambda: "40\u00a0oz left behind" in words())
    assert "for Linh Tran · nobody home · P-0001" in words()
    assert "35\u00a0oz delivered" in words()
    buttons = [one for one in page.detail.rows.findChildren(QPushButton) if one.text() == "Show P-0001"]
    buttons[-1].click()
    assert wanted == ["P-0001"]


def test_a_family_tells_what_it_spilled(qtbot: QtBot, page: LedgerPage, database: Database) -> None:
    page.show_family("R-0001")
    assert page.view == "family"
    page.detail.tell_button.click()
    form = page.detail.findChild(UsedForm)
    assert form is not None
    qtbot.keyClicks(form.volume.editor, "12")
    form.save()
    qtbot.waitUntil(lambda: bool(milk_used(database, "R-0001")))
    assert [(one.how, one.volume) for one in milk_used(database, "R-0001")] == [(Used.SPILLED, OZ(12))]
    qtbot.waitUntil(lambda: "12" in cells(page)[0])


def test_what_was_lent_leads_to_the_two_it_is_between(qtbot: QtBot, page: LedgerPage, desk: Desk) -> None:
    wanted: list[tuple[str, str]] = []
    desk.pair_wanted.connect(lambda donor, family: wanted.append((donor, family)))
    page.tabs["lent"].click()
    assert page.sums.text() == "1 not back yet"
    assert cells(page)[0][0] == "6 ice packs"
    page.list.table.row_opened.emit(page.list.table.chosen_key)
    assert wanted == [("D-0001", "R-0001")]


def test_nothing_is_cut_or_without_a_name_in_a_small_window(qtbot: QtBot, page: LedgerPage) -> None:
    page.resize(1013, 450)
    for name in page.tabs:
        page.tabs[name].click()
        assert not cut_labels(page) + nameless_controls(page) + overlapping(page), name


def test_an_empty_network_says_what_comes_first(qtbot: QtBot, database: Database, desk: Desk) -> None:
    page = LedgerPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: "No milk has been offered yet" in page.list.empty.sentence.text())
