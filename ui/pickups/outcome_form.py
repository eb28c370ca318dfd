"""What became of one hold, typed in: of a pickup to settle, or of one that is settled and corrected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.pickups.plans import Condition, Correction, Delivered, Outcome
from coordinator.domain.volume import Volume
from ui.desk import Desk
from ui.pickups.fields import Tally, TallyField, value_in
from ui.pickups.pickup_words import amount
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.units import Display
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.value_fields import ChoiceField, NumberField
from ui.widgets.label import Label
from ui.widgets.rows import text_label


class OutcomeForm(QFrame):
    """What became of one hold; whatever is left empty went as planned, or stays as it *was* written down."""

    def __init__(
        self, desk: Desk, hold: Hold, was: Delivered | None = None, parent: QWidget | None = None
    ) -> None:
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
        self.received_by, self.note = LineField(), LineField()
        if was is not None:
            self._show(was, desk.display)
        self._lay_out(desk)
        for field in self._plain_fields():
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
            received_by=str(value_in(self.received_by) or ""),
        )

    def correction(self) -> Correction:
        """Return what stands in the form of a hold that is settled; errors as of :meth:`outcome`."""
        delivered, left, lost = (value_in(field) for field in (self.delivered, self.left_behind, self.lost))
        return Correction(
            hold_code=self.hold.code,
            delivered=delivered.volume if delivered else None,
            bags=value_in(self.bags),
            left_behind=left.volume if left else None,
            lost=lost.volume if lost else None,
            nobody_home=self.nobody_home.isChecked(),
            condition=value_in(self.condition),
            note=str(value_in(self.note) or ""),
            received_by=str(value_in(self.received_by) or ""),
        )

    def _plain_fields(self) -> tuple[EditField, ...]:
        """Return the fields that keep what is typed in them, and do nothing else."""
        return (self.bags, self.left_behind, self.lost, self.condition, self.received_by, self.note)

    def _show(self, was: Delivered, display: Display) -> None:
        """Show what is written down: amounts as they stay if nothing is typed, the rest to be changed."""
        for field, volume in (
            (self.delivered, was.delivered),
            (self.left_behind, was.left_behind),
            (self.lost, was.lost),
        ):
            field.line.setPlaceholderText(display.volume(volume))
        self.bags.line.setPlaceholderText("" if was.bags is None else str(was.bags))
        self.condition.set_value(was.condition)
        self.nobody_home.setChecked(was.nobody_home)
        self.note.set_value(was.note)
        self.received_by.set_value(was.received_by)

    def _count(self, tally: Tally | None) -> None:
        """Take the bags over from ``10 × 4``; who took milk was at home, unless it is ticked again."""
        self.delivered.set_value(tally)
        if tally is not None and tally.volume:
            self.nobody_home.setChecked(False)
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
        self._put(grid, 4, 2, self.tr("Received by"), self.received_by)
        self._put(grid, 4, 3, self.tr("Note"), self.note)
        for before, after in (
            (self.lost, self.condition.editor),
            (self.condition.editor, self.nobody_home),
            (self.nobody_home, self.received_by),
            (self.received_by, self.note),
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


def _volume(tally: Tally | None) -> Volume:
    return tally.volume if tally else Volume()
