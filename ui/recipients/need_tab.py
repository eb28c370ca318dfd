"""What a family needs a day and how long its milk lasts, and what these figures rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.milk.needs import BIRTH_DATE, Arrival, Babies, Intake, IntakeBand, Runway
from coordinator.domain.milk.recipients import Recipient
from coordinator.domain.policies.sources import Status
from ui.desk import Desk
from ui.families.lasting_words import lasts_words
from ui.families.profile_form import ProfileForm
from ui.theme import SPACE
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import text_label


class NeedTab(QWidget):
    """Need and last day at each intake, what is to come, how old the milk may be, what is unknown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runway: Runway | None = None
        self.form = form = ProfileForm(desk)
        self.needs = {
            "expected": form.add_text(self.tr("Need a day, expected")),
            "low": form.add_text(self.tr("… at low intake")),
            "high": form.add_text(self.tr("… at high intake")),
        }
        self.stock = form.add_text(self.tr("Milk at home"))
        self.lasts = form.add_text(self.tr("Lasts until, expected"))
        self.latest = form.add_text(self.tr("… at low intake"))
        self.soonest = form.add_text(self.tr("… at high intake"))
        self.to_come = form.add_text(self.tr("To come"))
        self.then_until = form.add_text(self.tr("With that until"))
        form.bind_own(Role.RECIPIENT, "oldest_milk_months")
        self.unknown = text_label("", "ask")
        self.source = text_label("", "small")
        estimate = self.tr("A planning estimate, never a prescription. Information, not medical advice.")
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(form)
        layout.addWidget(self.unknown)
        layout.addWidget(text_label(estimate, "strong"))
        layout.addWidget(self.source)
        layout.addStretch(1)
        desk.display.changed.connect(self._show)

    def show_recipient(self, recipient: Recipient) -> None:
        """Show the need of *recipient*."""
        self._runway = recipient.runway
        self.form.show_record(recipient.code, recipient)
        self._show()

    def _show(self) -> None:
        runway = self._runway
        if runway is None:
            return
        amount = self._desk.display.volume
        for word, label in self.needs.items():
            label.setText(self.tr("ask") if runway.need is None else amount(getattr(runway.need, word)))
        self.stock.setText(self._stock(runway))
        self.lasts.setText(lasts_words(runway, self._desk.today()))
        self.soonest.setText(self._day(runway, runway.soonest, Intake.HIGH))
        self.latest.setText(self._day(runway, runway.latest, Intake.LOW))
        coming = [self._coming(arrival) for arrival in runway.to_come]
        self.to_come.setText("\n".join(coming) or self.tr("nothing on hold or agreed"))
        self.then_until.setText(self._then(runway))
        self.unknown.setText(self._unknown(runway))
        self.unknown.setVisible(bool(runway.unknown))
        self.source.setText(self._source(runway))

    def _unknown(self, runway: Runway) -> str:
        text = self.tr("Not known yet: {what}").format(what=", ".join(map(str, runway.unknown)))
        if runway.either is None:
            return text
        amount = self._desk.display.volume
        stays, else_ = (amount(need.expected) for need in runway.either)
        either = self.tr("Need a day: {stays} if it does, else {else_}").format(stays=stays, else_=else_)
        return f"{text}\n{either}"

    def _stock(self, runway: Runway) -> str:
        if runway.stock is None:
            return self.tr("ask")
        amount = self._desk.display.volume(runway.stock)
        if runway.stock_on is None:
            return amount
        words = self.tr("{amount}, counted or last brought {day}")
        return words.format(amount=amount, day=show_date(runway.stock_on))

    def _day(self, runway: Runway, last: date | None, intake: Intake) -> str:
        if runway.need is None or runway.stock is None:
            return self.tr("ask")
        if last is None:
            need = runway.need.of(intake)
            return self.tr("more than three years") if need else self.tr("no need then")
        return lasts_words(replace(runway, lasts_until=last), self._desk.today())

    def _coming(self, arrival: Arrival) -> str:
        amount = self._desk.display.volume(arrival.volume)
        if arrival.is_planned:
            return self.tr("{amount} on {day}").format(amount=amount, day=show_date(arrival.on))
        return self.tr("{amount}, no pickup planned").format(amount=amount)

    def _then(self, runway: Runway) -> str:
        if not runway.to_come:
            return "–"
        return self._day(runway, runway.then_until, Intake.EXPECTED)

    def _source(self, runway: Runway) -> str:
        band, babies = runway.band, runway.babies
        if band is None or babies is None:
            is_age_known = BIRTH_DATE not in runway.unknown
            if is_age_known:
                return self.tr("The need has a figure once the family was asked.")
            return self.tr("The need follows from the babies’ age, once it is known.")
        words = self.tr(
            "{count} × {low}–{expected}–{high} a day ({label}), less {own}. Seen in: {source} ({status})."
        )
        number, amount = self._desk.display.volume_number, self._desk.display.volume
        text = words.format(
            count=babies.count,
            low=number(band.low),
            expected=number(band.expected),
            high=amount(band.high),
            label=band.label,
            own=self._beside(babies),
            source=band.seen_in,
            status=self._status(band),
        )
        if not band.differs:
            return text
        others = self.tr("Others differ: {what}").format(what=band.differs)
        return f"{text} {others}"

    def _beside(self, babies: Babies) -> str:
        amount = self._desk.display.volume
        own = self.tr("{own} of her own").format(own=amount(babies.own_supply))
        if not babies.formula:
            return own
        return self.tr("{own} and {formula} of formula").format(own=own, formula=amount(babies.formula))

    def _status(self, band: IntakeBand) -> str:
        if band.status == Status.CHOICE:
            return self.tr("calculated by us")
        return self.tr("read at its source") if band.status == Status.PRIMARY else self.tr("unchecked")
