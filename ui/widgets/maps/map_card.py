"""The small card beside a pin: who it is and what matters."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.label import Label

_BESIDE_PX = 14


class MapCard(QFrame):
    """Stands beside a point of its map, always inside it, and never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        set_role(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title = Label()
        set_role(self.title, "strong")
        self.lines = Label()
        set_role(self.lines, "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE_SMALL)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.lines)
        self.hide()

    def show_at(self, point: QPoint, title: str, lines: tuple[str, ...]) -> None:
        """Say *title* and *lines* beside *point*, on the side that has room."""
        self.title.setText(title)
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        self.adjustSize()
        around = self._map.rect()
        right = point.x() + _BESIDE_PX
        left = right if right + self.width() <= around.width() else point.x() - _BESIDE_PX - self.width()
        top = min(max(point.y() - self.height() // 2, 2), max(around.height() - self.height() - 2, 2))
        self.move(max(left, 2), top)
        self.raise_()
        self.show()
