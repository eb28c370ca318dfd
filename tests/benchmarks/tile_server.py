"""A tile server in a process of its own, good or bad, so that it takes no time from the window it serves.

``python -m tests.benchmarks.tile_server good|slow|html|gigabyte|endless``: prints its address, serves until
its input ends. Slow: a third of a second for each tile.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from tests import web_server
from tests.benchmarks.tile_pictures import some_picture
from tests.tile_builders import tiles_served, without_end

SLOW_S = 0.33


def _slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(SLOW_S)
    tiles_served(some_picture)(handler)


KINDS: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {
    "good": tiles_served(some_picture),
    "slow": _slow,
    "html": web_server.html,
    "gigabyte": web_server.a_gigabyte,
    "endless": without_end,
}


def main() -> None:
    """Serve."""
    with web_server.running(KINDS[sys.argv[1]]) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
