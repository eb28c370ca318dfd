"""How soon our window is there, against the shortest programs that show the same.

    python -m tests.benchmarks.bench_start [--donors 10000] [--rounds 5]

First paint: our window against a bare PySide6 window with an empty table (``rival_empty.py``). Usable table:
from process start to the painted donors page of a network in a file, in time and in peak memory, against
a hundred lines with PySide6, SQLAlchemy and sqlcipher3 that show the same rows in the same columns and do
nothing else (``rival_table.py``). Whole processes, ours and the rival in turn, each once beforehand so that
bytecode and disk are warm; the medians' ratio counts. Then the longest time the window did not answer while
each page of 5,000 households was made, read and shown: a figure, wanted below 50 ms.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.many_donors import write_network
from tests.benchmarks.ratio import exit_code, options

HERE = Path(__file__).parent
TIME, MEMORY = 1.5, 1.3
"""At most so many times the rival's."""


@dataclass(frozen=True)
class Run:
    """One process from start to paint: seconds, and peak memory in MB (kilobytes as Linux counts)."""

    seconds: float
    megabytes: float


def main(words: list[str] | None = None) -> int:
    """Print a line a question; return 1 if a target was missed."""
    chosen = options(__doc__, words, donors=(10_000, 10), rounds=(5, 0), large=(4_500, 10))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        network = folder / "network.db"
        write_network(network, date.today(), chosen.donors)  # noqa: DTZ011 - the day the coordinator's clock says
        ours, rival = _both(
            folder, ["-m", "tests.benchmarks.our_start", "frame", network], ["rival_empty.py"], chosen.rounds
        )
        is_good = _say("first painted window, s", _seconds(ours), _seconds(rival), TIME)
        ours, rival = _both(
            folder,
            ["-m", "tests.benchmarks.our_start", "donors", network],
            ["rival_table.py", network],
            chosen.rounds,
        )
        is_good &= _say(f"table of {chosen.donors:,} donors, s", _seconds(ours), _seconds(rival), TIME)
        is_good &= _say(f"table of {chosen.donors:,} donors, MB", _peak(ours), _peak(rival), MEMORY)
        _say_stalls(folder, chosen.large)
    return exit_code(chosen, is_good)


def _both(
    folder: Path, ours: list[str | Path], rival: list[str | Path], rounds: int
) -> tuple[list[Run], list[Run]]:
    rival = [HERE / str(rival[0]), *rival[1:]]
    runs = [(_run(folder, ours), _run(folder, rival)) for _ in range(rounds + 1)]
    runs = runs[1:] or runs
    return [our for our, _ in runs], [other for _, other in runs]


def _run(folder: Path, words: list[str | Path]) -> Run:
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    took = perf_counter() - start
    return Run(took, int(done.stdout.split()[1]) / 1024)


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment as a user has it: own folders, bytecode kept, no screen needed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {name: str(folder) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    return kept | own | {"QT_QPA_PLATFORM": "offscreen"}


def _seconds(runs: list[Run]) -> float:
    return median(run.seconds for run in runs)


def _peak(runs: list[Run]) -> float:
    return median(run.megabytes for run in runs)


def _say(what: str, ours: float, rival: float, target: float) -> bool:
    is_reached = ours / rival <= target
    said = "reached" if is_reached else "MISSED"
    print(
        f"{what}: {ours:.2f} against {rival:.2f}, {ours / rival:.2f} times (at most {target}): {said}",
        flush=True,
    )
    return is_reached


def _say_stalls(folder: Path, donors: int) -> None:
    network = folder / "large.db"
    write_network(network, date.today(), donors, donors // 9)  # noqa: DTZ011 - as above
    words = [sys.executable, "-m", "tests.benchmarks.our_stalls", str(network)]
    print(subprocess.run(words, env=_environment(folder), capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
