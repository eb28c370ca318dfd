"""What may be longer than its room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import set_role


def scrolling(body: QWidget, parent: QWidget | None = None, *, wraps: bool = False) -> QScrollArea:
    """Return *body* in an area that scrolls, that Tab passes over; not sideways where all of it *wraps*."""
    set_role(body, "scrolled")
    area = QScrollArea(parent, widgetResizable=True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if wraps:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    return area
