"""What paper told stands on Today: a sheet to write up, notes, milk that came though it is no fit."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.pickups.sheet_told import SheetTold
from coordinator.domain.pickups.unplanned import GivenPart, HandedOver
from coordinator.domain.volume import Volume
from coordinator.services.agreements.unplanned import add_handed_over
from coordinator.services.families.households import change_profile
from coordinator.services.families.recipients import set_stock
from coordinator.services.milk.used import milk_used
from coordinator.services.paper import sheets
from coordinator.services.pickups import planning
from coordinator.services.pickups.sheet_told import notes_waiting
from coordinator.services.records import history
from tests.builders import TODAY
from tests.integration.pickups.test_unplanned import against_it
from tests.pickup_builders import Region, a_region
from ui.desk import Desk
from ui.families.every_ounce_forms import UsedForm
from ui.pickups.notes_dialog import NotesDialog
from ui.today.page import TodayPage
from ui.today.work_line import WorkLine


def a_page(qtbot: QtBot, desk: Desk) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1093, 540)
    page.show()
    page.refresh()
    return page


def line_of(page: TodayPage, about: str) -> WorkLine:
    lines = [line for line in page.findChildren(WorkLine) if line.isVisibleTo(page)]
    return next(line for line in lines if about in (line.code, line.about))


def menu_of(line: WorkLine) -> dict[str, object]:
    menu = line.menu()
    assert menu is not None
    return {action.text(): action.trigger for action in menu.actions()}


def a_printed_run(database: Database, region: Region) -> str:
    yesterday = TODAY - timedelta(days=1)
    code = planning.plan_pickup(
        database, PickupKind.RUN, yesterday, region.holds[:1], today=TODAY, driver_code=region.driver
    )
    planning.record_driver_yes(database, code, yesterday)
    sheets.print_pickup_sheet(database, code, yesterday)
    return code


def test_a_printed_run_that_is_over_is_written_up_from_its_line(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    code = a_printed_run(database, a_region(database))
    wanted: list[tuple[str, str]] = []
    desk.page_wanted.connect(lambda page, what: wanted.append((page, what)))

    menu_of(line_of(a_page(qtbot, desk), code))[f"Write up {code}-1…"]()  # type: ignore[operator] # a slot

    assert wanted == [("pickups", f"{code}-1")]


def test_notes_are_one_line_and_one_key_each(qtbot: QtBot, database: Database, desk: Desk) -> None:
    code = a_printed_run(database, a_region(database))
    told = [Outcome("H-0001", note="freezer was full")]
    planning.settle(database, code, told, TODAY, sheet=SheetTold(note="lid cracked"))
    wanted: list[tuple[str, str]] = []
    desk.page_wanted.connect(lambda page, what: wanted.append((page, what)))
    page = a_page(qtbot, desk)

    line = line_of(page, "notes")
    assert line.name.text() == "2 notes from the sheets"
    line.button.click()
    assert wanted == [("pickups", "notes")]

    dialog = NotesDialog(desk, wanted.append)  # type: ignore[arg-type] # only called
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    assert [dialog.list.item(at).text().splitlines()[-1] for at in range(2)] == [
        "lid cracked",
        "freezer was full",
    ]
    qtbot.keyClick(dialog, Qt.Key.Key_D)
    assert [one.code for one in notes_waiting(database, TODAY)] == ["H-0001"]
    qtbot.keyClick(dialog, Qt.Key.Key_D)
    assert (dialog.list.isVisible(), dialog.nothing.isVisible()) == (False, True)
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one.code for one in notes_waiting(database, TODAY)] == ["H-0001"]
    assert dialog.list.count() == 1


def test_milk_that_is_no_fit_is_rung_about_and_then_gone_from_the_page(
    qtbot: QtBot, database: Database, desk: Desk
) -> None:
    a_region(database)
    against_it(database)
    add_handed_over(database, HandedOver("R-0001", (GivenPart("L-0001", Volume.from_oz(8)),), TODAY), TODAY)
    page = a_page(qtbot, desk)

    line = line_of(page, "U:H-0005")
    assert page.came_unfit.isVisible()
    assert "a clinician is asked before any is fed" in line.words.text()
    line.button.click()
    assert page.card.code == "R-0001"
    menu_of(line)["Inès Roy was rung about the milk of L-0001"]()  # type: ignore[operator] # a slot
    assert not page.came_unfit.isVisible()
    history.undo(database)
    page.refresh()
    assert page.came_unfit.isVisible()

    change_profile(database, "R-0001", "read_before_ringing", "lost her mother")
    page.refresh()
    assert line_of(page, "U:H-0005").button.text() == "Read first"


def test_milk_used_is_told_from_the_line_of_a_family(qtbot: QtBot, database: Database, desk: Desk) -> None:
    a_region(database)
    set_stock(database, "R-0001", Volume(), TODAY, seen=None)
    page = a_page(qtbot, desk)

    menu_of(line_of(page, "R-0001"))["Milk used at home…"]()  # type: ignore[operator] # a slot

    form = page.findChild(UsedForm)
    assert form is not None
    form.volume.line.setText("3")
    form.save_button.click()
    assert [one.volume for one in milk_used(database, "R-0001")] == [Volume.from_oz(3)]
