"""The Today page: one ordered worklist, and the call card of whoever is chosen on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.matching.judged import Judged
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.plans import PickupSummary, usual_day
from coordinator.domain.today import Today
from coordinator.domain.volume import total
from coordinator.domain.worklist.nudges import Nudge
from coordinator.domain.worklist.openings import Openings
from coordinator.domain.worklist.out_and_waiting import Waiting
from coordinator.domain.worklist.planned import PlannedCalls
from coordinator.services.today import openings, today_page
from ui.calls.why_call import WhyCallPane
from ui.cases.case_panel import CasePanel
from ui.desk import Desk
from ui.families.call_card import CallCard
from ui.families.card_pane import CardPane
from ui.records.recall.lines import RecallLine, recall_lines
from ui.theme import SPACE, SPACE_LARGE, THEME
from ui.today.also import Also
from ui.today.beginning import Beginning
from ui.today.calls import CallsCard
from ui.today.card import Card
from ui.today.case_lines import CaseLines
from ui.today.header import Header
from ui.today.other_lines import Notes, OtherLines, ToCarry
from ui.today.planning import Planning
from ui.today.staying import staying
from ui.today.weeks import WeeksCard
from ui.today.work_line import WorkLine
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.tab_order import controls_in, focus_goes_to
from ui.widgets.scrolling import scrolling

Item = TypeVar("Item")

_SHORT = 8
"""Lines of a list that can wait; more would not be a short list."""
_NOBODY = ("", "", "")
_PAUSE_MS = 200
"""So long nothing changes before the milk there is is looked at again; her next step comes first."""


class TodayPage(QWidget):
    """What presses, from the top; each line has one button, its next step. The rest is in its menu.

    ``weeks_wanted`` asks for the chart of eight weeks, ``round_wanted(minutes)`` for a round of calls.
    """

    weeks_wanted = Signal()
    round_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Today | None = None
        self._recalls: tuple[RecallLine, ...] = ()
        self._opened: Openings | None = None
        self._lines: list[WorkLine] = []
        self._planned: PlannedCalls | None = None
        self._planning = Planning(desk, self)
        self._planning.done.connect(self._show_planned)
        self._planning.failed.connect(self._miss_plan)
        self._judged = Judged()
        self._late = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._late.timeout.connect(self._read_openings)
        self._chosen = _NOBODY
        self._case_lines = CaseLines(desk, self.ring, self)
        self._other_lines = OtherLines(desk, self.ring, self)
        self.header = Header(desk)
        self.beginning = Beginning()
        self.recalls = Card(self.tr("Recalls that are open"))
        self.came_unfit = Card(self.tr("Milk that is no fit came to a family"))
        self.now = Card(self.tr("Now"), self.tr("Nobody is out of milk, or nearly."))
        self.waiting = Card(self.tr("Waiting for"))
        self.pickups = Card(self.tr("This week's runs"), self.tr("No pickups planned this week."))
        self.to_settle = Card(self.tr("To settle"))
        self.calls = CallsCard(desk, self.ring)
        self.calls.all_wanted.connect(self._show_again)
        self.calls.plan.wanted.connect(self._read_plan)
        self.calls.round.wanted.connect(self.round_wanted.emit)
        self.contradictions = Card(self.tr("Does not go together"))
        self.read_first = Card(self.tr("Read before you ring"))
        self.deferrals = Card(self.tr("Deferrals ending"))
        self.tests = Card(self.tr("Tests expiring"))
        self.near_last_day = Card(self.tr("Milk near its last day"))
        self.also = Also(
            (self.read_first, self.near_last_day, self.deferrals, self.tests, self.contradictions)
        )
        self.weeks = WeeksCard(desk, self.weeks_wanted.emit)
        self.card = CallCard(desk, is_call=True)
        self.card.show_family("")
        self.why = WhyCallPane(desk)
        self.card.put_above_case(self.why)
        self._lay_out()
        focus_goes_to(self, self._first_to_go_to)
        desk.changed.connect(self.refresh)
        desk.display.changed.connect(self.refresh)  # cases are told in the units in force
        THEME.changed.connect(self._show_anew)  # the icons of the lines take the new colours

    def refresh(self) -> None:
        """Read everything again."""
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: (today_page(database, today), recall_lines(database, today)), self._read)

    def show_family(self, code: str) -> None:
        """Nothing is chosen on this page; *code* is on a page of its own."""
        self._desk.family_wanted.emit(code)

    def ring(self, code: str) -> None:
        """Open the call card of the household with *code*, ready for the first answer."""
        self._show_card(code)
        self.split.open_detail()
        self.card.begin()

    def _read(self, read: tuple[Today, tuple[RecallLine, ...]]) -> None:
        found, recalls = read
        self._recalls = tuple(line for line in recalls if line.is_open)
        self._show(found)
        if self._opened is None:
            self._read_openings()
        else:
            self._late.start()

    def _read_openings(self) -> None:
        """Read what milk there is, which takes longer: at once the first time, then once she pauses."""
        if (found := self._shown) is None:
            return
        database, today = self._desk.database, self._desk.today()
        work = partial(openings, database, found.cases, today, self._judged)
        self._desk.runner.run(work, partial(self._show_opened, found), self._miss_openings)

    def _show_opened(self, found: Today, opened: Openings) -> None:
        """Say what calls open and what is missing, which takes longer to work out than the page."""
        self._opened = opened
        if found is self._shown:
            self._show(found)
            self._read_plan()
            self.calls.round.refresh()

    def _read_plan(self) -> None:
        """Ask the plan for the order of the calls, which takes longer still; hidden, once it is shown."""
        if self._shown is None:
            return
        if self._planned is not None and not self.isVisible():
            self._planning.put_off()
            return
        self.calls.say_planning(is_first=self._planned is None)
        self._planning.ask(self._shown.all_calls, self.calls.plan.calls.value())

    def _show_planned(self, planned: PlannedCalls) -> None:
        self._planned = planned
        self.calls.plan.working.hide()
        with staying(self._area, self.calls):
            self._show_again()

    def _miss_plan(self, error: Exception) -> None:
        """Show the calls in the order they had before there was a plan."""
        self._desk.complain(error)
        self.calls.plan.working.hide()
        self.calls.wait_no_longer()
        self._show_again()

    def _miss_openings(self, error: Exception) -> None:
        """Go on without what the donors' answers free."""
        self._desk.complain(error)
        self._read_plan()

    def _show_again(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def _show_anew(self) -> None:
        for card in self.findChildren(Card):
            card.kept.forget()
        self._show_again()

    def _show(self, found: Today) -> None:
        self._shown = found
        self._lines = []
        self.header.show_figures(self._planned, self._opened)
        lines = self._other_lines
        self._fill(self.recalls, self._recalls, lines.recall, len(self._recalls))
        self._fill(self.came_unfit, found.came_unfit, lines.came_unfit, len(found.came_unfit))
        self._show_cases(found)
        carried = found.to_carry
        waits = total([hold.volume for hold in carried])
        to_carry = [ToCarry(usual_day(self._desk.today()), waits, len(carried))] if carried else []
        runs: list[PickupSummary | ToCarry] = [*to_carry, *found.pickups]
        self._fill(self.pickups, runs, lines.run, _SHORT + len(to_carry))
        shown = self.calls.show_calls(found.all_calls, self._opened, self._planned)
        self._keep(self.calls, shown)
        self._fill(self.read_first, found.read_first, lines.read_first)
        self._fill(self.contradictions, found.contradictions, lines.contradiction)
        self._fill(self.deferrals, found.deferrals_ending, lines.deferral)
        self._fill(self.tests, found.tests_expiring, lines.tests)
        self._fill(self.near_last_day, found.near_last_day, lines.near_last_day)
        self.also.count()
        self.weeks.show_weeks(found)
        if self.beginning.show_for(found):
            for card in (self.now, self.pickups, self.calls):
                card.hide()
            self.header.figures.hide()
        self._mark()
        self._show_case()
        QTimer.singleShot(0, self, self._begin)  # new lines show with the next event

    def _begin(self) -> None:
        """Stand on the first line where nobody has gone anywhere yet; its card opens when it is chosen."""
        first = next((one for one in self._lines if one.isVisibleTo(self)), None)
        if first is not None and not self.card.code and self.window().focusWidget() in {None, self}:
            first.button.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def _show_cases(self, found: Today) -> None:
        lines = self._case_lines
        lines.show_left(found.left_behind)
        families = self._opened.families if self._opened else {}
        now = [(case, families.get(case.code)) for case in found.now]
        self._fill(self.now, now, lambda one: lines.now(*one), len(now))
        waited: list[Waiting | Renewal | Nudge] = [*found.waiting, *found.renewals, *found.nudges]
        most = len(found.waiting) + len(found.renewals) + _SHORT
        self._fill(self.waiting, waited, lines.waited, most)
        notes = [Notes(found.notes)] if found.notes else []
        past: list[PickupSummary | LeftBehind | Notes] = [*notes, *found.to_settle, *found.left_to_say]
        self._fill(self.to_settle, past, self._other_lines.to_settle)

    def _fill(
        self, card: Card, found: Sequence[Item], line: Callable[[Item], WorkLine], most: int = _SHORT
    ) -> None:
        looks = self._desk.today(), self._desk.display.volume_unit
        lines = card.kept.lines([((one, looks), partial(line, one)) for one in found[:most]])
        rest = len(found) - len(lines)
        more = self.tr("and {count} more").format(count=rest) if rest else ""
        card.set_lines(lines, len(found), more)
        self._keep(card, lines)

    def _keep(self, card: Card, lines: Sequence[WorkLine]) -> None:
        for line in lines:
            if line.place:
                continue  # it was shown before
            line.place = card.place
            line.chosen.connect(partial(self._choose, line))
            line.passed.connect(partial(self._pass, line))
        self._lines += lines

    def _pass(self, line: WorkLine, step: int) -> None:
        """Go to the line *step* after *line*; there is none beyond the first and the last."""
        lines = [one for one in self._lines if one is line or one.isVisibleTo(self)]
        at = lines.index(line) + step
        if 0 <= at < len(lines):
            lines[at].button.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(lines[at])

    def _choose(self, line: WorkLine) -> None:
        """Mark *line*, and show the card of the household it is about."""
        self._chosen = line.key
        self._mark()
        if line.card:
            self._show_card(line.card)
            if not self.split.slides_over:
                self.split.open_detail()

    def _mark(self) -> None:
        """Mark the chosen line; where it has gone, the one in another list that is about the same."""
        chosen = self._chosen_line()
        for line in self._lines:
            line.mark_chosen(is_chosen=line is chosen)
        if chosen is not None:
            self._chosen = chosen.key

    def _first_to_go_to(self) -> QWidget | None:
        """Return the button of the line that is chosen, else the first control."""
        line = self._chosen_line()
        return line.button if line is not None else next(controls_in(self), None)

    def _chosen_line(self) -> WorkLine | None:
        same = [line for line in self._lines if line.key == self._chosen]
        about = [line for line in self._lines if line.about == self._chosen[2]]
        return next(iter((*same, *about)), None)

    def _show_card(self, code: str) -> None:
        if code != self.card.code:
            self.card.show_family(code)
            self._show_case()

    def _show_case(self) -> None:
        """Say on the card where the case of the family stands, or what is asked of the donor."""
        code = self.card.code
        panels = [
            CasePanel(self._desk, case, Side.FAMILY if case.code == code else Side.DONOR, code)
            for case in (self._shown.cases if self._shown is not None else ())
            if code and (case.code == code or code in _donors_of(case))
        ]
        self.card.set_case(beneath(panels) if panels else None)
        self._show_why(code)

    def _show_why(self, code: str) -> None:
        """Say on the card what the call opens, where the plan has it."""
        calls = self._shown.all_calls if self._shown is not None else ()
        call = next((one for one in calls if code and code in one.codes), None)
        planned = self._planned.opens if self._planned is not None else {}
        home = call.household.id if call is not None else 0
        opens = planned.get(home)
        self.why.show_call(home, opens, planned, code=code)
        self.card.show_waited_for(opens.asks if opens is not None else ())

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE_LARGE)
        column.setSpacing(SPACE)
        for widget in (
            self.header,
            self.beginning,
            self.recalls,
            self.came_unfit,
            self.now,
            self.waiting,
            self.to_settle,
            self.pickups,
            self.calls,
            self.also,
            self.weeks,
        ):
            column.addWidget(widget)
        column.addStretch()
        self._area = scrolling(body, wraps=True)
        pane = CardPane(self.card)
        self.split = DetailSplit(self._area, pane, "today", self._desk.settings, self)
        self.split.share(2, 1)
        pane.close_button.clicked.connect(self._close_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def _close_card(self) -> None:
        """Hide the card, and go back to the line it was about."""
        line = self._chosen_line()
        self.split.close_detail()
        if line is not None:
            line.button.setFocus()

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the plan that was put off while nobody saw the page."""
        super().showEvent(event)
        if self._planning.is_put_off:
            self._read_plan()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the card, once no field wants it."""
        if event.key() == Qt.Key.Key_Escape and self.split.is_open:
            self._close_card()
        else:
            super().keyPressEvent(event)


def _donors_of(case: Case) -> set[str]:
    """Return the donors whose milk is on its way to a baby, or of its standing pairs."""
    held = {strand.hold.donor_code for strand in case.strands}
    return held | {one.pair.donor_code for one in case.renewals}


def beneath(widgets: Sequence[QWidget]) -> QWidget:
    """Return *widgets* one beneath the other."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return holder
