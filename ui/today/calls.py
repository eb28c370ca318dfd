"""The calls to make: whom, when she likes to be rung, what to ask, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.facts.dated_facts import CallOutcome
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.today import Call
from coordinator.services.screening import facts
from ui.desk import Desk
from ui.families.questions_form import QuestionsForm
from ui.today.card import Card, Line, on_whole_lines
from ui.widgets.fields.typed_dates import show_date

_QUESTIONS_SHOWN = 3
_RING_AGAIN = timedelta(days=2)


class CallsCard(Card):
    """Ten calls at most, those that hold up milk somebody needs first.

    *Answers…* opens one call for typing while the phone is at the ear; the next one opened closes it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        super().__init__("", "", parent)
        self._title = self.tr("Calls to make")
        self._nothing = self.tr("Nobody to ring today.")
        self._calls: tuple[Sequence[Call], int] = ((), 0)
        self._open_code = ""
        self._form: QuestionsForm | None = None

    def show_calls(self, calls: Sequence[Call], in_all: int) -> None:
        """Show *calls*, the first of *in_all*."""
        self._calls = (calls, in_all)
        rest = in_all - len(calls)
        more = self.tr("and {count} more after these").format(count=rest) if rest else ""
        if self._open_code not in {call.code for call in calls}:
            self._open_code, self._form = "", None
        lines: list[QWidget] = []
        for call in calls:
            lines.append(self._line(call))
            if self._form is not None and call.code == self._open_code:
                self._form.show_questions(call.code, call.household, call.questions)
                lines.append(self._form)
        self.set_lines(lines, in_all, more)

    def _line(self, call: Call) -> Line:
        household = call.household
        contact = (
            national_phone(household.phone),
            household.preferred_contact,
            household.ring_times or household.hours,
            self._why(call),
        )
        is_open = call.code == self._open_code
        shown = () if is_open else call.questions[:_QUESTIONS_SHOWN]
        asked = [question.text for question in shown]
        rest = 0 if is_open else len(call.questions) - len(asked)
        if rest:
            more = self.tr("and 1 more question") if rest == 1 else self.tr("and {count} more questions")
            asked.append(more.format(count=rest))
        text = "\n".join([on_whole_lines(contact), *(f"?  {words}" for words in asked)])
        line = Line(f"{household.name}  {call.code}", text, "phone")
        words = self.tr("Close") if is_open else self.tr("Answers…")
        name = self.tr("Close the answers of {code}") if is_open else self.tr("Type answers of {code}")
        line.add_button(words, name.format(code=call.code), partial(self._toggle, call.code))
        open_family = partial(self._desk.family_wanted.emit, call.code)
        line.add_button(self.tr("Open"), self.tr("Open {code}").format(code=call.code), open_family)
        if is_open:
            return line
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

    def _toggle(self, code: str) -> None:
        """Open the call of *code* for answers, or close it."""
        if code == self._open_code:
            self._open_code, self._form = "", None
        else:
            self._open_code = code
            self._form = QuestionsForm(self._desk, self, shows_contact=False, is_call=True)
        self.show_calls(*self._calls)
        if self._form is not None:
            self._form.begin()

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
