"""Which columns of a table have room: those on the right make way, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHeaderView


class ColumnRoom:
    """Hides the last of the chosen columns while the table is narrower than all of them.

    What she chose stays chosen: ``squeezed`` are the columns that only wait for room, and ``widths`` those
    she gave, whatever the last one in sight is stretched by. The first column and the one she asked for
    last stay in sight. *least* returns the width a column starts with.
    """

    def __init__(self, header: QHeaderView, least: Callable[[int], int]) -> None:
        self._header = header
        self._least = least
        self._wanted = -1
        self.widths: dict[int, int] = {}
        self.squeezed: set[int] = set()
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
        kept = self._kept(chosen, room)
        self.squeezed = set(chosen) - set(kept)
        self.is_fitting = True
        for column in chosen:
            self._header.setSectionHidden(column, column in self.squeezed)
        *before, last = kept
        for column in before:
            self._header.resizeSection(column, self.width_of(column))
        left = room - sum(map(self.width_of, before))
        self._header.resizeSection(last, max(left, self.width_of(last)))
        self.is_fitting = False

    def _kept(self, chosen: Sequence[int], room: int) -> list[int]:
        kept = list(chosen)
        while sum(map(self.width_of, kept)) > room:
            droppable = [column for column in kept[1:] if column != self._wanted]
            if not droppable:
                break
            kept.remove(droppable[-1])
        return kept
