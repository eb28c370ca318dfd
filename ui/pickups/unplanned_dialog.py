"""A hand-over that nobody had planned, typed from paper or a call: which milk, to whom, when, how much."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.pickups.unplanned import Added, CountDoubtError, HandedOver, Objection
from coordinator.services.agreements.unplanned import add_handed_over, objections
from ui.desk import Desk
from ui.errors import explain
from ui.pickups.fields import value_in
from ui.pickups.given_form import Choice, GivenForm
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField, DateField
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling


class UnplannedDialog(QDialog):
    """Asks what was handed over; ``added`` carries what it was written down as, and the dialog closes.

    What happened is written down whatever is against it: that is said first, and the button pressed again
    takes it. So it is with more than a lot has. What cannot have been is refused. What was typed stays.
    """

    added = Signal(object)

    def __init__(
        self, desk: Desk, lots: Sequence[Choice], families: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lots = lots
        self._said: HandedOver | None = None
        self._miscounted: HandedOver | None = None
        self.setWindowTitle(self.tr("Add a hand-over that was not planned"))
        self.family = ChoiceField([(None, self.tr("Choose…")), *families])
        self.on = DateField(desk.today)
        self.on.set_value(desk.today())
        self.parts = [GivenForm(desk, lots, 1)]
        self.received_by, self.note = LineField(), LineField()
        self.warning, self.problem = text_label("", "ask"), text_label("", "problem")
        self.warning.hide()
        self.problem.hide()
        self.more_button = QPushButton(self.tr("Another lot"))
        self.add_button, self.cancel_button = QPushButton(self.tr("Add it")), QPushButton(self.tr("Cancel"))
        self._lay_out()
        for field in (self.family, self.on, self.received_by, self.note):
            field.edited.connect(field.set_value)
        self.more_button.clicked.connect(self.add_lot)
        self.add_button.clicked.connect(self.add)
        self.cancel_button.clicked.connect(self.reject)
        keep_whole(self)

    def add_lot(self) -> None:
        """Ask of one more lot."""
        form = GivenForm(self._desk, self._lots, len(self.parts) + 1)
        self.parts.append(form)
        self._column.insertWidget(self._column.indexOf(self.more_button), form)
        form.show()
        QTimer.singleShot(0, form, form.lot.setFocus)

    def add(self) -> None:
        """Say what is against it; pressed once more, or with nothing against it, write it down."""
        try:
            told = self._told()
        except NotUnderstoodError as error:
            self._refused(str(error))
            return
        if told is None:
            self._refused(self.tr("Say which milk, to whom, on which day and how much."))
            return
        self.add_button.setEnabled(False)
        self.problem.hide()
        database, today = self._desk.database, self._desk.today()
        if told == self._said:
            self._write(told)
        else:
            self._desk.runner.run(
                partial(objections, database, told, today),
                partial(self._weigh, told),
                self._refuse,
            )

    def _weigh(self, told: HandedOver, found: Sequence[Objection]) -> None:
        """Write it down where nothing is against it; else say what is, once."""
        self._said = told
        self.warning.setVisible(bool(found))
        if not found:
            self._write(told)
            return
        self.add_button.setEnabled(True)
        self.warning.setText(self._warning(found))

    def _warning(self, found: Sequence[Objection]) -> str:
        said = "\n".join(f"{one.lot_code}: {one.said}" for one in found)
        words = self.tr(
            "{said}.\nIf it was handed over all the same, press {button} once more: it is written down, "
            "joins no stock, and Today says whom to ring."
        )
        return words.format(said=said, button=self.add_button.text())

    def _write(self, told: HandedOver) -> None:
        database, today = self._desk.database, self._desk.today()
        is_miscounted = told == self._miscounted

        def work() -> Added:
            try:
                return add_handed_over(database, told, today, is_miscounted=is_miscounted)
            except CountDoubtError:
                self._miscounted = told
                raise

        self._desk.write(work, self._saved, failed=self._not_saved)

    def _not_saved(self, sentence: str) -> None:
        if self._said is not None and self._said == self._miscounted:
            again = self.tr("If there was more, press {button} once more: the lot then holds what went.")
            sentence = f"{sentence} {again.format(button=self.add_button.text())}"
        self._refused(sentence)

    def _saved(self, added: Added) -> None:
        self.accept()
        self.added.emit(added)

    def _refuse(self, error: Exception) -> None:
        self._refused(explain(error))

    def _refused(self, sentence: str) -> None:
        self.add_button.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()

    def _told(self) -> HandedOver | None:
        """Return what stands in the dialog; ``None`` where something is missing."""
        family, on = value_in(self.family), value_in(self.on)
        parts = [part.given() for part in self.parts if not part.is_empty]
        received_by, note = str(value_in(self.received_by) or ""), str(value_in(self.note) or "")
        whole = [part for part in parts if part is not None]
        if family is None or on is None or not whole or len(whole) < len(parts):
            return None
        return HandedOver(family, tuple(whole), on, received_by, note)

    def _lay_out(self) -> None:
        set_role(self.add_button, "main")
        self.add_button.setDefault(True)
        self.more_button.setAutoDefault(False)
        self.more_button.setAccessibleName(self.tr("Milk of another lot went as well"))
        head, foot = FieldForm(), FieldForm()
        head.add(self.tr("To whom"), self.family)
        head.add(self.tr("On which day"), self.on)
        foot.add(self.tr("Received by"), self.received_by)
        foot.add(self.tr("Note"), self.note)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        for widget in (head, *self.parts, self.more_button, foot):
            self._column.addWidget(widget)
        self._column.setAlignment(self.more_button, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.cancel_button, self.add_button):
            button.setAccessibleName(button.text())
            buttons.addWidget(button)
        about = self.tr(
            "What happened is written down, whatever is against it. One Undo takes all of it back."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.setSpacing(SPACE)
        layout.addWidget(text_label(about, "quiet"))
        layout.addWidget(scrolling(body, wraps=True), stretch=1)
        layout.addWidget(self.warning)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        self.resize(self.fontMetrics().height() * 38, 540)
