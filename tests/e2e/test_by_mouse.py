"""The same job by mouse, in a window with room for the map: from three spreadsheets to settled pickups."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import Mouse
from tests.e2e.story import (
    ROWS,
    SAMPLE,
    SPREADSHEETS,
    check_family_sheet,
    check_milk_left,
    check_run_sheet,
    check_week,
    plain,
    said,
    states,
)
from ui.donors.page import DonorsPage
from ui.matching.page import MatchingPage
from ui.pickups.page import PickupsPage
from ui.pickups.plan_dialog import PlanDialog
from ui.recipients.page import RecipientsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_from_three_spreadsheets_to_settled_pickups_by_mouse(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    hands = Mouse(qtbot)
    program.start(1366, 768)
    import_the_spreadsheets(hands, program)
    look_around_the_donors(hands, program)
    answer_for_chloe_chen(hands, program)

    find_milk(hands, program, "Danielle Roy")
    hold(hands, program, "60", "12", "H-0001")
    find(hands, program, "Zoë Hassan")
    find_milk(hands, program, "Freya Bouchard")
    hold(hands, program, "40", "8", "H-0002")
    find(hands, program, "Chloé Whitcomb")
    find_milk(hands, program, "Oluchi Xiong")
    hold(hands, program, "32", "8", "H-0003")

    plan_that_the_family_collects(hands, program)
    check_family_sheet(save_the_open_sheet(hands, program, tmp_path / "family.pdf"))
    plan_a_run_with_two_agreements(hands, program)
    check_run_sheet(save_the_sheet(hands, program, tmp_path / "run.pdf"))
    check_week(save_the_week(hands, tmp_path / "week.pdf"))

    settle_with_differences(hands, program)
    settle_as_planned(hands, program)
    undo_and_redo_by_name(hands, program)
    hands.open_menu("File")
    hands.pick("Quit")
    hands.wait_for(lambda: not program.window.isVisible())
    check_all_is_there(hands, program)


def import_the_spreadsheets(hands: Mouse, program: Program) -> None:
    hands.click("Open my spreadsheets…")
    hands.click("Not now")
    with hands.naming_files(*[SAMPLE / name for name in SPREADSHEETS]):
        hands.click("Choose files")
    hands.click("Next")
    for rows in ROWS:
        hands.control("Rows of the file")
        hands.click(f"Import {rows} rows")
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    program.come_to_rest()


def look_around_the_donors(hands: Mouse, program: Program) -> None:
    hands.click_page("Donors")
    program.come_to_rest()
    donors = program.page(DonorsPage).list
    assert donors.count.text() == "40"

    hands.click_header(donors.table, "Free oz")
    hands.click_header(donors.table, "Free oz")
    assert donors.table.shown_rows()[0][0] == "Chloé Kowalski"

    hands.fill("Search Donors", "Zoë")
    hands.wait_for(lambda: donors.count.text() == "2 of 40")
    hands.fill("Search Donors", " ")
    hands.wait_for(lambda: donors.count.text() == "40")

    hands.click("Add a filter")
    hands.pick("Something to ask")
    assert donors.count.text() != "40"
    hands.click("Remove the filter Something to ask")
    assert donors.count.text() == "40"


def answer_for_chloe_chen(hands: Mouse, program: Program) -> None:
    """Find her, answer her one question, and name the clinician whom her early baby needs."""
    find(hands, program, "Chloé Chen")
    hands.fill("Answer to: Is the baby at home and well?", "yes")
    hands.press("Return")
    hands.control("Call")
    hands.click("Edit")
    hands.fill("Baby’s clinician", "Dr. Núñez")
    hands.fill("Agreed on", "11/20/2026")
    hands.click("Why donor milk")
    program.come_to_rest()


def find(hands: Mouse, program: Program, name: str) -> None:
    finder = program.window.finder
    hands.click_at(finder)
    hands.write(name)
    hands.wait_for(lambda: finder.hits.isVisible() and finder.hits.item(0).text().startswith(name))
    hands.click_row(finder.hits, 0)
    program.come_to_rest()
    assert program.page(RecipientsPage).detail.title.text() == name


def find_milk(hands: Mouse, program: Program, donor: str) -> None:
    """Choose *donor* after a look at another, and see the reasons."""
    hands.click("Find milk for this family")
    program.come_to_rest()
    page = program.page(MatchingPage)
    places = [row[0] for row in page.donors.table.shown_rows()]
    hands.click_row(page.donors.table, places.index(donor) + 1)
    assert not page.why.heading.text().startswith(donor)
    hands.click_row(page.donors.table, places.index(donor))
    assert page.why.heading.text().startswith(donor)
    assert page.why.reasons.text().startswith("•")


def hold(hands: Mouse, program: Program, ounces: str, bags: str, code: str) -> None:
    """Hold, and note both families' yes."""
    hands.fill(program.page(MatchingPage).why.amount.volume.editor.accessibleName(), ounces)
    hands.fill("Bags", bags)
    hands.click("Hold this milk for the baby (Ctrl+Enter)")
    program.come_to_rest()
    hands.click(f"Donor said yes: {code}")
    program.come_to_rest()
    hands.click(f"Family said yes: {code}")
    program.come_to_rest()


def plan_that_the_family_collects(hands: Mouse, program: Program) -> None:
    hands.click("Plan the pickup: H-0003")
    hands.fill("Day", "11/21/2026")
    hands.fill("Start", "17:30")
    hands.click("Plan it")
    program.come_to_rest()


def plan_a_run_with_two_agreements(hands: Mouse, program: Program) -> None:
    hands.click("Plan a pickup")
    hands.control("Plan it")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PlanDialog)
    for row in (0, 1):
        hands.click_box(dialog.holds, row)
    hands.choose("How", "Volunteer run")
    hands.choose("Volunteer", "Noor Xiong · V-0003")
    hands.fill("Day", "11/21/2026")
    hands.fill("Start", "9:00")
    hands.click("Plan it")
    program.come_to_rest()
    hands.click("Noor Xiong said yes: Noor Xiong has not said yes to driving.")
    program.come_to_rest()


def save_the_sheet(hands: Mouse, program: Program, path: Path) -> Path:
    hands.click("Look at the sheet and print it (Ctrl+P)")
    return save_the_open_sheet(hands, program, path)


def save_the_open_sheet(hands: Mouse, program: Program, path: Path) -> Path:
    with hands.naming_files(path):
        hands.click("Save as PDF…")
    hands.wait_for(path.exists)
    program.come_to_rest()
    return path


def save_the_week(hands: Mouse, path: Path) -> Path:
    hands.click("Print the week")
    with hands.naming_files(path):
        hands.click("Save as PDF…")
    hands.wait_for(path.exists)
    return path


def settle_with_differences(hands: Mouse, program: Program) -> None:
    hands.click("Write down what was different")
    hands.fill("Delivered, oz: H-0001", "10 × 5")
    hands.fill("Left behind, oz: H-0001", "10")
    hands.click("Settle")
    hands.wait_for(lambda: "50 oz delivered in 10 bags, 10 oz left behind" in said(program))
    program.come_to_rest()


def settle_as_planned(hands: Mouse, program: Program) -> None:
    hands.click_row(program.page(PickupsPage).list.table, 1)
    program.come_to_rest()
    hands.click("All went as planned: settle it (Ctrl+Enter)")
    hands.wait_for(lambda: "Settled P-0001. H-0003: 32 oz delivered" in said(program))
    program.come_to_rest()


def undo_and_redo_by_name(hands: Mouse, program: Program) -> None:
    hands.click("Undo: Settled P-0001")
    hands.wait_for(lambda: said(program) == "Undone: Settled P-0001")
    program.come_to_rest()
    assert states(program) == {"P-0001": "printed", "P-0002": "settled"}
    hands.open_menu("Edit")
    hands.pick("Redo: Settled P-0001")
    hands.wait_for(lambda: said(program) == "Done again: Settled P-0001")
    program.come_to_rest()
    assert states(program) == {"P-0001": "settled", "P-0002": "settled"}


def check_all_is_there(hands: Mouse, program: Program) -> None:
    """Open the same file again and read everything from the tables of the new window."""
    window = program.start(1366, 768)
    assert QApplication.activeModalWidget() is None
    assert "40 donors · 60 families" in plain(window.status.summary.text())
    hands.click_page("Pickups")
    program.come_to_rest()
    assert states(program) == {"P-0001": "settled", "P-0002": "settled"}
    hands.click_page("Donors")
    program.come_to_rest()
    check_milk_left(program)
    find(hands, program, "Chloé Chen")
    assert program.page(RecipientsPage).detail.profile.field("clinician").typed() == "Dr. Núñez"
