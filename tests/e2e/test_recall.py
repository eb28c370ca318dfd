"""A donor falls ill: who has her milk, everybody rung, every ounce answered for, by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.records.recall_work import RecallWork, ToldBack
from coordinator.domain.volume import Volume
from coordinator.services.families.donors import donor
from coordinator.services.recall.work import recall_work
from tests.builders import TODAY
from tests.e2e.conftest import Program
from tests.e2e.driver import Keyboard
from tests.e2e.story import said

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

OZ = Volume.from_oz


@pytest.fixture
def in_homes(program: Program, in_homes_file: Path) -> Program:
    """Give a network with Zoë's milk in four homes, not yet open."""
    shutil.copy(in_homes_file, program.path)
    return program


def test_from_her_row_to_a_closed_recall_by_keyboard(qtbot: QtBot, in_homes: Program) -> None:
    hands, program = Keyboard(qtbot), in_homes
    program.start()
    press(hands, program, "Ctrl+2", "Home", "Ctrl+B")
    hands.fill("Because", "fever since Sunday")
    press(hands, program, "Ctrl+Return")
    hands.wait_for(lambda: work(program).because == "fever since Sunday")
    program.come_to_rest()

    hands.push("Pause D-0001 and hold back 24 oz", back=True)
    program.come_to_rest()
    assert donor(program.window._desk.database, "D-0001", TODAY).state is DonorState.PAUSED

    press(hands, program, "N")  # the first is not at home
    press(hands, program, "R", "A")
    hands.write("10")
    press(hands, program, "Return", "F", "D")  # 10 oz were fed, the rest went into the bin
    press(hands, program, "S", "V", "D")  # two more homes, and what lies with Zoë
    press(hands, program, "R", "F")  # the first again, now at home
    found = work(program)
    assert found.may_close
    assert [one.who for one in found.families if one.reached] == ["R-0001", "R-0002"]
    second = found.party("R-0002")
    assert second is not None
    assert (second.of(ToldBack.FED), second.of(ToldBack.DISCARDED)) == (OZ(10), OZ(20))

    press(hands, program, "Space")  # the cursor waits on the button that closes it
    assert work(program).is_closed
    assert "Q-0001 is closed" in said(program)
    press(hands, program, "Ctrl+Z")
    assert not work(program).is_closed


def work(program: Program) -> RecallWork:
    """Return the recall as it is stored."""
    return recall_work(program.window._desk.database, "Q-0001", TODAY)


def press(hands: Keyboard, program: Program, *keys: str) -> None:
    """Press one key after the other, each once the window is at rest."""
    for key in keys:
        hands.press(key)
        program.come_to_rest()


def test_a_practice_by_keyboard_leaves_the_network_as_it_was(qtbot: QtBot, in_homes: Program) -> None:
    hands, program = Keyboard(qtbot), in_homes
    program.start(1366, 768)
    network = program.window._desk.database
    before = network.change_counter()
    press(hands, program, "Ctrl+Shift+R")
    hands.push("Practise with last month’s milk")
    program.come_to_rest()
    hands.push("Pause D-0001 and hold back 24 oz", back=True)
    program.come_to_rest()
    for key in "RFRFRFNRFRF":  # the fourth is not at home, then the donor, then the fourth again
        press(hands, program, key)
    press(hands, program, "Ctrl+Z", "F")  # of the practice: the network has nothing of it
    hands.push("End the practice", back=True)
    program.come_to_rest()
    assert said(program).startswith("Practice: all reached in 0 min")
    assert network.change_counter() == before
