"""Writing actions with the check of the books against the same actions without it.

    python -m tests.benchmarks.bench_books

A network of 300 families with 20 runs. Each action is done and taken back, so that each round finds the same;
undo is an action of its own, and checked like any other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.families import households
from coordinator.services.pickups import planning
from coordinator.services.pickups.settling import settle
from coordinator.services.records import history
from tests.benchmarks.ratio import exit_code, median_ratio, options
from tests.builders import NOW, TODAY, a_donor, a_recipient, a_stored_lot
from tests.networks import opened_network
from tests.pickup_builders import SETUP, a_driver, a_held_lot

MOST = 1.2

Actions = dict[str, Callable[[], object]]


def write_network(database: Database, pairs: int, runs: int) -> None:
    """Write *pairs* of families; the milk of the first donors is agreed, four holds travel with each run."""
    with database.writing(SETUP) as session:
        a_driver(session)
        for number in range(pairs):
            lot, family = a_stored_lot(session, a_donor(session)), a_recipient(session)
            if number <= runs * 4:
                a_held_lot(session, lot, family, 40)
    for run in range(runs):
        codes = [f"H-{run * 4 + number:04}" for number in range(1, 5)]
        planning.plan_pickup(database, PickupKind.RUN, TODAY, codes, today=TODAY, driver_code="V-0001")


def actions(database: Database, pairs: int, runs: int) -> Actions:
    """Return what is timed, by name; the last hold travels with no run."""
    last = f"H-{runs * 4 + 1:04}"

    def hold() -> None:
        code = holds.hold_milk(database, "R-0001", f"L-{pairs:04}", Volume.from_oz(10), TODAY)
        holds.release_hold(database, code)

    def say_yes() -> None:
        holds.take_back_yes(database, last, Side.FAMILY)
        holds.record_yes(database, last, Side.FAMILY, TODAY)

    def travel() -> None:
        planning.add_hold(database, "P-0001", last, TODAY)
        planning.remove_hold(database, "P-0001", last)

    def settle_one() -> None:
        settle(database, "P-0002", None, TODAY)
        history.undo(database)

    def write_a_note() -> None:
        households.change_profile(database, "R-0001", "notes", "a word")
        history.undo(database)

    return {
        "held and released": hold,
        "a yes taken back and given": say_yes,
        "added to a run and taken off": travel,
        "a run settled, and that undone": settle_one,
        "a note written, and that undone": write_a_note,
    }


def without_the_check(action: Callable[[], object]) -> Callable[[], None]:
    """Return *action* with nobody looking at the books at its end."""

    def unchecked() -> None:
        with patch.object(Database, "check_books", lambda *_: None):
            action()

    return unchecked


def main(words: list[str] | None = None) -> int:
    """Print a ratio for each action; 0 if their median is within what is allowed."""
    asked = options(__doc__, words, pairs=(150, 12), runs=(20, 2), rounds=(25, 1))
    ratios = []
    with TemporaryDirectory() as folder:
        database = opened_network(Path(folder) / "network.db", clock=lambda: NOW, origin="benchmark")
        write_network(database, asked.pairs, asked.runs)
        for name, action in actions(database, asked.pairs, asked.runs).items():
            ratios.append(1 / median_ratio(without_the_check(action), action, asked.rounds))
            print(f"{name}: {ratios[-1]:.2f} of the same without the check of the books")
        database.dispose()
    print(f"median: {median(ratios):.2f} (at most {MOST})")
    return exit_code(asked, median(ratios) <= MOST)


if __name__ == "__main__":
    sys.exit(main())
