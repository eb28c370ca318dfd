"""Choosing tiles in the settings, and that every map of the window follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.maps.drawing import Role, Text
from coordinator.domain.settings import Settings
from coordinator.services.settings.values import change_setting, settings
from tests import web_server
from tests.tile_builders import BLUE, a_png, an_mbtiles, tiles_of_box
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.file_answers import answer_with
from tests.ui.network import dialog_of, idle, opened, started
from tests.web_server import WebServer
from ui.settings.dialog import SettingsDialog
from ui.settings.tiles import corner_words
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import tiles_of
from ui.window.network_window import NetworkWindow

WITH_MAP = (1500, 900)
"""A window so wide that the map stands beside the donors."""


def settled(qtbot: QtBot, window: NetworkWindow) -> None:
    idle(qtbot, window)
    qtbot.waitUntil(lambda: tiles_of(window._desk).is_idle, timeout=20_000)


def settings_of(qtbot: QtBot, window: NetworkWindow) -> SettingsDialog:
    window.dialogs.open_settings()
    idle(qtbot, window)
    return dialog_of(window, SettingsDialog)


def choose(qtbot: QtBot, window: NetworkWindow, box_of: object, row: int) -> None:
    box = getattr(box_of, "box")  # noqa: B009 - a field of any kind that has one
    box.setCurrentIndex(row)
    box.activated.emit(row)
    idle(qtbot, window)


def type_into(qtbot: QtBot, window: NetworkWindow, dialog: SettingsDialog, name: str, text: str) -> None:
    editor = dialog.fields[name].editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    idle(qtbot, window)


def matching_map(qtbot: QtBot, window: NetworkWindow) -> MapCanvas:
    window.show_on_page("matching", "R-0001")
    qtbot.waitUntil(lambda: bool(window.findChildren(MapCanvas)), timeout=20_000)
    idle(qtbot, window)
    return window.findChildren(MapCanvas)[0]


def test_what_the_server_sees_is_said_beside_the_switch_which_is_off(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    dialog = settings_of(qtbot, opened(qtbot, database, started(tmp_path)))

    assert dialog.fields["shows_tiles"].value is False
    assert dialog.tiles.server.typed() == "OpenStreetMap"
    assert any("The server sees which area you look at" in label.text() for label in labels(dialog))
    assert nameless_controls(dialog) == []
    assert cut_labels(dialog) == []


def labels(dialog: SettingsDialog) -> list[QLabel]:
    return dialog.findChildren(QLabel)


def test_a_server_is_chosen_with_the_words_it_wants_on_the_map(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    dialog = settings_of(qtbot, window)

    choose(qtbot, window, dialog.tiles.server, 2)

    assert "nationalmap.gov" in settings(database).tiles_url
    assert "U.S. Geological Survey" in settings(database).tiles_attribution
    assert dialog.fields["tiles_url"].value == settings(database).tiles_url
    assert settings(database).shows_tiles is False


def test_an_address_that_is_none_stays_with_the_reason_beside_it(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    dialog = settings_of(qtbot, window)

    type_into(qtbot, window, dialog, "tiles_url", "file:///etc/{z}/{x}/{y}")

    assert "begins with https://" in dialog.fields["tiles_url"].message.text()
    assert settings(database).tiles_url == Settings().tiles_url


def test_a_map_file_is_checked_when_chosen_and_described(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    dialog = settings_of(qtbot, window)
    path = an_mbtiles(
        tmp_path / "new england.mbtiles",
        tiles_of_box(range(6, 9)),
        bounds="-72,42.5,-69.5,44.5",
        attribution="© Ana",
    )
    answer_with(monkeypatch, path)

    qtbot.mouseClick(dialog.tiles.file_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)

    assert settings(database).tiles_file == str(path)
    assert dialog.tiles.about.text() == "PNG tiles, zooms 6 to 8, 42.5 to 44.5° N, 72.0 to 69.5° W. © Ana"


def test_a_file_that_is_no_map_is_not_kept(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    dialog = settings_of(qtbot, window)
    (tmp_path / "milk.csv").write_text("donor,oz")
    answer_with(monkeypatch, tmp_path / "milk.csv")

    qtbot.mouseClick(dialog.tiles.file_button, Qt.MouseButton.LeftButton)
    idle(qtbot, window)

    assert "no map file" in dialog.fields["tiles_file"].message.text()
    assert settings(database).tiles_file == ""


def test_switching_it_on_brings_tiles_under_the_map_and_off_takes_them_away(
    qtbot: QtBot, sample_region: Database, tmp_path: Path, server: WebServer
) -> None:
    change_setting(sample_region, "tiles_url", server.url + "/{z}/{x}/{y}.png")
    change_setting(sample_region, "contact", "ana@example.org")
    window = opened(qtbot, sample_region, started(tmp_path), size=WITH_MAP)
    canvas = matching_map(qtbot, window)
    assert server.asked == []
    dialog = settings_of(qtbot, window)

    choose(qtbot, window, dialog.fields["shows_tiles"], 1)
    qtbot.waitUntil(lambda: canvas.look.tiles.covers, timeout=20_000)

    assert settings(sample_region).shows_tiles is True
    assert {agent.partition("/")[0] for agent in server.agents} == {"MilkRun"}
    assert server.agents[0].endswith("(ana@example.org)")

    choose(qtbot, window, dialog.fields["shows_tiles"], 0)
    settled(qtbot, window)
    asked = len(server.asked)
    canvas.zoom(2)
    canvas.grab()
    assert not canvas.look.tiles.drawn
    assert len(server.asked) == asked


def test_a_server_in_trouble_is_named_in_the_line_of_news_and_our_land_shows(
    qtbot: QtBot, sample_region: Database, tmp_path: Path
) -> None:
    change_setting(sample_region, "tiles_url", web_server.DEAD + "/{z}/{x}/{y}.png")
    change_setting(sample_region, "shows_tiles", "yes")

    window = opened(qtbot, sample_region, started(tmp_path), size=WITH_MAP)
    canvas = matching_map(qtbot, window)

    qtbot.waitUntil(lambda: "127.0.0.1 cannot be reached" in window.notice.text, timeout=20_000)
    assert not canvas.look.tiles.drawn
    assert any(isinstance(item, Text) and item.role is Role.TOWN for item in canvas.primitives)


def test_a_map_file_is_there_at_the_next_start(qtbot: QtBot, sample_region: Database, tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "map", tiles_of_box(range(6, 13)), lambda _: a_png(BLUE))
    change_setting(sample_region, "tiles_file", str(path))

    window = opened(qtbot, sample_region, started(tmp_path), size=WITH_MAP)
    canvas = matching_map(qtbot, window)

    qtbot.waitUntil(lambda: bool(canvas.look.tiles.drawn), timeout=20_000)
    path.unlink()


def test_a_map_file_that_is_gone_at_the_next_start_is_said_and_the_land_shows(
    qtbot: QtBot, sample_region: Database, tmp_path: Path
) -> None:
    path = an_mbtiles(tmp_path / "map", tiles_of_box([6]))
    change_setting(sample_region, "tiles_file", str(path))
    path.unlink()

    window = opened(qtbot, sample_region, started(tmp_path))

    qtbot.waitUntil(lambda: "There is no such file" in window.notice.text, timeout=20_000)
    assert tiles_of(window._desk).source is None


def test_corners_are_said_as_on_a_paper_map() -> None:
    assert corner_words((-72.0, 42.5, -69.5, 44.5)) == "42.5 to 44.5° N, 72.0 to 69.5° W"
    assert corner_words((-10.0, -5.0, 20.0, 5.0)) == "5.0° S to 5.0° N, 10.0° W to 20.0° E"
