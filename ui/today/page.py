"""The Today page: what presses, in short lists with a button each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.milk.expiring import NearLastDay
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.plans import PickupSummary
from coordinator.domain.screening.call_list import DeferralEnding, ExpiringTests
from coordinator.domain.today import Contradiction, ReadFirst, RunOut, Today
from coordinator.services.agreements import holds
from coordinator.services.today import today_page
from ui.desk import Desk
from ui.families.lasting_words import days_ago_words, last_day_words
from ui.families.left_behind import (
    ask_to_let_go,
    left_behind_parts,
    let_go_name,
    plan_again,
    plan_again_name,
)
from ui.theme import SPACE_LARGE, THEME
from ui.today.calls import CallsCard
from ui.today.card import Card, Line, on_whole_lines
from ui.today.weeks import WeeksCard
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.frame.tab_order import controls_in, focus_goes_to
from ui.widgets.scrolling import scrolling

Item = TypeVar("Item")

_SHORT = 8
"""Lines of a list; more would not be a short list."""


class TodayPage(QWidget):
    """Cards in two columns; each line leads to its family or pickup.

    ``weeks_wanted`` asks for the chart of the next eight weeks.
    """

    weeks_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Today | None = None
        self.runs_out = Card(self.tr("Runs out this week"), self.tr("Nobody runs out this week."))
        self.old_figures = Card(self.tr("Ask what is at home: the figure is old"))
        self.contradictions = Card(self.tr("Does not go together"))
        self.read_first = Card(self.tr("Read before you ring"))
        self.holds = Card(self.tr("Holds about to end"))
        self.pickups = Card(self.tr("This week's pickups"), self.tr("No pickups planned this week."))
        self.deferrals = Card(self.tr("Deferrals ending"))
        self.tests = Card(self.tr("Tests expiring"))
        self.to_settle = Card(self.tr("To settle"))
        self.left_behind = Card(self.tr("Left behind"))
        self.near_last_day = Card(self.tr("Milk near its last day"))
        self.weeks = WeeksCard(desk, self.weeks_wanted.emit)
        self.calls = CallsCard(desk)
        self._lay_out()
        focus_goes_to(self, lambda: next(controls_in(self), None))
        desk.changed.connect(self.refresh)
        desk.display.changed.connect(self._show_again)
        THEME.changed.connect(self._show_again)  # the icons of the lines take the new colours

    def refresh(self) -> None:
        """Read everything again."""
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: today_page(database, today), self._show)

    def show_family(self, code: str) -> None:
        """Nothing is chosen on this page; *code* is on a page of its own."""
        self._desk.family_wanted.emit(code)

    def _show_again(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def _show(self, found: Today) -> None:
        self._shown = found
        self._fill(self.runs_out, [line for line in found.runs_out if not line.is_stale], self._run_out)
        self._fill(self.old_figures, [line for line in found.runs_out if line.is_stale], self._old_figure)
        self._fill(self.contradictions, found.contradictions, self._contradiction)
        self._fill(self.read_first, found.read_first, self._read_first)
        self._fill(self.holds, found.holds_ending, self._hold)
        self._fill(self.deferrals, found.deferrals_ending, self._deferral)
        self._fill(self.tests, found.tests_expiring, self._tests)
        self._fill(self.pickups, found.pickups, self._pickup)
        self._fill(self.to_settle, found.to_settle, self._pickup)
        self._fill(self.left_behind, found.left_behind, self._left_behind)
        self._fill(self.near_last_day, found.near_last_day, self._near_last_day)
        self.weeks.show_weeks(found.weeks)
        self.calls.show_calls(found.calls, found.calls_in_all)

    def _fill(self, card: Card, found: Sequence[Item], line: Callable[[Item], Line]) -> None:
        lines = [line(one) for one in found[:_SHORT]]
        rest = len(found) - len(lines)
        more = self.tr("and {count} more").format(count=rest) if rest else ""
        card.set_lines(lines, len(found), more)

    def _run_out(self, line: RunOut) -> Line:
        today = self._desk.today()
        when = last_day_words(line.lasts_until, line.stock_on or today, today)
        if line.lasts_until >= today:
            when = self.tr("lasts until {day}").format(day=when)
        need = self.tr("needs {amount} a day").format(amount=self._desk.display.volume(line.need))
        parts = (line.town, when, need)
        shown = Line(f"{line.name}  {line.code}", on_whole_lines(parts), "recipient")
        find = partial(self._desk.page_wanted.emit, "matching", line.code)
        shown.add_button(self.tr("Find milk"), self.tr("Find milk for {code}").format(code=line.code), find)
        return shown

    def _old_figure(self, line: RunOut) -> Line:
        figure = self.tr("counted {day}").format(day=show_date(line.stock_on)) if line.stock_on else ""
        need = self.tr("needs {amount} a day").format(amount=self._desk.display.volume(line.need))
        shown = Line(f"{line.name}  {line.code}", on_whole_lines((line.town, figure, need)), "ask")
        self._add_open(shown, line.code)
        return shown

    def _contradiction(self, line: Contradiction) -> Line:
        words = self.tr("“Needs milk this week”, but {amount} in the freezer lasts until {day}: ask.")
        text = words.format(amount=self._desk.display.volume(line.stock), day=show_date(line.lasts_until))
        shown = Line(f"{line.name}  {line.code}", text, "ask")
        self._add_open(shown, line.code)
        return shown

    def _read_first(self, line: ReadFirst) -> Line:
        shown = Line(f"{line.name}  {line.code}", line.words, "notice")
        self._add_open(shown, line.code)
        return shown

    def _near_last_day(self, line: NearLastDay) -> Line:
        one, today = line.milk, self._desk.today()
        words = (
            self.tr("oldest bag was to be used by {day}") if one.is_past(today) else self.tr("use by {day}")
        )
        amount = self.tr("{amount} free").format(amount=self._desk.display.volume(one.lot.free))
        why = self.tr("{rule}, freezer not told") if one.last.assumed else "{rule}"
        parts = (amount, words.format(day=show_date(one.last.on)), why.format(rule=one.last.why))
        shown = Line(f"{line.donor_name}  {one.lot.code}", on_whole_lines(parts), "milk")
        self._add_open(shown, line.donor_code)
        return shown

    def _hold(self, hold: Hold) -> Line:
        amount = self._desk.display.volume(hold.volume)
        amount = self.tr("about {amount}").format(amount=amount) if hold.is_about else amount
        words = self._waiting_words(hold)
        text = words.format(amount=amount, day=show_date(hold.expires_on))
        shown = Line(f"{hold.donor_name} → {hold.recipient_name}  {hold.code}", text, "hold")
        extend = partial(holds.extend_hold, self._desk.database, hold.code, self._desk.today())
        name = self.tr("Extend {code}").format(code=hold.code)
        shown.add_button(self.tr("Extend"), name, lambda: self._desk.write(extend))
        open_match = partial(self._desk.page_wanted.emit, "matching", hold.recipient_code)
        shown.add_button(self.tr("Open"), self.tr("Open {code}").format(code=hold.code), open_match)
        return shown

    def _waiting_words(self, hold: Hold) -> str:
        if hold.donor_yes_on is None and hold.family_yes_on is None:
            return self.tr("{amount} until {day}; waits for donor's yes and family's yes")
        if hold.donor_yes_on is None:
            return self.tr("{amount} until {day}; waits for donor's yes")
        return self.tr("{amount} until {day}; waits for family's yes")

    def _deferral(self, line: DeferralEnding) -> Line:
        is_over = line.on <= self._desk.today()
        words = self.tr("open again since {day}") if is_over else self.tr("open again on {day}")
        text = on_whole_lines((words.format(day=show_date(line.on)), line.reason))
        shown = Line(f"{line.name}  {line.code}", text, "hold")
        self._add_open(shown, line.code)
        return shown

    def _tests(self, line: ExpiringTests) -> Line:
        words = self.tr("blood tests run out on {day}").format(day=show_date(line.on))
        text = on_whole_lines((words, str(line.basis.words)))
        shown = Line(f"{line.name}  {line.code}", text, "ask")
        self._add_open(shown, line.code)
        return shown

    def _pickup(self, one: PickupSummary) -> Line:
        at = f" {one.starts_at:%H:%M}" if one.starts_at else ""
        amount = self._desk.display.volume(one.volume)
        parts = [self.tr("{bags} bags, {amount}").format(bags=one.bags, amount=amount), *one.waiting_for]
        if one.on < self._desk.today():
            parts.append(days_ago_words(one.on, self._desk.today()))
        if one.changed_since_printed:
            parts.append(self.tr("changed since printed"))
        shown = Line(f"{show_date(one.on)}{at} · {one.carrier}  {one.code}", " · ".join(parts), "pickup")
        open_pickup = partial(self._desk.page_wanted.emit, "pickups", one.code)
        shown.add_button(self.tr("Open"), self.tr("Open {code}").format(code=one.code), open_pickup)
        return shown

    def _left_behind(self, one: LeftBehind) -> Line:
        text = on_whole_lines(left_behind_parts(one, self._desk.display))
        shown = Line(f"{one.donor_name} → {one.recipient_name}  {one.hold_code}", text, "milk")
        again = partial(plan_again, self._desk, one)
        button = shown.add_button(self.tr("Plan again"), plan_again_name(one), again)
        button.setEnabled(bool(one.free))
        shown.add_button(self.tr("Let go…"), let_go_name(one), partial(ask_to_let_go, self._desk, one, self))
        self._add_open(shown, one.recipient_code)
        return shown

    def _add_open(self, line: Line, code: str) -> None:
        open_family = partial(self._desk.family_wanted.emit, code)
        line.add_button(self.tr("Open"), self.tr("Open {code}").format(code=code), open_family)

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_LARGE)
        for cards in (
            (
                self.to_settle,
                self.left_behind,
                self.pickups,
                self.holds,
                self.runs_out,
                self.contradictions,
                self.deferrals,
                self.tests,
                self.read_first,
                self.near_last_day,
                self.old_figures,
                self.weeks,
            ),
            (self.calls,),
        ):
            column = QVBoxLayout()
            column.setSpacing(SPACE_LARGE)
            for card in cards:
                column.addWidget(card)
            column.addStretch()
            columns.addLayout(column, stretch=1)
        body = QWidget()
        body.setLayout(columns)
        columns.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(body))
