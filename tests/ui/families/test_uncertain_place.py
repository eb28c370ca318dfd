"""A family whose town and ZIP contradict each other: said where its place is, and settled by a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.services.families import donors
from coordinator.services.imports.typed_in import add_family
from tests.builders import TODAY
from tests.ui.families.test_family_pages import cells, type_into
from ui.desk import Desk
from ui.donors.page import DonorsPage


@pytest.fixture
def page(qtbot: QtBot, database: Database, desk: Desk) -> DonorsPage:
    """Ann says Keene, and the ZIP of Portsmouth."""
    typed = {"name": "Ann Able", "town": "Keene", "state": "NH", "zip": "03801"}
    add_family(database, Role.DONOR, typed, TODAY)
    page = DonorsPage(desk)
    qtbot.addWidget(page)
    page.resize(1400, 900)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    page.show_family("D-0001")
    page.detail.edit()
    return page


def test_an_uncertain_place_is_said_in_the_list_and_at_the_address(page: DonorsPage) -> None:
    form = page.detail.profile

    assert cells(page)["Town"] == "Keene, NH (uncertain)"
    assert form._place.text() == "Uncertain: Keene NH or Portsmouth NH 03801"
    assert [button.text() for button in form.choice.buttons] == [
        "It is Keene NH",
        "It is Portsmouth NH 03801",
    ]


def test_a_click_says_which_place_is_right(qtbot: QtBot, page: DonorsPage, desk: Desk) -> None:
    form = page.detail.profile

    qtbot.mouseClick(form.choice.buttons[1], Qt.MouseButton.LeftButton)

    donor = donors.donor(desk.database, "D-0001", TODAY)
    assert donor.household.address.line == "Portsmouth NH 03801"
    assert donor.household.place_label == "ZIP 03801"
    assert not [question for question in donor.questions if "which?" in question.text]
    assert form.choice.isHidden()
    assert cells(page)["Town"] == "Portsmouth, NH"


def test_a_town_typed_again_settles_it_too(page: DonorsPage, desk: Desk, qtbot: QtBot) -> None:

    type_into(qtbot, page.detail.profile.field("zip_code"), "03431")

    donor = donors.donor(desk.database, "D-0001", TODAY)
    assert donor.household.place_label == "ZIP 03431"
    assert not [question for question in donor.questions if "which?" in question.text]
    assert page.detail.profile.choice.isHidden()
