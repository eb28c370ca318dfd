"""The calls to make: whom, at which number, what their answers open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coordinator.domain.facts.dated_facts import CallOutcome
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.today import LOST_HER_BABY
from coordinator.domain.worklist.calls import Call, by_opening
from coordinator.domain.worklist.openings import Opened, Openings
from coordinator.domain.worklist.planned import PlannedCalls, by_plan
from coordinator.services.screening import facts
from ui.calls.round_strip import RoundStrip
from ui.cases.asking import Choice
from ui.desk import Desk
from ui.today.card import Card
from ui.today.plan_row import PlanRow
from ui.today.work_line import WorkLine
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import text_label

PATIENCE_MS = 3_000
"""So long she waits for the first plan; then the calls are shown as they press until it is there."""
_AT_ONCE = 10
_RING_AGAIN = timedelta(days=2)
_NEXT_DAY = timedelta(days=1)


class CallsCard(Card):
    """Ten calls, those first that let the plan serve most; a link shows the others.

    *ring* opens the call card of a household, where answers are typed while the phone is at the ear.
    """

    all_wanted = Signal()

    def __init__(self, desk: Desk, ring: Callable[[str], object], parent: QWidget | None = None) -> None:
        self._desk = desk
        self._ring = ring
        self._shows_all = False
        self._waits = True
        self._of: Sequence[Call] = ()
        self._by: PlannedCalls | None = None
        self._ordered: list[Call] = []
        super().__init__("", "", parent)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_as_they_press)
        self._title = self.tr("Calls to make")
        self._nothing = self.tr("Nobody to ring today.")
        self._looking = self.tr("Looking which calls let the plan serve most…")
        self.round = RoundStrip(desk)
        top = QHBoxLayout()
        top.addWidget(self.heading, stretch=1)
        top.addWidget(self.round)
        self._layout.insertLayout(0, top)
        self.plan = PlanRow(desk)
        self._layout.insertWidget(1, self.plan)

    def show_calls(
        self,
        calls: Sequence[Call],
        opened: Openings | None,
        planned: PlannedCalls | None,
    ) -> list[WorkLine]:
        """Show *calls* in the order of the plan, with what they open; return their lines.

        The first time they wait a moment for one. After that every line stays where it is until another
        plan is there: no line moves under her hand while nothing has changed. The line she stands on is
        shown wherever its place is.
        """
        self._waits = self._waits and planned is None
        self.plan.setVisible(bool(calls))
        if not self._waits:
            self._patience.stop()
        elif calls and not self._patience.isActive():
            self._patience.start()
        if self._waits and calls:
            self.set_lines([text_label(self._looking, "quiet")], len(calls))
            return []
        ordered = self._in_order(calls, opened, planned)
        most, stands_on = len(ordered) if self._shows_all else _AT_ONCE, self._stands_on()
        shown = [call for at, call in enumerate(ordered) if at < most or call.code == stands_on]
        looks = self._desk.today(), self._desk.display.volume_unit
        opens = planned.opens if planned is not None else {}
        wanted = [(call, opens.get(call.household.id)) for call in shown]
        lines = self.kept.lines([((*one, looks), partial(self._line, *one)) for one in wanted])
        widgets: list[QWidget] = list(lines)
        if len(calls) > _AT_ONCE:
            widgets.append(self._switch(len(calls)))
        self.set_lines(widgets, len(calls))
        return lines

    def wait_no_longer(self) -> None:
        """Do without the plan, which could not be read or takes long."""
        self._waits = False
        self._patience.stop()

    def say_planning(self, *, is_first: bool) -> None:
        """Say that another order is worked out, where calls are shown; *is_first*: there was no plan yet."""
        if not self._waits:
            self.plan.say_working(is_first=is_first)

    def _show_as_they_press(self) -> None:
        self.wait_no_longer()
        self.say_planning(is_first=True)
        self.all_wanted.emit()

    def _stands_on(self) -> str:
        """Return the code of the call she stands on; empty for none."""
        at = self.window().focusWidget()
        lines = (line for line in self.findChildren(WorkLine) if line.button is at)
        return next((line.code for line in lines), "")

    def _in_order(
        self, calls: Sequence[Call], opened: Openings | None, planned: PlannedCalls | None
    ) -> list[Call]:
        if calls is self._of and planned == self._by:
            return self._ordered
        freed = {code: one.volume for code, one in opened.donors.items()} if opened else {}
        ordered = by_plan(by_opening(calls, freed), planned)
        if planned == self._by and self._ordered:
            before = {call.household.id: at for at, call in enumerate(self._ordered)}
            ordered.sort(key=lambda call: before.get(call.household.id, len(before)))
        self._of, self._by, self._ordered = calls, planned, ordered
        return ordered

    def _switch(self, in_all: int) -> QPushButton:
        words = self.tr("Show the first ten only") if self._shows_all else self.tr("Show all {count} calls")
        button = QPushButton(words.format(count=in_all))
        button.setAccessibleName(button.text())
        button.clicked.connect(self._toggle)
        return button

    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self.all_wanted.emit()

    def _line(self, call: Call, opens: Opened | None) -> WorkLine:
        household, code = call.household, call.code
        parts = (
            str(LOST_HER_BABY) if call.is_bereaved else "",
            national_phone(household.phone),
            self._why(call, opens),
            self._asked(call),
            self._messaged(call),
            household.preferred_contact,
            household.ring_times or household.hours,
        )
        outcomes = (
            (self.tr("No answer"), CallOutcome.NO_ANSWER),
            (self.tr("Left message"), CallOutcome.LEFT_MESSAGE),
            (self.tr("Ring in two days"), CallOutcome.RING_ON),
        )
        more: list[Choice] = [(words, partial(self._note, code, outcome)) for words, outcome in outcomes]
        more.append((self.tr("Open"), partial(self._desk.family_wanted.emit, code)))
        return WorkLine(
            household.name,
            code,
            parts,
            icon_name="phone",
            button=self.tr("Ring"),
            does=partial(self._ring, code),
            called=self.tr("Type answers of {code}").format(code=code),
            more=more,
        )

    def _asked(self, call: Call) -> str:
        """Return the first question, and how many more there are."""
        if not call.questions:
            return ""
        first, rest = call.questions[0].text, len(call.questions) - 1
        more = self.tr("{question} and {count} more") if rest else "{question}"
        return more.format(question=first, count=rest)

    def _messaged(self, call: Call) -> str:
        day = call.messaged_on
        return self.tr("asked by message {day}").format(day=show_date(day)) if day else ""

    def _why(self, call: Call, opens: Opened | None) -> str:
        if opens is not None:
            return self.tr("opens {what}").format(what=opens.words(self._desk.display.volume_unit))
        if call.free:
            return self.tr("{amount} waits").format(amount=self._desk.display.volume(call.free))
        if call.is_urgent and call.lasts_until is not None:
            if call.lasts_until < self._desk.today():
                since = show_date(call.lasts_until + _NEXT_DAY)  # as the line of its baby says it
                return self.tr("out since {day} by the last figure").format(day=since)
            return self.tr("lasts until {day}").format(day=show_date(call.lasts_until))
        return ""

    def _note(self, code: str, outcome: CallOutcome) -> None:
        today = self._desk.today()
        ring_on = today + _RING_AGAIN if outcome is CallOutcome.RING_ON else None
        note = partial(facts.note_call, self._desk.database, code, outcome, today, ring_on)
        self._desk.write(note, said=self.tr("Noted for {code}.").format(code=code))
