"""How much of a lot is held: ounces, bags and "only bags from", which follow each other until typed over."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coordinator.domain.milk import Lot
from coordinator.domain.splitting import CountedPart, LaterPart, bags_for, is_about, part_from
from coordinator.domain.volume import Volume
from ui.desk import Desk
from ui.families.rows import text_label
from ui.matching.reason_parts import part_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.edit_field import EditField, NotUnderstoodError
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.typed_dates import show_date
from ui.widgets.value_fields import DateField, NumberField, VolumeField

Typed = tuple[Volume | None, int | None, date | CountedPart | None]


class AmountForm(QWidget):
    """Proposes what is free of a lot, or about what its newer bags hold; what was typed stays if it fits.

    Under a day from which bags are taken stands about how much these are, with a field for what was counted
    instead.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lot: Lot | None = None
        self._proposed: tuple[Volume | None, int | None] = (None, None)
        self.volume = VolumeField(desk.display)
        self.bags = NumberField(1, 10_000)
        self.only_from = DateField(desk.today)
        self.counted = VolumeField(desk.display)
        self.part = text_label("", "quiet")
        self.volume.edited.connect(self._take_volume)
        self.bags.edited.connect(self.bags.set_value)
        self.only_from.edited.connect(self._take_day)
        self.counted.edited.connect(self._take_counted)
        self.counted.setToolTip(self.tr("Ounces dated that day or later, counted by you or the donor"))
        self._lay_out()

    def propose(self, lot: Lot, only_from: date | None) -> None:
        """Propose all that is free of *lot* and, with a day, dated then or later."""
        self._lot = lot
        self.only_from.set_value(only_from)
        self.counted.set_value(None)
        self._fill(self._whole())

    def add_last(self, widget: QWidget) -> None:
        """Put *widget* after the fields."""
        self._across.addWidget(widget)

    def typed(self) -> Typed:
        """Return what stands in the form.

        Raises:
            NotUnderstoodError: If something cannot be read; its field says so itself.
        """
        for field in (self.volume, self.bags, self.only_from, self.counted):
            field.leave()
            if field.message.text():
                raise NotUnderstoodError(field.message.text())
        day, counted = self.only_from.value, self.counted.value
        from_then = day if counted is None else CountedPart(day, counted)
        return self.volume.value, self.bags.value, from_then

    def _whole(self) -> LaterPart:
        """Return what can be held from the day typed on: what was counted, else what is estimated."""
        if self._lot is None:
            return LaterPart(Volume(), None)
        if self.counted.value is not None:
            return LaterPart(self.counted.value, bags_for(self._lot, self.counted.value))
        return part_from(self._lot, self.only_from.value)

    def _fill(self, part: LaterPart) -> None:
        self._proposed = part.volume, part.bags or None
        self.volume.set_value(part.volume)
        self.bags.set_value(part.bags or None)
        self._say()

    def _say(self) -> None:
        lot, day = self._lot, self.only_from.value
        last = lot.expressed_to if lot is not None else None
        is_part = lot is not None and is_about(lot.expressed_from, day) and day <= (last or date.min)
        self._below.setVisible(is_part)
        is_guess = is_part and self.counted.value is None
        name = self.tr("Hold about") if is_guess else self.tr("Hold")
        self._label.setText(name)
        self.volume.set_name(name)
        if lot is None or not is_part:
            return
        if self.counted.value is not None:
            words = self.tr("The bags from {day} on become a lot of their own.").format(day=show_date(day))
        else:
            part = part_words(part_from(lot, day), self._desk.display)
            words = self.tr("From {day} on: {part}, evenly by days.")
            words = words.format(day=show_date(day), part=part)
        self.part.setText(words)

    def _take_day(self, day: date | None) -> None:
        """Let ounces and bags follow the bags that are left; fewer ounces that were typed stay."""
        self.only_from.set_value(day)
        self.counted.set_value(None)
        self._follow()

    def _take_counted(self, counted: Volume | None) -> None:
        lot = self._lot
        if lot is not None and counted is not None and not Volume() < counted <= lot.free:
            free = self._desk.display.volume(lot.free)
            self.counted.reject(self.tr("Up to {amount} are free.").format(amount=free))
            return
        self.counted.set_value(counted)
        self._follow()

    def _follow(self) -> None:
        part, typed = self._whole(), self.volume.value
        is_typed = typed is not None and typed != self._proposed[0] and typed <= part.volume
        self._fill(part)
        if is_typed:
            self._take_volume(typed)

    def _take_volume(self, volume: Volume | None) -> None:
        """Keep what was typed; bags she has not counted herself go with it, or paper would name them all."""
        self.volume.set_value(volume)
        part, lot = self._whole(), self._lot
        is_counted = self.bags.is_dirty or self.bags.value != self._proposed[1]
        if lot is not None and volume is not None and not is_counted and part.volume and part.bags:
            share = -(-part.bags * volume.microlitres // part.volume.microlitres)
            bags = max(1, min(part.bags, share))
            self._proposed = self._proposed[0], bags
            self.bags.set_value(bags)

    def _lay_out(self) -> None:
        fields, below = QWidget(), QWidget()
        self._across, self._below = FlowLayout(fields), below
        self._label = Label(self.tr("Hold"))
        self._across.addWidget(_pair(self._label, self.volume, 10))
        self._across.addWidget(_pair(Label(self.tr("Bags")), self.bags, 6))
        self._across.addWidget(_pair(Label(self.tr("Only bags from")), self.only_from, 17))
        told = QHBoxLayout(below)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(SPACE)
        told.addWidget(self.part, stretch=1)
        told.addWidget(_pair(Label(self.tr("Counted")), self.counted, 10))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(fields)
        layout.addWidget(below)
        below.hide()


def _pair(words: Label, field: EditField, characters: int) -> QWidget:
    """Return a field for about *characters*, with its label before it; both keep together on a line."""
    words.setBuddy(field.editor)
    set_role(words, "quiet")
    field.set_name(words.text())
    field.setFixedWidth(field.fontMetrics().averageCharWidth() * characters + 2 * SPACE_LARGE)
    pair = QWidget()
    layout = QHBoxLayout(pair)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    layout.addWidget(words)
    layout.addWidget(field)
    return pair
