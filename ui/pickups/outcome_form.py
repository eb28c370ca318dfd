"""What became of one hold, typed in: of a pickup to settle, or of one that is settled and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.pickups.plans import Condition, Correction, Delivered, LeftWith, Outcome
from coordinator.domain.pickups.settling import OutcomeError, corrected, left_with, settled
from coordinator.domain.volume import Volume
from ui.desk import Desk
from ui.pickups.fields import Tally, TallyField, read_tally, value_in
from ui.pickups.pickup_words import amount, amounts_of
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, change_role, set_role
from ui.units import Display
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.value_fields import ChoiceField, NumberField
from ui.widgets.label import Label
from ui.widgets.rows import text_label


class OutcomeForm(QFrame):
    """What became of one hold; whatever is left empty went as planned, or stays as it *was* written down.

    The fields follow the sheet. ``reading`` says at every letter what would be written down. ``stops`` are
    the numbers of the stops of the sheet that the hold stands at; *is_fetched*: no volunteer brought it.
    """

    def __init__(
        self,
        desk: Desk,
        hold: Hold,
        was: Delivered | None = None,
        parent: QWidget | None = None,
        *,
        stops: Sequence[int] = (),
        is_fetched: bool = False,
    ) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.hold = hold
        self._desk, self._was, self._stops, self._is_run = desk, was, tuple(stops), not is_fetched
        self._received = self.tr("Collected by") if is_fetched else self.tr("Received by")
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
        self.received_by = LineField()
        self._bags_by = ""
        self.where = ChoiceField(
            [
                (None, self.tr("Not said: counts as with the volunteer")),
                (LeftWith.VOLUNTEER, self.tr("With the volunteer")),
                (LeftWith.DONOR, self.tr("Never left the donor, or went back")),
            ]
        )
        self.nobody_home = QCheckBox(self.tr("Nobody home"))
        self.nobody_home.setToolTip(self.tr("Nobody home (F2)"))
        self.note = LineField()
        self.reading = text_label("", "quiet")
        self._where_parts: tuple[QWidget, ...] = ()
        if was is not None:
            self._show(was, desk.display)
        self._lay_out(desk)
        self.bags.edited.connect(self._forget_count)
        for field in self._plain_fields():
            field.edited.connect(field.set_value)
            field.edited.connect(self._read_back)
        self.delivered.edited.connect(self._count)
        for line in self._lines():
            line.textChanged.connect(self._read_back)
        self.nobody_home.toggled.connect(self._read_back)
        self._read_back()

    @property
    def first_field(self) -> EditField:
        """Where writing up begins."""
        return self.bags

    def lacks_reason(self) -> bool:
        """Whether nothing came, was lost or is explained, though somebody was home."""
        came = self._result()
        return (
            came is not None
            and not came.delivered
            and not came.lost
            and not came.nobody_home
            and not came.note.strip()
        )

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
            where=value_in(self.where),
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
            where=value_in(self.where),
        )

    def _plain_fields(self) -> tuple[EditField, ...]:
        """Return the fields that keep what is typed in them, and do nothing else."""
        return (
            self.bags,
            self.left_behind,
            self.lost,
            self.condition,
            self.received_by,
            self.where,
            self.note,
        )

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
        if was.left_behind and self._is_run:
            places = {Volume(): LeftWith.DONOR, was.left_behind: LeftWith.VOLUNTEER}
            self.where.set_value(places.get(was.with_driver))

    def _count(self, tally: Tally | None) -> None:
        """Take the bags over from ``10 × 4``; who took milk was at home, unless it is ticked again.

        What is kept is the amount alone, so that the same count typed once more counts again.
        """
        typed, before = self.delivered.typed().strip(), self.bags.typed().strip()
        self.delivered.set_value(None if tally is None else Tally(tally.volume))
        if tally is not None and tally.volume:
            self.nobody_home.setChecked(False)
        if tally is not None and tally.bags is not None:
            self._bags_by = typed if before not in ("", str(tally.bags)) else ""
            self.bags.set_value(tally.bags)
        self._read_back()

    def _forget_count(self, *_: object) -> None:
        """Trust the bags that were typed after an amount was counted."""
        self._bags_by = ""

    def _counted_words(self) -> str:
        """Return where the bags are from, if an amount counted others than stood there."""
        bags, typed = self.bags.typed().strip(), self.delivered.typed().strip()
        tally = read_tally(typed, self._desk.display)
        words = self.tr("{bags} bags, as you typed {amount}.")
        if tally is not None and tally.bags is not None and bags not in ("", str(tally.bags)):
            return words.format(bags=tally.bags, amount=typed)
        return words.format(bags=bags, amount=self._bags_by) if self._bags_by else ""

    def _lines(self) -> tuple[QLineEdit, ...]:
        """The lines whose letters change what would be written down."""
        return tuple(one.line for one in (self.bags, self.delivered, self.left_behind, self.lost, self.note))

    def _result(self) -> Delivered | None:
        """Return what would be written down of what stands here now; None while a field cannot be read.

        Raises:
            OutcomeError: If it does not add up.
        """
        tallies = [read_tally(one.line.text(), self._desk.display) for one in self._amounts]
        unread = any(
            tally is None and one.line.text().strip()
            for one, tally in zip(self._amounts, tallies, strict=True)
        )
        bags = self.bags.line.text().strip()
        if unread or (bags and not bags.isdecimal()):
            return None
        delivered, left, lost = (tally.volume if tally else None for tally in tallies)
        counted = tallies[0].bags if tallies[0] else None  # of what is not left yet; then it is the bags'
        if counted is None and bags:
            counted = int(bags)
        common = {
            "delivered": delivered,
            "bags": counted,
            "condition": self.condition.value,
            "nobody_home": self.nobody_home.isChecked(),
            "note": self.note.line.text(),
        }
        unit = self._desk.display.volume_unit
        if self._was is not None:
            typed = Correction(self.hold.code, left_behind=left, lost=lost, **common)
            found = corrected(self.hold, self._was, typed, unit)
            return left_with(found, self.where.value, is_run=self._is_run, was=self._was)
        outcome = Outcome(self.hold.code, left_behind=left or Volume(), lost=lost or Volume(), **common)
        return left_with(settled([self.hold], [outcome], unit)[0], self.where.value, is_run=self._is_run)

    @property
    def _amounts(self) -> tuple[TallyField, ...]:
        return self.delivered, self.left_behind, self.lost

    def _read_back(self) -> None:
        """Say what would be written down, as the fields are read; what is not read is not guessed."""
        try:
            came = self._result()
        except OutcomeError as error:
            self._say(str(error.problem), "problem")
            return
        if came is None:
            self._say(self.tr("Not read yet: one of the amounts above."), "ask")
            return
        for part in self._where_parts:
            part.setVisible(bool(came.left_behind))
        words = self.tr("Reads: {what}")
        if self._was is None and not any(line.text().strip() for line in self._lines()[:4]):
            words = self.tr("Nobody home: {what}") if came.nobody_home else self.tr("As planned: {what}")
        elif came == self._was:
            words = self.tr("As it is written down: {what}")
        said, counted = words.format(what=amounts_of(came, self._desk.display)), self._counted_words()
        if counted:
            self._say(self.tr("{said}. {bags}").format(said=said, bags=counted), "ask")
        else:
            self._say(said, "quiet")

    def _say(self, words: str, role: str) -> None:
        self.reading.setText(words)
        change_role(self.reading, role)

    def _lay_out(self, desk: Desk) -> None:
        way = f"{self.hold.donor_name} → {self.hold.recipient_name}"
        parts = [way, self.hold.code, self.hold.lot_code]
        if self._stops:
            at = self.tr("stop {numbers}").format(numbers=" → ".join(map(str, self._stops)))
            parts.insert(1, at)
        heading = text_label(" · ".join(parts), "strong")
        planned = text_label(self.tr("Planned: {what}").format(what=amount(self.hold, desk.display)), "quiet")
        unit = desk.display.volume_unit.value
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE_SMALL)
        grid.addWidget(heading, 0, 0, 1, 4)
        grid.addWidget(planned, 1, 0, 1, 4)
        for place, (label, field) in enumerate(
            (
                (self.tr("Bags"), self.bags),
                (self.tr("Delivered, {unit}").format(unit=unit), self.delivered),
                (self.tr("Condition"), self.condition),
                (self._received, self.received_by),
                (self.tr("Left behind, {unit}").format(unit=unit), self.left_behind),
                (self.tr("Lost, {unit}").format(unit=unit), self.lost),
            )
        ):
            self._put(grid, 2 + 2 * (place // 4), place % 4, label, field)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        self._put(grid, 4, 2, self.tr("Note, or why nothing came"), self.note, across=2)
        self.nobody_home.setAccessibleName(self.tr("Nobody home: {code}").format(code=self.hold.code))
        grid.addWidget(self.nobody_home, 6, 0)
        grid.addWidget(self.reading, 6, 1, 1, 3)
        if self._is_run:
            self._put(grid, 7, 0, self.tr("Where what was left behind is"), self.where, across=2)
            self._where_parts = tuple(
                widget
                for row in (7, 8)
                if (item := grid.itemAtPosition(row, 0)) and (widget := item.widget())
            )
        else:
            self.where.hide()
        in_order = (
            self.bags.editor,
            self.delivered.editor,
            self.condition.editor,
            self.received_by.editor,
            self.left_behind.editor,
            self.lost.editor,
            self.note.editor,
            self.nobody_home,
        )  # then "where", which is laid out last: Qt loses the way behind one that is put there while hidden
        for before, after in pairwise(in_order):
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
