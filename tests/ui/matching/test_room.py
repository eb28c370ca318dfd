"""On a small screen the donors keep their lines: the header, the groups and the families make way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.ui.accessibility import cut_labels
from tests.ui.network import idle, opened, started
from ui import theme
from ui.matching.page import MatchingPage
from ui.window.network_window import NetworkWindow

LAPTOP = (1093, 540)
LONG = "Maximiliana Wolfeschlegelsteinhausenberg"


@pytest.fixture
def network(database: Database) -> Database:
    """Fill it with a family that has a question open, another of a long name, and eight donors."""
    with database.writing(Action("test", "Set up")) as session:
        family = a_recipient(session, "Tess Bouchard", health=None, stock=Volume(0), stock_on=TODAY)
        a_recipient(session, LONG, health=None)
        session.get_one(HouseholdRow, family.household_id).phone = "+16035550100"
        for number in range(8):
            a_stored_lot(session, a_donor(session, f"{LONG[:36]} {number}"))
    return database


@pytest.fixture(params=[1.0, 1.25, 1.5])
def window(
    request: pytest.FixtureRequest, qtbot: QtBot, network: Database, qapp: QApplication, tmp_path: Path
) -> Iterator[NetworkWindow]:
    """Open the window at Match on an old laptop, in three sizes of text."""
    theme.apply(qapp, font_scale=request.param)
    window = opened(qtbot, network, started(tmp_path), LAPTOP)
    window.show_on_page("matching", "")
    come_to_rest(qtbot, window)
    yield window
    theme.apply(qapp, font_scale=1.0)


def come_to_rest(qtbot: QtBot, window: NetworkWindow) -> None:
    for _ in range(3):
        idle(qtbot, window)
        QApplication.processEvents()


def page_of(window: NetworkWindow) -> MatchingPage:
    page = window.findChild(MatchingPage)
    assert isinstance(page, MatchingPage)
    return page


def donors_seen(page: MatchingPage) -> float:
    return page.donors.table.viewport().height() / page.donors.table.rowHeight(0)


def test_four_donors_are_seen_whatever_the_size_of_the_letters(qtbot: QtBot, window: NetworkWindow) -> None:
    page = page_of(window)
    assert donors_seen(page) >= 4

    page.why.hold_now()
    come_to_rest(qtbot, window)

    assert window.notice.isVisible()
    assert donors_seen(page) >= 4
    assert (window.width(), window.height()) == LAPTOP
    assert cut_labels(page) == []


def test_the_next_step_of_a_hold_is_scrolled_to(qtbot: QtBot, window: NetworkWindow) -> None:
    page = page_of(window)
    page.why.hold_now()
    come_to_rest(qtbot, window)

    at = window.focusWidget()

    assert at is not None
    assert at.accessibleName() == "Donor said yes: H-0001"
    assert at.visibleRegion().boundingRect() == at.rect()


def test_a_long_name_takes_no_donors_line(qtbot: QtBot, window: NetworkWindow) -> None:
    page = page_of(window)
    page.show_family("R-0002")
    come_to_rest(qtbot, window)

    page.why.hold_now()
    come_to_rest(qtbot, window)
    window.notice.hide()
    come_to_rest(qtbot, window)

    assert donors_seen(page) >= 4
    assert (window.width(), window.height()) == LAPTOP
    assert cut_labels(page) == []


def test_questions_behind_their_button_are_opened_by_it(qtbot: QtBot, window: NetworkWindow) -> None:
    page = page_of(window)
    assert not page.header.questions.isVisible()

    page.header.to_ask.click()

    assert page.header.questions.isVisible()


def test_a_family_is_chosen_from_the_list_that_made_way(qtbot: QtBot, window: NetworkWindow) -> None:
    page = page_of(window)
    if page.header.families.isHidden():  # there is room for both
        assert page.babies.isVisible()
        return
    assert not page.babies.isVisible()

    page.header.families.click()
    assert page.babies.isVisible()
    qtbot.keyClick(page.babies.table, "\r")
    come_to_rest(qtbot, window)

    assert not page.babies.isVisible()
    assert page.donors.table.hasFocus()
