"""What was different: typed back in from the sheet, a small form for each hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.odometers import Odometer, OdometerDoubtError
from coordinator.domain.pickups.plans import Condition, Outcome, Pickup, PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.pickups import planning
from ui.desk import Desk
from ui.pickups.fields import Tally, TallyField, value_in
from ui.pickups.odometer_form import OdometerForm
from ui.pickups.pickup_words import amount
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.fields.edit_field import EditField, LineField, NotUnderstoodError
from ui.widgets.fields.value_fields import ChoiceField, NumberField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import text_label


class OutcomeForm(QFrame):
    """What became of one hold; whatever is left empty went as planned."""

    def __init__(self, desk: Desk, hold: Hold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.hold = hold
        self.delivered = TallyField(desk.display)
        self.delivered.line.setPlaceholderText(desk.display.volume(hold.volume))
        self.bags = NumberField(0, 10_000)
        self.bags.line.setPlaceholderText("" if hold.bags is None else str(hold.bags))
        self.left_behind, self.lost = TallyField(desk.display), TallyField(desk.display)
        self.condition = ChoiceField(
            [
                (None, self.tr("Not noted")),
                (Condition.FROZEN, self.tr("Hard frozen")),
                (Condition.ICE_CRYSTALS, self.tr("Ice crystals")),
                (Condition.THAWED, self.tr("Thawed")),
            ]
        )
        self.nobody_home = QCheckBox(self.tr("Nobody home"))
        self.note = LineField()
        self._lay_out(desk)
        for field in (self.bags, self.left_behind, self.lost, self.condition, self.note):
            field.edited.connect(field.set_value)
        self.delivered.edited.connect(self._count)

    def outcome(self) -> Outcome:
        """Return what stands in the form.

        Raises:
            NotUnderstoodError: If a field cannot be read; it says so itself.
        """
        delivered: Tally | None = value_in(self.delivered)
        return Outcome(
            hold_code=self.hold.code,
            delivered=delivered.volume if delivered else None,
            bags=value_in(self.bags),
            left_behind=_volume(value_in(self.left_behind)),
            lost=_volume(value_in(self.lost)),
            condition=value_in(self.condition),
            nobody_home=self.nobody_home.isChecked(),
            note=str(value_in(self.note) or ""),
        )

    def _count(self, tally: Tally | None) -> None:
        """Take the bags over from ``10 × 4``."""
        self.delivered.set_value(tally)
        if tally is not None and tally.bags is not None:
            self.bags.set_value(tally.bags)

    def _lay_out(self, desk: Desk) -> None:
        way = f"{self.hold.donor_name} → {self.hold.recipient_name}"
        heading = text_label(f"{way} · {self.hold.code} · {self.hold.lot_code}", "strong")
        planned = text_label(self.tr("Planned: {what}").format(what=amount(self.hold, desk.display)), "quiet")
        unit = desk.display.volume_unit.value
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE_SMALL)
        grid.addWidget(heading, 0, 0, 1, 4)
        grid.addWidget(planned, 1, 0, 1, 4)
        for column, (label, field) in enumerate(
            (
                (self.tr("Delivered, {unit}").format(unit=unit), self.delivered),
                (self.tr("Bags"), self.bags),
                (self.tr("Left behind, {unit}").format(unit=unit), self.left_behind),
                (self.tr("Lost, {unit}").format(unit=unit), self.lost),
            )
        ):
            self._put(grid, 2, column, label, field)
            grid.setColumnStretch(column, 1)
        self._put(grid, 4, 0, self.tr("Condition"), self.condition)
        self.nobody_home.setAccessibleName(self.tr("Nobody home: {code}").format(code=self.hold.code))
        grid.addWidget(self.nobody_home, 5, 1)
        self._put(grid, 4, 2, self.tr("Note"), self.note, across=2)
        for before, after in (
            (self.lost, self.condition.editor),
            (self.condition.editor, self.nobody_home),
            (self.nobody_home, self.note),
        ):
            QWidget.setTabOrder(before, after)

    def _put(
        self, grid: QGridLayout, row: int, column: int, label: str, field: EditField, across: int = 1
    ) -> None:
        words = Label(label)
        set_role(words, "quiet")
        words.setBuddy(field.editor)
        field.set_name(f"{label}: {self.hold.code}")
        grid.addWidget(words, row, column, 1, across)
        grid.addWidget(field, row + 1, column, 1, across, Qt.AlignmentFlag.AlignTop)


class SettleDialog(QDialog):
    """A form for each hold; Enter goes on, Ctrl+Enter saves. A refusal keeps all that was typed.

    ``settled(pickup)`` carries the pickup as it is then.
    """

    settled = Signal(object)

    def __init__(self, desk: Desk, pickup: Pickup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickup = pickup
        self.setWindowTitle(self.tr("{code}: what was different").format(code=pickup.code))
        self.forms = [OutcomeForm(desk, hold) for hold in pickup.holds]
        self.odometer = OdometerForm(desk, pickup) if pickup.kind is PickupKind.RUN else None
        self._tried: Odometer | None = None
        self._doubted: Odometer | None = None
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.save_button = QPushButton(self.tr("Settle"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out()
        if self.forms:
            self.forms[0].delivered.setFocus()

    def save(self) -> None:
        """Write down what was typed; an odometer that was doubted once is taken the second time."""
        try:
            outcomes = [form.outcome() for form in self.forms]
            odometer = self.odometer.odometer() if self.odometer else None
        except NotUnderstoodError as error:
            self._tried = None
            self._refused(str(error))
            return
        self.save_button.setEnabled(False)
        database, code, today = self._desk.database, self._pickup.code, self._desk.today()

        self._tried = odometer
        sure = odometer is not None and odometer == self._doubted

        def work() -> Pickup:
            try:
                planning.settle(database, code, outcomes, today, odometer=odometer, sure=sure)
            except OdometerDoubtError:
                self._doubted = odometer
                raise
            return planning.pickup(database, code, today)

        self._desk.write(work, self._saved, failed=self._refused)

    def _saved(self, pickup: Pickup) -> None:
        self.accept()
        self.settled.emit(pickup)

    def _refused(self, sentence: str) -> None:
        self.save_button.setEnabled(True)
        if self._tried is not None and self._tried == self._doubted:
            again = self.tr("If they are right, press Settle once more.")
            sentence = f"{sentence} {again}"
        self.problem.setText(sentence)
        self.problem.show()

    def _lay_out(self) -> None:
        set_role(self.save_button, "main")
        row = QWidget()
        flow = FlowLayout(row)
        for button in (self.save_button, self.cancel_button):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            flow.addWidget(button)
        self.save_button.setToolTip(self.tr("Settle (Ctrl+Enter)"))
        hint = self.tr("Leave empty what went as planned. Count as you read: 10 × 4 + 2 × 3.5.")
        forms = QWidget()
        set_role(forms, "scrolled")
        column = QVBoxLayout(forms)
        column.setContentsMargins(0, 0, 0, 0)
        for form in self.forms:
            column.addWidget(form)
        if self.odometer is not None:
            column.addWidget(self.odometer)
        column.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(forms)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(text_label(hint, "quiet"))
        layout.addWidget(area, stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(row)
        em = self.fontMetrics().height()
        rows = len(self.forms) + (self.odometer is not None)
        self.resize(em * 44, min(em * (12 + 13 * rows), 520))

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, or presses the button it is on; with Ctrl it saves."""
        focus = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            self.focusNextChild()


def _volume(tally: Tally | None) -> Volume:
    return tally.volume if tally else Volume()
