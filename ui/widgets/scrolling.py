"""What may be longer than its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import set_role


def scrolling(body: QWidget, parent: QWidget | None = None, *, wraps: bool = False) -> QScrollArea:
    """Return *body* in an area that scrolls, that Tab passes over; not sideways where all of it *wraps*."""
    set_role(body, "scrolled")
    area = _DownwardArea(parent) if wraps else QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area


class _DownwardArea(QScrollArea):
    """Scrolls up and down only, and asks for the width of the longest word or button in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # Overrides of Qt.

    def minimumSizeHint(self) -> QSize:
        """Return room for the body beside the scroll bar."""
        least = super().minimumSizeHint()
        body, bar = self.widget(), self.verticalScrollBar()
        if body is None:
            return least
        wide = body.minimumSizeHint().width() + bar.sizeHint().width() + 2 * self.frameWidth()
        return QSize(max(least.width(), wide), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width when the body does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
