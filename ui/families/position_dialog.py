"""Where a family is, typed as coordinates or pointed at on the map when no address finds it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import Pin
from coordinator.domain.places.positions import Position, Precision
from ui.families.place_map import PlaceMap, role_of
from ui.theme import SPACE
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.rows import text_label

if TYPE_CHECKING:
    from ui.desk import Desk

_PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*")
_CHARACTERS_WIDE = 76


class PositionDialog(QDialog):
    """Asks for latitude and longitude in degrees, as maps copy them: ``43.0718, -70.7626``.

    With a *desk* there is a map too: a double click, or the pin let go of, puts the family there.
    ``address_wanted`` says that it shall go back to where its address says.
    """

    address_wanted = Signal()

    def __init__(
        self,
        code: str,
        position: Position | None,
        parent: QWidget | None = None,
        *,
        desk: Desk | None = None,
    ) -> None:
        super().__init__(parent)
        self._code = code
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Place of {code}").format(code=code))
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Latitude and longitude in degrees"))
        self.field.setPlaceholderText("43.0718, -70.7626")
        if position is not None:
            self.field.setText(f"{position.latitude_deg:.5f}, {position.longitude_deg:.5f}")
            self.field.selectAll()
        self.problem = text_label("", "problem")
        self.problem.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.back = QPushButton(self.tr("Back to the address’s place"), autoDefault=False)
        self.back.clicked.connect(self._go_back)
        self.back.setVisible(position is not None and position.precision is Precision.BY_HAND)
        buttons.addButton(self.back, QDialogButtonBox.ButtonRole.ResetRole)
        self.map = PlaceMap(desk, moves_pins=True) if desk is not None else None
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _CHARACTERS_WIDE)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(
            text_label(self.tr("Latitude and longitude in degrees, as a map on the web copies them:"))
        )
        layout.addWidget(self.field)
        layout.addWidget(self.problem)
        if self.map is not None:
            layout.addWidget(text_label(self.tr("Or pull the pin, or double-click where it is on the map:")))
            layout.addWidget(self.map, stretch=1)
            self.map.pointed_at.connect(self._take_point)
            self.field.textChanged.connect(self._show_pin)
            self._show_pin()
        layout.addWidget(text_label(self.tr("It stays there, whatever address is typed later."), "quiet"))
        layout.addWidget(buttons)
        keep_whole(self)

    def degrees(self) -> tuple[float, float]:
        """Return latitude and longitude.

        Raises:
            ValueError: If they are not two numbers on the globe.
        """
        found = _PAIR.fullmatch(self.field.text())
        if found is None:
            raise ValueError("two numbers")
        latitude_deg, longitude_deg = float(found[1]), float(found[2])
        if abs(latitude_deg) > 90 or abs(longitude_deg) > 180:
            raise ValueError("on the globe")
        return latitude_deg, longitude_deg

    def _take_point(self, latitude_deg: float, longitude_deg: float) -> None:
        self.field.setText(f"{latitude_deg:.5f}, {longitude_deg:.5f}")

    def _show_pin(self) -> None:
        if self.map is None:
            return
        pins = []
        with suppress(ValueError):
            position = Position(*self.degrees(), Precision.BY_HAND)
            pins = [Pin(self._code, position, role_of(self._code), self.tr("by hand"), emphasised=True)]
        self.map.show_pins(pins)

    def _go_back(self) -> None:
        self.address_wanted.emit()
        self.reject()

    # Overrides of Qt.

    def accept(self) -> None:
        """Close only with two numbers."""
        try:
            self.degrees()
        except ValueError:
            self.problem.setText(self.tr("Two numbers go here, such as 43.0718, -70.7626."))
            self.problem.show()
            self.field.setFocus()
        else:
            super().accept()
