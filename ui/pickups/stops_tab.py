"""The first part of the details: whose yes is missing, what breaks a rule, the stops, their windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import Pickup, PickupKind, PickupState, Stop, StopKind
from coordinator.domain.pickups.sheet_told import OutOfFreezer
from coordinator.services.agreements import holds
from coordinator.services.pickups import on_the_day, planning
from ui.desk import Desk
from ui.pickups.fields import TimeField
from ui.pickups.pickup_words import (
    other_rules,
    outcome_words,
    overruled_lines,
    sheet_told_words,
    summary,
)
from ui.pickups.stops_list import StopsList
from ui.theme import SPACE
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Row, Rows, text_label


class StopsTab(QWidget):
    """Everything about the way; each change is saved at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickup: Pickup | None = None
        self._window_of = -1
        self.about = text_label("")
        self.outcome = text_label("", "done")
        self.told, self.asked = text_label("", "quiet"), text_label("", "ask")
        self.yeses = Rows("")
        self.broken, self.unknown = text_label("", "problem"), text_label("", "ask")
        self.overruled = text_label("", "ask")
        self.stops = StopsList(desk.display)
        self.up = self._button(self.tr("Earlier"), self.tr("Move this stop up (Alt+Up)"))
        self.down = self._button(self.tr("Later"), self.tr("Move this stop down (Alt+Down)"))
        self.order = self._button(self.tr("Order again"), self.tr("Put the stops in the shortest order"))
        self.cancel = self._button(
            self.tr("Cancel this stop"),
            self.tr("Take this stop off with all the milk it is for; that waits to be planned again"),
        )
        self.collects = self._button(
            self.tr("The family collects"),
            self.tr("Take this family's milk off the run; it collects it itself that day"),
        )
        self.opens, self.closes = TimeField(), TimeField()
        self.window_heading = text_label("", "strong")
        self._lay_out()
        self._connect()

    def show_pickup(self, pickup: Pickup, out: Sequence[OutOfFreezer] = ()) -> None:
        """Show *pickup*, with how long its milk was *out* of a freezer; the stop chosen stays chosen."""
        self._pickup = pickup
        is_planned = pickup.state is PickupState.PLANNED
        self.about.setText(summary(pickup, self._desk.display))
        self.outcome.setText(outcome_words(pickup, self._desk.display))
        self.outcome.setVisible(bool(pickup.deliveries))
        self.told.setText("\n".join(sheet_told_words(pickup, out)))
        self.told.setVisible(bool(self.told.text()))
        self.asked.setText("\n".join(f"{one.hold_code}: {one.asks}" for one in out if one.is_long))
        self.asked.setVisible(bool(self.asked.text()))
        rows = self._missing(pickup) if is_planned else []
        self.yeses.set_rows(rows)
        self.yeses.setVisible(bool(rows))
        rules = other_rules(pickup)
        self.broken.setText("\n".join(f"⚠ {words}" for words in rules))
        self.broken.setVisible(bool(rules))
        self.unknown.setText("\n".join(f"? {words}" for words in pickup.asked))
        self.unknown.setVisible(bool(pickup.asked))
        self.overruled.setText("\n".join(overruled_lines(pickup)))
        self.overruled.setVisible(bool(pickup.overruled))
        self.stops.show_pickup(pickup)
        can_order = is_planned and len(pickup.stops) > 1
        for button in (self.up, self.down, self.order):
            button.setVisible(can_order)
        self.cancel.setVisible(is_planned and bool(pickup.stops))
        self._windows.setVisible(is_planned and bool(pickup.stops))
        self.window_heading.setVisible(is_planned and bool(pickup.stops))
        self._show_window()

    def _missing(self, pickup: Pickup) -> list[Row]:
        """Return a row with its button for every yes that is missing."""
        rows = self._stopped(pickup)
        for hold in pickup.holds:
            for side, given, name in (
                (Side.DONOR, hold.donor_yes_on, hold.donor_name),
                (Side.FAMILY, hold.family_yes_on, hold.recipient_name),
            ):
                if given is None:
                    words = self.tr("{name} has not said yes to {hold}.")
                    rows.append(
                        self._yes_row(
                            words.format(name=name, hold=hold.code),
                            self.tr("{name} said yes").format(name=name),
                            partial(holds.record_yes, self._desk.database, hold.code, side),
                        )
                    )
        if pickup.kind is PickupKind.RUN and pickup.driver_code and pickup.driver_yes_on is None:
            words = self.tr("{name} has not said yes to driving.")
            rows.append(
                self._yes_row(
                    words.format(name=pickup.carrier),
                    self.tr("{name} said yes").format(name=pickup.carrier),
                    partial(planning.record_driver_yes, self._desk.database, pickup.code),
                )
            )
        elif pickup.kind is PickupKind.RUN and not pickup.driver_code:
            rows.append(Row(self.tr("Nobody drives yet."), [self.tr("Choose a volunteer under Plan.")]))
        return rows

    def _stopped(self, pickup: Pickup) -> list[Row]:
        """Return a row for every two who are paused, with the button that leads to their page."""
        rows = {}
        for hold in pickup.holds:
            if hold.pause is not None and (hold.donor_code, hold.recipient_code) not in rows:
                names = f"{hold.donor_name} → {hold.recipient_name}"
                row = Row(names, [str(hold.pause.words), self.tr("Until then none of it is carried.")])
                button = row.add_button(self.tr("The pair…"), self.tr("The pair {names}").format(names=names))
                button.clicked.connect(
                    partial(self._desk.pair_wanted.emit, hold.donor_code, hold.recipient_code)
                )
                rows[hold.donor_code, hold.recipient_code] = row
        return list(rows.values())

    def _yes_row(self, words: str, button: str, record: Callable[[date], None]) -> Row:
        row = Row(words)
        today = self._desk.today()
        row.add_button(button, f"{button}: {words}").clicked.connect(
            lambda *_: self._desk.write(partial(record, today))
        )
        return row

    def _show_window(self) -> None:
        stop = self._chosen_stop()
        if self._pickup is None or stop is None:
            self.collects.hide()
            return
        words = self.tr("Hours for stop {number}, {name}")
        self.window_heading.setText(words.format(number=stop.number, name=stop.name))
        is_run = self._pickup.kind is PickupKind.RUN and self._pickup.state is PickupState.PLANNED
        self.collects.setVisible(is_run and stop.kind is StopKind.DROP)
        for field, at in ((self.opens, stop.window_from), (self.closes, stop.window_to)):
            # A window just saved reads everything again; what she types next to it stays.
            if stop.id != self._window_of or not field.is_dirty:
                field.set_value(at)
        self._window_of = stop.id

    def _save_window(self, field: TimeField, value: object) -> None:
        row = self.stops.currentIndex().row()
        if self._pickup is None or row < 0:
            return
        stop = self.stops.stops.stop_at(row)
        opens = value if field is self.opens else stop.window_from
        closes = value if field is self.closes else stop.window_to
        save = partial(planning.set_window, self._desk.database, self._pickup.code, stop.id, opens, closes)  # type: ignore[arg-type] # what the fields hold
        self._desk.write(save, lambda _: field.set_value(value), failed=field.reject)

    def _move(self, stop_id: int, place: int) -> None:
        if self._pickup is not None:
            self._change(partial(planning.move_stop, self._desk.database, self._pickup.code, stop_id, place))

    def _order(self) -> None:
        if self._pickup is not None:
            self._change(partial(planning.order_again, self._desk.database, self._pickup.code))

    def _chosen_stop(self) -> Stop | None:
        row = self.stops.currentIndex().row()
        return self.stops.stops.stop_at(row) if 0 <= row < self.stops.stops.rowCount() else None

    def _cancel(self) -> None:
        stop, pickup = self._chosen_stop(), self._pickup
        if stop is not None and pickup is not None:
            said = self.tr(
                "Cancelled the stop at {name}. Its milk waits to be planned; Ctrl+Z brings it back."
            )
            work = partial(on_the_day.cancel_stop, self._desk.database, pickup.code, stop.id)
            self._desk.write(work, said=said.format(name=stop.name))

    def _collect(self) -> None:
        stop, pickup = self._chosen_stop(), self._pickup
        if stop is not None and pickup is not None:
            said = self.tr("{name} collects the milk that day. Ctrl+Z gives it back to the run.")
            work = partial(on_the_day.let_collect, self._desk.database, pickup.code, stop.code)
            self._desk.write(work, said=said.format(name=stop.name))

    def _change(self, work: Callable[[], None]) -> None:
        """Save; what was refused is taken back on screen, too."""

        def refused(sentence: str) -> None:
            self._desk.complained.emit(sentence)
            self._desk.changed.emit()

        self._desk.write(work, failed=refused)

    def _button(self, text: str, words: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button

    def _connect(self) -> None:
        self.stops.stops.moved.connect(self._move)
        self.stops.stop_chosen.connect(lambda _: self._show_window())
        self.up.clicked.connect(lambda: self.stops.move_chosen(-1))
        self.down.clicked.connect(lambda: self.stops.move_chosen(1))
        self.order.clicked.connect(self._order)
        self.cancel.clicked.connect(self._cancel)
        self.collects.clicked.connect(self._collect)
        for field in (self.opens, self.closes):
            field.edited.connect(partial(self._save_window, field))

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.up, self.down, self.order, self.collects, self.cancel):
            flow.addWidget(button)
        self._windows = QWidget()
        across = QHBoxLayout(self._windows)
        across.setContentsMargins(0, 0, 0, 0)
        for label, field in (
            (self.tr("Not before"), self.opens),
            (self.tr("Not after"), self.closes),
        ):
            form = FieldForm()
            form.add(label, field)
            across.addWidget(form)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        told = (self.about, self.outcome, self.asked, self.yeses)
        rules = (self.broken, self.unknown, self.overruled)
        for widget in (*told, *rules, self.stops):
            layout.addWidget(widget)
        layout.addWidget(buttons)
        layout.addWidget(self.told)
        layout.addWidget(self.window_heading)
        layout.addWidget(self._windows)
        layout.addStretch()
