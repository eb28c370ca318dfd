"""A hand-over that nobody had planned, typed from paper or a call: which milk, to whom, when, how much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.pickups.plans import Condition
from coordinator.services.agreements.unplanned import HandedOver, add_handed_over
from ui.desk import Desk
from ui.pickups.fields import Tally, TallyField, value_in
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField, DateField, NumberField
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.rows import text_label

Choice = tuple[str, str]
"""A code and the words it is chosen by."""


class UnplannedDialog(QDialog):
    """Asks what was handed over; ``added(code, stays)`` says that it was saved, and closes.

    What is refused is said below, and what was typed stays.
    """

    added = Signal(str, object)

    def __init__(
        self, desk: Desk, lots: Sequence[Choice], families: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(self.tr("Add a hand-over that was not planned"))
        choose = self.tr("Choose…")
        self.lot = ChoiceField([(None, choose), *lots])
        self.family = ChoiceField([(None, choose), *families])
        self.on = DateField(desk.today)
        self.much = TallyField(desk.display)
        self.bags = NumberField(0, 10_000)
        self.condition = ChoiceField(
            [
                (None, self.tr("Not noted")),
                (Condition.FROZEN, self.tr("Hard frozen")),
                (Condition.ICE_CRYSTALS, self.tr("Ice crystals")),
                (Condition.THAWED, self.tr("Thawed")),
            ]
        )
        self.received_by, self.note = LineField(), LineField()
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.add_button, self.cancel_button = QPushButton(self.tr("Add it")), QPushButton(self.tr("Cancel"))
        self.on.set_value(desk.today())
        self._lay_out()
        for field in (self.lot, self.family, self.on, self.bags, self.condition, self.received_by, self.note):
            field.edited.connect(field.set_value)
        self.much.edited.connect(self._count)
        self.add_button.clicked.connect(self.add)
        self.cancel_button.clicked.connect(self.reject)
        keep_whole(self)

    def add(self) -> None:
        """Write down what stands in the dialog."""
        try:
            lot, family, on = value_in(self.lot), value_in(self.family), value_in(self.on)
            much: Tally | None = value_in(self.much)
            bags, condition = value_in(self.bags), value_in(self.condition)
            received_by, note = str(value_in(self.received_by) or ""), str(value_in(self.note) or "")
        except NotUnderstoodError as error:
            self._refused(str(error))
            return
        if lot is None or family is None or on is None or much is None:
            self._refused(self.tr("Say which milk, to whom, on which day and how much."))
            return
        told = HandedOver(lot, family, much.volume, on, bags, condition, received_by, note)
        self.add_button.setEnabled(False)
        database, today = self._desk.database, self._desk.today()
        self._desk.write(lambda: add_handed_over(database, told, today), self._saved, failed=self._refused)

    def _saved(self, saved: tuple[str, tuple[str, ...]]) -> None:
        self.accept()
        self.added.emit(*saved)

    def _refused(self, sentence: str) -> None:
        self.add_button.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()

    def _count(self, tally: Tally | None) -> None:
        """Take the bags over from ``10 × 4``."""
        self.much.set_value(tally)
        if tally is not None and tally.bags is not None:
            self.bags.set_value(tally.bags)

    def _lay_out(self) -> None:
        set_role(self.add_button, "main")
        self.add_button.setDefault(True)
        form = FieldForm()
        unit = self._desk.display.volume_unit.value
        form.add(self.tr("Which milk"), self.lot)
        form.add(self.tr("To whom"), self.family)
        form.add(self.tr("On which day"), self.on)
        form.add(self.tr("Delivered, {unit}").format(unit=unit), self.much)
        form.add(self.tr("Bags"), self.bags)
        form.add(self.tr("Condition"), self.condition)
        form.add(self.tr("Received by"), self.received_by)
        form.add(self.tr("Note"), self.note)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.cancel_button, self.add_button):
            button.setAccessibleName(button.text())
            buttons.addWidget(button)
        about = self.tr(
            "Both yeses are noted for that day, and the milk leaves its lot. One Undo takes all of it back."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.setSpacing(SPACE)
        layout.addWidget(text_label(about, "quiet"))
        layout.addWidget(form)
        layout.addStretch()
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        self.resize(self.fontMetrics().height() * 34, 420)
