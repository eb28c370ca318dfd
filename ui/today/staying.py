"""A line she stands on stays under her eye while the others around it take another order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


@contextmanager
def staying(area: QScrollArea, card: QWidget) -> Iterator[None]:
    """Put the lines of *card* in another order in this block; the one with the focus stays at its height.

    Nothing is scrolled where it was out of sight, or where nobody stands on a line.
    """
    at = area.window().focusWidget()
    if at is None or not card.isAncestorOf(at) or not 0 <= (before := _height(area, at)) < area.height():
        yield
        return
    name = at.accessibleName()
    yield

    def scroll_back() -> None:
        now, body = area.window().focusWidget(), area.widget()
        if now is None or body is None or not card.isAncestorOf(now) or now.accessibleName() != name:
            return
        for layout in (card.layout(), body.layout()):
            if layout is not None:
                layout.activate()
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + _height(area, now) - before)

    QTimer.singleShot(0, area, scroll_back)  # after the focus has come back, which new lines wait for too


def _height(area: QScrollArea, widget: QWidget) -> int:
    return widget.mapTo(area.viewport(), QPoint(0, 0)).y()
