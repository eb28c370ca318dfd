"""From the sample region to ten agreements, each side told and its choice recorded; every click counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.agreements.board import Station
from tests.e2e.conftest import Program
from tests.e2e.counting import counting
from tests.e2e.driver import Keyboard, Mouse
from ui.plan.page import PlanPage
from ui.promises.card import PromiseCard
from ui.promises.page import PromisesPage

AGREEMENTS = 10
HELD = 14
"""More than ten, since for some babies a clinician has to agree first: those wait."""
CALLS = "15"
"""So many calls are planned for; their answers are not needed to promise the milk they would open."""


@pytest.fixture
def seacoast(program: Program, seacoast_file: Path) -> Program:
    """Give the window on the sample region."""
    shutil.copy(seacoast_file, program.path)
    program.start(1366, 768)
    return program


def test_ten_agreements_by_mouse_take_four_clicks_each(qtbot: QtBot, seacoast: Program) -> None:
    hands = Mouse(qtbot)
    with counting(hands) as effort:
        hands.click_page("Match")
        seacoast.come_to_rest()
        hands.click("The plan")
        hands.fill("How many calls you have time for", CALLS)
        hands.click_at(seacoast.page(PlanPage).ask.make)
        table = seacoast.page(PlanPage).proposals.table
        hands.wait_for(lambda: len(table.shown_rows()) >= HELD)
        seacoast.come_to_rest()
        hands.click_row(table, 0)
        hands.click_row(table, HELD - 1, up_to_here=True)
        hands.click(f"Hold {HELD}")
        seacoast.come_to_rest()
        hands.click("Promises")
        seacoast.come_to_rest()
        for hold in to_be_told(seacoast)[:AGREEMENTS]:
            for _ in ("donor", "family"):
                hands.click_at(card_of(seacoast, hold).tell_button)
                hands.click("Chose yes")
                come_back(hands, seacoast)

    check_ten_agreements(seacoast)
    assert effort.clicks <= 4 * AGREEMENTS + 8, effort


def test_ten_agreements_by_keyboard_take_five_keys_each(qtbot: QtBot, seacoast: Program) -> None:
    hands = Keyboard(qtbot)
    with counting(hands) as effort:
        hands.press("Ctrl+9")
        seacoast.come_to_rest()
        hands.tab_to("How many calls you have time for")
        hands.write(CALLS)
        hands.press("Return")
        table = seacoast.page(PlanPage).proposals.table
        hands.wait_for(lambda: len(table.shown_rows()) >= HELD)
        seacoast.come_to_rest()
        hands.tab_to("Proposals")
        hands.press("Home")
        hands.press("Shift+Down", times=HELD - 1)
        hands.press("Ctrl+Return")
        seacoast.come_to_rest()
        hands.press("Ctrl+7")
        seacoast.come_to_rest()
        first = seacoast.page(PromisesPage).board.cards[0]
        hands.tab_to(first.accessibleName())
        for _ in range(AGREEMENTS):
            go_to_next(hands, seacoast)
            for _ in ("donor", "family"):
                hands.press("T")
                hands.wait_for(lambda: hands.sees("Chose yes") and stands_on("What to read aloud"))
                hands.press("Return")
                come_back(hands, seacoast)
                hands.wait_for(lambda: focused(seacoast) is not None)

    check_ten_agreements(seacoast)
    assert effort.letters == len(CALLS)
    assert effort.keys <= 5 * AGREEMENTS + 50, effort


def to_be_told(program: Program) -> list[str]:
    """Return the holds on the board that wait for nobody but the two families, from the top."""
    cards = [one.card for one in program.page(PromisesPage).board.cards]
    return [one.hold.code for one in cards if not one.needs_clinician]


def card_of(program: Program, hold: str) -> PromiseCard:
    """Return the card of *hold*."""
    return next(one for one in program.page(PromisesPage).board.cards if one.card.hold.code == hold)


def focused(program: Program) -> PromiseCard | None:
    """Return the card the keyboard is at."""
    at = program.window.focusWidget()
    return at if isinstance(at, PromiseCard) else None


def go_to_next(hands: Keyboard, program: Program) -> None:
    """Go to a card nobody was told about yet: those stand in the first column."""
    if (card := focused(program)) is None or card.card.station is not Station.PROPOSED:
        hands.press("Left")
    for key in ("Down", "Up"):
        for _ in range(HELD):
            card = focused(program)
            assert card is not None
            if card.card.station is Station.PROPOSED and not card.card.needs_clinician:
                return
            hands.press(key)
    raise AssertionError


def come_back(hands: Mouse | Keyboard, program: Program) -> None:
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    program.come_to_rest()


def stands_on(name: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.accessibleName() == name


def check_ten_agreements(program: Program) -> None:
    """Ten promises wait to be carried, and of each side it is recorded what it was told and chose."""
    cards = [one.card for one in program.page(PromisesPage).board.cards]
    agreed = [one for one in cards if one.station is Station.TO_CARRY]
    assert len(agreed) == AGREEMENTS
    told = [one for card in agreed if card.strand is not None for one in card.strand.informed]
    assert len(told) == 2 * AGREEMENTS
    assert all(one.choice is not None and one.yes_on is not None for one in told)
