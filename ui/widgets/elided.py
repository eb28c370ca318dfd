"""Words on one row: what has no room is left out behind three dots, and stands in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption, QWidget

from ui.theme import set_role
from ui.widgets.label import Label, one_line

_LEAST_CHARACTERS = 6


class Elided(Label):
    """A label on one row that gives way to others; its text stays whole for screen readers.

    ``is_first``: it takes the room it wants before those that are not, and is cut only where it has none.
    """

    def __init__(
        self, text: str, role: str = "", *, is_first: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(one_line(text), parent=parent)
        if role:
            set_role(self, role)
        wide = QSizePolicy.Policy.Maximum if is_first else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)

    @property
    def shown(self) -> str:
        """What is to be seen of the text."""
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    # Overrides of Qt.

    def minimumSizeHint(self) -> QSize:
        """Be content with a few characters."""
        least = self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS
        wanted = super().minimumSizeHint()
        return QSize(min(wanted.width(), least), wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the whole text in the tooltip, where it is not all to be seen."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.shown != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's
        """Paint what there is room for."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        style.drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            option.palette,
            self.isEnabled(),
            self.shown,
            self.foregroundRole(),
        )
