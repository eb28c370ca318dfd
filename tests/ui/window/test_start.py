"""What comes after the first paint, and what is only made when somebody looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.records.history import Action
from tests.builders import TODAY, a_donor
from tests.networks import opened_network
from tests.ui.network import idle, opened, started
from ui import icons
from ui.desk import Desk
from ui.donors.detail import DonorDetail
from ui.tasks import Runner
from ui.units import Display
from ui.window.network_window import NetworkWindow


def test_the_window_says_once_that_it_is_painted(qtbot: QtBot) -> None:
    window = NetworkWindow(Desk(None, Runner(), Display(), None, lambda: TODAY))
    qtbot.addWidget(window)
    painted: list[bool] = []
    window.first_painted.connect(lambda: painted.append(True))

    with qtbot.waitSignal(window.first_painted):
        window.show()
    window.repaint()

    assert painted == [True]
    window.close()


@pytest.mark.usefixtures("dressed")
def test_icons_held_back_keep_their_room_and_come_with_refresh(qtbot: QtBot) -> None:
    button = QPushButton("Undo")
    qtbot.addWidget(button)
    with icons.held_back():
        icons.set_icon(button, "undo")
    empty, room = button.icon().pixmap(16).toImage(), button.sizeHint()
    assert all(empty.pixelColor(x, y).alpha() == 0 for x in range(16) for y in range(16))

    icons.refresh()

    assert button.sizeHint() == room != QSize()
    assert button.icon().pixmap(16).toImage() == icons.icon("undo").pixmap(16).toImage()


def test_a_window_closed_while_its_network_opens_lets_go_of_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(None, Runner(), Display(), None, lambda: TODAY)
    window = NetworkWindow(desk)
    qtbot.addWidget(window)
    window.show()

    desk.read(
        lambda: desk.open(opened_network(tmp_path / "network.db", alone=True)), lambda _: window.begin()
    )
    window.close()

    assert desk.is_open
    opened_network(tmp_path / "network.db", alone=True).dispose()  # nobody has it


def test_the_details_are_made_when_the_first_family_is_chosen(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_donor(session, "Ada Lind")
    window = opened(qtbot, database, started(tmp_path))
    window.show_on_page("donors", "")
    idle(qtbot, window)
    assert window.findChildren(DonorDetail) == []

    window.show_on_page("donors", "D-0001")
    idle(qtbot, window)

    (detail,) = window.findChildren(DonorDetail)
    assert detail.isVisible()
    assert detail.title.text() == "Ada Lind"
