"""A table of 100,000 donors against the same rows behind QSortFilterProxyModel over a Python ``data()``.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_table [--rows 100000] [--rounds 5]

Each job is done by both, taking turns; the median of the ratios counts, and 20 is the least wanted.
The rival is what a page would write without our model: the rows in a Python model, C++ sorting and
filtering over it. Both start each round from another order or filter, so that no one sorts what is sorted.
At 100,000 rows the rival takes half a minute a job, the whole run some twenty minutes: try ``--rows 5000``.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QApplication

from tests.benchmarks.ratio import exit_code, median_ratio, options
from tests.ui.demo import Person, a_model, person_columns, some_people
from ui.units import Display

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.widgets.tables.columns import Column
    from ui.widgets.tables.row_model import RowTableModel

WANTED = 20
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY, _SORT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.UserRole) + 1


class PlainModel(QAbstractTableModel):
    """The rival's rows: texts and sort keys are as ready as ours, only asked for one by one."""

    def __init__(self, people: Sequence[Person], columns: Sequence[Column[Person]]) -> None:
        super().__init__()
        self._texts = [tuple(column.text(person) for column in columns) for person in people]
        self._frees = [float(person.free.microlitres) for person in people]
        self._columns = len(columns)

    # Overrides of Qt.

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._texts)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a cell, or what it sorts by."""
        if role == _DISPLAY:
            return self._texts[index.row()][index.column()]
        if role == _SORT:
            is_number = index.column() == 2
            return self._frees[index.row()] if is_number else self._texts[index.row()][index.column()]
        return None


@dataclass(frozen=True)
class Job:
    """What both do."""

    name: str
    rival: Callable[[], object]
    ours: Callable[[], object]


def jobs(rows: int) -> list[Job]:
    """Return sorting by each column and filtering as one types, for *rows* donors."""
    display = Display()
    columns = person_columns(display)
    ours = a_model(display, rows)
    proxy = QSortFilterProxyModel(dynamicSortFilter=False)
    proxy.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterKeyColumn(-1)
    proxy.setSortRole(_SORT)
    plain = PlainModel(some_people(rows), columns)
    plain.setParent(proxy)
    proxy.setSourceModel(plain)
    made = [_sorting(ours, proxy, at, column.title) for at, column in enumerate(columns)]
    made += [_filtering(ours, proxy, typed) for typed in ("r", "ro", "rollins", "phượng 1")]
    return made


def _sorting(ours: QAbstractTableModel, proxy: QSortFilterProxyModel, at: int, title: str) -> Job:
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    theirs_next, ours_next = cycle(orders), cycle(orders)
    return Job(
        f"sort by {title}",
        lambda: proxy.sort(at, next(theirs_next)),
        lambda: ours.sort(at, next(ours_next)),
    )


def _filtering(ours: RowTableModel[Person], proxy: QSortFilterProxyModel, typed: str) -> Job:
    def theirs() -> None:
        proxy.setFilterFixedString("")
        proxy.setFilterFixedString(typed)

    def mine() -> None:
        ours.set_filter("")
        ours.set_filter(typed)

    return Job(f"type {typed!r}", theirs, mine)


def main(words: list[str] | None = None) -> int:
    """Print a line a job; return 1 if one is less than twenty times faster."""
    chosen = options(__doc__, words, rows=(100_000, 200), rounds=(5, 1))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication.instance() or QApplication([])
    worst = float("inf")
    for job in jobs(chosen.rows):
        ratio = median_ratio(job.rival, job.ours, rounds=chosen.rounds)
        worst = min(worst, ratio)
        print(f"{job.name:24} {ratio:8.1f} times faster", flush=True)
    print(f"worst {worst:.1f}, wanted {WANTED}, {chosen.rows} rows, median of {chosen.rounds}")
    return exit_code(chosen, worst >= WANTED)


if __name__ == "__main__":
    sys.exit(main())
