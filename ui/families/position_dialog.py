"""Where a family is, typed as coordinates when no address finds it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from coordinator.domain.places import Position
from ui.families.rows import text_label
from ui.theme import SPACE

_PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*")
_CHARACTERS_WIDE = 76


class PositionDialog(QDialog):
    """Asks for latitude and longitude in degrees, as maps copy them: ``43.0718, -70.7626``."""

    def __init__(self, code: str, position: Position | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _CHARACTERS_WIDE)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(
            text_label(self.tr("Latitude and longitude in degrees, as a map on the web copies them:"))
        )
        layout.addWidget(self.field)
        layout.addWidget(self.problem)
        layout.addWidget(text_label(self.tr("It stays there, whatever address is typed later."), "quiet"))
        layout.addStretch(1)
        layout.addWidget(buttons)

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

    # Overrides of Qt.

    def accept(self) -> None:
        """Close only with two numbers."""
        try:
            self.degrees()
        except ValueError:
            self.problem.setText(self.tr("Two numbers go here, such as 43.0718, -70.7626."))
            self.problem.show()
            self.adjustSize()
            self.field.setFocus()
        else:
            super().accept()
