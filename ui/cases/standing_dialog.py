"""Two families become a standing pair, or change what they agreed on: how much, how often, from when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coordinator.domain.agreements.rhythms import LAST, Rhythm, day_words
from coordinator.domain.agreements.standing_pairs import Agreed
from coordinator.services.agreements import standing_pairs as service
from coordinator.services.agreements.standing_offers import StandingOffer
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets.fields.edit_field import EditField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField, DateField, VolumeField
from ui.widgets.rows import text_label

_SHOWN: Final = 3
"""So many days to come are told."""
_IN_MONTH: Final = ((1,), (2,), (3,), (4,), (LAST,), (1, 3), (2, 4))
_WEEKS: Final = (1, 2, 3, 4, 6, 8)


@dataclass(frozen=True)
class About:
    """Whom a standing pair is about; ``code`` once it is one, ``hours`` what the two said of theirs."""

    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str
    code: str = ""
    hours: str = ""


def about_offer(offer: StandingOffer) -> About:
    """Return whom *offer* is about, with the hours both told."""
    said = ((offer.donor_name, offer.donor_hours), (offer.recipient_name, offer.recipient_hours))
    hours = " · ".join(f"{name}: {hours.strip()}" for name, hours in said if hours.strip())
    return About(offer.donor_code, offer.donor_name, offer.recipient_code, offer.recipient_name, hours=hours)


class StandingDialog(QDialog):
    """Asks for what the two agreed on and says which days that is; a refusal keeps what was typed."""

    def __init__(self, desk: Desk, about: About, agreed: Agreed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._about = desk, about
        self.setWindowTitle(self.tr("Change a standing pair") if about.code else self.tr("A standing pair"))
        self.volume = VolumeField(desk.display)
        self.per = ChoiceField(
            [(True, self.tr("a day, until the next pickup")), (False, self.tr("a pickup"))]
        )
        self.rhythm = ChoiceField(_rhythms(agreed.rhythm, agreed.rhythm.weekday))
        self.first = DateField(desk.today)
        self.last = DateField(desk.today)
        self.days = text_label("")
        self.problem = text_label("", "problem")
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        words = self.tr("Save") if about.code else self.tr("Make it a standing pair")
        self.save_button = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.save_button, "main")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._fill(agreed)
        self._lay_out(buttons)
        self._tell_days()

    @property
    def agreed(self) -> Agreed:
        """What stands in the fields that was understood."""
        first = self.first.value or self._desk.today()
        return Agreed(self.volume.value, self.per.value, self.rhythm.value, first, self.last.value)

    def _fill(self, agreed: Agreed) -> None:
        values: tuple[tuple[EditField, object], ...] = (
            (self.volume, agreed.volume),
            (self.per, agreed.is_a_day),
            (self.rhythm, agreed.rhythm),
            (self.first, agreed.first_on),
            (self.last, agreed.ends_on),
        )
        for field, value in values:
            field.set_value(value)
            field.edited.connect(partial(self._take, field))
        self._desk.display.changed.connect(self._tell_days)

    def _take(self, field: EditField, value: object) -> None:
        field.set_value(value)
        if field is self.first and isinstance(value, date):
            self._follow(value)
        self._tell_days()

    def _follow(self, first: date) -> None:
        """Offer the rhythms of the weekday of a new first day, and keep how often it is."""
        was: Rhythm = self.rhythm.value
        rhythm = Rhythm(first.weekday(), was.every_weeks, was.in_month)
        if not was.in_month and first.weekday() != was.weekday:
            self.rhythm.offer(_rhythms(rhythm, first.weekday()))
            self.rhythm.set_value(rhythm)

    def _tell_days(self) -> None:
        """Say the days to come and how much each is, so that a slip is seen before it is saved."""
        agreed = self.agreed
        if agreed.volume is None:
            self.days.setText(self.tr("Nothing is held or promised by this: both are asked each time."))
            return
        before = max(agreed.first_on, self._desk.today()) - timedelta(days=1)
        days = list(islice(agreed.rhythm.days(agreed.first_on, before), _SHOWN))
        said = [
            self.tr("{day}: {amount}").format(
                day=day_words(on), amount=self._desk.display.volume(agreed.volume_on(on))
            )
            for on in days
            if agreed.ends_on is None or on <= agreed.ends_on
        ]
        words = self.tr("{days} … Nothing is held or promised by this: both are asked each time.")
        self.days.setText(words.format(days=" · ".join(said) or self.tr("No day to come")))

    def _work(self) -> Callable[[], object]:
        about, database, today = self._about, self._desk.database, self._desk.today()
        if about.code:
            return partial(service.change_standing, database, about.code, self.agreed, today)
        pair, agreed = (about.donor_code, about.recipient_code), self.agreed

        def add() -> tuple[date, ...]:
            code = service.add_standing(database, *pair, agreed, today)
            return tuple(sorted(service.pair_of(database, code).skipped))

        return add

    def _refused(self, sentence: str) -> None:
        self.save_button.setEnabled(True)
        change_role(self.problem, "problem")
        self.problem.setText(sentence)
        self.problem.show()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        about = self._about
        heading = self.tr("{donor} gives to {family}").format(
            donor=about.donor_name, family=about.recipient_name
        )
        form = FieldForm()
        form.add(self.tr("How much"), self.volume)
        form.add(self.tr("For"), self.per)
        form.add(self.tr("How often"), self.rhythm)
        form.add(self.tr("First day"), self.first)
        form.add(self.tr("Last day, if any"), self.last)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.setSpacing(SPACE)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 72)
        layout.addWidget(text_label(heading, "strong"))
        if about.hours:
            layout.addWidget(text_label(about.hours, "quiet"))
        for widget in (form, self.days, self.problem, buttons):
            layout.addWidget(widget)
        self.volume.editor.setFocus()

    def _on_saved(self, answer: object) -> None:
        """Close; say the days that are left out, of a changed rhythm or of a pair that was one before."""
        if isinstance(answer, tuple) and answer:
            words = self.tr("Left out, as the milk held before lasts longer: {days}.")
            self._desk.said.emit(words.format(days=", ".join(str(day_words(on)) for on in answer)))
        super().accept()

    # Overrides of Qt.

    def accept(self) -> None:
        """Save it, and close once that is written down."""
        fields = (self.volume, self.per, self.rhythm, self.first, self.last)
        for field in fields:
            field.leave()
        if any(field.message.text() for field in fields):
            return
        if self.volume.value is None:
            self.volume.reject(self.tr("Say how much they agreed on."))
            return
        if self.first.value is None:
            self.first.reject(self.tr("Say from which day on."))
            return
        about, desk = self._about, self._desk
        said = self.tr("{donor} and {family} are a standing pair; nothing is held yet.")
        self.save_button.setEnabled(False)
        desk.write(
            self._work(),
            self._on_saved,
            failed=self._refused,
            said="" if about.code else said.format(donor=about.donor_name, family=about.recipient_name),
        )


def _rhythms(kept: Rhythm, weekday: int) -> list[tuple[Rhythm, str]]:
    """Return the rhythms of *weekday* to choose from, and the one that is *kept* if it is another."""
    found = [Rhythm(weekday, weeks) for weeks in _WEEKS]
    found += [Rhythm(weekday, 1, which) for which in _IN_MONTH]
    if kept not in found:
        found.insert(0, kept)
    return [(one, str(one.words)) for one in found]
