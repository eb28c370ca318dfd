"""So many random actions on networks of their own, every row compared after each; figures at the end.

    python -m tests.faults.books --actions 100000 --database sqlite --clock auckland --seed 1

An action that fails is told with the last things done before it, and the next network begins.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from coordinator.bootstrap import make_network
from coordinator.db.database import Database
from tests.books.machine import CLOCKS, Coordinator, in_zone
from tests.integration.postgresql import running_server

Value = TypeVar("Value")
IN_ONE_NETWORK = 150
LAST_TOLD = 25


class Chance:
    """A seeded generator."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*."""
        return self._random.randint(low, high)

    def one(self, values: Sequence[Value]) -> Value:
        """Return one of *values*."""
        return self._random.choice(values)


@contextmanager
def databases(kind: str) -> Iterator[Callable[[Path], Database]]:
    """Give what opens an empty network in a folder: a copy of one file, or a database of one server."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="milkrun-books-") as folder:
            template = make_network(Path(folder) / "template.db")

            def copied(place: Path) -> Database:
                return Database.open(Path(shutil.copy(template, place / "network.db")))

            yield copied
    else:
        with running_server() as server:
            yield lambda _: Database.open(server.migrated_database())


def walk(open_one: Callable[[Path], Database], clock: str, seed: int, tally: Counter[str]) -> bool:
    """Work on one network; return whether nothing failed."""
    chance = Chance(seed)
    with tempfile.TemporaryDirectory(prefix="milkrun-books-") as folder:
        database = open_one(Path(folder))
        it = Coordinator(database, Path(folder), clock)
        try:
            for _ in range(IN_ONE_NETWORK):
                it.act(chance)
            tally["steps taken back and done again"] += it.take_all_back()
        except Exception:  # noqa: BLE001 - whatever it is, it is told and counted
            tell(seed, it)
            tally["failed"] += 1
            return False
        finally:
            database.dispose()
            tally["accepted"] += it.done.total()
            tally["refused"] += it.refused.total()
            tally["nothing to do"] += it.idle
            tally.update({f"accepted: {name}": count for name, count in it.done.items()})
    return True


def tell(seed: int, it: Coordinator) -> None:
    """Print what failed and the last things done before it."""
    sys.stderr.write(f"\n=== seed {seed}\n")
    for line in it.trail[-LAST_TOLD:]:
        sys.stderr.write(f"  {line}\n")
    traceback.print_exc(limit=-4)
    sys.stderr.flush()


def main() -> int:
    """Walk until enough was done; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=2000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="new york")
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    tally: Counter[str] = Counter()
    began, seed = time.perf_counter(), words.seed
    with in_zone(CLOCKS[words.clock][0]), databases(words.database) as open_one:
        while tally["accepted"] + tally["refused"] < words.actions:
            walk(open_one, words.clock, seed, tally)
            tally["networks"] += 1
            seed += 1
    for name, count in sorted(tally.items()):
        sys.stdout.write(f"{name}: {count}\n")
    sys.stdout.write(f"seconds: {time.perf_counter() - began:.0f}\n")
    return 1 if tally["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
