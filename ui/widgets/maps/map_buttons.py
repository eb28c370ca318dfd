"""The map's own buttons: closer, farther, everything, what is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QFrame, QToolButton, QWidget

from ui.icons import set_icon
from ui.theme import set_role

_EDGE_PX = 6

Action = tuple[str, str, Callable[[], object]]
"""The icon of a button, its name, what it does."""


class MapButtons(QFrame):
    """A column in the upper right corner of its map, a row where the map is low."""

    def __init__(self, actions: tuple[Action, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        set_role(self, "map-buttons")
        self._ways = layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for icon, name, slot in actions:
            button = QToolButton()
            set_icon(button, icon)
            set_role(button, "map")
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda *_, slot=slot: slot())
            layout.addWidget(button)

    def settle(self) -> None:
        """Stand in the corner of the map as it is now."""
        self._ways.setDirection(QBoxLayout.Direction.TopToBottom)
        if self.sizeHint().height() + 2 * _EDGE_PX > self._map.height():
            self._ways.setDirection(QBoxLayout.Direction.LeftToRight)
        self.adjustSize()
        self.move(self._map.width() - self.width() - _EDGE_PX, _EDGE_PX)
        self.raise_()
