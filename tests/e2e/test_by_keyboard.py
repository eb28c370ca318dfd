"""From three spreadsheets to settled pickups without touching the mouse, in the window of an old laptop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import Keyboard
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
from ui.recipients.page import RecipientsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_from_three_spreadsheets_to_settled_pickups_by_keyboard_alone(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    hands = Keyboard(qtbot)
    program.start(1093, 540)
    import_the_spreadsheets(hands, program)
    look_around_the_donors(hands, program)
    answer_for_chloe_chen(hands, program)

    hands.push("Find milk for this family", back=True)
    choose(hands, program, "Danielle Roy", "Within reach", "Soy: not answered")
    hold(hands, program, "60", "12", "H-0001")
    find_milk_for(hands, program, "Zoë Hassan")
    choose(hands, program, "Freya Bouchard", "Needs a driver", "Soy")
    hold(hands, program, "40", "8", "H-0002")
    find_milk_for(hands, program, "Chloé Whitcomb")
    choose(hands, program, "Oluchi Xiong", "Within reach", "HTLV")
    hold(hands, program, "32", "8", "H-0003")

    plan_that_the_family_collects(hands, program)
    check_family_sheet(save_the_open_sheet(hands, program, tmp_path / "family.pdf"))
    plan_a_run_with_two_agreements(hands, program)
    check_run_sheet(save_the_sheet(hands, program, tmp_path / "run.pdf"))
    check_week(save_the_week(hands, tmp_path / "week.pdf"))

    settle_with_differences(hands, program)
    settle_as_planned(hands, program)
    undo_and_redo_by_name(hands, program)
    hands.press("Ctrl+Q")
    hands.wait_for(lambda: not program.window.isVisible())
    check_all_is_there(hands, program)


def import_the_spreadsheets(hands: Keyboard, program: Program) -> None:
    hands.push("Open my spreadsheets…")
    hands.push("Not now")
    with hands.naming_files(*[SAMPLE / name for name in SPREADSHEETS]):
        hands.push("Choose files")
    hands.push("Next")
    for rows in ROWS:
        hands.tab_to("Rows of the file")
        hands.push(f"Import {rows} rows")
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    program.come_to_rest()


def look_around_the_donors(hands: Keyboard, program: Program) -> None:
    hands.press("Ctrl+2")
    program.come_to_rest()
    donors = program.page(DonorsPage).list
    assert donors.count.text() == "40"

    hands.press("Home")
    for _ in range(2):  # first least milk on top, then most
        hands.press("Shift+F10")
        hands.pick("Sort by", "Free oz")
    assert donors.table.shown_rows()[0][0] == "Chloé Kowalski"

    hands.press("Esc")
    hands.write("Zoë")
    hands.wait_for(lambda: donors.count.text() == "2 of 40")
    assert {row[0] for row in donors.table.shown_rows()} == {"Zoë Abdi", "Zoë Ito"}
    hands.press("Esc")

    hands.push("Add a filter")
    hands.pick("Something to ask")
    assert donors.count.text() != "40"
    hands.push("Remove the filter Something to ask")
    assert donors.count.text() == "40"


def answer_for_chloe_chen(hands: Keyboard, program: Program) -> None:
    """Find her, answer one question (milk at home stays), name the clinician her early baby needs."""
    find(hands, program, "Chloé Chen")
    hands.press("Return")
    hands.wait_for(lambda: hands.control("Call").accessibleDescription() == "2 to ask")
    hands.fill("Answer to: Is the baby at home and well?", "yes")
    hands.wait_for(lambda: hands.control("Call").accessibleDescription() == "1 to ask")
    hands.tab_to("Call", back=True)
    hands.press("Right", times=3)  # past Need and Received to Edit
    hands.fill("Baby’s clinician", "Dr. Núñez")
    hands.fill("Agreed on", "11/20/2026")
    program.come_to_rest()


def find(hands: Keyboard, program: Program, name: str) -> None:
    hands.press("Ctrl+K")
    hands.write(name)
    hands.press("Return")
    program.come_to_rest()
    assert program.page(RecipientsPage).detail.title.text() == name


def find_milk_for(hands: Keyboard, program: Program, name: str) -> None:
    find(hands, program, name)
    hands.press("Ctrl+M")


def choose(hands: Keyboard, program: Program, donor: str, reach: str, reason: str) -> None:
    """Go down to *donor*, and see her reach and why to ask her first."""
    program.come_to_rest()
    page = program.page(MatchingPage)
    assert page.donors.table.chosen_key == page.model.key_at(0)
    row = next(row for row in page.donors.table.shown_rows() if row[0] == donor)
    assert row[page.donors.table.shown_headers().index("Reach")] == reach
    hands.tab_to("Donors")
    hands.press("Down", page.donors.table.shown_rows().index(row))
    assert page.why.heading.text().startswith(donor)
    assert reason in page.why.reasons.text(), page.why.reasons.text()


def hold(hands: Keyboard, program: Program, ounces: str, bags: str, code: str) -> None:
    """Hold, and note both families' yes."""
    hands.fill(program.page(MatchingPage).why.amount.volume.editor.accessibleName(), ounces)
    hands.fill("Bags", bags)
    hands.press("Ctrl+Return")
    program.come_to_rest()
    hands.push(f"Donor said yes: {code}")
    hands.push(f"Family said yes: {code}")
    program.come_to_rest()


def save_the_sheet(hands: Keyboard, program: Program, path: Path) -> Path:
    hands.press("Ctrl+P")
    return save_the_open_sheet(hands, program, path)


def save_the_open_sheet(hands: Keyboard, program: Program, path: Path) -> Path:
    with hands.naming_files(path):
        hands.push("Save as PDF…")
    hands.wait_for(path.exists)
    program.come_to_rest()
    return path


def save_the_week(hands: Keyboard, path: Path) -> Path:
    with hands.naming_files(path):
        hands.push("Print the week")
        hands.push("Save as PDF…")
    hands.wait_for(path.exists)
    return path


def plan_that_the_family_collects(hands: Keyboard, program: Program) -> None:
    hands.push("Plan the pickup: H-0003")
    hands.fill("Day", "11/21/2026")
    hands.fill("Start", "17:30")
    hands.push("Plan it")
    program.come_to_rest()


def plan_a_run_with_two_agreements(hands: Keyboard, program: Program) -> None:
    hands.press("Ctrl+N")
    hands.tab_to("Milk on hold: check what is to travel")
    for keys in ("Space", "Down", "Space"):
        hands.press(keys)
    hands.choose("How", "Volunteer run")
    hands.choose("Volunteer", "Noor Xiong · V-0003")
    hands.fill("Day", "11/21/2026", back=True)
    hands.fill("Start", "9:00")
    hands.push("Plan it")
    program.come_to_rest()
    hands.push("Noor Xiong said yes: Noor Xiong has not said yes to driving.")
    program.come_to_rest()


def settle_with_differences(hands: Keyboard, program: Program) -> None:
    hands.push("Write down what was different")
    hands.fill("Delivered, oz: H-0001", "10 × 5")
    hands.fill("Left behind, oz: H-0001", "10")
    hands.press("Ctrl+Return")
    hands.wait_for(lambda: "50 oz delivered in 10 bags, 10 oz left behind" in said(program))
    program.come_to_rest()


def settle_as_planned(hands: Keyboard, program: Program) -> None:
    hands.tab_to("Pickups")
    hands.press("End")
    hands.press("Ctrl+Return")
    hands.wait_for(lambda: "Settled P-0001. H-0003: 32 oz delivered" in said(program))
    program.come_to_rest()


def undo_and_redo_by_name(hands: Keyboard, program: Program) -> None:
    window = program.window
    assert window.undo.text() == "Undo: Settled P-0001"
    hands.press("Ctrl+Z")
    hands.wait_for(lambda: said(program) == "Undone: Settled P-0001")
    program.come_to_rest()
    assert states(program) == {"P-0001": "printed", "P-0002": "settled"}
    assert window.redo.text() == "Redo: Settled P-0001"
    hands.press("Ctrl+Shift+Z")
    hands.wait_for(lambda: said(program) == "Done again: Settled P-0001")
    program.come_to_rest()
    assert states(program) == {"P-0001": "settled", "P-0002": "settled"}


def check_all_is_there(hands: Keyboard, program: Program) -> None:
    """Open the same file again and read everything from the tables of the new window."""
    window = program.start(1093, 540)
    assert QApplication.activeModalWidget() is None
    assert "40 donors · 60 families" in plain(window.status.summary.text())
    hands.press("Ctrl+5")
    program.come_to_rest()
    assert states(program) == {"P-0001": "settled", "P-0002": "settled"}
    hands.press("Ctrl+2")
    program.come_to_rest()
    check_milk_left(program)
    find(hands, program, "Chloé Chen")
    family = program.page(RecipientsPage).detail
    assert family.profile.field("clinician").typed() == "Dr. Núñez"
