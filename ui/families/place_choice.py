"""Two places that one address names: a button for each, where a family's place is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.translation import translate
from ui.widgets.rows import left_aligned

if TYPE_CHECKING:
    from coordinator.domain.places.placing import Doubt


class PlaceChoice(QWidget):
    """Offers the two places of a doubt; hidden while there is none. ``chosen`` has the word for it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.buttons = (QPushButton(), QPushButton())
        for button, word in zip(self.buttons, ("town", "zip"), strict=True):
            button.clicked.connect(partial(self.chosen.emit, word))
            layout.addWidget(left_aligned(button))
        self.hide()

    def show_doubt(self, doubt: Doubt | None) -> None:
        """Show what there is to choose from."""
        self.setVisible(doubt is not None)
        if doubt is None:
            return
        for button, candidate in zip(self.buttons, doubt.candidates, strict=True):
            line = candidate.address.line.removeprefix(f"{candidate.address.street}, ")
            button.setText(self.tr("It is {place}").format(place=line))
            button.setAccessibleName(button.text())


def with_doubt(place: str, *, is_uncertain: bool) -> str:
    """Return a town as a list shows it, with a word where it is not certain."""
    return translate("Columns", "{place} (uncertain)").format(place=place) if is_uncertain else place
