"""Look-ups of ours against the ``zipcodes`` package's first query, each in a fresh process.

python -m tests.benchmarks.bench_gazetteer

Exact look-ups must be 100 times faster: the first one (opening the file included) and warm ones. Type-ahead,
names spelt alike and reverse look-ups are named apart; the package has nothing to compare them with.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import partial
from os import environ
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tests.benchmarks.ratio import exit_code, options, report, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET, REPEATS = 100, 200
STATM_PAGE_KB = 4
EXACT = (
    "a ZIP, file opened for it",
    "a ZIP",
    "a town and its state",
    "a post office's town (York ME)",
    "an FSA",
)


def rival() -> dict[str, float]:
    """Return the seconds of the package's first query; its import is not counted."""
    import zipcodes  # noqa: PLC0415 - measured in a process of its own

    look_up: Any = zipcodes
    return {"zipcodes, first query": seconds(partial(look_up.matching, "03904"))}


def ours() -> dict[str, float]:
    """Return the seconds of each kind of our look-ups, and what they take of memory in MB."""
    from coordinator.adapters.gazetteer.place_offers import PlaceOffers  # noqa: PLC0415 - as above
    from coordinator.adapters.gazetteer.towns import Gazetteer  # noqa: PLC0415 - as above
    from coordinator.domain.places.positions import Address, Position, Precision  # noqa: PLC0415 - as above

    before = memory_mb()
    start = perf_counter()
    gazetteer = Gazetteer()
    gazetteer.zip_place("03904")
    figures = {EXACT[0]: perf_counter() - start}
    offers = PlaceOffers(gazetteer)
    near = Position(43.2, -70.8, Precision.TOWN)
    york = Address(town="York", state="ME")
    gazetteer.locate(york)
    figures |= {
        EXACT[1]: each(lambda: gazetteer.zip_place("03904")),
        EXACT[2]: each(lambda: gazetteer.locate(Address(town="Rollinsford", state="NH"))),
        EXACT[3]: each(lambda: gazetteer.locate(york)),
        EXACT[4]: each(lambda: gazetteer.zip_place("M5V 2T6")),
        "type-ahead: ki": each(lambda: offers.suggest("ki", near=near)),
        "type-ahead: kitt": each(lambda: offers.suggest("kitt", near=near)),
        "type-ahead: 039": each(lambda: offers.suggest("039", near=near)),
        "spelt alike: Kitery": each(lambda: offers.suggest("Kitery", near=near)),
        "spelt alike: Kitery ME": each(lambda: offers.suggest("Kitery ME", near=near)),
        "nearest town and ZIP": each(lambda: offers.nearest(near)),
        "MEMORY": memory_mb() - before,
    }
    return figures


def gathering() -> dict[str, float]:
    """Return the seconds it takes to gather the post office's names; once a machine."""
    from coordinator.adapters.gazetteer.towns import Gazetteer  # noqa: PLC0415 - as above

    gazetteer = Gazetteer()
    return {"gathering the post office's names": seconds(gazetteer.files.post_office.names)}


def each(work: Callable[[], object]) -> float:
    """Return the median seconds of *work*, warm."""
    work()
    return median(seconds(work) for _ in range(REPEATS))


def memory_mb() -> float:
    """Return what this process holds in memory; nothing where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text("ascii").split()[1]) * STATM_PAGE_KB / 1024 if statm.exists() else 0.0


PARTS = {"rival": rival, "ours": ours, "gathering": gathering}


def in_fresh_process(what: str, folder: str) -> dict[str, float]:
    """Return the figures of one of the functions above, run in a new Python with its cache in *folder*."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_gazetteer", what]
    answer = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environ | {"XDG_CACHE_HOME": folder}
    )
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def main(words: list[str] | None = None) -> int:
    """Print the table and the ratios; 0 if every exact look-up reached its target."""
    asked = options(__doc__, words, rounds=(5, 1))
    with tempfile.TemporaryDirectory() as folder:
        once = in_fresh_process("gathering", folder)
        # Rival and ours in turn, so that both meet the same weather.
        rounds = [
            in_fresh_process("rival", folder) | in_fresh_process("ours", folder) for _ in range(asked.rounds)
        ]
    figures = {name: median(one[name] for one in rounds) for name in rounds[0]}
    print(f"memory of our look-ups: {figures.pop('MEMORY'):.1f} MB")
    for name, taken in (once | figures).items():
        print(f"{name:36} {taken * 1000:10.3f} ms")
    first = figures["zipcodes, first query"]
    reached = [
        report(f"exact: {name}", median(one["zipcodes, first query"] / one[name] for one in rounds), TARGET)
        for name in EXACT
    ]
    for name, taken in figures.items():
        if name not in (*EXACT, "zipcodes, first query"):
            print(f"{name}: {first / taken:,.0f} times (no target)")
    return exit_code(asked, *reached)


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in PARTS:
        print(json.dumps(PARTS[sys.argv[1]]()))
    else:
        sys.exit(main())
