"""The carrier's odometer, typed from the sheet: both figures or none."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from coordinator.domain.driving.odometers import Odometer
from coordinator.domain.pickups.plans import Pickup
from coordinator.domain.places.positions import KM_PER_MILE, DistanceUnit
from ui.desk import Desk
from ui.pickups.fields import value_in
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.units import Display
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.label import Label
from ui.widgets.rows import text_label

_FIGURE = re.compile(r"(?P<number>[\d ,\u00a0]*\d(?:\.\d+)?)\s*(?P<unit>mi|miles?|km)?\.?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[ ,\u00a0](?=\d{3})")


def read_odometer(text: str, display: Display) -> float | None:
    """Return the miles an odometer shows, or None: ``48210``, ``48,210.4``, ``77590 km``.

    A bare number is in the unit in force.
    """
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    digits = _THOUSANDS.sub("", found["number"])
    if not digits.replace(".", "", 1).isdigit():
        return None
    unit = (found["unit"] or display.distance_unit.value).casefold()
    return float(digits) / KM_PER_MILE if unit == DistanceUnit.KM.value else float(digits)


class OdometerField(LineField):
    """What an odometer shows, kept in miles; empty is None."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        self._display = display
        super().__init__(parse=self._read, show=self._shown, hint=display.distance_unit.value, parent=parent)
        self.edited.connect(self.set_value)

    def _shown(self, miles: float) -> str:
        is_km = self._display.distance_unit is DistanceUnit.KM
        return f"{round(miles * (KM_PER_MILE if is_km else 1), 1):,.10g}"

    def _read(self, text: str) -> float | None:
        if not text:
            return None
        miles = read_odometer(text, self._display)
        if miles is None:
            raise NotUnderstoodError(self.tr("This is not an odometer's figure yet. Try 48,210."))
        return miles


class OdometerForm(QFrame):
    """Start and end beside each other, with what was planned under them."""

    def __init__(self, desk: Desk, pickup: Pickup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.start, self.end = OdometerField(desk.display), OdometerField(desk.display)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE_SMALL)
        grid.addWidget(text_label(self.tr("Odometer"), "strong"), 0, 0, 1, 2)
        planned = self.tr("Planned: {distance} by road. Leave both empty when nobody wrote them down.")
        distance = desk.display.distance(pickup.road_miles, exact=False)
        grid.addWidget(text_label(planned.format(distance=distance), "quiet"), 1, 0, 1, 2)
        unit = desk.display.distance_unit.value
        for column, (label, field) in enumerate(
            (
                (self.tr("At the start, {unit}").format(unit=unit), self.start),
                (self.tr("At the end, {unit}").format(unit=unit), self.end),
            )
        ):
            words = Label(label)
            set_role(words, "quiet")
            words.setBuddy(field.editor)
            field.set_name(self.tr("Odometer: {label}").format(label=label))
            grid.addWidget(words, 2, column)
            grid.addWidget(field, 3, column)
            grid.setColumnStretch(column, 1)

    def show_figures(self, odometer: Odometer) -> None:
        """Show what is written down, to be changed."""
        self.start.set_value(odometer.start_miles)
        self.end.set_value(odometer.end_miles)

    def odometer(self) -> Odometer | None:
        """Return what stands in the form, ``None`` when it is empty.

        Raises:
            NotUnderstoodError: If a figure cannot be read, or only one is there.
        """
        start, end = value_in(self.start), value_in(self.end)
        if start is None and end is None:
            return None
        if start is None or end is None:
            raise NotUnderstoodError(
                self.tr("The odometer needs both figures, at the start and at the end; or leave both empty.")
            )
        return Odometer(start, end)
