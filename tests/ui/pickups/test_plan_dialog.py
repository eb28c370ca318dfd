"""Planning with what the program proposes: a time, who drives, and the sheet at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.agreements.cases import case_of
from coordinator.services.families.households import change_profile
from coordinator.services.pickups import planning
from coordinator.services.settings.values import change_setting, settings
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, SETUP, Region, a_driver, a_region, put_at
from ui.desk import Desk
from ui.matching.holds_panel import HoldsPanel
from ui.pickups.page import PickupsPage
from ui.pickups.plan_dialog import PlanDialog
from ui.pickups.print_dialog import PrintDialog
from ui.units import Display
from ui.widgets.label import Label


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


@pytest.fixture
def region(database: Database) -> Region:
    return a_region(database)


@pytest.fixture
def page(qtbot: QtBot, database: Database) -> PickupsPage:
    page = PickupsPage(Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY))
    qtbot.addWidget(page)
    page.refresh()
    return page


def planning_of(page: PickupsPage, *holds: str) -> PlanDialog:
    page.steps.plan(holds)
    assert isinstance(page.steps.dialog, PlanDialog)
    return page.steps.dialog


def sheet_of(page: PickupsPage) -> PrintDialog:
    assert isinstance(page.steps.dialog, PrintDialog)
    return page.steps.dialog


def say_hours(database: Database, region: Region, donor: str, family: str) -> None:
    with database.writing(SETUP) as session:
        giver = by_code(session, DonorRow, region.donors[0])
        taker = by_code(session, RecipientRow, region.recipients[0])
        session.get_one(HouseholdRow, giver.household_id).hours = donor
        session.get_one(HouseholdRow, taker.household_id).hours = family


def test_the_time_both_are_free_is_filled_in_and_their_words_stand_beside_it(
    database: Database, region: Region, page: PickupsPage
) -> None:
    say_hours(database, region, "Sat 9-12", "weekends")
    dialog = planning_of(page, region.holds[0])
    assert dialog.on.value.weekday() == 5
    assert dialog.starts_at.value == time(9)
    assert dialog.hours.text().startswith("Zoë Ahlberg: Sat 9-12 · Inès Roy: weekends\nBy these hours: Sat")


def test_what_she_typed_herself_is_never_replaced(
    database: Database, region: Region, page: PickupsPage
) -> None:
    say_hours(database, region, "Sat 9-12", "weekends")
    dialog = planning_of(page, region.holds[0])
    dialog.starts_at.line.setText("11")
    dialog.starts_at.leave()
    dialog.on.line.setText("12/6/2026")
    dialog.on.leave()
    assert (dialog.starts_at.value, dialog.on.value.isoformat()) == (time(11), "2026-12-06")
    assert "do not meet" in dialog.hours.text()


def test_words_that_cannot_be_read_are_shown_and_nothing_is_guessed(
    database: Database, region: Region, page: PickupsPage
) -> None:
    say_hours(database, region, "Sat 9-12", "when my sister is here")
    dialog = planning_of(page, region.holds[0])
    assert "Inès Roy: when my sister is here\nNot all of this" in dialog.hours.text()
    assert dialog.starts_at.value is None


def test_a_second_family_makes_it_a_volunteer_run_and_one_alone_takes_that_back(
    region: Region, page: PickupsPage
) -> None:
    dialog = planning_of(page, region.holds[0], region.holds[3])
    kinds = [dialog.kind.value]
    assert not dialog.switched.isHidden()
    dialog.holds.show_holds(dialog.holds.chosen(), [region.holds[0]])
    assert [*kinds, dialog.kind.value] == [PickupKind.RUN, PickupKind.FAMILY_COLLECTS]
    assert dialog.switched.isHidden()


def test_volunteers_stand_in_order_each_with_what_would_break(
    database: Database, region: Region, page: PickupsPage
) -> None:
    with database.writing(SETUP) as session:
        small = a_driver(session, "Abe Small", coolers_qt="1")
        put_at(session, small.household_id, 43.0)
    dialog = planning_of(page, region.holds[0], region.holds[3])
    box, role = dialog.driver.box, Qt.ItemDataRole.AccessibleDescriptionRole
    rows = [(box.itemText(row), box.itemData(row, role)) for row in range(box.count())]
    assert rows[:2] == [("Nobody yet", None), ("Ana Berg · V-0001", "nothing in the way")]
    assert rows[2][0] == "Abe Small · V-0002"
    assert rows[2][1].startswith("80\xa0oz loose need eight 1-quart coolers")
    box.setCurrentIndex(2)
    dialog.driver.leave()
    assert "80\xa0oz loose need eight 1-quart coolers" in dialog.about.text()


def test_with_both_yeses_the_sheet_is_opened_at_once(region: Region, page: PickupsPage) -> None:
    planning_of(page, region.holds[0]).plan()
    assert sheet_of(page).windowTitle() == "P-0001-1"


def test_without_a_yes_the_pickup_is_shown_and_no_sheet(database: Database, page: PickupsPage) -> None:
    region = a_region(database, family_yes=False)
    planning_of(page, region.holds[0]).plan()
    assert page.steps.dialog is None
    assert page.detail.code.text() == "P-0001"


def test_whose_number_to_ring_is_asked_before_the_first_print_and_kept(
    database: Database, region: Region, page: PickupsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planning_of(page, region.holds[0]).plan()
    dialog = sheet_of(page)
    assert dialog.ring is not None
    dialog.ring.name.line.setText("Robin Sample")
    dialog.ring.phone.line.setText("207 555 0100")
    path = tmp_path / "sheet.pdf"
    monkeypatch.setattr(dialog, "choose_file", lambda: path)
    dialog.save_it()

    kept = settings(database)
    assert (kept.coordinator_name, kept.coordinator_phone) == ("Robin Sample", "+12075550100")
    assert path.exists()
    assert planning.pickup(database, "P-0001", TODAY).prints == 1
    page.steps.print_sheet("P-0001")
    assert sheet_of(page).ring is None


def test_a_number_that_is_not_whole_is_not_printed_over(
    database: Database, region: Region, page: PickupsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planning_of(page, region.holds[0]).plan()
    dialog = sheet_of(page)
    assert dialog.ring is not None
    dialog.ring.phone.line.setText("207")
    monkeypatch.setattr(dialog, "choose_file", lambda: tmp_path / "sheet.pdf")
    dialog.save_it()
    assert dialog.ring.phone.message.text() == "This is not a whole phone number yet."
    assert planning.pickup(database, "P-0001", TODAY).prints == 0


def test_who_is_known_already_is_not_asked_for(database: Database, region: Region, page: PickupsPage) -> None:
    change_setting(database, "coordinator_name", "Robin Sample")
    change_setting(database, "coordinator_phone", "207 555 0100")
    planning_of(page, region.holds[0]).plan()
    assert sheet_of(page).ring is None


def test_a_day_chosen_in_the_week_stays(database: Database, region: Region, page: PickupsPage) -> None:
    say_hours(database, region, "Sun 9-12", "weekends")
    page.steps.plan([region.holds[0]], on=SATURDAY + timedelta(days=1))
    assert isinstance(page.steps.dialog, PlanDialog)
    assert page.steps.dialog.on.value == SATURDAY + timedelta(days=1)
    assert page.steps.dialog.starts_at.value == time(9)


def test_what_is_still_to_be_asked_of_agreed_milk_is_said_before_it_is_planned(
    database: Database, region: Region, page: PickupsPage
) -> None:
    before = planning_of(page, region.holds[0]).holds.item(0).text()
    change_profile(database, region.recipients[0], "must_avoid", "egg")

    after = planning_of(page, region.holds[0]).holds.item(0).text()

    assert "egg" not in before
    assert "still to ask" in after
    assert "egg" in after


def test_what_is_still_to_be_asked_is_said_before_the_sheet_is_printed(
    database: Database, region: Region, page: PickupsPage
) -> None:
    planning_of(page, region.holds[0]).plan()
    assert sheet_of(page).look_at.isHidden()
    change_profile(database, region.recipients[0], "must_avoid", "egg")

    page.steps.print_sheet("P-0001")

    assert "before it is handed over, ask: " in sheet_of(page).look_at.text()
    assert "egg" in sheet_of(page).look_at.text()
    assert not sheet_of(page).look_at.isHidden()


def test_the_card_of_a_hold_on_match_says_what_is_still_to_be_asked(
    qtbot: QtBot, database: Database, region: Region
) -> None:
    change_profile(database, region.recipients[0], "must_avoid", "egg")
    panel = HoldsPanel(Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY))
    qtbot.addWidget(panel)
    case = case_of(database, region.recipients[0], TODAY)

    panel.show_holds([strand.hold for strand in case.strands], strands=case.strands)

    said = [label.text() for label in panel.findChildren(Label)]
    assert sum(words.startswith("Before it is handed over, ask: ") for words in said) == len(case.strands)
