"""The calls to make: whom, when she likes to be rung, what to ask, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.contacts import national_phone
from coordinator.domain.facts import CallOutcome
from coordinator.domain.today import Call
from coordinator.services import facts
from ui.desk import Desk
from ui.today.card import Card, Line, on_whole_lines
from ui.widgets.typed_dates import show_date

_QUESTIONS_SHOWN = 3
_RING_AGAIN = timedelta(days=2)


class CallsCard(Card):
    """Ten calls at most, those that hold up milk somebody needs first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        super().__init__("", "", parent)
        self._title = self.tr("Calls to make")
        self._nothing = self.tr("Nobody to ring today.")

    def show_calls(self, calls: Sequence[Call], in_all: int) -> None:
        """Show *calls*, the first of *in_all*."""
        more = self.tr("and {count} more after these").format(count=in_all - len(calls))
        self.set_lines([self._line(call) for call in calls], in_all, more)

    def _line(self, call: Call) -> Line:
        household = call.household
        contact = (
            national_phone(household.phone),
            household.preferred_contact,
            household.hours,
            self._why(call),
        )
        asked = [question.text for question in call.questions[:_QUESTIONS_SHOWN]]
        rest = len(call.questions) - len(asked)
        if rest:
            asked.append(self.tr("and {count} more questions").format(count=rest))
        text = "\n".join([on_whole_lines(contact), *(f"?  {words}" for words in asked)])
        line = Line(f"{household.name}  {call.code}", text, "phone")
        open_family = partial(self._desk.family_wanted.emit, call.code)
        line.add_button(
            self.tr("Answers…"), self.tr("Type answers of {code}").format(code=call.code), open_family
        )
        choices = [
            (words, partial(self._note, call.code, outcome))
            for words, outcome in (
                (self.tr("No answer"), CallOutcome.NO_ANSWER),
                (self.tr("Left message"), CallOutcome.LEFT_MESSAGE),
                (self.tr("Ring in two days"), CallOutcome.RING_ON),
            )
        ]
        line.add_menu(
            self.tr("Rang…"), self.tr("What came of ringing {code}").format(code=call.code), choices
        )
        return line

    def _why(self, call: Call) -> str:
        if call.free:
            return self.tr("{amount} waits").format(amount=self._desk.display.volume(call.free))
        if call.is_urgent and call.lasts_until is not None:
            is_over = call.lasts_until < self._desk.today()
            words = self.tr("ran out {day} by the last figure") if is_over else self.tr("lasts until {day}")
            return words.format(day=show_date(call.lasts_until))
        return ""

    def _note(self, code: str, outcome: CallOutcome) -> None:
        today = self._desk.today()
        ring_on = today + _RING_AGAIN if outcome is CallOutcome.RING_ON else None
        note = partial(facts.note_call, self._desk.database, code, outcome, today, ring_on)
        self._desk.write(note, said=self.tr("Noted for {code}.").format(code=code))
