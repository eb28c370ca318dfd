"""A Saturday from agreed milk to a ledger that balances: planned, printed, driven and written up.

In the morning the day is planned, a stop moved, the volunteers' yes noted and the set printed. At night the
run of six stops is written up from its sheet, with one family that was not home and one that took a part, and
the other run as planned; the ledger tells where every ounce went.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.adapters.solvers import vroom
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.records.ledger import Went
from coordinator.domain.volume import Volume, total
from coordinator.services.pickups import left_behind, planning
from coordinator.services.records.ledger import ledger
from tests.builders import TODAY
from tests.e2e.conftest import Program
from tests.e2e.counting import counting
from tests.e2e.driver import Hands, Keyboard, Mouse
from tests.e2e.story import check_nothing_private, plain, said, text_of
from tests.made_once import MadeOnce
from tests.networks import changed_copy, opened_network
from tests.pickup_builders import free_the_milk
from ui.pickups.day_dialog import DayDialog
from ui.pickups.page import PickupsPage
from ui.pickups.settle_dialog import SettleDialog
from ui.records.ledger_page import LedgerPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

SATURDAY = TODAY + timedelta(days=7)
SHORT, LONG = "P-0004", "P-0005"
RUNS = {SHORT: "Esther Sørensen", LONG: "Esther Ouellette"}
SECOND_STOP = (
    "Stop 2, 10:04 am PICK UP Fatima Ueda D-0012, Sebago Lake."
    " Space: what can be done; Alt+Up, Alt+Down: move it"
)
TOO_LONG = f"Why it may be so: The run takes 4 h 16 min; {RUNS[LONG]} drives 4 h at most."
WHY = "she has the day"


@pytest.fixture
def waiting(
    program: Program, worked_file: Path, made_once: MadeOnce, monkeypatch: pytest.MonkeyPatch
) -> Program:
    """Give the sample region, whose agreed milk waits for its pickup, on a computer without the solver."""
    monkeypatch.setattr(vroom, "is_installed", lambda: False)
    made = made_once.path("waiting.db", lambda path: changed_copy(worked_file, path, free_the_milk))
    shutil.copyfile(made, program.path)
    return program


def test_a_saturday_by_keyboard_alone(qtbot: QtBot, waiting: Program, tmp_path: Path) -> None:
    hands = Keyboard(qtbot)
    waiting.start(1366, 768, on=SATURDAY)
    with counting(hands) as planning_it:
        hands.press("Ctrl+5")
        waiting.come_to_rest()
        hands.press("Ctrl+D")
        hands.wait_for(lambda: is_planned(waiting))
        hands.tab_to(SECOND_STOP)
        hands.press("Alt+Down")
        hands.press("Ctrl+Return")  # which asks why the run may be longer than its volunteer drives
        why = hands.control(TOO_LONG)
        hands.wait_for(lambda: why.hasFocus() and not why.visibleRegion().isEmpty())
        hands.write(WHY)
        hands.press("Ctrl+Return")
        waiting.come_to_rest()
    assert f"Made {SHORT}, {LONG}" in said(waiting)
    for code, driver in RUNS.items():
        open_by_keys(hands, waiting, code)
        hands.push(f"{driver} said yes: {driver} has not said yes to driving.")
        waiting.come_to_rest()
    hands.press("Ctrl+P")
    waiting.come_to_rest()
    with hands.naming_files(tmp_path / "set.pdf"):
        hands.press("Ctrl+S")
    hands.wait_for((tmp_path / "set.pdf").exists)
    waiting.come_to_rest()
    check_the_papers(tmp_path / "set.pdf")
    with counting(hands) as writing_it:
        hands.press("Ctrl+K")
        hands.write(f"{LONG}-1")
        hands.press("Return")
        wait_for_the_write_up(hands, waiting)
        hands.press("PgDown")  # as planned
        hands.press("F2")  # nobody home
        hands.press("PgDown")
        hands.press("Return")  # the bags are counted with the ounces
        hands.write("5x4")
        hands.press("Ctrl+Return")
        wait_until_settled(hands, waiting, LONG)
    open_by_keys(hands, waiting, SHORT)
    hands.press("Ctrl+Return")
    wait_until_settled(hands, waiting, SHORT)
    hands.press("Ctrl+0")
    waiting.come_to_rest()
    check_the_ledger(waiting)
    assert planning_it.keys <= 16, planning_it
    assert (writing_it.keys <= 7, writing_it.letters <= 11) == (True, True), writing_it


def test_a_saturday_by_mouse(qtbot: QtBot, waiting: Program, tmp_path: Path) -> None:
    hands = Mouse(qtbot)
    waiting.start(1366, 768, on=SATURDAY)
    with counting(hands) as planning_it:
        hands.click_page("Pickups")
        waiting.come_to_rest()
        hands.click("Plan the day (Ctrl+D)")
        hands.wait_for(lambda: is_planned(waiting))
        hands.click(SECOND_STOP)
        hands.pick("Move down")
        hands.click("Make these 2 runs")
        hands.fill(TOO_LONG, WHY)
        hands.click("Make these 2 runs")
        waiting.come_to_rest()
    assert f"Made {SHORT}, {LONG}" in said(waiting)
    for row, driver in enumerate(RUNS.values()):
        open_by_mouse(hands, waiting, row)
        hands.click(f"{driver} said yes: {driver} has not said yes to driving.")
        waiting.come_to_rest()
    hands.click("Look at the sheet and print it (Ctrl+P)")
    waiting.come_to_rest()
    with hands.naming_files(tmp_path / "set.pdf"):
        hands.click("Save as PDF…")
    hands.wait_for((tmp_path / "set.pdf").exists)
    waiting.come_to_rest()
    check_the_papers(tmp_path / "set.pdf")
    with counting(hands) as writing_it:
        hands.click("Write down what was different")
        wait_for_the_write_up(hands, waiting)
        hands.click("Nobody home: H-0001")
        hands.fill("Delivered, oz: H-0003", "5x4")
        hands.click("Settle")
        wait_until_settled(hands, waiting, LONG)
    open_by_mouse(hands, waiting, 0)
    hands.click("All went as planned: settle it (Ctrl+Enter)")
    wait_until_settled(hands, waiting, SHORT)
    hands.open_menu("View")
    hands.pick("Where every ounce went")
    waiting.come_to_rest()
    check_the_ledger(waiting)
    assert planning_it.clicks <= 7, planning_it
    assert writing_it.clicks <= 4, writing_it


def is_planned(program: Program) -> bool:
    """Whether the day is open with its two runs, neither made yet, and has the keyboard."""
    found = [one for one in program.window.findChildren(DayDialog) if one.isVisible()]
    runs = [part for one in found for part in one.runs]
    return [part.run.driver_name for part in runs] == list(RUNS.values()) and runs[0].tick.hasFocus()


def open_by_keys(hands: Keyboard, program: Program, code: str) -> None:
    hands.press("Ctrl+K")
    hands.write(code)
    hands.press("Return")
    program.come_to_rest()
    assert program.page(PickupsPage).detail.code.text() == code


def open_by_mouse(hands: Mouse, program: Program, row: int) -> None:
    page = program.page(PickupsPage)
    hands.click_row(page.list.table, row)
    program.come_to_rest()
    assert page.detail.code.text() == list(RUNS)[row]


def wait_for_the_write_up(hands: Hands, program: Program) -> None:
    hands.wait_for(lambda: any(one.isVisible() for one in program.window.findChildren(SettleDialog)))
    program.come_to_rest()


def wait_until_settled(hands: Hands, program: Program, code: str) -> None:
    hands.wait_for(lambda: f"Settled {code}" in said(program))
    program.come_to_rest()


def check_the_papers(pdf: Path) -> None:
    """The set of the run has each part; its stops stand in the order she gave them."""
    text = text_of(pdf)
    order = ("PICK UP Linh", "PICK UP Joy", "PICK UP Fatima", "DROP Heather", "DROP Quinn", "DROP Camila")
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    parts = (f"Pickup sheet {LONG}-1", "Cooler 1 of 1", f"Hand-over slip {LONG}-1", f"Receipt {LONG}-1")
    assert [text.count(part) for part in parts] == [2, 1, 3, 3]
    check_nothing_private(text)


def check_the_ledger(program: Program) -> None:
    """The page says that every ounce of every lot is accounted for, and so does the file."""
    page = program.page(LedgerPage)
    assert plain(page.sums.text()) == "15,723 oz offered = 517 oz delivered + 15,206 oz still there"
    headers = page.list.table.shown_headers()
    rows = [dict(zip(headers, row, strict=True)) for row in page.list.table.shown_rows()]
    assert {row["Adds up"] for row in rows} == {"yes"}
    came = {row["Code"]: row["Delivered"] for row in rows if row["Delivered"] != "–"}
    assert came == {"L-0029": "331", "L-0012": "166", "L-0001": "20"}
    assert program.window.undo.text() == f"Undo: Settled {SHORT}"
    database = opened_network(program.path)
    found = ledger(database, SATURDAY)
    waits = {one.hold_code: one.volume for one in left_behind.left_behind(database, SATURDAY)}
    run = planning.pickup(database, LONG, SATURDAY)
    held = {hold.code: hold.volume for hold in run.holds}
    states = {planning.pickup(database, code, SATURDAY).state for code in RUNS}
    database.dispose()
    assert (states, found.unbalanced) == ({PickupState.SETTLED}, ())
    assert waits.keys() == {"H-0001", "H-0003"}  # each is a task on Today
    assert waits["H-0001"] == held["H-0001"]
    assert waits["H-0003"] + Volume.from_oz(20) == held["H-0003"]
    assert all(lot.offered == total([lot.went(one) for one in Went]) + lot.there for lot in found.lots)
