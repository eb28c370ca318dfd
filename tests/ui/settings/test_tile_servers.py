"""Bad tile servers: our own land shows, it is said once, and they are left alone."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from pytestqt.qtbot import QtBot

from tests import web_server
from tests.tile_builders import (
    RED,
    a_huge_picture,
    tiles_served,
    without_end,
)
from tests.ui.widgets.tile_maps import MAKERS, a_canvas, colour_at, land_colour, shows, source_at, words_on
from ui.widgets.maps import tile_store, tile_web
from ui.widgets.maps.tile_store import TileStore


def a_slow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tile_web, "SILENT_AFTER_MS", 200)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (web_server.html, "sends something that is no map"),
        (web_server.failing, "refuses to send a map"),
        (web_server.redirect, "wants to send us to another address"),
        (web_server.a_gigabyte, "sends something that is no map"),
        (without_end, "sends something that is no map"),
        (a_huge_picture, "sends something that is no map"),
    ],
)
def test_a_server_that_sends_no_map_leaves_our_own_and_is_named_once(
    qtbot: QtBot, store: TileStore, answer: Callable[[BaseHTTPRequestHandler], None], words: str
) -> None:
    land, said = land_colour(qtbot), list[str]()
    store.said.connect(said.append)
    with web_server.running(answer) as server:
        canvas = a_canvas(qtbot, store)
        store.use(source_at(server.url))
        qtbot.waitUntil(lambda: store.is_resting and store.is_idle, timeout=10_000)
        canvas.zoom(8)
        canvas.repaint()
        qtbot.waitUntil(lambda: store.is_idle)

        assert len(server.asked) <= tile_store.AT_ONCE
    assert len(said) == 1
    assert said[0].startswith("127.0.0.1 ")
    assert words in said[0]
    canvas.fit()
    assert colour_at(canvas) == land
    assert "Kennebunk" in words_on(canvas)
    assert MAKERS not in " ".join(words_on(canvas))


def test_a_dead_server_leaves_our_own_map(qtbot: QtBot, store: TileStore) -> None:
    land = land_colour(qtbot)
    canvas = a_canvas(qtbot, store)

    with qtbot.waitSignal(store.said) as said:
        store.use(source_at(web_server.DEAD))

    assert said.args == ["127.0.0.1 cannot be reached; the maps show our own land and towns meanwhile."]
    assert colour_at(canvas) == land


def test_a_server_that_says_nothing_is_given_up(
    qtbot: QtBot, store: TileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_slow_one(monkeypatch)
    with web_server.running(web_server.html) as server:
        web_server.slowly(web_server.html, server)
        canvas = a_canvas(qtbot, store)
        with qtbot.waitSignal(store.said) as said:
            store.use(source_at(server.url))

        assert "is too slow" in str(said.args)
        assert not shows(canvas, RED)
        qtbot.waitUntil(lambda: store.is_idle)
        assert len(server.asked) == tile_store.AT_ONCE


def test_a_server_that_dribbles_is_given_up(
    qtbot: QtBot, store: TileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tile_web, "WHOLE_AFTER_MS", 300)

    with web_server.running(web_server.html) as slow:

        def dribble(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.end_headers()
            while not slow.stopping.wait(0.02):
                handler.wfile.write(b"x")

        slow.answer = dribble
        canvas = a_canvas(qtbot, store)
        with qtbot.waitSignal(store.said) as said:
            store.use(source_at(slow.url))

        assert not shows(canvas, RED)
    assert "is too slow" in str(said.args)


def test_after_the_rest_a_server_is_asked_again(
    qtbot: QtBot, store: TileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store._rest.setInterval(200)
    with web_server.running(web_server.failing) as server:
        canvas = a_canvas(qtbot, store)
        store.use(source_at(server.url))
        qtbot.waitUntil(lambda: store.is_resting)
        server.answer = tiles_served()

        qtbot.waitUntil(lambda: shows(canvas, RED), timeout=10_000)
