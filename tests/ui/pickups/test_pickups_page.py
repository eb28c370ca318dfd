"""The pickups page over a real network: plan, move, print, settle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QScrollArea
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.drivers import DriverRow
from coordinator.db.pickups import PickupRow
from coordinator.domain.pickups.plans import Condition, Outcome, Pickup, PickupKind, PickupState
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds as agreements
from coordinator.services.families.recipients import recipient, set_stock
from coordinator.services.pickups import planning
from coordinator.services.records import history
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.pickups.day_dialog import DayDialog
from ui.pickups.outcome_form import OutcomeForm
from ui.pickups.page import PickupsPage
from ui.pickups.plan_dialog import PlanDialog
from ui.pickups.print_dialog import PrintDialog
from ui.pickups.settle_dialog import SettleDialog
from ui.pickups.unplanned_dialog import UnplannedDialog
from ui.tasks import Runner
from ui.units import Display

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LAPTOP = (1093, 540)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def a_desk(database: Database) -> Desk:
    return Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY)


def a_page(qtbot: QtBot, database: Database) -> PickupsPage:
    page = PickupsPage(a_desk(database))
    qtbot.addWidget(page)
    page.resize(*LAPTOP)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh()
    return page


def test_a_run_that_is_over_is_to_be_settled_first_and_no_longer_printed(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    ahead, over = a_run(database, region, 0), a_run(database, region, 1)
    with database.writing(SETUP) as session:
        by_code(session, PickupRow, over).on_day = TODAY - timedelta(days=70)
    page = a_page(qtbot, database)

    page.show_family(ahead)
    assert [page.detail.print_button.property("role"), page.detail.settle_button.property("role")] == [
        "main",
        "",
    ]
    page.show_family(over)
    assert [page.detail.print_button.property("role"), page.detail.settle_button.property("role")] == [
        "",
        "main",
    ]


def a_run(
    database: Database, region: Region, *holds: int, on: date = SATURDAY, driver_yes: bool = True
) -> str:
    code = planning.plan_pickup(
        database,
        PickupKind.RUN,
        on,
        [region.holds[number] for number in holds or (0, 1, 2, 3)],
        driver_code=region.driver,
        starts_at=time(9),
        today=TODAY,
    )
    if driver_yes:
        planning.record_driver_yes(database, code, TODAY)
    return code


def seen(database: Database, code: str) -> Pickup:
    return planning.pickup(database, code, TODAY)


def way(database: Database, code: str) -> list[str]:
    return [stop.code for stop in seen(database, code).stops]


def cell(page: PickupsPage, row: int, title: str) -> str:
    column = next(at for at, about in enumerate(page.model.columns) if about.shown_title == title)
    return str(page.model.index(row, column).data())


def plan_dialog(page: PickupsPage) -> PlanDialog:
    assert isinstance(page.steps.dialog, PlanDialog)
    return page.steps.dialog


def print_dialog(page: PickupsPage) -> PrintDialog:
    assert isinstance(page.steps.dialog, PrintDialog)
    return page.steps.dialog


def settle_dialog(page: PickupsPage) -> SettleDialog:
    assert isinstance(page.steps.dialog, SettleDialog)
    return page.steps.dialog


def form_of(dialog: SettleDialog, hold: str) -> OutcomeForm:
    """Return the form of *hold*; they stand in the order of the sheet."""
    return next(form for form in dialog.forms if form.hold.code == hold)


def test_an_empty_week_says_what_to_do(qtbot: QtBot, database: Database) -> None:
    page = a_page(qtbot, database)

    assert page.list.empty.isVisible()
    assert "Hold milk on the Match page" in page.list.empty.sentence.text()
    assert page.list.empty.button.text() == "Plan a pickup"
    page.list.empty.other_button.click()
    assert isinstance(page.steps.dialog, DayDialog)


def test_the_week_counts_its_pickups_and_a_day_shows_only_its_own(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    a_run(database, region, 0)
    a_run(database, region, 1, on=SATURDAY - timedelta(days=1))
    page = a_page(qtbot, database)
    page.week.go_by_weeks(1)

    assert [button.text().split("\n")[1] for button in page.week.days] == ["–", "–", "–", "–", "1", "1", "–"]
    assert page.model.rowCount() == 2
    page.week.days[5].click()

    assert [page.model.key_at(row) for row in range(page.model.rowCount())] == ["P-0001"]


def test_the_arrow_keys_go_from_day_to_day_and_over_the_end_of_the_week(
    qtbot: QtBot, database: Database
) -> None:
    page = a_page(qtbot, database)
    page.week.go_to(date(2026, 11, 22))
    sunday = page.week.days[6]

    qtbot.keyClick(sunday, Qt.Key.Key_Right)
    assert (page.week.day, page.week.monday) == (date(2026, 11, 23), date(2026, 11, 23))
    qtbot.keyClick(page.week.days[0], Qt.Key.Key_PageDown)
    assert page.week.day == date(2026, 11, 30)
    qtbot.keyClick(page.week.days[0], Qt.Key.Key_Home)

    assert page.week.day == TODAY
    assert "today" in page.week.days[5].accessibleName()


def test_the_page_begins_with_its_week_and_down_goes_to_the_list(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    a_run(database, region, 0, on=TODAY)
    page = a_page(qtbot, database)

    page.setFocus()
    qtbot.waitUntil(page.week.whole.hasFocus)
    qtbot.keyClick(page.week.whole, Qt.Key.Key_Down)

    qtbot.waitUntil(page.list.table.hasFocus)
    assert page.list.table.chosen_key == "P-0001"


def test_a_line_says_who_carries_what_from_where_and_how_it_stands(qtbot: QtBot, database: Database) -> None:
    region = a_region(database, family_yes=False)
    code = a_run(database, region, 0, driver_yes=False)
    page = a_page(qtbot, database)
    page.show_family(code)

    assert cell(page, 0, "Who carries") == "Ana Berg"
    assert cell(page, 0, "From – to") == "Rollinsford – Rollinsford"
    assert (cell(page, 0, "Bags"), cell(page, 0, "oz")) == ("12", "40")
    assert cell(page, 0, "State") == "waiting for 2 yeses"


def test_a_hold_from_the_match_page_is_planned_for_a_run_in_the_dialog(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)

    page.show_family(region.holds[1])
    dialog = plan_dialog(page)
    assert [hold.code for hold in dialog.holds.chosen()] == [region.holds[1]]
    dialog.kind.box.setCurrentIndex(2)
    dialog.kind.leave()
    dialog.driver.box.setCurrentIndex(1)
    dialog.driver.leave()
    assert "28 qt, 28 qt" in dialog.about.text()
    dialog.on.line.setText("11/28/2026")
    dialog.starts_at.line.setText("9 am")
    qtbot.keyClick(dialog.starts_at.line, Qt.Key.Key_Return)

    planned = seen(database, "P-0001")
    assert (planned.kind, planned.on, planned.starts_at) == (PickupKind.RUN, SATURDAY, time(9))
    assert (planned.driver_code, [hold.code for hold in planned.holds]) == (region.driver, [region.holds[1]])
    assert page.detail.code.text() == "P-0001"
    assert page.list.table.chosen_key == "P-0001"


def test_a_family_that_collects_from_two_donors_is_refused_beside_the_field(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)
    page.steps.plan([region.holds[0], region.holds[2]])
    dialog = plan_dialog(page)
    dialog.kind.box.setCurrentIndex(0)
    dialog.kind.leave()

    assert dialog.kind.message.text() == "Only a volunteer run serves several families."
    dialog.plan()

    assert dialog.isVisible()
    assert "plan one pickup for each family" in dialog.problem.text()
    assert len(dialog.holds.chosen()) == 2


def test_a_meeting_asks_for_its_place_and_keeps_what_was_chosen(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)
    page.steps.plan([region.holds[0]])
    dialog = plan_dialog(page)
    dialog.kind.box.setCurrentIndex(1)
    dialog.kind.leave()

    dialog.plan()
    assert dialog.place.message.text() == "Name the place where they meet."
    dialog.place.line.setText("Library, Dover")
    dialog.plan()

    assert seen(database, "P-0001").meeting_place == "Library, Dover"


def test_a_volunteer_who_is_away_is_said_beside_the_field(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        driver = by_code(session, DriverRow, region.driver)
        driver.away_from, driver.away_to = SATURDAY, SATURDAY
    page = a_page(qtbot, database)
    page.steps.plan([region.holds[0]], on=SATURDAY)
    dialog = plan_dialog(page)
    dialog.kind.box.setCurrentIndex(2)
    dialog.kind.leave()
    dialog.driver.box.setCurrentIndex(1)
    dialog.driver.leave()

    assert "Away that day" in dialog.driver.message.text()


def test_alt_down_moves_a_stop_and_order_again_puts_it_back(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    page = a_page(qtbot, database)
    page.show_family(code)
    before = way(database, code)
    stops = page.detail.stops.stops
    stops.choose(1)

    qtbot.keyClick(stops, Qt.Key.Key_Down, ALT)

    assert way(database, code) == [before[0], before[2], before[1], before[3]]
    assert stops.currentIndex().row() == 2
    assert "dropped before it is picked up" in page.detail.stops.broken.text()
    assert "dropped before it is picked up" in str(stops.stops.index(1).data())
    page.detail.stops.order.click()
    assert way(database, code) == before
    assert not page.detail.stops.broken.isVisible()


def test_a_stop_dragged_to_the_end_is_saved_there(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    page = a_page(qtbot, database)
    page.show_family(code)
    first, *others = way(database, code)
    model = page.detail.stops.stops.stops

    assert model.moveRow(QModelIndex(), 0, QModelIndex(), 4)

    assert way(database, code) == [*others, first]


def test_hours_of_a_stop_are_saved_when_left_and_nonsense_stays_to_be_mended(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)
    tab = page.detail.stops

    tab.opens.line.setText("2 pm")
    tab.opens.leave()
    assert seen(database, code).stops[0].window_from == time(14)
    tab.closes.line.setText("1 pm")
    tab.closes.leave()

    assert "ends before it begins" in tab.closes.message.text()
    assert tab.closes.typed() == "1 pm"
    assert seen(database, code).stops[0].window_to is None


def test_a_missing_yes_can_be_noted_beside_the_stops(qtbot: QtBot, database: Database) -> None:
    region = a_region(database, family_yes=False)
    code = a_run(database, region, 0, driver_yes=False)
    page = a_page(qtbot, database)
    page.show_family(code)

    for _ in range(2):
        button = page.detail.stops.yeses.findChildren(QPushButton)[-1]
        button.click()
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete: the rows shown before

    assert seen(database, code).waiting_for == ()
    assert cell(page, 0, "State") == "ready to print"


def test_a_sheet_without_every_yes_is_refused_with_what_to_do(qtbot: QtBot, database: Database) -> None:
    region = a_region(database, family_yes=False)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)

    page.print_sheet()

    assert page.steps.dialog is None
    assert "the yes of Inès Roy for H-0001 is missing" in page.detail.notice.text()
    assert "Note it under Stops" in page.detail.notice.text()
    assert seen(database, code).prints == 0


def test_looking_at_the_sheet_counts_as_nothing_and_saving_it_as_printed(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = a_region(database)
    code = a_run(database, region)
    page = a_page(qtbot, database)
    page.show_family(code)

    qtbot.keyClick(page.list.table, Qt.Key.Key_P, CTRL)
    dialog = print_dialog(page)
    assert dialog.windowTitle() == "P-0001-1"
    assert dialog.preview.page_count >= 1
    assert seen(database, code).prints == 0
    path = tmp_path / "P-0001-1.pdf"
    monkeypatch.setattr(dialog, "choose_file", lambda: path)
    dialog.save_it()

    text = "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(path.read_bytes())).pages)
    assert "P-0001-1" in text
    assert "Ahlberg" not in text
    assert path.stat().st_mode & 0o077 == 0
    assert seen(database, code).prints == 1
    assert cell(page, 0, "State") == "printed"
    planning.change_pickup(database, code, "starts_at", time(8))
    page.refresh()
    assert cell(page, 0, "State") == "changed since printed"
    assert "P-0001-1 is out of date" in page.detail.notice.text()
    assert "Changed the start of P-0001" in page.detail.notice.text()


def test_a_folder_that_cannot_be_written_leaves_the_printing_uncounted(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = a_region(database)
    code = a_run(database, region)
    page = a_page(qtbot, database)
    page.show_family(code)
    page.print_sheet()
    dialog = print_dialog(page)
    monkeypatch.setattr(dialog, "choose_file", lambda: tmp_path / "gone" / "P-0001-1.pdf")

    dialog.save_it()

    assert "Choose another folder" in dialog.problem.text()
    assert dialog.save_button.isEnabled()
    assert seen(database, code).prints == 0


@pytest.mark.parametrize("prints", [1, 0])
def test_only_what_was_sent_to_the_printer_counts_as_printed(
    qtbot: QtBot, database: Database, monkeypatch: pytest.MonkeyPatch, prints: int
) -> None:
    region = a_region(database)
    code = a_run(database, region)
    page = a_page(qtbot, database)
    page.show_family(code)
    page.print_sheet()
    dialog = print_dialog(page)
    monkeypatch.setattr("ui.pickups.print_dialog.print_pdf", lambda *_: prints == 1)

    dialog.print_button.click()

    assert seen(database, code).prints == prints
    assert dialog.isVisible() is (prints == 0)


def test_the_file_is_named_after_the_sheet_and_replacing_one_is_asked(
    qtbot: QtBot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)
    page.show_family(a_run(database, region))
    page.print_sheet()
    asked: list[tuple[str, str, bool]] = []

    def leave(dialog: QFileDialog) -> QDialog.DialogCode:
        name = Path(dialog.selectedFiles()[0]).name
        asks = not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.append((name, dialog.defaultSuffix(), asks))
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QFileDialog, "exec", leave)
    print_dialog(page).save_button.click()

    assert asked == [("P-0001-1.pdf", "pdf", True)]
    assert seen(database, "P-0001").prints == 0


def test_the_stop_moved_by_key_stays_in_view(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)
    page.resize(LAPTOP[0], 420)
    page.show_family(a_run(database, region))
    stops = page.detail.stops.stops
    stops.setFocus()
    stops.choose(0)

    for _ in range(3):
        qtbot.keyClick(stops, Qt.Key.Key_Down)

    chosen = stops.visualRect(stops.currentIndex())
    assert stops.currentIndex().row() == 3
    assert stops.viewport().visibleRegion().contains(chosen.center())


def test_the_week_goes_on_paper_and_an_empty_one_says_why_not(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    a_run(database, region)
    page = a_page(qtbot, database)
    said = list[str]()
    page._desk.complained.connect(said.append)

    page.week.print_button.click()
    assert page.steps.dialog is None
    assert "no pickup has everybody's yes" in said[0]
    page.week.go_by_weeks(1)
    page.week.print_button.click()

    assert print_dialog(page).windowTitle() == "Week of 2026-11-23"
    assert print_dialog(page).preview.page_count == 1


def test_a_run_found_by_its_code_has_the_keyboard_and_its_outcome_is_to_be_seen_once_settled(
    qtbot: QtBot, database: Database
) -> None:
    code = a_run(database, a_region(database))
    page = a_page(qtbot, database)
    page.show_family(code)
    focus = page.focusWidget()
    assert focus is not None
    assert page.detail.isAncestorOf(focus)
    stops = page.detail.stops
    area = next(one for one in page.detail.findChildren(QScrollArea) if one.isAncestorOf(stops))
    QApplication.processEvents()
    area.ensureWidgetVisible(stops.cancel)
    qtbot.waitUntil(lambda: stops.about.visibleRegion().isEmpty())

    planning.settle(database, code, None, SATURDAY)
    page.refresh()

    qtbot.waitUntil(lambda: stops.outcome.visibleRegion().boundingRect() == stops.outcome.rect())


def test_ctrl_enter_settles_as_planned(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    said = list[str]()
    page._desk.said.connect(said.append)
    page.show_family(code)
    page.list.table.setFocus()

    qtbot.keyClick(page.list.table, Qt.Key.Key_Return, CTRL)
    assert "which is still to come" in page.detail.notice.text()
    assert seen(database, code).state is PickupState.PLANNED
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return, CTRL)

    settled = seen(database, code)
    assert (settled.state, settled.deliveries[0].delivered) == (PickupState.SETTLED, Volume.from_oz(40))
    assert "40\u00a0oz delivered in 12 bags" in said[0]
    assert recipient(database, "R-0001", TODAY).stock == settled.deliveries[0].delivered
    assert cell(page, 0, "State") == "settled"
    assert not page.detail.settle_button.isVisible()


def test_milk_that_came_before_the_last_count_is_not_said_to_join_the_stock(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    planning.change_pickup(database, code, "on", TODAY - timedelta(days=2))
    set_stock(database, "R-0001", Volume.from_oz(70), TODAY, seen=None)
    page = a_page(qtbot, database)
    said = list[str]()
    page._desk.said.connect(said.append)
    page.show_family(code)

    page.detail.settle_button.click()

    assert "Inès Roy counted after that day: what came is in that count" in said[0]
    assert "joined" not in said[0]
    assert recipient(database, "R-0001", TODAY).stock == Volume.from_oz(70)


def test_settling_without_a_yes_says_whose(qtbot: QtBot, database: Database) -> None:
    region = a_region(database, donor_yes=False)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)

    page.settle_as_planned()
    page.settle_as_planned()  # its day is still to come, which is asked once

    assert "yes for H-0001 first" in page.detail.notice.text()
    assert seen(database, code).state is PickupState.PLANNED


def test_what_was_different_is_counted_bag_by_bag(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0, 1)
    page = a_page(qtbot, database)
    page.show_family(code)
    page.detail.differs_button.click()
    form = form_of(settle_dialog(page), "H-0001")

    form.delivered.line.setText("8 x 4")
    assert form.reading.text().startswith("Reads: 32\u00a0oz delivered in 8 bags, 8\u00a0oz left behind")
    qtbot.keyClick(form.delivered.line, Qt.Key.Key_Return)
    assert form.bags.value == 8
    form.left_behind.line.setText("5")
    form.lost.line.setText("3")
    form.condition.box.setCurrentIndex(2)
    form.condition.leave()
    form.note.line.setText("one bag torn")
    qtbot.keyClick(form.note.line, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(form.note.line, Qt.Key.Key_Return, CTRL)  # its day is still to come, asked once

    first, second = seen(database, code).deliveries
    rest = Volume.from_oz(40) - Volume.from_oz(3) - Volume.from_oz(5)  # 32 oz, exact to the last microlitre
    assert (first.delivered, first.bags, first.lost) == (rest, 8, Volume.from_oz(3))
    assert first.left_behind == Volume.from_oz(5)
    assert (first.condition, first.note) == (Condition.ICE_CRYSTALS, "one bag torn")
    assert second.delivered == Volume.from_oz(40)
    assert page.steps.dialog is None


def test_what_is_written_down_of_a_settled_pickup_is_corrected(qtbot: QtBot, database: Database) -> None:
    code = a_run(database, a_region(database), 0, 1)
    planning.settle(database, code, [Outcome("H-0002", lost=Volume.from_oz(3), note="side door")], SATURDAY)
    page = a_page(qtbot, database)
    page.show_family(code)
    assert page.detail.differs_button.text() == "Correct what happened…"
    page.detail.differs_button.click()
    dialog = settle_dialog(page)
    first, second = form_of(dialog, "H-0001"), form_of(dialog, "H-0002")
    assert dialog.windowTitle() == f"{code}: correct what happened"
    assert first.delivered.line.placeholderText() == "40\u00a0oz"
    assert (second.lost.line.placeholderText(), second.note.value) == ("3\u00a0oz", "side door")

    first.delivered.line.setText("8 x 4")
    qtbot.keyClick(first.delivered.line, Qt.Key.Key_Return, CTRL)

    one, other = seen(database, code).deliveries
    assert (one.left_behind, one.bags) == (Volume.from_oz(40) - one.delivered, 8)
    assert abs(one.delivered.microlitres - Volume.from_oz(32).microlitres) < 5
    assert (other.lost, other.note) == (Volume.from_oz(3), "side door")
    assert page.steps.dialog is None
    assert history.history(database)[0].label.startswith(f"Corrected {code}: H-0001 40 oz → 32 oz")


def test_a_correction_that_changes_nothing_is_told_in_the_dialog(qtbot: QtBot, database: Database) -> None:
    code = a_run(database, a_region(database), 0)
    planning.settle(database, code, None, SATURDAY)
    page = a_page(qtbot, database)
    page.show_family(code)
    page.detail.differs_button.click()
    dialog = settle_dialog(page)

    dialog.save_button.click()

    assert dialog.problem.text() == f"That is what is written down of {code} already."
    assert dialog.save_button.text() == "Correct"
    assert dialog.isVisible()


def test_more_than_planned_is_refused_and_what_was_typed_stays(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)
    page.settle_differently()
    dialog = settle_dialog(page)
    dialog.forms[0].delivered.line.setText("90")

    dialog.save()
    assert "which is still to come" in dialog.problem.text()
    dialog.save()

    assert "more than the 40" in dialog.problem.text()
    assert "90" in dialog.forms[0].delivered.typed()
    assert dialog.isVisible()
    assert seen(database, code).state is PickupState.PLANNED


def test_a_sheet_number_typed_into_the_search_finds_its_pickup_in_any_week(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0, on=SATURDAY + timedelta(weeks=5))
    page = a_page(qtbot, database)

    page.list.search.setText("p-0001-1")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)

    assert page.week.monday == date(2026, 12, 28)
    assert page.list.table.chosen_key == code
    assert page.detail.code.text() == code


def test_a_sheet_number_typed_and_entered_opens_its_write_up(qtbot: QtBot, database: Database) -> None:
    code = a_run(database, a_region(database), 0, on=TODAY)
    page = a_page(qtbot, database)

    page.list.search.setText(f"{code}-2")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)

    dialog = settle_dialog(page)
    assert f"{code}-2 was never printed here" in dialog.old_sheet.text()
    dialog.forms[0].delivered.line.setText("4 of")
    assert dialog.forms[0].reading.text() == "Not read yet: one of the amounts above."
    dialog.forms[0].delivered.line.setText("0")
    dialog.save()
    assert "nothing came. Type why in its note" in dialog.problem.text()
    dialog.forms[0].note.line.setText("freezer broke")
    dialog.save()
    (came,) = seen(database, code).deliveries
    assert (came.delivered, came.note) == (Volume(), "freezer broke")


def test_a_hand_over_that_nobody_planned_is_added(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)

    page.unplanned_button.click()
    dialog = page.steps.dialog
    assert isinstance(dialog, UnplannedDialog)
    dialog.add_button.click()
    assert dialog.problem.text() == "Say which milk, to whom, on which day and how much."
    dialog.parts[0].lot.box.setCurrentIndex(1)
    dialog.family.box.setCurrentIndex(1)
    dialog.on.line.setText("11/7/2026")
    dialog.parts[0].much.line.setText("1 x 4")
    dialog.received_by.line.setText("Inès")
    dialog.add_button.click()
    assert not dialog.problem.isVisible(), dialog.problem.text()

    (found,) = planning.pickups_between(database, date(2026, 11, 7), date(2026, 11, 7), TODAY)
    (came,) = seen(database, found.code).deliveries
    assert (came.bags, came.received_by) == (1, "Inès")
    assert page.week.monday == date(2026, 11, 2)
    assert region.lots[0] in seen(database, found.code).holds[0].lot_code


def test_the_plan_is_changed_field_by_field_and_called_off_with_undo(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)
    plan = page.detail.plan

    plan.on.line.setText("11/29/2026")
    plan.on.leave()
    changed = seen(database, code)
    assert (changed.on, changed.driver_yes_on) == (date(2026, 11, 29), None)
    plan.add_button.menu().actions()[0].trigger()
    assert [hold.code for hold in seen(database, code).holds] == ["H-0001", "H-0002"]
    plan.cancel_button.click()

    assert seen(database, code).state is PickupState.CANCELLED
    assert page.model.rowCount() == 0
    assert len(agreements.holds(database, TODAY, recipient="R-0001")) == 2


def test_what_is_typed_beside_a_field_just_saved_stays(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)
    page.show_family(a_run(database, region, 0))
    tab = page.detail.stops

    tab.closes.line.setText("1")
    tab.opens.line.setText("9")
    tab.opens.leave()

    assert tab.closes.typed() == "1"
    assert tab.opens.typed() == "9:00 am"


def test_a_half_typed_value_does_not_wander_to_another_pickup(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    first, second = a_run(database, region, 0), a_run(database, region, 1)
    page = a_page(qtbot, database)
    page.show_family(first)
    page.detail.plan.starts_at.line.setText("half past")

    page.show_family(second)

    assert page.detail.plan.starts_at.typed() == "9:00 am"


def test_lunch_is_typed_under_plan_and_stands_with_the_stop_before_it(
    qtbot: QtBot, database: Database
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)

    page.detail.plan.lunch_at.line.setText("12")
    page.detail.plan.lunch_at.leave()

    lunch = seen(database, code).lunch
    assert lunch is not None
    assert lunch.after == 2
    model = page.detail.stops.stops.model()
    texts = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert ["then lunch at 12:00 pm, 30 min" in text for text in texts] == [False, True]
    page.detail.plan.lunch_at.line.setText("8")
    page.detail.plan.lunch_at.leave()
    assert "before it lunch at 8:00 am, 30 min" in str(model.index(0, 0).data())


def test_a_day_chosen_is_printed_by_the_same_button_as_its_week(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    a_run(database, region)
    page = a_page(qtbot, database)
    assert page.week.print_button.text() == "Print the week…"

    page.week.go_to(SATURDAY)
    page.week.print_button.click()

    assert page.week.print_button.text() == "Print the day…"
    assert print_dialog(page).windowTitle() == f"Day {SATURDAY.isoformat()}"


def test_undoing_a_plan_closes_its_details(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    page = a_page(qtbot, database)
    page.steps.plan([region.holds[0]])
    plan_dialog(page).plan()
    complaints = list[str]()
    page._desk.complained.connect(complaints.append)
    assert page.split.is_open

    history.undo(database)
    page._desk.changed.emit()

    assert not page.split.is_open
    assert page.model.rowCount() == 0
    assert complaints == []


def test_beside_the_window_a_pickup_of_another_week_is_found_too(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    runner = Runner()
    page = PickupsPage(Desk(database, runner, Display(), None, lambda: TODAY))
    qtbot.addWidget(page)
    page.refresh()

    page.show_family(code)

    qtbot.waitUntil(lambda: page.list.table.chosen_key == code and page.detail.pickup is not None)
    qtbot.waitUntil(lambda: not runner.is_busy)
    runner.close()


def test_the_map_shows_home_and_numbered_stops(qtbot: QtBot, database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    page = a_page(qtbot, database)
    page.show_family(code)

    canvas = page.detail.map.canvas
    assert canvas is not None
    route = canvas.look.layers.route
    assert route is not None
    assert route.numbers == ("", "1", "2", "")
    assert [pin.code for pin in canvas.look.layers.pins] == [region.driver]


def test_the_models_keep_qts_rules(qtbot: QtBot, database: Database, qtmodeltester: ModelTester) -> None:
    region = a_region(database)
    code = a_run(database, region)
    page = a_page(qtbot, database)
    page.show_family(code)

    qtmodeltester.check(page.detail.stops.stops.stops)
    qtmodeltester.check(page.model)
    page.detail.stops.stops.move_chosen(1)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_everything_has_a_name_and_no_word_is_cut_on_the_old_laptop(
    qtbot: QtBot, qapp: QApplication, database: Database, scale: float
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    region = a_region(database)
    code = a_run(database, region, 0, 1, 2)
    page = a_page(qtbot, database)
    page.show_family(code)

    assert (page.width(), page.height()) == LAPTOP
    for tab in range(3):
        page.detail.show_tab(tab)
        assert cut_labels(page) == []
        assert nameless_controls(page) == []
    for open_dialog in (page.settle_differently, page.print_sheet, page._plan):
        open_dialog()
        dialog = page.steps.dialog
        assert dialog is not None
        assert (cut_labels(dialog), nameless_controls(dialog)) == ([], [])
        assert focusable_controls(dialog) > 4
        assert dialog.height() <= LAPTOP[1] or isinstance(dialog, PrintDialog)
        dialog.reject()


def test_a_settled_pickup_lists_what_arrived_and_is_no_longer_to_be_printed(
    qtbot: QtBot, database: Database
) -> None:
    code = a_run(database, a_region(database), 0, 1)
    planning.settle(database, code, [Outcome("H-0002", delivered=Volume.from_oz(0), bags=0)], SATURDAY)
    page = a_page(qtbot, database)

    page.show_family(code)

    assert (cell(page, 0, "oz"), cell(page, 0, "Bags")) == ("40", "12")
    assert page.detail.print_button.property("role") == ""


def test_whose_yes_a_line_of_the_week_waits_for_is_said_in_names(database: Database) -> None:
    region = a_region(database, family_yes=False)
    a_run(database, region, 0, driver_yes=False)

    (line,) = planning.pickups_between(database, SATURDAY, SATURDAY, TODAY)

    assert line.waiting_for == ("the yes of Inès Roy to the milk of Zoë Ahlberg", "the yes of Ana Berg")
