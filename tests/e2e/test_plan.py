"""From the sample region to held milk: the plan is made, bent by a pin, held and taken back."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import Hands, Keyboard, Mouse
from tests.e2e.story import said
from ui.plan.made import PlanRow
from ui.plan.page import PlanPage
from ui.promises.page import PromisesPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def seacoast(program: Program, seacoast_file: Path) -> Program:
    """Give the sample region's file, not yet open."""
    shutil.copy(seacoast_file, program.path)
    return program


def test_the_plan_is_made_bent_held_and_taken_back_by_keyboard(qtbot: QtBot, seacoast: Program) -> None:
    hands = Keyboard(qtbot)
    seacoast.start()
    press(hands, seacoast, "Ctrl+9")
    hands.push("Make the plan")
    wait_for_plan(hands, seacoast)
    assert len(rows(seacoast)) == 5
    table = seacoast.page(PlanPage).proposals.table
    assert table.hasFocus()  # what comes next is a proposal

    press(hands, seacoast, "Home", "Ctrl+T")
    wait_for_plan(hands, seacoast)
    [pinned] = [row for row in rows(seacoast) if row.is_pinned]
    press(hands, seacoast, "End", "Ctrl+Backspace")
    wait_for_plan(hands, seacoast)
    assert pinned.key in [row.key for row in rows(seacoast)]

    press(hands, seacoast, "Home", "Shift+Down", "Shift+Down", "Ctrl+Return")
    hands.wait_for(lambda: sum(row.is_held for row in rows(seacoast)) == 3)
    press(hands, seacoast, "Ctrl+7")
    hands.wait_for(lambda: promised(seacoast) == ["H-0001", "H-0002", "H-0003"])
    press(hands, seacoast, "Ctrl+Z")
    hands.wait_for(lambda: promised(seacoast) == [])
    assert said(seacoast).startswith("Undone: Held 3 proposals")

    press(hands, seacoast, "Ctrl+Z", "Ctrl+Z", "Ctrl+9")
    hands.wait_for(lambda: not any(row.is_pinned for row in rows(seacoast)))


def test_the_plan_is_made_bent_held_and_taken_back_by_mouse(qtbot: QtBot, seacoast: Program) -> None:
    hands = Mouse(qtbot)
    seacoast.start(1366, 768)
    hands.click_page("Match")
    seacoast.come_to_rest()
    hands.click("The plan")
    hands.click("Make the plan")
    wait_for_plan(hands, seacoast)
    table = seacoast.page(PlanPage).proposals.table

    hands.click_row(table, 0)
    hands.click("Pin")
    wait_for_plan(hands, seacoast)
    pinned = rows(seacoast)[0]
    assert pinned.is_pinned
    hands.click_row(table, 1)
    hands.click("Not to this family")
    wait_for_plan(hands, seacoast)

    for row in range(3):
        hands.click_row(table, row)
        hands.click("Hold")
        hands.wait_for(partial(is_held, seacoast, row + 1))
    hands.click("Promises")
    hands.wait_for(lambda: promised(seacoast) == ["H-0001", "H-0002", "H-0003"])
    hands.press("Ctrl+Z")
    hands.wait_for(lambda: promised(seacoast) == ["H-0001", "H-0002"])


def is_held(program: Program, count: int) -> bool:
    """Say whether so many rows are marked as held."""
    return sum(row.is_held for row in rows(program)) == count


def rows(program: Program) -> list[PlanRow]:
    """Return the proposals in the order of the table."""
    page = program.window.findChild(PlanPage)
    assert page is not None
    model = page.proposals.model
    return [model.row_at(at) for at in range(model.rowCount())]


def promised(program: Program) -> list[str]:
    """Return the holds whose cards stand on Promises."""
    return sorted(one.card.hold.code for one in program.page(PromisesPage).board.cards)


def wait_for_plan(hands: Hands, program: Program) -> None:
    """Wait until a plan is there and nothing is worked out any more."""
    program.come_to_rest()
    page = program.page(PlanPage)
    hands.wait_for(lambda: page.made is not None and not page.maker.is_making)
    program.come_to_rest()


def press(hands: Keyboard, program: Program, *keys: str) -> None:
    """Press one key after the other, each once the window is at rest."""
    for key in keys:
        hands.press(key)
        program.come_to_rest()
