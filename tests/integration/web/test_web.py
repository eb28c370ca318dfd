"""What the web client makes of servers that are good, dead, slow, wrong and hostile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from time import monotonic

import pytest

from coordinator.adapters.web import requests
from coordinator.adapters.web.requests import Patience, WebError, get_json, post_json
from tests import web_server
from tests.web_server import DEAD, json_of, running, send

STREET = "299 Elm Lane"
SHORT = Patience(seconds=0.4, most_bytes=100_000)
Answer = Callable[[BaseHTTPRequestHandler], None]


def refusal(url: str, patience: Patience = SHORT) -> str:
    with pytest.raises(WebError) as caught:
        get_json(url, {"q": STREET}, agent="MilkRun/1", patience=patience)
    assert STREET not in repr(caught.getrepr(style="native"))
    return str(caught.value)


def test_an_answer_is_read_and_the_server_is_told_who_asks() -> None:
    with running(json_of({"a": 1})) as server:
        assert get_json(f"{server.url}/search", {"q": STREET}, agent="MilkRun/1 (me@example.org)") == {"a": 1}
        assert post_json(server.url, [1], agent="MilkRun/1") == {"a": 1}

    assert server.asked[0] == "/search?q=299+Elm+Lane"
    assert server.agents[0] == "MilkRun/1 (me@example.org)"
    assert server.bodies == [b"[1]"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (web_server.html, "no JSON"),
        (web_server.redirect, "another address"),
        (web_server.failing, "HTTP 503"),
        (web_server.a_gigabyte, "far too much"),
        (web_server.endless_chunks, "far too much"),
        (web_server.a_bomb, "packed"),
        (web_server.dripping(), "too slow"),
        (web_server.dripping(head=True), "too slow"),
        (lambda handler: send(handler, b"[NaN]", "application/json"), "no JSON"),
        (lambda handler: send(handler, b"9" * 9_000, "application/json"), "no JSON"),
        (lambda handler: send(handler, b"[" * 90_000, "application/json"), "no JSON"),
        (lambda handler: send(handler, b"\xff\xfe", "application/json"), "no JSON"),
        (lambda handler: handler.wfile.write(b"220 mail.example.org ESMTP\r\n"), "no web page"),
        (lambda _: None, "hung up"),
    ],
)
def test_a_bad_server_is_named_with_what_it_did(answer: Answer, sentence: str) -> None:
    with running(answer) as server:
        start = monotonic()
        said = refusal(server.url)

    assert said.startswith("127.0.0.1 ")
    assert sentence in said
    assert monotonic() - start < 5


def test_a_dead_server_could_not_be_reached() -> None:
    assert refusal(DEAD) == "127.0.0.1 could not be reached."


@pytest.mark.parametrize(
    "url", ["", "nonsense", "file:///etc/passwd", "ftp://127.0.0.1", "http://[", "http://a:b"]
)
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert "no address of a server" in refusal(url)


def test_hanging_up_frees_who_waits_at_once() -> None:
    with running(web_server.html) as server:
        web_server.slowly(web_server.html, server)
        said: list[str] = []
        thread = threading.Thread(target=lambda: said.append(refusal(server.url, Patience(seconds=30))))
        thread.start()
        while not server.asked:
            thread.join(0.01)
        start = monotonic()
        requests.hang_up()
        thread.join(5)

    assert said == ["127.0.0.1 was not waited for any longer."]
    assert monotonic() - start < 2


def test_no_proxy_of_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, DEAD)
    with running(json_of([])) as server:
        assert get_json(server.url, agent="MilkRun/1") == []


def test_the_log_names_the_host_and_never_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with running(json_of([])) as server:
        get_json(server.url, {"q": STREET}, agent="MilkRun/1")
        server.answer = web_server.failing
        refusal(server.url)
    refusal(DEAD)

    assert "127.0.0.1" in caplog.text
    assert "Elm" not in caplog.text
