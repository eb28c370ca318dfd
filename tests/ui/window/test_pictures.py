"""Pictures of the whole window for the demo, taken in a process of their own."""

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.networks import opened_network
from ui.desk import Desk
from ui.donors.page import DonorsPage
from ui.tasks import Runner
from ui.units import Display
from ui.window.demo import picture_window

TODAY = date(2026, 11, 21)


FIRST_PAGES = ("today", "donors", "recipients", "matching", "pickups")


def test_every_page_is_pictured_in_light_and_dark(tmp_path: Path, worked_file: Path) -> None:
    network = Path(shutil.copy(worked_file, tmp_path / "network.db"))

    pictures = picture_window(network, tmp_path, TODAY)

    assert len(pictures) == 24
    images = {path.stem: QImage(str(path)) for path in pictures}
    for page in (*FIRST_PAGES, "drivers", "promises", "plan", "ledger", "week", "coolers", "recalls"):
        light, dark = images[f"{page}-light"], images[f"{page}-dark"]
        assert (light.width(), light.height()) == (dark.width(), dark.height()) == (1280, 800)
        assert light.pixelColor(5, 400).lightness() > 200
        assert dark.pixelColor(5, 400).lightness() < 60


def test_a_window_that_cannot_open_gives_no_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    assert picture_window(tmp_path / "network.db", tmp_path, TODAY) == ()


def test_a_family_asked_for_before_the_rows_came_is_chosen_when_they_do(
    qtbot: QtBot, tmp_path: Path, worked_file: Path
) -> None:
    database = opened_network(Path(shutil.copy(worked_file, tmp_path / "network.db")))
    desk = Desk(database, Runner(), Display(), None, lambda: TODAY)
    page = DonorsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.show_family("D-0017")
    qtbot.waitUntil(lambda: list(page.list.table.chosen_keys) == ["D-0017"])
    desk.runner.close()
    database.dispose()
