"""The second part of the details: day, start, kind, who drives, what travels; and calling it off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.families.drivers import Driver
from coordinator.domain.pickups.plans import Pickup, PickupKind, PickupState
from coordinator.services.pickups import crew, planning
from ui.desk import Desk
from ui.pickups.driver_words import about_driver
from ui.pickups.fields import TimeField
from ui.pickups.pickup_words import agreed_words, amount, kind_words
from ui.pickups.plan_dialog import PlanForm
from ui.theme import SPACE
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import ChoiceField, DateField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import literal
from ui.widgets.rows import Row, Rows, text_label


class PlanTab(QWidget):
    """Each field saves when left; another day or volunteer takes the volunteer's yes back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickup: Pickup | None = None
        self.on = DateField(desk.today)
        self.starts_at = TimeField()
        self.lunch_at = TimeField()
        self.kind = ChoiceField([(kind, kind_words(kind)) for kind in PickupKind])
        self.place = LineField(hint=self.tr("Library, Dover"))
        self.note = LineField(hint=self.tr("Not printed"))
        self.driver = DriverField(self.tr("Nobody yet"))
        self.second = DriverField(self.tr("Nobody"))
        self.about = text_label("", "quiet")
        self.yes_words = text_label("", "done")
        self.take_back = QPushButton(self.tr("Take back the volunteer's yes"))
        self.holds = Rows(self.tr("Nothing travels yet."))
        self.add_button = QPushButton(self.tr("Add milk on hold…"))
        self.cancel_button = QPushButton(self.tr("Cancel this pickup"))
        self._lay_out()
        self._connect()

    def show_plan(self, pickup: Pickup, drivers: Sequence[Driver], waiting: Sequence[Hold]) -> None:
        """Show *pickup*; *waiting* are the holds that could join it."""
        is_same = self._pickup is not None and self._pickup.code == pickup.code
        self._pickup = pickup
        is_run = pickup.kind is PickupKind.RUN
        self.driver.set_drivers(drivers)
        self.second.set_drivers([one for one in drivers if one.code != pickup.driver_code])
        for field, value in self._values(pickup):
            if not (is_same and field.is_dirty):
                field.set_value(value)
            field.set_read_only(read_only=pickup.state is not PickupState.PLANNED)
        self.form.set_visible(self.driver, visible=is_run)
        self.form.set_visible(self.second, visible=is_run and bool(pickup.driver_code))
        self.form.set_visible(self.lunch_at, visible=is_run)
        self.form.set_visible(self.place, visible=pickup.kind is PickupKind.MEET)
        driver = next((one for one in drivers if one.code == pickup.driver_code), None)
        self.about.setText(about_driver(driver, pickup.on, self._desk.display) if driver else "")
        self.about.setVisible(is_run and driver is not None)
        yes = pickup.driver_yes_on if is_run else None
        words = self.tr("{name} said yes on {day}.")
        self.yes_words.setText(words.format(name=pickup.carrier, day=show_date(yes)) if yes else "")
        is_planned = pickup.state is PickupState.PLANNED
        self.yes_words.setVisible(yes is not None)
        self.take_back.setVisible(yes is not None and is_planned)
        self.holds.set_rows([self._row(hold, can_go=is_planned) for hold in pickup.holds])
        self._offer(waiting)
        self.add_button.setVisible(is_planned and bool(waiting))
        self.cancel_button.setVisible(is_planned)

    def _values(self, pickup: Pickup) -> tuple[tuple[EditField, object], ...]:
        return (
            (self.on, pickup.on),
            (self.starts_at, pickup.starts_at),
            (self.lunch_at, pickup.lunch.at if pickup.lunch else None),
            (self.kind, pickup.kind),
            (self.driver, pickup.driver_code),
            (self.second, pickup.second_code),
            (self.place, pickup.meeting_place),
            (self.note, pickup.note),
        )

    def _row(self, hold: Hold, *, can_go: bool) -> Row:
        way = f"{hold.donor_name} → {hold.recipient_name}"
        row = Row(way, [f"{hold.code} · {amount(hold, self._desk.display)} · {agreed_words(hold)}"])
        if can_go:
            button = row.add_button(
                self.tr("Take off"), self.tr("Take {code} off this pickup").format(code=hold.code)
            )
            button.clicked.connect(lambda *_: self._do(planning.remove_hold, hold.code))
        return row

    def _offer(self, waiting: Sequence[Hold]) -> None:
        menu = QMenu(self.add_button)
        today = self._desk.today()
        for hold in waiting:
            words = literal(f"{hold.code} · {hold.donor_name} → {hold.recipient_name}")
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, code=hold.code: self._do(planning.add_hold, code, today))
        old = self.add_button.menu()
        self.add_button.setMenu(menu)
        if old is not None:
            old.deleteLater()

    def _save(self, name: str, field: EditField, value: object) -> None:
        if self._pickup is None:
            return
        if name == "on" and value is None:
            field.reject(self.tr("Say on which day."))
            return
        save = partial(planning.change_pickup, self._desk.database, self._pickup.code, name, value)
        self._desk.write(save, lambda _: field.set_value(value), failed=field.reject)

    def _save_second(self, code: str) -> None:
        if self._pickup is None:
            return
        save = partial(crew.set_second_driver, self._desk.database, self._pickup.code, code)
        self._desk.write(save, lambda _: self.second.set_value(code), failed=self.second.reject)

    def _do(self, service: Callable[..., None], *words: object) -> None:
        """Call a service about this pickup."""
        if self._pickup is not None:
            self._desk.write(partial(service, self._desk.database, self._pickup.code, *words))

    def _cancel(self) -> None:
        if self._pickup is not None:
            code = self._pickup.code
            self._desk.write(
                partial(planning.cancel_pickup, self._desk.database, code),
                said=self.tr("Cancelled {code}; its milk stays on hold. Undo brings it back.").format(
                    code=code
                ),
            )

    def _connect(self) -> None:
        for name, field in (
            ("on", self.on),
            ("starts_at", self.starts_at),
            ("lunch_at", self.lunch_at),
            ("kind", self.kind),
            ("driver_code", self.driver),
            ("meeting_place", self.place),
            ("note", self.note),
        ):
            field.edited.connect(partial(self._save, name, field))
        self.second.edited.connect(self._save_second)
        self.take_back.clicked.connect(lambda *_: self._do(planning.record_driver_yes, None))
        self.cancel_button.clicked.connect(self._cancel)

    def _lay_out(self) -> None:
        self.form = PlanForm()
        for label, field in (
            (self.tr("Day"), self.on),
            (self.tr("Start"), self.starts_at),
            (self.tr("Lunch"), self.lunch_at),
            (self.tr("How"), self.kind),
            (self.tr("Volunteer"), self.driver),
            (self.tr("Comes along"), self.second),
            (self.tr("Meeting place"), self.place),
            (self.tr("Note"), self.note),
        ):
            self.form.add(label, field)
        for button in (self.take_back, self.add_button, self.cancel_button):
            button.setAccessibleName(button.text())
        last = QWidget()
        flow = FlowLayout(last)
        for button in (self.take_back, self.add_button, self.cancel_button):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for widget in (self.form, self.about, self.yes_words, self.holds, last):
            layout.addWidget(widget)
        layout.addStretch()


class DriverField(ChoiceField):
    """The volunteers, who may change while the field is there."""

    def __init__(self, nobody: str, parent: QWidget | None = None) -> None:
        super().__init__([("", nobody)], parent)

    def set_drivers(self, drivers: Sequence[Driver]) -> None:
        """Offer *drivers* and nobody; the one chosen stays."""
        names = [(driver.code, f"{driver.household.name} · {driver.code}") for driver in drivers]
        options = (self._options[0], *names)
        if options == self._options:
            return
        self._options = options
        self.box.clear()
        self.box.addItems([words for _, words in options])
        self.set_value(self.value)
