"""Fields for one kind of value each: choices, dates, amounts, numbers, phones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox, QWidget

from coordinator.domain.families.contacts import national_phone, read_phone
from coordinator.domain.typed_numbers import typed_number
from coordinator.domain.volume import Volume, as_kept, format_number
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.edit_field import EditField, LineField, NotUnderstoodError
from ui.widgets.fields.typed_dates import read_date, show_date


class ChoiceField(EditField):
    """One of a few values, saved when chosen.

    Args:
        options: Pairs of value and words, in the order shown.
    """

    def __init__(self, options: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        self.box = QComboBox()
        self._options = tuple(options)
        super().__init__(self.box, parent)
        self.box.addItems([words for _, words in options])
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.activated.connect(self.leave)
        self.set_value(options[0][0])

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Let these be chosen instead; whoever calls says with ``set_value`` which is."""
        self._options = tuple(options)
        self.box.clear()
        self.box.addItems([words for _, words in options])

    def typed(self) -> str:
        """Return the words that are chosen."""
        return self.box.currentText()

    def _write(self, text: str) -> None:
        self.box.setCurrentIndex(self.box.findText(text))

    def _to_text(self, value: Any) -> str:  # noqa: ANN401 - an option's value is anything
        return next((words for kept, words in self._options if kept == value), "")

    def _from_text(self, text: str) -> Any:  # noqa: ANN401 - likewise
        return next(value for value, words in self._options if words == text)

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the pane, not change the answer under the pointer."""
        if watched is self.editor and event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class YesNoAskField(ChoiceField):
    """Yes, no, or not asked (None): unknown is not no."""

    def __init__(self, parent: QWidget | None = None) -> None:
        options = (
            (None, translate("YesNoAskField", "Not asked")),
            (True, translate("YesNoAskField", "Yes")),
            (False, translate("YesNoAskField", "No")),
        )
        super().__init__(options, parent)


class DateField(LineField):
    """A day, typed as people type it; empty is None.

    Args:
        today: Tells which day it is, for ``yesterday`` and dates without a year.
    """

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self._today = today
        hint = translate("DateField", "such as {day}").format(day=show_date(today()))
        super().__init__(parse=self._read, show=show_date, hint=hint, parent=parent)

    def _read(self, text: str) -> date | None:
        if not text:
            return None
        day = read_date(text, self._today())
        if day is None:
            example = show_date(self._today())
            raise NotUnderstoodError(
                self.tr("This is not a date yet. Try {example}.").format(example=example)
            )
        return day


def _show_in_new_unit(field: LineField, before: str) -> None:
    """Show the stored value anew; what is being typed stays, with the unit *before* that it was meant in."""
    typed = field.typed().strip()
    if not field.is_typing:
        field.take_back()
    elif typed[-1:].isdigit():
        field.line.setText(f"{typed} {before}")


class VolumeField(LineField):
    """An amount of milk in the unit in force; ``12 oz`` and ``350 mL`` are read in either. Empty is None.

    The figure that is shown, typed again, is the stored amount to its last drop.
    """

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        self._display, self._unit = display, display.volume_unit
        super().__init__(parse=self._read, show=self._shown, hint=display.volume_unit.value, parent=parent)
        display.changed.connect(self._on_units_changed)

    def _shown(self, volume: Volume) -> str:
        return self._display.volume(volume)

    def _read(self, text: str) -> Volume | None:
        if not text:
            return None
        volume = self._display.parse_volume(text)
        if volume is None:
            example = f"{format_number(Volume.from_oz(12), self._display.volume_unit)}"
            raise NotUnderstoodError(
                self.tr("This is not an amount yet. Try {example} {unit}.").format(
                    example=example, unit=self._display.volume_unit.value
                )
            )
        return as_kept(volume, self.value, self._display.volume_unit)

    def _on_units_changed(self) -> None:
        before, self._unit = self._unit, self._display.volume_unit
        self.line.setPlaceholderText(self._unit.value)
        _show_in_new_unit(self, before.value)


class DistanceField(LineField):
    """Miles, shown in the unit in force; ``25 mi`` and ``40 km`` are read in either. Empty is None."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        self._display, self._unit = display, display.distance_unit
        super().__init__(parse=self._read, show=self._shown, hint=display.distance_unit.value, parent=parent)
        display.changed.connect(self._on_units_changed)

    def _shown(self, miles: float) -> str:
        return self._display.way(miles)

    def _read(self, text: str) -> float | None:
        if not text:
            return None
        miles = self._display.parse_distance(text)
        if miles is None:
            example = self._display.way(25)
            raise NotUnderstoodError(
                self.tr("This is not a distance yet. Try {example}.").format(example=example)
            )
        return miles

    def _on_units_changed(self) -> None:
        before, self._unit = self._unit, self._display.distance_unit
        self.line.setPlaceholderText(self._unit.value)
        _show_in_new_unit(self, before.value)


class NumberField(LineField):
    """A number between *minimum* and *maximum*; whole unless *decimals* is given. Empty is None."""

    def __init__(
        self, minimum: float, maximum: float, *, decimals: int = 0, parent: QWidget | None = None
    ) -> None:
        self._range = (minimum, maximum)
        self._decimals = decimals
        super().__init__(parse=self._read, show=self._shown, parent=parent)

    def _shown(self, number: float) -> str:
        return f"{number:.{self._decimals}f}"

    def _read(self, text: str) -> float | int | None:
        if not text:
            return None
        low, high = self._range
        try:
            number = typed_number(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high or (not self._decimals and number != int(number)):
            raise NotUnderstoodError(
                self.tr("A number from {low} to {high} goes here.").format(
                    low=self._shown(low), high=self._shown(high)
                )
            )
        return round(number, self._decimals) if self._decimals else int(number)


class PhoneField(LineField):
    """A phone number: kept as E.164, shown in national form; empty is an empty text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse=self._read, show=national_phone, parent=parent)

    def _read(self, text: str) -> str:
        number = read_phone(text) if text else ""
        if number is None:
            raise NotUnderstoodError(self.tr("This is not a whole phone number yet."))
        return number
