"""What is on hold for one family: who said yes, the messages to paste, the way to a pickup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold, Side
from coordinator.domain.agreements.promises import Strand
from coordinator.sayings import Saying
from coordinator.services.agreements.holds import (
    extend_hold,
    release_hold,
    take_back_yes,
)
from coordinator.services.agreements.reaching import Reached
from ui.cases.asking import ask_before_words, note_yes
from ui.cases.choice_dialog import withdrawal
from ui.desk import Desk
from ui.matching.hold_line import HoldLine
from ui.matching.hold_side import HoldSide
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import DateField
from ui.widgets.rows import Rows, text_label
from ui.widgets.scrolling import scrolling


class HoldsPanel(QWidget):
    """One row a hold, with a button for each thing that can be done about it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._goes_on = ""
        self._lines: list[HoldLine] = []
        self._asked: dict[tuple[str, Side], date | None] = {}
        self._still: dict[str, tuple[Saying, ...]] = {}
        self._notes: dict[str, tuple[Saying, ...]] = {}
        self._paused: dict[str, Saying] = {}
        self._rows = Rows(self.tr("Nothing on hold for this family."))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        inner.addWidget(self._rows)
        inner.addWidget(self._yes_day())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(body)
        self._area.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        layout.addWidget(self._area)

    def show_holds(
        self,
        holds: Sequence[Hold],
        reached: Mapping[str, Reached] | None = None,
        strands: Sequence[Strand] = (),
    ) -> None:
        """Show *holds*, each with how to reach both families where that was *reached*, and who was asked."""
        self._asked = {
            (one.hold.code, side): asked.on
            for one in strands
            for side, asked in ((Side.DONOR, one.asked_donor), (Side.FAMILY, one.asked_family))
        }
        self._notes = {one.hold.code: one.notes for one in strands}
        self._paused = {one.hold.code: one.paused for one in strands if one.paused}
        self._still = {one.hold.code: one.hold.still_asked for one in strands}
        self._said.setVisible(bool(holds))
        lines = [self._row(hold, (reached or {}).get(hold.code)) for hold in holds]
        self._lines = lines
        self._rows.set_rows(lines)
        for line in lines:
            if line.hold == self._goes_on:
                self._goes_on = ""
                QTimer.singleShot(0, line, partial(_stand_on, line))

    def _keep_in_sight(self) -> None:
        """Scroll to the button that is stood on once the lines have their height."""
        at = self.window().focusWidget()
        if at is not None and self.isAncestorOf(at):
            self._area.ensureWidgetVisible(at)

    def go_on(self, code: str) -> None:
        """Have the focus on the next step of the hold *code* once it is shown again."""
        self._goes_on = code

    def stand_on(self, code: str) -> bool:
        """Give the focus to the next step of the hold *code*; say whether there is such a line."""
        line = next((one for one in self._lines if one.hold == code), None)
        if line is not None:
            QTimer.singleShot(0, line, partial(_stand_on, line))
        return line is not None

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

    def _row(self, hold: Hold, reached: Reached | None) -> HoldLine:
        amount = self._desk.display.volume(hold.volume)
        amount = self.tr("about {amount}").format(amount=amount) if hold.is_about else amount
        bags = self.tr("{count} bags").format(count=hold.bags) if hold.bags is not None else ""
        heading = " · ".join(part for part in (hold.donor_name, amount, bags, self._only(hold)) if part)
        stands = (hold.lot_code, self._stands(hold), self._askings(hold), self._yeses(hold))
        line = HoldLine(heading, " · ".join(part for part in stands if part), hold.code)
        if paused := self._paused.get(hold.code):
            line.add(text_label(str(paused), "ask"))
        if still := self._still.get(hold.code):
            line.add(text_label(ask_before_words(still), "ask"))
        if reached is not None:
            for side in Side:
                line.add(HoldSide(self._desk, hold, side, reached, self._asked.get((hold.code, side))))
        self._add_steps(line, hold)
        line.end()
        for note in self._notes.get(hold.code, ()):  # below the buttons, which stay under the pointer
            line.add(text_label(str(note), "ask"))
        return line

    def _add_steps(self, line: HoldLine, hold: Hold) -> None:
        for side, given in ((Side.DONOR, hold.donor_yes_on), (Side.FAMILY, hold.family_yes_on)):
            if given is None:
                self._add_yes(line, hold, side)
        code, database, today = hold.code, self._desk.database, self._desk.today()
        if not hold.pickup_code:
            plan = partial(self._desk.page_wanted.emit, "pickups", code)
            if (hold.donor_yes_on is None) != (hold.family_yes_on is None):
                self._add_last_yes(line, hold, plan)
            line.add_step(self.tr("Plan the pickup"), plan, is_next=True)
            line.add_step(self.tr("Release"), self._doing(partial(release_hold, database, code)))
        if not hold.is_agreed:
            extend = partial(extend_hold, database, code, today)
            line.add_step(self.tr("Extend"), self._doing(extend))
        if hold.code in self._paused:
            open_pair = partial(self._desk.pair_wanted.emit, hold.donor_code, hold.recipient_code)
            line.add_step(self.tr("The pair…"), open_pair)
        self._add_way_back(line, hold)

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

    def _askings(self, hold: Hold) -> str:
        """Return when each side was asked that has not said yes."""
        sides = (
            (Side.DONOR, hold.donor_yes_on, self.tr("donor asked {day}")),
            (Side.FAMILY, hold.family_yes_on, self.tr("family asked {day}")),
        )
        asked = [(words, self._asked.get((hold.code, side))) for side, yes, words in sides if yes is None]
        return " · ".join(words.format(day=show_date(on)) for words, on in asked if on is not None)

    def _yeses(self, hold: Hold) -> str:
        said = (
            (hold.donor_yes_on, self.tr("donor's yes {day}")),
            (hold.family_yes_on, self.tr("family's yes {day}")),
        )
        return " · ".join(words.format(day=show_date(day)) for day, words in said if day is not None)

    def _add_yes(self, line: HoldLine, hold: Hold, side: Side) -> None:
        words = {Side.DONOR: self.tr("Donor said yes"), Side.FAMILY: self.tr("Family said yes")}[side]

        def note() -> None:
            self._goes_on = hold.code
            if not self.said_on.message.text():
                self._desk.write(note_yes(self._desk, hold.code, side, self.said_on.value))

        line.add_step(words, note, is_next=True, side=side)

    def _add_way_back(self, line: HoldLine, hold: Hold) -> None:
        """Let a yes be taken back at the end of the line, far from where it was noted."""
        words = {Side.DONOR: self.tr("Take back donor's yes"), Side.FAMILY: self.tr("Take back family's yes")}

        def take_back(side: Side) -> None:
            self._goes_on = hold.code
            self._desk.write(partial(take_back_yes, self._desk.database, hold.code, side))

        for side, given in ((Side.DONOR, hold.donor_yes_on), (Side.FAMILY, hold.family_yes_on)):
            if given is not None:
                line.add_step(*withdrawal(self._desk, hold.code, side))
                line.add_step(words[side], partial(take_back, side))

    def _add_last_yes(self, line: HoldLine, hold: Hold, plan: Callable[[], None]) -> None:
        """Offer to note the yes that is missing and to plan the pickup in one step."""
        side = Side.DONOR if hold.donor_yes_on is None else Side.FAMILY
        words = {
            Side.DONOR: self.tr("Donor said yes, plan it"),
            Side.FAMILY: self.tr("Family said yes, plan it"),
        }[side]

        def note() -> None:
            if not self.said_on.message.text():
                work = note_yes(self._desk, hold.code, side, self.said_on.value)
                self._desk.write(work, lambda _: plan())

        line.add_step(words, note, last=side)

    def _doing(self, work: Callable[[], object]) -> Callable[[], object]:
        return lambda: self._desk.write(work)


def _stand_on(line: HoldLine) -> None:
    """Go to the next step, unless she works elsewhere: the line is not shown then."""
    button = line.next or line.findChild(QPushButton)
    if button is not None and line.isVisible():
        button.setFocus()
