"""Where a lot is split: how much of its free milk is dated that day or later, if somebody counted."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import bags_for, part_from
from coordinator.domain.volume import Volume, as_part
from coordinator.services.milk import splitting
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.fields.edit_field import EditField
from ui.widgets.fields.field_pair import field_pair
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import NumberField, VolumeField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import text_label


class SplitForm(QWidget):
    """A button that splits *lot* at *on*, with what was counted of the later part; empty means by days."""

    def __init__(self, desk: Desk, lot: Lot, on: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lot, self._on = desk, lot, on
        self.volume = VolumeField(desk.display)
        self.bags = NumberField(0, 10_000)
        self.all_of_it = QPushButton(self.tr("&All of it"))
        self.split = QPushButton(self.tr("Split at {day}").format(day=show_date(on)))
        self.problem = text_label("", "problem")
        self.problem.hide()
        self._name()
        self.volume.edited.connect(self._take_volume)
        self.bags.edited.connect(self.bags.set_value)
        self.all_of_it.clicked.connect(lambda: self._take_volume(self._lot.free))
        self.split.clicked.connect(self.split_now)
        desk.display.changed.connect(self._hint)
        self._lay_out()

    def split_now(self) -> None:
        """Split; what cannot be read is said beside its field."""
        fields: tuple[EditField, ...] = (self.volume, self.bags)
        for field in fields:
            field.leave()
            if field.message.text():
                return
        code, volume, bags = self._lot.code, self.volume.value, self.bags.value
        if volume is None and bags is not None:
            self._refused(self.tr("Type how much milk is in these bags."))
            return
        said = self.tr("Split {code}; the ounces are an estimate by days until somebody counts.")
        if volume is not None:
            said = self.tr("Split {code} as it was counted.")
        work = partial(
            splitting.split_lot,
            self._desk.database,
            code,
            self._on,
            self._desk.today(),
            volume=volume,
            bags=bags,
        )
        self._desk.write(work, said=said.format(code=code), failed=self._refused)

    def _take_volume(self, volume: Volume | None) -> None:
        """Let the bags follow the ounces; what looks like all that is free is all of it."""
        self.problem.hide()
        if volume is not None:
            volume = as_part(volume, self._lot.free, self._desk.display.volume_unit)
        self.volume.set_value(volume)
        is_there = volume is not None and volume <= self._lot.free
        self.bags.set_value(bags_for(self._lot, volume) if volume is not None and is_there else None)

    def _refused(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _name(self) -> None:
        code, day = self._lot.code, show_date(self._on)
        later = self.tr("Milk of {code} dated {day} or later").format(code=code, day=day)
        self.volume.set_name(later)
        self.bags.set_name(self.tr("Bags of {code} dated {day} or later").format(code=code, day=day))
        self.all_of_it.setAccessibleName(
            self.tr("All that is free of {code} is dated {day} or later").format(code=code, day=day)
        )
        self.all_of_it.setToolTip(self.tr("All that is free, in all its bags (Alt+A)"))
        self.split.setAccessibleName(self.tr("Split {code} at {day}").format(code=code, day=day))

    def _hint(self) -> None:
        """Say in the empty fields what they stand for: the share of days."""
        part = part_from(self._lot, self._on)
        about = self.tr("about {amount}").format(amount=self._desk.display.volume(part.volume))
        self.volume.line.setPlaceholderText(about)
        self.bags.line.setPlaceholderText("" if part.bags is None else str(part.bags))

    def _lay_out(self) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        flow.addWidget(field_pair(Label(self.tr("From then on")), self.volume, 14, self.all_of_it))
        flow.addWidget(field_pair(Label(self.tr("Bags")), self.bags, 6))
        flow.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(row)
        layout.addWidget(self.problem)
        self._hint()
