"""How much of a lot is held: ounces, bags and "only bags from", which follow each other until typed over."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.matching.proposing import whole_bags
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import (
    CountedPart,
    LaterPart,
    counted_of,
    free_of_counted,
    held_from,
    may_part,
    most_bags,
    part_from,
    tells_days_around,
)
from coordinator.domain.volume import Volume, as_part
from ui.desk import Desk
from ui.matching.reason_parts import part_words
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.fields.edit_field import EditField, NotUnderstoodError
from ui.widgets.fields.field_pair import field_pair
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import DateField, NumberField, VolumeField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import text_label

Typed = tuple[Volume | None, int | None, date | CountedPart | None]


class AmountForm(QWidget):
    """Proposes what is wanted of a lot, at most what its newer bags hold; what was typed stays if it fits.

    Under a day from which bags are taken stands about how much these are, with a field for what was counted
    instead.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lot: Lot | None = None
        self._wanted: Volume | None = None
        self._proposed: tuple[Volume | None, int | None] = (None, None)
        self._offered: tuple[Volume, int | None, date | None] | None = None
        self._are_bags_typed = False
        self.volume = VolumeField(desk.display)
        self.bags = NumberField(1, 10_000)
        self.only_from = DateField(desk.today)
        self.counted = VolumeField(desk.display)
        self.all_of_it = QPushButton(self.tr("&All of it"))
        self.all_of_it.setAccessibleName(self.tr("Hold all of it, in all its bags"))
        self.all_of_it.setToolTip(
            self.tr("All that is free, in all its bags; with a day, of the bags from it on (Alt+A)")
        )
        self.all_of_it.clicked.connect(self.take_all)
        self.part = text_label("", "quiet")
        self.why = text_label("", "quiet")
        self.note = text_label("", "ask")
        self._fields: tuple[EditField, ...] = (self.volume, self.bags, self.only_from, self.counted)
        for field in self._fields:
            field.edited.connect(self.note.hide)
        self.volume.edited.connect(self._take_volume)
        self.bags.edited.connect(self._take_bags)
        self.only_from.edited.connect(self._take_day)
        self.counted.edited.connect(self._take_counted)
        self.counted.setToolTip(
            self.tr(
                "Ounces dated that day or later that lie with the donor, with those on hold; "
                "counted by you or the donor"
            )
        )
        self._lay_out()

    def propose(self, lot: Lot, only_from: date | None, wanted: Volume | None = None) -> None:
        """Propose what is *wanted* in whole bags, at most what is free of *lot* and dated that day or later.

        Without *wanted*, all of it.
        """
        self._lot, self._wanted = lot, wanted
        self.only_from.set_value(only_from)
        self.counted.set_value(None)
        self.note.hide()
        self._are_bags_typed = False
        self._fill(self._fitting())
        self._offered = self.volume.value, self.bags.value, only_from

    @property
    def is_touched(self) -> bool:
        """Whether something else stands in the form than was proposed."""
        now = (self.volume.value, self.bags.value, self.only_from.value)
        return (
            any(field.is_dirty for field in self._fields)
            or self.counted.value is not None
            or now != self._offered
        )

    def say_again(self) -> None:
        """Say the line under the fields in the units in force; what stands in these stays."""
        self._say()

    def say_why(self, words: str) -> None:
        """Say where what is proposed comes from; nothing for ""."""
        self.why.setText(words)
        self.why.setVisible(bool(words))

    def say_note(self, words: str) -> None:
        """Say why something else stands in the form than she typed, until she types again."""
        self.note.setText(words)
        self.note.show()

    def take_all(self) -> None:
        """Fill in exactly what can be held, of the bags from the day typed on, in all their bags."""
        self._wanted = None
        self.only_from.leave()
        self.counted.leave()
        self._are_bags_typed = False
        self.note.hide()
        self._fill(self._whole())

    def add_last(self, widget: QWidget) -> None:
        """Put *widget* after the fields."""
        self._across.addWidget(widget)

    def typed(self) -> Typed:
        """Return what stands in the form.

        Raises:
            NotUnderstoodError: If something cannot be read; its field says so itself.
        """
        for field in self._fields:
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
            return free_of_counted(self._lot, CountedPart(self.only_from.value, self.counted.value))
        return part_from(self._lot, self.only_from.value)

    def _fitting(self) -> LaterPart:
        """Return what is proposed of it: what is wanted, in whole bags."""
        whole = self._whole()
        return whole if self._wanted is None else whole_bags(whole, self._wanted)

    def _fill(self, part: LaterPart) -> None:
        self._proposed = part.volume, part.bags or None
        self.volume.set_value(part.volume)
        self.bags.set_value(part.bags or None)
        self._say()

    def _say(self) -> None:
        lot, day = self._lot, self.only_from.value
        is_part = lot is not None and may_part(lot, day)
        self._below.setVisible(is_part)
        name = self.tr("Hold about") if is_part and self.counted.value is None else self.tr("Hold")
        self._label.setText(name)
        self.volume.set_name(name)
        if lot is not None and is_part:
            self.part.setText(self._part_words(lot, day))

    def _part_words(self, lot: Lot, day: date) -> str:
        """Return how much the bags from *day* on are, and how that is known."""
        display = self._desk.display
        if self.counted.value is not None:
            words = self.tr("The bags from {day} on become a lot of their own.").format(day=show_date(day))
            held = held_from(lot, day).volume
            on_hold = self.tr("{amount} of these are on hold already.").format(amount=display.volume(held))
            return f"{words} {on_hold}" if held else words
        if not tells_days_around(lot, day):
            return self.tr("Its days are not known: ask how much is dated then or later.")
        words = self.tr("From {day} on: {part}, evenly by days.")
        return words.format(day=show_date(day), part=part_words(part_from(lot, day), display))

    def _take_day(self, day: date | None) -> None:
        """Let ounces and bags follow the bags that are left; fewer ounces that were typed stay."""
        self.only_from.set_value(day)
        self.counted.set_value(None)
        self._follow()

    def _take_counted(self, counted: Volume | None) -> None:
        if counted is not None:
            counted = self._meant(counted)
        complaint = "" if counted is None else self._against(counted)
        if complaint:
            self.counted.reject(complaint)
            return
        self.counted.set_value(counted)
        self._follow()

    def _meant(self, counted: Volume) -> Volume:
        """Return all that lies there, where *counted* looks like it."""
        lot, day = self._lot, self.only_from.value
        if lot is None or day is None:
            return counted
        return counted_of(lot, CountedPart(day, counted), self._desk.display.volume_unit).volume

    def _against(self, counted: Volume) -> str:
        """Return why *counted* cannot be what lies there; empty for nothing."""
        lot, day = self._lot, self.only_from.value
        if lot is None or day is None:
            return ""
        held, show = held_from(lot, day).volume, self._desk.display.volume
        if held and counted <= held:
            return self.tr("{amount} of these are on hold already.").format(amount=show(held))
        if Volume() < counted <= lot.free + held:
            return ""
        if held:
            words = self.tr("Up to {amount} lie there, {held} of them on hold.")
            return words.format(amount=show(lot.free + held), held=show(held))
        return self.tr("Up to {amount} are free.").format(amount=show(lot.free))

    def _follow(self) -> None:
        part, volume, bags = self._whole(), self.volume.value, self.bags.value
        is_typed = volume is not None and volume != self._proposed[0] and volume <= part.volume
        most = self._most_bags(part)
        self._are_bags_typed = self._are_bags_typed and bags is not None and most is not None and bags <= most
        self._fill(self._fitting())
        if self._are_bags_typed:
            self.bags.set_value(bags)
        if is_typed:
            self._take_volume(volume)

    def _most_bags(self, part: LaterPart) -> int | None:
        """Return how many bags can be held of what is counted, else of the lot from the day typed on."""
        if self._lot is None or self.counted.value is not None:
            return part.bags
        return most_bags(self._lot, self.only_from.value)

    def _take_bags(self, bags: int | None) -> None:
        self.bags.set_value(bags)
        self._are_bags_typed = True

    def _take_volume(self, volume: Volume | None) -> None:
        """Keep what was typed; bags she has not counted herself go with it, or paper would name them all.

        What looks like all of it, or would leave dust, is all of it.
        """
        part, lot = self._whole(), self._lot
        if volume is not None:
            volume = as_part(volume, part.volume, self._desk.display.volume_unit)
        self.volume.set_value(volume)
        is_counted = self.bags.is_dirty or self._are_bags_typed
        if lot is not None and volume is not None and not is_counted and part.volume and part.bags:
            share = -(-part.bags * volume.microlitres // part.volume.microlitres)
            bags = max(1, min(part.bags, share))
            self._proposed = self._proposed[0], bags
            self.bags.set_value(bags)

    def _lay_out(self) -> None:
        fields, below = QWidget(), QWidget()
        self._across, self._below = FlowLayout(fields), below
        self._label = Label(self.tr("Hold"))
        self._across.addWidget(_named_pair(self._label, self.volume, 10, self.all_of_it))
        self._across.addWidget(_named_pair(Label(self.tr("Bags")), self.bags, 6))
        self._across.addWidget(_named_pair(Label(self.tr("Only bags from")), self.only_from, 17))
        told = QHBoxLayout(below)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(SPACE)
        told.addWidget(self.part, stretch=1)
        told.addWidget(_named_pair(Label(self.tr("Counted")), self.counted, 10))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.why)
        layout.addWidget(fields)
        layout.addWidget(below)
        layout.addWidget(self.note)
        below.hide()
        self.why.hide()
        self.note.hide()


def _named_pair(words: Label, field: EditField, characters: int, *after: QWidget) -> QWidget:
    field.set_name(words.text())
    return field_pair(words, field, characters, *after)
