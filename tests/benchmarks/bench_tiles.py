"""Does the window stay alive while tiles come, and how soon is a map of one's own file whole?

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_tiles [--seconds 4]

A map of 1280 x 820 with 300 pins is dragged about, 60 steps a second, over tiles from a server in another
process: a good one, a slow one, one that sends web pages, one that sends a gigabyte a tile, one that never
stops sending, a dead one. A timer of 2 ms beats meanwhile; wanted are at most 50 ms between 95 of 100 beats,
and never more than 200.
No tiles at all is shown beside them: what they cost is the difference.

Then tiles are read out of a PMTiles file by ours and by the package's own reader, and the time until a view
is whole from an MBTiles and a PMTiles file is shown.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from pmtiles.reader import MmapSource, Reader
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coordinator.adapters.map_files.tile_files import open_tile_file
from coordinator.domain.maps.drawing import Pin, Role
from coordinator.domain.maps.tile_sources import TileSource
from coordinator.domain.maps.tiles import TileLimits
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.settings import Settings
from coordinator.services.paper.maps import load_basemap
from coordinator.services.settings.tiles import chosen_source
from tests.benchmarks.ratio import exit_code, median_ratio, options, report
from tests.benchmarks.tile_pictures import some_picture
from tests.benchmarks.tile_server import KINDS
from tests.tile_builders import a_pmtiles, an_mbtiles, tiles_of_box
from tests.web_server import DEAD
from ui import theme
from ui.widgets.maps.map_canvas import MapCanvas
from ui.widgets.maps.tile_store import TileStore

BEAT_MS, STEP_MS = 2, 16
MOST_P95_MS, MOST_WORST_MS = 50.0, 200.0
WANTED_RATIO = 10.0
SIZE = (1280, 820)


def a_canvas(store: TileStore) -> MapCanvas:
    """Return a map of the seacoast with 300 pins, on screen."""
    dice = random.Random(7)
    canvas = MapCanvas(load_basemap(), tiles=store)
    canvas.resize(*SIZE)
    places = [
        Position(43.4 + dice.uniform(-0.5, 0.5), -70.8 + dice.uniform(-0.6, 0.6), Precision.ZIP)
        for _ in range(300)
    ]
    canvas.show_scene([Pin(f"D-{nth:04}", place, Role.DONOR) for nth, place in enumerate(places)])
    canvas.show()
    return canvas


@contextmanager
def served(kind: str) -> Iterator[str]:
    """Run a server of *kind*; give its address."""
    command = [sys.executable, "-m", "tests.benchmarks.tile_server", kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate("")


class Drag:
    """Drags a map about for a while and keeps the pauses between the beats of a timer."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._dice = random.Random(1)
        self._at = QPoint(SIZE[0] // 2, SIZE[1] // 2)
        self._heading = QPointF(6, 2)
        self._last = 0.0
        self.pauses_ms = [0.0]

    def run(self, seconds: float) -> None:
        """Drag, letting go and zooming now and then."""
        beat, step = QTimer(interval=BEAT_MS), QTimer(interval=STEP_MS)
        beat.setTimerType(Qt.TimerType.PreciseTimer)
        beat.timeout.connect(self._beat)
        step.timeout.connect(self._step)
        QTest.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=self._at)
        self._last = perf_counter()
        beat.start()
        step.start()
        QTest.qWait(round(seconds * 1000))
        beat.stop()
        step.stop()

    def _beat(self) -> None:
        now = perf_counter()
        self.pauses_ms.append((now - self._last) * 1000)
        self._last = now

    def _step(self) -> None:
        left = Qt.MouseButton.LeftButton
        self._at += self._heading.toPoint()
        if not self._canvas.rect().adjusted(40, 40, -40, -40).contains(self._at):
            QTest.mouseRelease(self._canvas, left, pos=self._at)
            self._canvas.zoom(self._dice.choice((1.4, 1 / 1.4)))
            self._at = QPoint(SIZE[0] // 2, SIZE[1] // 2)
            self._heading = QPointF(self._dice.uniform(-9, 9), self._dice.uniform(-5, 5))
            QTest.mousePress(self._canvas, left, pos=self._at)
        QTest.mouseMove(self._canvas, self._at)


def heartbeat(name: str, url: str, seconds: float) -> bool:
    """Print how the window fared with the server at *url*, and tell whether well enough."""
    store = TileStore()
    canvas = a_canvas(store)
    QTest.qWait(300)
    if url:
        store.use(TileSource("© somebody", TileLimits(), url=url + "/{z}/{x}/{y}.png", agent="bench"))
    drag = Drag(canvas)
    drag.run(seconds)
    p95, worst = float(np.percentile(drag.pauses_ms, 95)), max(drag.pauses_ms)
    fine = p95 <= MOST_P95_MS and worst <= MOST_WORST_MS
    shown = len(store._pictures)
    verdict = "reached" if fine else "MISSED"
    print(
        f"{name:10} p95 {p95:5.1f} ms, worst {worst:6.1f} ms, {shown:4} tiles at hand: {verdict}", flush=True
    )
    store.close()
    canvas.deleteLater()
    return fine


def first_view_ms(path: Path) -> float:
    """Return how long it takes from choosing the file to the last tile of the view on screen."""
    store = TileStore()
    canvas = a_canvas(store)
    QTest.qWait(200)
    begun = perf_counter()
    store.use(chosen_source(Settings(tiles_file=str(path))))
    while not canvas.look.tiles.covers:
        QApplication.processEvents()
        if perf_counter() - begun > 20:
            raise TimeoutError
    taken = (perf_counter() - begun) * 1000
    store.close()
    canvas.deleteLater()
    return taken


def reading_ratio(path: Path, zoom: int, rounds: int) -> float:
    """Return how much longer the package's own reader takes for a view's tiles than ours."""
    tiles = tiles_of_box([zoom])[:48]
    with path.open("rb") as file, closing(open_tile_file(path)) as ours:
        theirs: Any = Reader(MmapSource(file))
        return median_ratio(
            lambda: [theirs.get(tile.zoom, tile.column, tile.row) for tile in tiles],
            lambda: [ours.read(tile) for tile in tiles],
            rounds,
        )


def main(words: list[str] | None = None) -> int:
    """Print a line a server and a file; return 1 if a target is missed."""
    chosen = options(__doc__, words, seconds=(4.0, 0.1), zoom=(12, 8), rounds=(5, 1))
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        fine = [heartbeat("no tiles", "", chosen.seconds)]
        for kind in ("good",) if chosen.small else KINDS:
            with served(kind) as url:
                fine.append(heartbeat(kind, url, chosen.seconds))
        fine.append(heartbeat("dead", DEAD, chosen.seconds))
        area = (-73.0, 42.0, -68.5, 45.0)
        tiles = tiles_of_box(range(7, chosen.zoom + 1), area)
        mbtiles = an_mbtiles(Path(folder) / "one.mbtiles", tiles, some_picture)
        pmtiles = a_pmtiles(
            Path(folder) / "two.pmtiles", tiles, lambda t: some_picture(t) + repr(t).encode(), box_deg=area
        )
        for path in (mbtiles, pmtiles):
            times = [first_view_ms(path) for _ in range(chosen.rounds)]
            print(f"first whole view from {path.suffix}: {median(times):.0f} ms, median", flush=True)
        ratio = reading_ratio(pmtiles, min(chosen.zoom, 11), chosen.rounds)
        fine.append(report("48 tiles read, against pmtiles' own reader", ratio, WANTED_RATIO))
    return exit_code(chosen, *fine)


if __name__ == "__main__":
    sys.exit(main())
