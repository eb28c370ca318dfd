"""The main job, counted: from a baby who is out to the printed sheet, both families rung.

The real window on the sample region. What is counted is everything that goes in from outside, as the windows
see it: clicks, keys, letters, and the question for a file with them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.services.settings.values import change_setting
from tests.e2e.conftest import Program
from tests.e2e.counting import Effort, counting
from tests.e2e.driver import Hands, Keyboard, Mouse
from tests.e2e.story import text_of
from tests.networks import opened_network
from ui.matching.page import MatchingPage

MOST = 12
MOST_OF_A_READY_PAIR = 6
ANSWERED = ("nothing: Baby must avoid: not answered", "yes: Is the baby at home and well?")
"""What the family of the ready pair has told before: nothing at all is left to ask."""


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the window proposes for paper."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{folder}"\n', "utf-8")
    return folder


@pytest.fixture
def seacoast(program: Program, seacoast_file: Path) -> Program:
    """Give the window on the sample region, of a coordinator whose number is on her paper already."""
    shutil.copy(seacoast_file, program.path)
    database = opened_network(program.path)
    change_setting(database, "coordinator_name", "Rae Finch")
    change_setting(database, "coordinator_phone", "(603) 555-0100")
    database.dispose()
    program.start(1366, 768)
    return program


def test_one_call_away_the_job_takes_twelve_clicks_and_nothing_typed(
    qtbot: QtBot, seacoast: Program, papers: Path
) -> None:
    hands = Mouse(qtbot)

    with counting(hands) as effort:
        click(hands, seacoast, "Find milk for R-0027")
        donors = seacoast.page(MatchingPage).donors.table
        hands.click_row(donors, [row[0] for row in donors.shown_rows()].index("Jess Quimby"))
        check_verdict_is_seen(seacoast, "Jess Quimby", "Alcohol: not answered")
        click(hands, seacoast, "no: Alcohol: not answered", "yes: Is the baby at home and well?")
        click_to_paper(hands, seacoast)

    check_effort(effort, MOST)
    check_sheet(papers, "PICK UP Jess", "Grace", "L-0015")


def test_from_a_ready_pair_the_job_takes_six_clicks(qtbot: QtBot, seacoast: Program, papers: Path) -> None:
    hands = Mouse(qtbot)
    click(hands, seacoast, "Find milk for R-0043", *ANSWERED)
    check_verdict_is_seen(seacoast, "Bronwyn Sørensen", "somebody speaks with her")

    with counting(hands) as effort:
        click_to_paper(hands, seacoast)

    check_effort(effort, MOST_OF_A_READY_PAIR)
    check_sheet(papers, "PICK UP Bronwyn", "Tess", "L-0035")


def test_one_call_away_the_job_takes_fourteen_keys_and_no_letter(
    qtbot: QtBot, seacoast: Program, papers: Path
) -> None:
    hands = Keyboard(qtbot)

    with counting(hands) as effort:
        press(hands, seacoast, "Down", "Return", "Down", "Down", "Down")
        check_verdict_is_seen(seacoast, "Jess Quimby", "Alcohol: not answered")
        press(hands, seacoast, "Ctrl+J", "Space", "Space")
        press_to_paper(hands, seacoast)

    check_effort(effort, MOST + 2)  # she stands fourth by what counts for this baby
    check_sheet(papers, "PICK UP Jess", "Grace", "L-0015")


def test_from_a_ready_pair_the_job_takes_six_keys(qtbot: QtBot, seacoast: Program, papers: Path) -> None:
    hands = Keyboard(qtbot)
    press(hands, seacoast, "Return")
    for name in ANSWERED:
        hands.push(name)
        seacoast.come_to_rest()
    check_verdict_is_seen(seacoast, "Bronwyn Sørensen", "somebody speaks with her")

    with counting(hands) as effort:
        press_to_paper(hands, seacoast)

    check_effort(effort, MOST_OF_A_READY_PAIR)
    check_sheet(papers, "PICK UP Bronwyn", "Tess", "L-0035")


def click(hands: Mouse, program: Program, *names: str) -> None:
    for name in names:
        hands.click(name)
        program.come_to_rest()


def press(hands: Keyboard, program: Program, *combinations: str) -> None:
    for keys in combinations:
        hands.press(keys)
        program.come_to_rest()


def click_to_paper(hands: Mouse, program: Program) -> None:
    """Hold, note both yeses as they are told, plan, save the sheet where it is proposed."""
    click(hands, program, "Hold this milk for the baby (Ctrl+Enter)")
    click(hands, program, "Donor said yes: H-0001", "Family said yes, plan it: H-0001", "Plan it")
    with hands.saving_as_proposed():
        hands.click("Save as PDF…")
    come_back(hands, program)


def press_to_paper(hands: Keyboard, program: Program) -> None:
    """Do the same by keys alone."""
    press(hands, program, "Ctrl+Return")
    hands.wait_for(lambda: stands_on("Donor said yes: H-0001"))
    press(hands, program, "D")
    hands.wait_for(lambda: stands_on("Family said yes: H-0001"))
    press(hands, program, "Shift+F")
    hands.wait_for(lambda: hands.sees("Plan it"))
    press(hands, program, "Return")
    hands.wait_for(lambda: hands.sees("Save as PDF…"))
    with hands.saving_as_proposed():
        hands.press("Ctrl+S")
    come_back(hands, program)


def stands_on(name: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.accessibleName() == name


def come_back(hands: Hands, program: Program) -> None:
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    program.come_to_rest()


def check_verdict_is_seen(program: Program, donor: str, reason: str) -> None:
    """Before anything is held she reads who it is and why she may, or may not yet."""
    why = program.page(MatchingPage).why
    assert why.heading.isVisible()
    assert why.heading.text().startswith(donor)
    assert why.reasons.isVisible()
    assert reason in why.reasons.text()


def check_effort(effort: Effort, most: int) -> None:
    assert effort.letters == 0, effort
    assert effort.clicks + effort.keys + effort.turns <= most, effort


def check_sheet(papers: Path, *told: str) -> None:
    """The paper is there, and says who fetches what where."""
    (sheet,) = papers.iterdir()
    text = text_of(sheet)
    for words in told:
        assert words in text, f"{words!r} is not on the sheet: {text}"
