"""What the check costs on a network of 300 families: at every start, as a whole, and in a backup.

``python -m tests.faults.check_costs`` imports the sample region under other names until there are so many.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db.checks import check_session
from coordinator.domain.imports.table import Table
from coordinator.domain.reading.cells import Cell
from coordinator.services.imports.importing import preview_table, run_import
from coordinator.services.records.backups import back_up_now
from coordinator.services.records.checks import check_network
from coordinator.services.sample.samples import _FILES, sample_table
from coordinator.services.sample.week_of_work import work_a_week
from tests.builders import TODAY
from tests.faults.worked_network import NAME

TIMES = 3
ROUNDS = 5


def write_large_network(path: Path) -> Database:
    """Return a network of 300 families and 24 drivers, open, with a week's work and its history."""
    make_network(path)
    database = open_database(path)
    for number in range(TIMES):
        for name in _FILES:
            table = _renamed(sample_table(name, TODAY), number)
            run_import(database, preview_table(database, table, TODAY), today=TODAY)
    work_a_week(database, TODAY)
    return database


def _renamed(table: Table, number: int) -> Table:
    """Return *table* as the answers of other families."""
    rows = tuple(
        replace(
            row,
            cells=tuple(
                _other(header, cell, number) for header, cell in zip(table.headers, row.cells, strict=False)
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows, sha256=f"{number}{table.sha256[1:]}")


def _other(header: str, cell: Cell, number: int) -> Cell:
    text = cell.text
    if "@" in text:
        return replace(cell, text=f"n{number}.{text}")
    if "name" in header.casefold() and text:
        return replace(cell, text=f"{text} {'ABCDEFGH'[number]}")
    if "phone" in header.casefold() and text[-2:].isdecimal():
        return replace(cell, text=f"{text[:-2]}{(int(text[-2:]) + 31 * number) % 100:02d}")
    return cell


def _cost(work: Callable[[], object]) -> str:
    """Return the median of some rounds in milliseconds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(spent):.0f} ms"


def _quick(database: Database) -> None:
    with database.reading() as session:
        check_session(session, TODAY, quick=True)


def main() -> None:
    """Print the figures."""
    with TemporaryDirectory() as folder:
        database = write_large_network(Path(folder) / NAME)
        found = check_network(database)
        sys.stdout.write(
            f"{found.donors} donors, {found.recipients} families, {found.lots} lots, {found.actions} actions,"
            f" {len(found.faults)} faults\n"
        )
        for title, work in (
            ("at every start", lambda: _quick(database)),
            ("as a whole", lambda: check_network(database)),
            ("a backup with its check", lambda: back_up_now(database)),
        ):
            sys.stdout.write(f"{title}: {_cost(work)}\n")
        database.dispose()


if __name__ == "__main__":
    main()
