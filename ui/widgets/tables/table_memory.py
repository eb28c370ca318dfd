"""How a coordinator left a table: widths, order, which columns, sorted by what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QHeaderView

    from ui.widgets.tables.column_room import ColumnRoom
    from ui.widgets.tables.columns import Column


class TableMemory:
    """Keeps a header's state in the settings, by column title, so that new columns upset nothing."""

    def __init__(self, settings: QSettings | None, name: str, columns: Sequence[Column[Any]]) -> None:
        self._settings = settings
        self._key = f"tables/{name}"
        self._titles = [column.title for column in columns]

    def keep(self, header: QHeaderView, room: ColumnRoom) -> None:
        """Note how *header* stands now; a column that waits for *room* is none that she hid."""
        if self._settings is None:
            return
        in_order = sorted(range(header.count()), key=header.visualIndex)
        section = header.sortIndicatorSection()
        hidden = [at for at in in_order if header.isSectionHidden(at) and at not in room.squeezed]
        state = {
            "order": [self._titles[index] for index in in_order],
            "hidden": [self._titles[index] for index in hidden],
            "widths": {
                self._titles[index]: room.width_of(index) for index in in_order if index not in hidden
            },
            "sort": self._titles[section] if 0 <= section < header.count() else "",
            "descending": header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }
        self._settings.setValue(self._key, json.dumps(state))

    def restore(self, header: QHeaderView) -> bool:
        """Put *header* as it was left; return False when nothing usable was kept."""
        state = self._read()
        if state is None:
            return False
        places = {title: index for index, title in enumerate(self._titles)}
        for visual, title in enumerate(title for title in state["order"] if title in places):
            header.moveSection(header.visualIndex(places[title]), visual)
        for title in state["order"]:
            if title in places:
                header.setSectionHidden(places[title], title in state["hidden"])
        for title, width in state["widths"].items():
            if title in places and width > 0:
                header.resizeSection(places[title], int(width))
        if state["sort"] in places:
            order = Qt.SortOrder.DescendingOrder if state["descending"] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(places[state["sort"]], order)
        return True

    def _read(self) -> dict[str, Any] | None:
        if self._settings is None:
            return None
        try:
            state = json.loads(str(self._settings.value(self._key, "")))
        except ValueError:
            return None
        wanted = {"order", "hidden", "widths", "sort", "descending"}
        return state if isinstance(state, dict) and wanted <= state.keys() else None
