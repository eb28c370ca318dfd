"""From both families' yes to the sheet: how many clicks that takes."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import Mouse
from tests.networks import opened_network
from tests.pickup_builders import a_region
from ui.matching.page import MatchingPage
from ui.recipients.page import RecipientsPage

MOST_CLICKS = 3


def test_from_both_yeses_to_the_saved_sheet_are_three_clicks(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    database = opened_network(program.path)
    a_region(database)
    database.dispose()
    hands = Mouse(qtbot)
    program.start(1366, 768)
    open_the_family(hands, program, "Inès Roy")
    path = tmp_path / "sheet.pdf"

    clicks = 0
    for name in ("Plan the pickup: H-0001", "Plan it"):
        hands.click(name)
        program.come_to_rest()
        clicks += 1
    with hands.naming_files(path):
        hands.click("Save as PDF…")
        clicks += 1
    hands.wait_for(path.exists)

    assert clicks <= MOST_CLICKS


def open_the_family(hands: Mouse, program: Program, name: str) -> None:
    """Go where her milk and its yeses are noted."""
    finder = program.window.finder
    hands.click_at(finder)
    hands.write(name)
    hands.wait_for(lambda: finder.hits.isVisible() and finder.hits.item(0).text().startswith(name))
    hands.click_row(finder.hits, 0)
    program.come_to_rest()
    assert program.page(RecipientsPage).detail.title.text() == name
    hands.click("Find milk for this family")
    program.come_to_rest()
    program.page(MatchingPage).tabs.setCurrentIndex(1)  # the milk on hold, where the yeses were noted
    program.come_to_rest()
