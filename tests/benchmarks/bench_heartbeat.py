"""How evenly the window's heart beats while servers are good, slow, dead or hostile.

    python -m tests.benchmarks.bench_heartbeat [--seconds 4]

A timer of 5 ms in the window's thread measures how late each beat is, on the real window with 300
donors, while work of the online runner asks a server on this computer. Wanted: 95 in 100 beats at most 50 ms
late, the worst at most 200 ms. Then the window is closed while a server hangs: a figure, wanted below 1 s.
Other servers add a line to ``SCENARIOS``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer

from coordinator.bootstrap import Database
from coordinator.errors import UserError
from coordinator.services.places import addresses
from coordinator.services.settings import online
from coordinator.services.settings.values import change_setting
from tests import web_server
from tests.benchmarks.many_donors import write_network
from tests.benchmarks.ratio import exit_code, options
from tests.networks import opened_network
from tests.web_server import DEAD, json_of, running
from ui.desk import Desk
from ui.tasks import Runner
from ui.units import Display
from ui.window.network_window import NetworkWindow
from ui.window.open_window import dressed_application

BEAT_MS = 5
MOST_P95_MS, MOST_MS = 50.0, 200.0
TODAY = date(2026, 11, 21)
PLACE = {"lat": "43.2", "lon": "-70.8", "display_name": "Elm Lane", "place_rank": 26}

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Scenario:
    """A server, and what asks it; *work* runs on the online runner, again and again."""

    name: str
    answer: Answer | None
    work: Callable[[Database, str, int], object]


def look_up(database: Database, url: str, number: int) -> None:
    """Look up an address that was never asked before, without the second between two questions."""
    change_setting(database, "nominatim_url", url)
    with suppress(UserError):
        addresses.look_up(database, addresses.enquiry(database, "D-0001"), f"{number} Elm Ln", lambda: None)


SCENARIOS = [
    Scenario("nothing asked", json_of([]), lambda *_: None),
    Scenario("addresses, good", json_of([PLACE]), look_up),
    Scenario("addresses, a byte at a time", web_server.dripping(), look_up),
    Scenario("addresses, dead", None, look_up),
    Scenario("addresses, web page", web_server.html, look_up),
    Scenario("addresses, 1 GB", web_server.a_gigabyte, look_up),
    Scenario("addresses, endless chunks", web_server.endless_chunks, look_up),
]


class Heart:
    """Beats in the window's thread and keeps how late each beat was, in milliseconds."""

    def __init__(self) -> None:
        self.late_ms = [0.0]
        self._last = perf_counter()
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> tuple[float, float]:
        """Return the 95th percentile and the worst."""
        self._timer.stop()
        ordered = sorted(self.late_ms)
        return ordered[int(len(ordered) * 0.95)], ordered[-1]

    def _beat(self) -> None:
        now = perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now


def main(words: list[str] | None = None) -> int:
    """Print a line a scenario; return 1 if a target was missed."""
    asked = options(__doc__, words, seconds=(4.0, 0.1), donors=(300, 3))
    with tempfile.TemporaryDirectory() as name:
        desk, window = _window(Path(name) / "network.db", asked.donors)
        _pass(asked.seconds / 2)  # pages and the map are imported meanwhile
        print(f"{'':32}{'asked':>7}{'p95 ms':>9}{'worst ms':>10}")
        results = [_measure(desk, scenario, asked.seconds) for scenario in SCENARIOS]
        is_good = all(results) & _close(desk, window)
    return exit_code(asked, is_good)


def _window(path: Path, donors: int) -> tuple[Desk, NetworkWindow]:
    dressed_application()
    write_network(path, TODAY, donors)
    database = opened_network(path)
    change_setting(database, "looks_up_addresses", "yes")
    desk = Desk(database, Runner(), Display(), None, lambda: TODAY, online=Runner(hang_up=online.hang_up))
    window = NetworkWindow(desk)
    window.resize(1093, 614)
    window.show()
    window.begin()
    return desk, window


def _pass(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def _measure(desk: Desk, scenario: Scenario, seconds: float) -> bool:
    """Ask over and over for *seconds*; what still hangs then is hung up."""
    asked, is_over = 0, False

    def again(_answer: object = None) -> None:
        nonlocal asked
        if not is_over:
            asked += 1
            desk.online.run(partial(scenario.work, desk.database, url, asked), again, again)

    with running(scenario.answer or json_of([])) as server:
        url = server.url if scenario.answer else DEAD
        heart = Heart()
        again()
        _pass(seconds)
        p95, worst = heart.stop()
        is_over = True
        online.hang_up()
        desk.online.wait()
        _pass(0.1)
    is_reached = p95 <= MOST_P95_MS and worst <= MOST_MS
    said = "reached" if is_reached else "MISSED"
    print(f"{scenario.name:32}{asked:>7}{p95:>9.1f}{worst:>10.1f}  {said}", flush=True)
    return is_reached


def _close(desk: Desk, window: NetworkWindow) -> bool:
    with running(web_server.html) as server:
        web_server.slowly(web_server.html, server)
        for number in range(3):
            desk.online.run(
                partial(look_up, desk.database, server.url, -number), lambda _: None, lambda _: None
            )
        while not server.asked:
            _pass(0.05)
        start = perf_counter()
        window.close()
        took = perf_counter() - start
    print(f"closing while a server hangs and two more questions wait: {took:.2f} s")
    return took < 1.0


if __name__ == "__main__":
    sys.exit(main())
