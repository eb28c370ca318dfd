"""Which columns of a table have room: those on the right make way, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL
from ui.widgets.tables.columns import Column
from ui.widgets.tables.row_model import RowTableModel

_ROUND: Final = SPACE_LARGE + SPACE + SPACE_SMALL
"""What stands round a title or the words of a cell, at least."""
_LOOKED_AT: Final = 500
_MEASURED: Final = 5
"""Rows that are looked at for how wide a column must be, and how many of their longest texts are measured."""


class ColumnRoom:
    """Hides the last of the chosen columns while the table is narrower than all of them.

    What she chose stays chosen: ``squeezed`` are the columns that only wait for room, and ``widths`` those
    she gave, whatever the last one in sight is stretched by. The first column and the one she asked for
    last stay in sight. *least* returns the width a column starts with, *tight* the one that cuts no word.
    """

    def __init__(self, header: QHeaderView, least: Callable[[int], int], tight: Callable[[int], int]) -> None:
        self._header = header
        self._least, self._tight = least, tight
        self._wanted = -1
        self.widths: dict[int, int] = {}
        self.squeezed: set[int] = set()
        self.by_hand: set[int] = set()
        """Those she made as wide as she wants them: no room that is left makes them wider."""
        self.is_fitting = False

    def width_of(self, column: int) -> int:
        """Return how wide *column* is without what it is stretched by."""
        return self.widths.get(column) or self._least(column)

    def want(self, column: int) -> None:
        """Keep *column* in sight: it was asked for."""
        self._wanted = column

    def fit(self, chosen: Sequence[int], room: int) -> None:
        """Show of the *chosen* columns, from left to right, those that fit into *room* pixels."""
        if self.is_fitting or not chosen:
            return
        widths = self._widths_in(chosen, room)
        *before, last = widths
        widths[last] = max(widths[last], room - sum(widths[column] for column in before))
        self.squeezed = set(chosen) - set(widths)
        self.is_fitting = True
        for column in chosen:
            self._header.setSectionHidden(column, column in self.squeezed)
        for column, width in widths.items():
            self._header.resizeSection(column, width)
        self.is_fitting = False

    def _widths_in(self, chosen: Sequence[int], room: int) -> dict[int, int]:
        """Return the widths of those that fit.

        While there is no room for all, none is wider than its words; what is left then goes to those whose
        words are cut, from left to right.
        """
        wide = {column: self._wide(column) for column in chosen}
        if sum(wide.values()) <= room:
            return wide
        narrow = {column: min(self.width_of(column), self._tight(column)) for column in chosen}
        shown = self._shown_in(narrow, room)
        widths = {column: width for column, width in narrow.items() if column in shown}
        left = max(0, room - sum(widths.values()))
        for column, width in widths.items():
            more = min(left, self._wide(column) - width, max(0, self._tight(column) - width))
            widths[column] += more
            left -= more
        return widths

    def _shown_in(self, widths: Mapping[int, int], room: int) -> set[int]:
        """Return which columns stay: those on the right go first, and one that fits after all comes back."""
        shown = list(widths)
        while sum(widths[column] for column in shown) > room:
            droppable = [column for column in shown[1:] if column != self._wanted]
            if not droppable:
                break
            shown.remove(droppable[-1])
        left = room - sum(widths[column] for column in shown)
        for column, width in widths.items():
            if column not in shown and width <= left:
                shown.append(column)
                left -= width
        return set(shown)

    def _wide(self, column: int) -> int:
        """Return the width at which *column* cuts nothing, unless she made it so herself."""
        width = self.width_of(column)
        return width if column in self.by_hand else max(width, self._tight(column))


def width_of(column: Column[Any], metrics: QFontMetrics) -> int:
    """Return the width a column starts with: room for its title and the characters it asks for."""
    title = metrics.horizontalAdvance(column.shown_title) + 3 * SPACE_LARGE
    return int(max(title, metrics.averageCharWidth() * column.width + 2 * SPACE_LARGE))


def tight_width(model: RowTableModel[Any], column: int, metrics: QFontMetrics) -> int:
    """Return the width at which neither the title of *column* nor what its first rows say is cut."""
    said = (model.cells_at(at, [column])[0] for at in range(min(model.rowCount(), _LOOKED_AT)))
    longest = sorted(said, key=len)[-_MEASURED:]
    words = max((metrics.horizontalAdvance(text) for text in longest), default=0)
    title = metrics.horizontalAdvance(model.columns[column].shown_title)
    return int(max(title, words) + _ROUND)
