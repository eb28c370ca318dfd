"""What the lock costs: the same work on a locked network and on the same one without a lock.

    python -m tests.benchmarks.bench_encryption

A network of 300 families, with the sample's answers. It is opened anew before every row of it is read, so
that nothing comes from a cache of ours. The key is at hand: deriving one from a passphrase is meant to be
felt, and comes once. A saved change is on the disk when it counts, and what is timed waits for that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from coordinator.adapters.computer.sealing import new_key
from coordinator.bootstrap import open_database
from coordinator.db.base import Base
from coordinator.db.copies import copy_rekeyed
from coordinator.db.database import Database
from coordinator.domain.records.keys import Key
from coordinator.services.families.donors import list_donors
from coordinator.services.families.households import change_profile
from coordinator.services.records.backups import back_up_now
from coordinator.services.today import today_page
from tests.benchmarks.like_the_sample import large_region
from tests.benchmarks.ratio import exit_code, median_ratio, options
from tests.builders import TODAY

MOST = {
    "opening, with its check": 2.0,
    "every row of every table": 1.3,
    "the Donors list": 1.3,
    "Today": 1.3,
    "20 changes saved": 1.3,
}
"""At most so many times what it takes without a lock."""
_CHANGES = 20


def works(path: Path, key: Key | None) -> tuple[Database, dict[str, Callable[[], object]]]:
    """Return the open network at *path* and what is timed on it."""
    database = open_database(path, key=key, origin="benchmark")
    numbers = count()

    def opening() -> None:
        open_database(path, key=key).dispose()

    def reading() -> None:
        database.engine.dispose()
        with database.reading() as session:
            for table in Base.metadata.sorted_tables:
                session.execute(sa.select(table)).all()

    def saving() -> None:
        for _ in range(_CHANGES):
            change_profile(database, "D-0001", "notes", f"Rings at the side door, {next(numbers)}")

    return database, {
        "opening, with its check": opening,
        "every row of every table": reading,
        "the Donors list": lambda: list_donors(database, TODAY),
        "Today": lambda: today_page(database, TODAY),
        "20 changes saved": saving,
        "a backup, checked": lambda: back_up_now(database),
    }


def main(words: Sequence[str] | None = None) -> int:
    """Compare, and return 0 if nothing takes more than it may."""
    chosen = options(__doc__, words, families=(300, 60), rounds=(9, 1))
    reached = []
    with TemporaryDirectory() as place:
        made, key = Path(place) / "made.db", new_key()
        large_region(made, TODAY, chosen.families // 2, chosen.families // 2).dispose()
        plain, locked = (Path(place) / kind / "network.db" for kind in ("plain", "locked"))
        for path in (plain, locked):
            path.parent.mkdir()
        copyfile(made, plain)
        copy_rekeyed(made, locked, None, key)
        print(
            f"{plain.stat().st_size / 1e6:.1f} MB without a lock, {locked.stat().st_size / 1e6:.1f} with one"
        )
        (one, without), (other, with_lock) = works(plain, None), works(locked, key)
        for what, work in with_lock.items():
            times = 1 / median_ratio(without[what], work, chosen.rounds)
            reached.append(_is_within(what, times, MOST.get(what)))
        one.dispose()
        other.dispose()
    return exit_code(chosen, *reached)


def _is_within(what: str, times: float, most: float | None) -> bool:
    is_within = most is None or times <= most
    said = "no target" if most is None else f"most {most:g}: {'reached' if is_within else 'MISSED'}"
    print(f"{what}: {times:.2f} times without a lock ({said})")
    return is_within


if __name__ == "__main__":
    sys.exit(main())
