"""A server on this computer that plays Nominatim, tiles or roads, well or badly, for the tests."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class WebServer:
    """Answers every request by ``answer(handler)``, on a thread of its own; ``asked`` keeps the paths."""

    answer: Callable[[BaseHTTPRequestHandler], None]
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def running(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[WebServer]:
    server = WebServer(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            server.agents.append(self.headers.get("User-Agent", ""))
            server.answer(self)

        def do_POST(self) -> None:
            server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        http.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that hangs up is meant
        server.url = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            http.shutdown()
            thread.join()


def send(handler: BaseHTTPRequestHandler, body: bytes, kind: str, status: int = 200) -> None:
    """Answer with *body*, whole."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def json_of(value: Any) -> Callable[[BaseHTTPRequestHandler], None]:  # noqa: ANN401 - any JSON
    return lambda handler: send(handler, json.dumps(value).encode(), "application/json")


def html(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"<!doctype html><title>Sign in to the wifi</title>", "text/html")


def redirect(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:9/elsewhere")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def failing(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"overloaded", "text/plain", status=503)


def a_gigabyte(handler: BaseHTTPRequestHandler) -> None:
    """Say a gigabyte comes, and send until the other side hangs up."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(1_000_000_000))
    handler.end_headers()
    block = b"[" * 1_000_000
    for _ in range(1000):
        handler.wfile.write(block)


def slowly(server_answers: Callable[[BaseHTTPRequestHandler], None], server: WebServer) -> None:
    """Make *server* say nothing until the test is over, or *server_answers* after that."""

    def wait(handler: BaseHTTPRequestHandler) -> None:
        server.stopping.wait(60)
        server_answers(handler)

    server.answer = wait


DEAD = "http://127.0.0.1:9"
"""Nothing listens on the discard port."""


def dripping(seconds: float = 0.02, *, head: bool = False) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer a byte at a time, each long before any socket's patience ends, and never come to an end."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        rest = b"" if head else b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + rest + (b"X-Slow: " if head else b""))
        wait = threading.Event()
        for _ in range(int(60 / seconds)):
            handler.wfile.write(b" ")
            wait.wait(seconds)

    return answer


def endless_chunks(handler: BaseHTTPRequestHandler) -> None:
    """Send chunk after chunk until the other side hangs up."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    for _ in range(100_000):
        handler.wfile.write(b"4000\r\n" + b"[" * 0x4000 + b"\r\n")


def a_bomb(handler: BaseHTTPRequestHandler) -> None:
    """Send 20 kB that unpack to 20 MB."""
    packed = gzip.compress(b" " * 20_000_000)
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(packed)))
    handler.end_headers()
    handler.wfile.write(packed)
