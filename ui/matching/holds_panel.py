"""What is on hold for one family: who said yes, the messages to paste, the way to a pickup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold, MessageKind, Side
from coordinator.services.agreements.holds import (
    extend_hold,
    message_text,
    record_yes,
    release_hold,
    take_back_yes,
)
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import DateField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Row, Rows
from ui.widgets.scrolling import scrolling


class HoldsPanel(QWidget):
    """One row a hold, with a button for each thing that can be done about it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = Rows(self.tr("Nothing on hold for this family."))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        inner.addWidget(self._rows)
        inner.addWidget(self._yes_day())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(body))

    def show_holds(self, holds: Sequence[Hold]) -> None:
        """Show *holds*."""
        self._said.setVisible(bool(holds))
        self._rows.set_rows([self._row(hold) for hold in holds])

    def _yes_day(self) -> QWidget:
        """Return the field for yeses that were said earlier than they are noted."""
        self.said_on = DateField(self._desk.today)
        self.said_on.set_value(self._desk.today())
        self.said_on.edited.connect(self._date_yeses)
        self._said = FieldForm()
        self._said.add(self.tr("A yes noted here was said on"), self.said_on)
        self._said.hide()
        return self._said

    def _date_yeses(self, day: date | None) -> None:
        if day is None or day > self._desk.today():
            self.said_on.reject(self.tr("Type the day it was said, today or earlier."))
        else:
            self.said_on.set_value(day)

    def _row(self, hold: Hold) -> Row:
        amount = self._desk.display.volume(hold.volume)
        amount = self.tr("about {amount}").format(amount=amount) if hold.is_about else amount
        bags = self.tr("{count} bags").format(count=hold.bags) if hold.bags is not None else ""
        heading = " · ".join(part for part in (hold.donor_name, amount, bags, self._only(hold)) if part)
        stands = (hold.code, hold.lot_code, self._stands(hold), self._yeses(hold))
        row = Row(heading, [" · ".join(part for part in stands if part)])
        holder = QWidget()
        buttons = FlowLayout(holder)
        row.add(holder)
        for side, given in ((Side.DONOR, hold.donor_yes_on), (Side.FAMILY, hold.family_yes_on)):
            self._add_yes(buttons, hold, side, is_given=given is not None)
        self._add_messages(buttons, hold)
        code, database, today = hold.code, self._desk.database, self._desk.today()
        if not hold.pickup_code:
            plan = partial(self._desk.page_wanted.emit, "pickups", code)
            self._add(buttons, self.tr("Plan the pickup"), code, plan)
            self._add(buttons, self.tr("Release"), code, self._doing(partial(release_hold, database, code)))
        if not hold.is_agreed:
            extend = partial(extend_hold, database, code, today)
            self._add(buttons, self.tr("Extend"), code, self._doing(extend))
        return row

    def _only(self, hold: Hold) -> str:
        if hold.only_from is None:
            return ""
        return self.tr("only bags dated {day} or later").format(day=show_date(hold.only_from))

    def _stands(self, hold: Hold) -> str:
        travels = self.tr("travels with {code}").format(code=hold.pickup_code) if hold.pickup_code else ""
        if hold.is_agreed:
            return ", ".join(part for part in (self.tr("agreed"), travels) if part)
        if travels:
            return self.tr("{travels}, not printed until both have said yes").format(travels=travels)
        return self.tr("held until {day}").format(day=show_date(hold.expires_on))

    def _yeses(self, hold: Hold) -> str:
        said = (
            (hold.donor_yes_on, self.tr("donor's yes {day}")),
            (hold.family_yes_on, self.tr("family's yes {day}")),
        )
        return " · ".join(words.format(day=show_date(day)) for day, words in said if day is not None)

    def _add_yes(self, buttons: FlowLayout, hold: Hold, side: Side, *, is_given: bool) -> None:
        words = {
            (Side.DONOR, False): self.tr("Donor said yes"),
            (Side.DONOR, True): self.tr("Take back donor's yes"),
            (Side.FAMILY, False): self.tr("Family said yes"),
            (Side.FAMILY, True): self.tr("Take back family's yes"),
        }[side, is_given]
        database = self._desk.database

        def note() -> None:
            if is_given:
                self._desk.write(partial(take_back_yes, database, hold.code, side))
            elif not self.said_on.message.text():
                self._desk.write(partial(record_yes, database, hold.code, side, self.said_on.value))

        self._add(buttons, words, hold.code, note)

    def _add(self, buttons: FlowLayout, words: str, code: str, slot: Callable[[], object]) -> None:
        button = QPushButton(words)
        button.setAccessibleName(f"{words}: {code}")
        button.clicked.connect(lambda *_: slot())
        buttons.addWidget(button)

    def _add_messages(self, buttons: FlowLayout, hold: Hold) -> None:
        button = QPushButton(self.tr("Copy text"))
        button.setAccessibleName(self.tr("Copy a message about {code}").format(code=hold.code))
        buttons.addWidget(button)
        menu = QMenu(button)
        for kind, side, words in self._messages():
            menu.addAction(words, partial(self._copy, hold.code, kind, side))
        button.setMenu(menu)

    def _messages(self) -> Sequence[tuple[MessageKind, Side | None, str]]:
        return (
            (MessageKind.ASK_DONOR, None, self.tr("Ask the donor")),
            (MessageKind.ASK_FAMILY, None, self.tr("Ask the family")),
            (MessageKind.CONFIRM_TIME, Side.DONOR, self.tr("Confirm the time to the donor")),
            (MessageKind.CONFIRM_TIME, Side.FAMILY, self.tr("Confirm the time to the family")),
            (MessageKind.ADDRESS, Side.FAMILY, self.tr("The address, after both yeses")),
        )

    def _copy(self, code: str, kind: MessageKind, side: Side | None) -> None:
        self._desk.read(partial(message_text, self._desk.database, code, kind, side), self._copied)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.said.emit(self.tr("Copied. Paste it into your message."))

    def _doing(self, work: Callable[[], object]) -> Callable[[], object]:
        return lambda: self._desk.write(work)
