"""The step that makes a pickup of milk on hold: what, how, when, who."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.families.drivers import Driver
from coordinator.domain.pickups.plans import PickupKind, usual_day
from coordinator.domain.pickups.volunteers import Volunteer
from coordinator.services.pickups import planning
from coordinator.services.pickups.proposing import Proposal
from ui.desk import Desk
from ui.pickups.driver_words import about_driver
from ui.pickups.fields import TimeField, value_in
from ui.pickups.hold_list import HoldList
from ui.pickups.pickup_words import kind_words
from ui.pickups.plan_advice import PlanAdvice, hours_words, volunteer_words
from ui.pickups.volunteer_field import VolunteerField
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets.fields.edit_field import EditField, LineField, NotUnderstoodError
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField, DateField
from ui.widgets.label import Label
from ui.widgets.rows import text_label
from ui.widgets.wrapped_label import WrappedLabel


class PlanDialog(QDialog):
    """Asks for everything a pickup is made of; what does not fit is said beside its field.

    ``planned(code)`` says that it was saved; the dialog closes then and never before.
    """

    planned = Signal(str)

    def __init__(
        self,
        desk: Desk,
        holds: Sequence[Hold],
        drivers: Sequence[Driver],
        *,
        chosen: Sequence[str] = (),
        on: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drivers = {driver.code: driver for driver in drivers}
        self._day = on
        self._hers = set[EditField]()
        self._kind_before: PickupKind | None = None
        self._advice = PlanAdvice(desk, self)
        self.setWindowTitle(self.tr("Plan a pickup"))
        self.holds = HoldList(desk.display)
        self.kind = ChoiceField([(kind, kind_words(kind)) for kind in PickupKind])
        self.on = DateField(desk.today)
        self.starts_at = TimeField()
        self.driver = VolunteerField(drivers)
        self.hours = _quiet()
        self.hours.setAccessibleName(self.tr("When the families are free"))
        self.about = _quiet()
        self.switched = text_label(self.tr("More than one family: a volunteer run it is."), "quiet")
        self.place = LineField(hint=self.tr("Library, Dover"))
        self.problem = text_label("", "problem")
        self.plan_button = QPushButton(self.tr("Plan it"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._lay_out(bool(holds))
        self._connect()
        self.on.set_value(on or usual_day(desk.today()))
        self.holds.show_holds(holds, chosen)
        self.resize(640, min(520, self.screen().availableGeometry().height() - 60))

    def plan(self) -> None:
        """Save what stands in the dialog; what was typed stays if that does not work."""
        try:
            on, at, place = value_in(self.on), value_in(self.starts_at), value_in(self.place)
        except NotUnderstoodError:
            return
        if on is None:
            self.on.reject(self.tr("Say on which day."))
            return
        kind: PickupKind = self.kind.value
        save = partial(
            planning.plan_pickup,
            self._desk.database,
            kind,
            on,
            [hold.code for hold in self.holds.chosen()],
            today=self._desk.today(),
            driver_code=self.driver.value or None if kind is PickupKind.RUN else None,
            starts_at=at,
            meeting_place=str(place or "") if kind is PickupKind.MEET else "",
        )
        self.plan_button.setEnabled(False)
        self._desk.write(save, self._saved, failed=self._refused)

    def _saved(self, code: str) -> None:
        self.accept()
        self.planned.emit(code)

    def _refused(self, sentence: str) -> None:
        self.plan_button.setEnabled(True)
        needs_place = self.kind.value is PickupKind.MEET and not self.place.value
        if self.holds.chosen() and needs_place:
            self.place.reject(sentence)
            self.place.setFocus()
        else:
            self._say(sentence)

    def _check(self) -> None:
        """Show only what this kind of pickup needs, and say beside it what does not fit."""
        kind: PickupKind = self.kind.value
        is_run = kind is PickupKind.RUN
        self.form.set_visible(self.driver, visible=is_run)
        self.about.setVisible(is_run)
        self.form.set_visible(self.place, visible=kind is PickupKind.MEET)
        chosen = self.holds.chosen()
        pairs = {(hold.donor_code, hold.recipient_code) for hold in chosen}
        self.kind.reject(
            self.tr("Only a volunteer run serves several families.") if len(pairs) > 1 and not is_run else ""
        )
        self.switched.setVisible(self._kind_before is not None)
        self._say(self._open_yeses(chosen), "ask")
        driver = self._drivers.get(self.driver.value)
        on = self.on.value
        if is_run and on is not None and chosen:
            self._advice.ask_who([hold.code for hold in chosen], on, self.starts_at.value)
        self._tell_about(driver)
        is_away = is_run and driver is not None and on is not None and driver.is_away(on)
        self.driver.reject(self.tr("Away that day; choose another day or somebody else.") if is_away else "")
        if on is not None and not self.on.is_dirty:
            self.on.reject(self.tr("This day has passed.") if on < self._desk.today() else "")

    def _tell_about(self, driver: Driver | None) -> None:
        """Say what is known of the chosen volunteer, and what would break with her."""
        told = about_driver(driver, self.on.value, self._desk.display) if driver else ""
        ranked = self.driver.ranked if driver else None
        self.about.setText("\n".join(filter(None, (told, volunteer_words(ranked) if ranked else ""))))

    def _on_holds_changed(self) -> None:
        """Several families need a volunteer run; what is proposed follows the holds."""
        chosen = self.holds.chosen()
        pairs = {(hold.donor_code, hold.recipient_code) for hold in chosen}
        if len(pairs) > 1 and self.kind.value is not PickupKind.RUN:
            self._kind_before = self.kind.value
            self.kind.set_value(PickupKind.RUN)
        elif len(pairs) <= 1 and self._kind_before is not None:
            self.kind.set_value(self._kind_before)
            self._kind_before = None
        self._check()
        self._advice.ask_when([hold.code for hold in chosen], self._day)

    def _show_proposal(self, proposal: Proposal) -> None:
        """Fill in the proposed day and time where nothing is hers yet; their words stand beside them."""
        words = hours_words(proposal)
        self.hours.setText(words)
        self.hours.setVisible(bool(words))
        meeting = proposal.meeting
        usual = self._day or proposal.standing_on or usual_day(self._desk.today())
        proposed = (
            (self.on, meeting.on if meeting else usual),
            (self.starts_at, meeting.at if meeting else None),
        )
        for field, value in proposed:
            if field not in self._hers and not field.is_typing:
                field.set_value(value)
        self._check()

    def _show_ranked(self, volunteers: tuple[Volunteer, ...]) -> None:
        self.driver.show_ranked(volunteers)
        self._check()

    def _open_yeses(self, chosen: Sequence[Hold]) -> str:
        codes = ", ".join(hold.code for hold in chosen if not hold.is_agreed)
        words = self.tr("{codes}: not both have said yes; it can be planned, and printed once they have.")
        return words.format(codes=codes) if codes else ""

    def _say(self, sentence: str, role: str = "problem") -> None:
        change_role(self.problem, role)
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _keep(self, field: EditField, value: object) -> None:
        field.set_value(value)
        self._hers.add(field)
        if field is self.kind:
            self._kind_before = None
        if field is self.on:
            self._day = self.on.value
            self._advice.ask_when([hold.code for hold in self.holds.chosen()], self._day)
        self._check()

    def _connect(self) -> None:
        for field in (self.kind, self.on, self.starts_at, self.driver, self.place):
            field.edited.connect(partial(self._keep, field))
        self.holds.changed.connect(self._on_holds_changed)
        self._advice.proposed.connect(self._show_proposal)
        self._advice.ranked.connect(self._show_ranked)
        self.plan_button.clicked.connect(self.plan)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self, has_holds: bool) -> None:
        set_role(self.plan_button, "main")
        self.plan_button.setDefault(True)
        self.plan_button.setEnabled(has_holds)
        for button in (self.plan_button, self.cancel_button):
            button.setAccessibleName(button.text())
        self.form = PlanForm()
        self.form.add(self.tr("How"), self.kind)
        self.form.add_widget(self.switched)
        self.form.add(self.tr("Day"), self.on)
        self.form.add(self.tr("Start"), self.starts_at)
        self.form.add_widget(self.hours)
        self.form.add(self.tr("Volunteer"), self.driver)
        self.form.add_widget(self.about)
        self.form.add(self.tr("Meeting place"), self.place)
        what = self.tr("What is to travel? (Space checks)")
        if not has_holds:
            what = self.tr("No milk on hold waits for a pickup. Hold milk on the Match page first.")
        heading = Label(what, wordWrap=True)
        set_role(heading, "strong")
        heading.setBuddy(self.holds)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.plan_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.setSpacing(SPACE)
        layout.addWidget(heading)
        layout.addWidget(self.holds, stretch=1)
        layout.addWidget(self.form)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)


def _quiet() -> WrappedLabel:
    label = WrappedLabel()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_role(label, "quiet")
    return label


class PlanForm(FieldForm):
    """A form whose fields come and go with the kind of pickup."""

    def set_visible(self, field: EditField, *, visible: bool) -> None:
        """Show *field* and its label, or neither."""
        self._form.setRowVisible(field, visible)
