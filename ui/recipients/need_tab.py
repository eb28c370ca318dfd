"""What a family needs a day and how long its milk lasts, and what these figures rest on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.needs import Runway
from coordinator.domain.recipients import Recipient
from coordinator.services import recipients
from ui.desk import Desk
from ui.families.rows import text_label
from ui.families.words import lasts_words
from ui.theme import SPACE
from ui.widgets.field_form import FieldForm
from ui.widgets.typed_dates import show_date


class NeedTab(QWidget):
    """Need at low, expected and high intake, runway, unknowns, source."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runway: Runway | None = None
        form = FieldForm()
        self.needs = {
            "expected": form.add_text(self.tr("Need a day, expected")),
            "low": form.add_text(self.tr("Need a day, low intake")),
            "high": form.add_text(self.tr("Need a day, high intake")),
        }
        self.stock = form.add_text(self.tr("Milk at home"))
        self.lasts = form.add_text(self.tr("Lasts until"))
        self.unknown = text_label("", "ask")
        estimate = self.tr("A planning estimate, never a prescription. Information, not medical advice.")
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(form)
        layout.addWidget(self.unknown)
        layout.addWidget(text_label(estimate, "strong"))
        source = self.tr("Intake by age, less the low end of the own milk. Seen in: {source}")
        layout.addWidget(text_label("", "small"))
        layout.addStretch(1)
        desk.display.changed.connect(self._show)

    def show_recipient(self, recipient: Recipient) -> None:
        """Show the need of *recipient*."""
        self._runway = recipient.runway
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
        self.unknown.setText(self.tr("Not known yet: {what}").format(what=", ".join(runway.unknown)))
        self.unknown.setVisible(bool(runway.unknown))

    def _stock(self, runway: Runway) -> str:
        if runway.stock is None:
            return self.tr("ask")
        amount = self._desk.display.volume(runway.stock)
        if runway.stock_on is None:
            return amount
        return self.tr("{amount}, counted {day}").format(amount=amount, day=show_date(runway.stock_on))
