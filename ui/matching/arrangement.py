"""Where the parts of the Match page stand, by how much room there is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from ui.matching.donor_list import DonorList
from ui.matching.family_header import FamilyHeader
from ui.translation import translate
from ui.widgets.tables.list_pane import ListPane

_MAP_FROM_PX: Final = 1500
"""From so wide a window on the map stands beside the donors; below, it takes room that their lines need."""
_LOW_LINES: Final = 36
"""A page of fewer lines of text is low: what stands above the donors makes way for them."""
_NARROW_CHARACTERS: Final = 120
"""On a page of fewer characters the families stand behind a button once one of them is chosen."""
_LEAST_LINES: Final = 2
"""Of what is known about a donor, in a low window: the rest is scrolled to."""
_FAMILIES_CHARACTERS: Final = 38
"""A name and a day."""


class Arrangement(QWidget):
    """Families, donors above what is known about one, and the map.

    Wide, the map stands at the right, else behind a tab. In a narrow window the families make way; in a low
    one the header does. Whatever else is shown, at least ``LEAST_ROWS`` donors are.
    """

    def __init__(
        self,
        header: FamilyHeader,
        banner: QWidget,
        families: ListPane,
        donors: DonorList,
        tabs: QTabWidget,
        map_: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._header, self._families, self._donors = header, families, donors
        self._tabs, self._map = tabs, map_
        self._is_narrow, self._has_family, self._was_moved = False, False, False
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        self._stack = QSplitter(Qt.Orientation.Vertical)
        self._stack.installEventFilter(self)
        self._stack.splitterMoved.connect(self._on_moved)
        self._lay_out(banner)
        header.families_wanted.connect(self._on_families_wanted)

    def show_families(self, *, on: bool) -> None:
        """Show the list of families, or let it make way where there is no room for both."""
        self._header.families.setChecked(on)
        self._place_families()

    def set_family(self, *, is_chosen: bool) -> None:
        """Keep the families in sight while none of them *is_chosen*."""
        self._has_family = is_chosen
        self._place_families()
        self._share_height()

    def _lay_out(self, banner: QWidget) -> None:
        middle = QWidget(self._across)
        top = QVBoxLayout(middle)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(banner)
        self._stack.addWidget(self._donors)
        self._stack.addWidget(self._tabs)
        self._stack.setChildrenCollapsible(False)
        top.addWidget(self._stack, stretch=1)
        for widget in (self._families, middle, self._map):
            self._across.addWidget(widget)
        families_px = max(272, self.fontMetrics().averageCharWidth() * _FAMILIES_CHARACTERS)
        self._across.setSizes([families_px, 604, 290])
        for part, stretch in enumerate((0, 3, 2)):
            self._across.setStretchFactor(part, stretch)
        self._across.setChildrenCollapsible(False)
        layout = self._lines = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._across, stretch=1)
        self._header.stackUnder(self._across)  # Tab goes by the order of the children

    def _on_moved(self, *_: int) -> None:
        self._was_moved = True

    def _on_families_wanted(self, on: bool) -> None:
        self._place_families()
        (self._families if on else self._donors).setFocus()

    def _place_families(self) -> None:
        self._header.families.setVisible(self._is_narrow)
        is_shown = not (self._is_narrow and self._has_family) or self._header.families.isChecked()
        self._families.setVisible(is_shown)

    def _place_map(self) -> None:
        is_beside = self.window().width() >= _MAP_FROM_PX
        at = self._tabs.indexOf(self._map)
        if not is_beside and at < 0:
            self._tabs.addTab(self._map, translate("MatchingPage", "Map"))
        elif is_beside and at >= 0:
            self._tabs.removeTab(at)
            self._across.addWidget(self._map)
            self._map.show()

    def _share_height(self) -> None:
        """Give the donors half of the height, and never less than their fewest lines need."""
        height = self._stack.height()
        if not self._was_moved:
            donors = max(height // 2, self._donors.least_height())
            self._stack.setSizes([donors, max(height - donors, 1)])

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share what height is left when something above grows or goes."""
        if watched is self._stack and event.type() == QEvent.Type.Resize:
            self._share_height()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange it for the new size."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        is_low = self.height() < metrics.height() * _LOW_LINES
        self._is_narrow = self.width() < metrics.averageCharWidth() * _NARROW_CHARACTERS
        self._header.set_low(is_low=is_low)
        self._donors.set_low(is_low=is_low)
        bar = self._tabs.tabBar().sizeHint().height()
        self._tabs.setMinimumHeight(bar + _LEAST_LINES * metrics.height() if is_low else 0)
        self._place_map()
        self._place_families()
        self._lines.activate()
