"""The window's map against the same pins as items of a QGraphicsView.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_map

Both show southern Maine and what lies round it on 1280 x 820, the same pins at the same size. Pulled is a
whole gesture: 24 steps of 15 pixels and the rest after them, when ours finds its pins anew; "a step" is one
part in 24 of that. The rival shoves its picture along and paints the strip that comes into sight; it
could not if a legend or a scale bar stood still above it, as in ours, so one that paints all is shown too.
"A zoom" is one turn of the wheel; the land is drawn anew once, when it rests: "at rest".
The ratios have names and gathering off, as the rival has neither; beside them stand figures with everything
on. Memory is the peak of a process of its own, beyond numpy and an application without windows. The targets
are for 20,000 pins, against the rival that shoves.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.ratio import exit_code, options, seconds

SEED = 20_261_124
COUNTS = (50, 2_000, 20_000)
WIDTH, HEIGHT = 1280, 820
STEPS, STEP_PX, HITS = 24, 15, 100
MOST_PULL, MOST_BUILD, MOST_MB = 0.75, 0.4, 80.0


def main(words: list[str] | None = None) -> int:
    """Print the figures; 0 if every target was reached."""
    asked = options(__doc__, words, rounds=(5, 1))
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    reached = [_compare(app, count, asked.rounds) for count in (COUNTS[:1] if asked.small else COUNTS)]
    return exit_code(asked, reached[-1])


def _compare(app: QApplication, count: int, rounds: int) -> bool:
    """Print what *count* pins cost and tell whether the targets hold."""
    build, build_full = (
        _ratio(partial(_built, app, what, count), partial(_built, app, "rival", count), rounds)
        for what in ("bare", "ours")
    )
    bare, rival = _made(app, "bare", count), _made(app, "rival", count)
    pull = _ratio(partial(_pull, app, bare), partial(_pull, app, rival), rounds)
    full, plain = _made(app, "ours", count), _made(app, "painting", count)
    pull_plain = _ratio(partial(_pull, app, bare), partial(_pull, app, plain), rounds)
    memory = {what: _in_a_process(what, count) for what in ("ours", "rival")}
    print(f"{count:,} pins")
    print(
        f"  build and first paint: {build:.2f} of the rival's (at most {MOST_BUILD}), all on {build_full:.2f}"
    )
    print(
        f"  pulling: {pull:.2f} of the rival's (at most {MOST_PULL}), {pull_plain:.2f} of one that paints all"
    )
    ms = partial(_ms, rounds=rounds)
    for what, widget in (("bare", bare), ("everything on", full), ("rival", rival), ("painting all", plain)):
        pulls, zooms = ms(partial(_pull, app, widget)), ms(partial(_zoom, app, widget))
        step, zoom, hit = pulls / STEPS, zooms / 2, ms(partial(_hit, widget)) / HITS
        print(f"  {what}: a step {step:.1f} ms, a zoom {zoom:.1f} ms, a hit {hit:.2f} ms")
    rest = ms(partial(_rest, app, full))
    print(f"  everything on, at rest after a zoom: {rest:.0f} ms")
    print(f"  memory: {memory['ours']:.0f} MB more (at most {MOST_MB:.0f}), rival {memory['rival']:.0f} MB")
    for widget in (bare, rival, full, plain):
        widget.close()
        widget.deleteLater()
    return build <= MOST_BUILD and pull <= MOST_PULL and memory["ours"] <= MOST_MB


def _ratio(ours: Callable[[], object], rival: Callable[[], object], rounds: int) -> float:
    """Return the median of our time over the rival's, taking turns, after one of each for the caches."""
    ours()
    rival()
    return median(seconds(ours) / seconds(rival) for _ in range(rounds))


def _ms(work: Callable[[], object], rounds: int) -> float:
    work()
    return median(1000 * seconds(work) for _ in range(rounds))


def _made(app: QApplication, what: str, count: int) -> QWidget:
    """Return a shown and painted map: ours, ours "bare" of names and gathering, or a rival."""
    # Here, not above: the memory of a process counts from before these are imported.
    from coordinator.adapters.map_files.basemap import load_basemap  # noqa: PLC0415 - as said above
    from tests.benchmarks.many_pins import many_pins  # noqa: PLC0415
    from tests.benchmarks.rival_map import ItemMap  # noqa: PLC0415
    from ui.widgets.maps.map_canvas import MapCanvas  # noqa: PLC0415

    basemap, pins = load_basemap(), many_pins(count, SEED)
    if what in {"rival", "painting"}:
        items = ItemMap(basemap, pins, WIDTH, HEIGHT)
        if what == "painting":
            items.setViewportUpdateMode(ItemMap.ViewportUpdateMode.FullViewportUpdate)
        widget: QWidget = items
    else:
        if what == "bare":
            nowhere = np.empty((0, 2))
            nobody = np.empty(0, dtype=np.int64)
            basemap = replace(basemap, town_names=(), town_points=nowhere, town_population=nobody)
        canvas = widget = MapCanvas(basemap)
        canvas.resize(WIDTH, HEIGHT)
        canvas.look.set_clustered(clustered=what != "bare")
        canvas.show_scene(pins)
    widget.show()
    app.processEvents()
    return widget


def _built(app: QApplication, what: str, count: int) -> None:
    widget = _made(app, what, count)
    widget.close()
    widget.deleteLater()


def _pull(app: QApplication, widget: QWidget) -> None:
    """Pull the map there in steps, let go; the next time back."""
    from tests.benchmarks.rival_map import ItemMap  # noqa: PLC0415 - see _made
    from ui.widgets.maps.map_canvas import MapCanvas  # noqa: PLC0415

    step = STEP_PX if widget.property("is_back") else -STEP_PX
    widget.setProperty("is_back", not widget.property("is_back"))
    for _ in range(STEPS):
        if isinstance(widget, MapCanvas):
            widget.pull(QPointF(step, 0))
        elif isinstance(widget, ItemMap):
            widget.pull(step)
        app.processEvents()
    if isinstance(widget, MapCanvas):
        widget.end_pull()
    app.processEvents()


def _zoom(app: QApplication, widget: QWidget) -> None:
    """Look closer, then back."""
    from tests.benchmarks.rival_map import ItemMap  # noqa: PLC0415 - see _made
    from ui.widgets.maps.map_canvas import MapCanvas  # noqa: PLC0415

    for factor in (1.4, 1 / 1.4):
        if isinstance(widget, MapCanvas):
            widget.zoom(factor)
        elif isinstance(widget, ItemMap):
            widget.scale(factor, factor)
        app.processEvents()


def _rest(app: QApplication, widget: QWidget) -> None:
    """Look closer or, the next time, back, and let everything be drawn anew."""
    from ui.widgets.maps.map_canvas import MapCanvas  # noqa: PLC0415 - see _made

    assert isinstance(widget, MapCanvas), "the rival has nothing that waits for rest"
    is_back = widget.property("is_closer")
    widget.setProperty("is_closer", not is_back)
    widget.zoom(1 / 1.4 if is_back else 1.4)
    widget.look.come_to_rest()
    app.processEvents()


def _hit(widget: QWidget) -> None:
    """Ask at a hundred points which pin is there."""
    from tests.benchmarks.rival_map import ItemMap  # noqa: PLC0415 - see _made
    from ui.widgets.maps.map_canvas import MapCanvas  # noqa: PLC0415

    points = np.random.default_rng(SEED).integers((0, 0), (WIDTH, HEIGHT), (HITS, 2)).tolist()
    for x, y in points:
        if isinstance(widget, MapCanvas):
            widget.code_at(QPointF(x, y))
        elif isinstance(widget, ItemMap):
            widget.code_at(x, y)


def _in_a_process(what: str, count: int) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.bench_map", "memory", what, str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _memory_mb(what: str, count: int) -> float:
    """Return the peak of this process beyond numpy and an application, after a first paint and a pull."""
    app = QApplication([])
    before = _peak_mb()
    widget = _made(app, what, count)
    _pull(app, widget)
    return _peak_mb() - before


def _peak_mb() -> float:
    """Return the peak of this process alone; ``ru_maxrss`` would begin with its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(f"{_memory_mb(sys.argv[2], int(sys.argv[3])):.0f}")
    else:
        sys.exit(main())
