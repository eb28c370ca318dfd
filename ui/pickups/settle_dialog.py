"""The write-up: typed back in from the sheet in its order, a small form for each hold; or corrected later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.driving.odometers import Odometer, OdometerDoubtError
from coordinator.domain.paper.sheet_numbers import FoundSheet
from coordinator.domain.pickups.plans import Pickup, PickupKind, PickupState
from coordinator.domain.pickups.settling import OutcomeError
from coordinator.domain.pickups.sheet_told import SheetTold, TimesDoubtError
from coordinator.services.pickups import planning
from ui.desk import Desk
from ui.pickups.fields import value_in
from ui.pickups.odometer_form import OdometerForm
from ui.pickups.outcome_form import OutcomeForm
from ui.pickups.pickup_words import early_words, is_early
from ui.pickups.sheet_words import in_sheet_order, old_sheet_words, on_the_sheet
from ui.pickups.times_form import TimesForm
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.fields.edit_field import EditField, NotUnderstoodError, TextField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label


class SettleDialog(QDialog):
    """A form for each hold, in the order of the sheet. A refusal keeps all that was typed.

    Enter goes on, Page Down takes a hold as it stands and goes to the next, F2 says that nobody was home, F4
    goes to the times of its stop and back, Ctrl+Enter saves. Of an old *sheet* it says what changed since.

    A settled pickup is corrected: what is left empty stays. ``settled(pickup, stays)``
    carries it as it is then, and the names of the families whose stock stays: they counted since.
    """

    settled = Signal(object, object)

    def __init__(
        self, desk: Desk, pickup: Pickup, parent: QWidget | None = None, sheet: FoundSheet | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickup = pickup
        self._again = pickup.state is PickupState.SETTLED
        title = self.tr("{code}: what was different")
        if self._again:
            title = self.tr("{code}: correct what happened")
        self.setWindowTitle(title.format(code=pickup.code))
        came = {one.hold_code: one for one in pickup.deliveries}
        is_fetched = pickup.kind is not PickupKind.RUN
        self.forms = [
            OutcomeForm(desk, hold, came.get(hold.code), stops=stops, is_fetched=is_fetched)
            for hold, stops in on_the_sheet(pickup)
        ]
        self.times = [TimesForm(stop) for stop in pickup.stops]
        self.note = TextField(lines=2, hint=self.tr("What else the sheet says"))
        self.note.set_name(self.tr("What else the sheet says"))
        self.note.set_value(pickup.sheet_note)
        self.note.edited.connect(self.note.set_value)
        self.old_sheet = text_label(old_sheet_words(sheet) if sheet is not None else "", "ask")
        self.old_sheet.setVisible(bool(self.old_sheet.text()))
        self._asked_why = False
        self.odometer = OdometerForm(desk, pickup) if pickup.kind is PickupKind.RUN else None
        if self.odometer is not None and pickup.odometer is not None:
            self.odometer.show_figures(pickup.odometer)
        self._is_early = is_early(pickup, desk.today())
        self._tried: Odometer | None = None
        self._doubted: Odometer | None = None
        self._told_in_doubt: SheetTold | None = None
        self._told_tried: SheetTold | None = None
        self.problem = text_label("", "problem")
        self.problem.hide()
        self.save_button = QPushButton(self.tr("Correct") if self._again else self.tr("Settle"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out()
        if self.forms:
            self.forms[0].first_field.setFocus()
        for keys, slot in (
            ("PgDown", self._next),
            ("PgUp", self._previous),
            ("F2", self._nobody_home),
            ("F4", self._to_times),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def save(self) -> None:
        """Write down what was typed; a day still to come, or an odometer in doubt, is asked about once."""
        try:
            write = self._typed()
            odometer = self.odometer.odometer() if self.odometer else None
            told = self._told()
        except NotUnderstoodError as error:
            self._tried = self._told_tried = None
            self._refused(str(error))
            return
        if self._is_early:
            self._is_early = False
            self._refused(early_words(self._pickup, self.save_button.text()))
            return
        if (lacking := self._lacks_reason()) is not None:
            self._refused(
                self.tr("{code}: nothing came. Type why in its note, or press {button} once more.").format(
                    code=lacking.hold.code, button=self.save_button.text()
                )
            )
            self._go_to(lacking.note)
            return
        self.save_button.setEnabled(False)
        database, code, today = self._desk.database, self._pickup.code, self._desk.today()
        if self._again and odometer == self._pickup.odometer:
            odometer = None

        self._tried = odometer
        sure = odometer is not None and odometer == self._doubted
        self._told_tried = told
        sheet = replace(told, is_sure=told == self._told_in_doubt)

        def work() -> tuple[Pickup, tuple[str, ...]]:
            try:
                stays = write(database, code, today, odometer=odometer, sheet=sheet, sure=sure)
            except OdometerDoubtError:
                self._doubted = odometer
                raise
            except TimesDoubtError:
                self._told_in_doubt = told
                raise
            return planning.pickup(database, code, today), stays

        self._desk.write(work, self._saved, failed=self._refused)

    def _lacks_reason(self) -> OutcomeForm | None:
        """Return the first hold of which nothing came without a word why; asked once."""
        if self._again or self._asked_why:
            return None
        try:
            lacking = next((form for form in self.forms if form.lacks_reason()), None)
        except OutcomeError:
            return None  # the service says it when it is saved
        self._asked_why = lacking is not None
        return lacking

    def _next(self) -> None:
        """Take the hold as it stands and go to the next; after the last to the odometer, then to Settle."""
        at = self._at()
        if at + 1 < len(self.forms):
            self._go_to(self.forms[at + 1].first_field)
        elif self.odometer is not None and not self.odometer.isAncestorOf(self.focusWidget() or self):
            self._go_to(self.odometer.start)
        else:
            self.save_button.setFocus()

    def _previous(self) -> None:
        self._go_to(self.forms[max(self._at() - 1, 0)].first_field)

    def _nobody_home(self) -> None:
        """Say of the hold she is at that nobody was home, or take it back."""
        at = self._at()
        if at < len(self.forms):
            box = self.forms[at].nobody_home
            box.setChecked(not box.isChecked())

    def _at(self) -> int:
        """Return which form has the focus; beyond the last where none has it."""
        focus = self.focusWidget() or self
        return next((at for at, form in enumerate(self.forms) if form.isAncestorOf(focus)), len(self.forms))

    def _go_to(self, field: EditField) -> None:
        field.setFocus()
        form = field.parentWidget() or field
        self._area.ensureWidgetVisible(form)
        self._area.ensureWidgetVisible(field)

    def _to_times(self) -> None:
        """Go to the times of the stop where the hold she is at is handed over, or back to the hold."""
        focus = self.focusWidget() or self
        at = self._in_order.index(found) if (found := self._form_at(focus)) is not None else -1
        line = self._first_line_above(at)
        if isinstance(found, TimesForm):
            form = next((one for one in self._in_order[at:] if isinstance(one, OutcomeForm)), self.forms[-1])
            self._go_to(form.first_field)
        elif line is not None:
            self._go_to(line.arrived)

    def _first_line_above(self, at: int) -> TimesForm | None:
        """Return the first of the lines of stops that stand right above the form *at*; they belong to it."""
        above = None
        for one in self._in_order[max(at - 1, 0) :: -1] if at > 0 else ():
            if not isinstance(one, TimesForm):
                break
            above = one
        return above or next((one for one in self._in_order[:at] if isinstance(one, TimesForm)), None)

    def _form_at(self, focus: QWidget) -> OutcomeForm | TimesForm | None:
        return next((form for form in self._in_order if form.isAncestorOf(focus)), None)

    def _told(self) -> SheetTold:
        """Return the times and the note; raises as the forms do."""
        return SheetTold(tuple(line.times() for line in self.times), str(value_in(self.note) or ""))

    def _typed(self) -> Callable[..., tuple[str, ...]]:
        """Return what writes down what stands in the forms; errors as of ``OutcomeForm.outcome``."""
        if self._again:
            corrections = [form.correction() for form in self.forms]
            return lambda database, code, today, **more: planning.settle_again(
                database, code, corrections, today, **more
            )
        outcomes = [form.outcome() for form in self.forms]
        return lambda database, code, today, **more: planning.settle(database, code, outcomes, today, **more)

    def _saved(self, saved: tuple[Pickup, tuple[str, ...]]) -> None:
        self.accept()
        self.settled.emit(*saved)

    def _refused(self, sentence: str) -> None:
        self.save_button.setEnabled(True)
        is_odometer = self._tried is not None and self._tried == self._doubted
        if is_odometer or (self._told_tried is not None and self._told_tried == self._told_in_doubt):
            again = self.tr("If they are right, press {button} once more.")
            sentence = f"{sentence} {again.format(button=self.save_button.text())}"
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
        self.save_button.setToolTip(self.tr("{button} (Ctrl+Enter)").format(button=self.save_button.text()))
        hint = (
            self.tr("Leave empty what is right as it stands. The history keeps what was written down.")
            if self._again
            else self.tr("Leave empty what went as planned. Count as you read: 10 × 4 + 2 × 3.5.")
        )
        keys = self.tr(
            "Page Down: as it stands, next · F2: nobody home · F4: times · Enter: next field · "
            "Ctrl+Enter: {button}"
        )
        keys = keys.format(button=self.save_button.text())
        forms = QWidget()
        set_role(forms, "scrolled")
        column = QVBoxLayout(forms)
        column.setContentsMargins(0, 0, 0, 0)
        self._in_order = in_sheet_order(self._pickup, self.forms, self.times)
        for form in self._in_order:
            column.addWidget(form)
        column.addWidget(self.note)
        if self.odometer is not None:
            column.addWidget(self.odometer)
        column.addStretch()
        area = self._area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(forms)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.old_sheet)
        layout.addWidget(text_label(hint, "quiet"))
        layout.addWidget(text_label(keys, "quiet"))
        layout.addWidget(area, stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(row)
        em = self.fontMetrics().height()
        rows = len(self.forms) + (self.odometer is not None)
        self.resize(em * 50, min(em * (14 + 14 * rows), 520))

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
