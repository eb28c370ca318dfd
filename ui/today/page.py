"""The Today page: one ordered worklist, and the call card of whoever is chosen on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.milk.expiring import NearLastDay
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.plans import PickupSummary
from coordinator.domain.screening.call_list import DeferralEnding, ExpiringTests
from coordinator.domain.today import Contradiction, ReadFirst, Today
from coordinator.domain.worklist.calls import by_opening
from coordinator.domain.worklist.openings import Openings
from coordinator.domain.worklist.out_and_waiting import Waiting
from coordinator.services.today import openings, today_page
from ui.cases.case_panel import CasePanel
from ui.cases.next_step import take_step
from ui.cases.other_steps import other_steps
from ui.cases.standing_steps import standing_steps
from ui.desk import Desk
from ui.families.call_card import CallCard
from ui.families.lasting_words import days_ago_words
from ui.families.left_behind import (
    ask_to_let_go,
    left_behind_parts,
    let_go_name,
    plan_again,
    plan_again_name,
)
from ui.theme import SPACE, SPACE_LARGE, THEME, set_role
from ui.today.also import Also
from ui.today.calls import CallsCard
from ui.today.card import Card
from ui.today.header import Header
from ui.today.weeks import WeeksCard
from ui.today.work_line import Choice, WorkLine
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.tab_order import controls_in, focus_goes_to
from ui.widgets.scrolling import scrolling

Item = TypeVar("Item")

_SHORT = 8
"""Lines of a list that can wait; more would not be a short list."""
_LEFT = frozenset({Act.PLAN_AGAIN, Act.LET_GO})


class TodayPage(QWidget):
    """What presses, from the top; each line has one button, its next step. The rest is in its menu.

    ``weeks_wanted`` asks for the chart of the next eight weeks.
    """

    weeks_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Today | None = None
        self._opened: Openings | None = None
        self._lines: list[WorkLine] = []
        self._chosen = ""
        self.header = Header(desk)
        self.now = Card(self.tr("Now"), self.tr("Nobody is out of milk, or nearly."))
        self.waiting = Card(self.tr("Waiting for"))
        self.pickups = Card(self.tr("This week's runs"), self.tr("No pickups planned this week."))
        self.to_settle = Card(self.tr("To settle"))
        self.left_behind = Card(self.tr("Left behind"))
        self.calls = CallsCard(desk, self.ring)
        self.calls.all_wanted.connect(self._show_again)
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
        self._lay_out()
        focus_goes_to(self, lambda: next(controls_in(self), None))
        desk.changed.connect(self.refresh)
        desk.display.changed.connect(self.refresh)  # cases are told in the units in force
        THEME.changed.connect(self._show_again)  # the icons of the lines take the new colours

    def refresh(self) -> None:
        """Read everything again."""
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: today_page(database, today), self._read)

    def show_family(self, code: str) -> None:
        """Nothing is chosen on this page; *code* is on a page of its own."""
        self._desk.family_wanted.emit(code)

    def ring(self, code: str) -> None:
        """Open the call card of the household with *code*, ready for the first answer."""
        self._choose(code)
        self.split.open_detail()
        self.card.begin()

    def _read(self, found: Today) -> None:
        self._show(found)
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(openings, database, found.cases, today), partial(self._show_opened, found))

    def _show_opened(self, found: Today, opened: Openings) -> None:
        """Say what calls open and what is missing, which takes longer to work out than the page."""
        self._opened = opened
        if found is self._shown:
            self._show(found)

    def _show_again(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    def _show(self, found: Today) -> None:
        self._shown = found
        self._lines = []
        self.header.show_figures(found.all_calls, self._opened)
        waiting = [one for one in found.waiting if one.strand.next.act not in _LEFT]
        self._fill(self.now, found.now, self._case, len(found.now))
        awaited: list[Waiting | Renewal] = [*waiting, *found.renewals]
        self._fill(self.waiting, awaited, self._awaited, len(awaited))
        self._fill(self.pickups, found.pickups, self._pickup)
        self._fill(self.to_settle, found.to_settle, self._pickup)
        self._fill(self.left_behind, found.left_behind, self._left_behind)
        freed = {code: one.volume for code, one in self._opened.donors.items()} if self._opened else {}
        self._keep(self.calls.show_calls(by_opening(found.all_calls, freed), self._opened))
        self._fill(self.read_first, found.read_first, self._read_first)
        self._fill(self.contradictions, found.contradictions, self._contradiction)
        self._fill(self.deferrals, found.deferrals_ending, self._deferral)
        self._fill(self.tests, found.tests_expiring, self._tests)
        self._fill(self.near_last_day, found.near_last_day, self._near_last_day)
        self.also.count()
        self.weeks.show_weeks(found.weeks)
        self._show_case()

    def _fill(
        self, card: Card, found: Sequence[Item], line: Callable[[Item], WorkLine], most: int = _SHORT
    ) -> None:
        lines = [line(one) for one in found[:most]]
        rest = len(found) - len(lines)
        more = self.tr("and {count} more").format(count=rest) if rest else ""
        card.set_lines(lines, len(found), more)
        self._keep(lines)

    def _keep(self, lines: Sequence[WorkLine]) -> None:
        for line in lines:
            line.passed.connect(partial(self._pass, line))
            line.mark_chosen(is_chosen=line.code == self._chosen)
        self._lines += lines

    def _pass(self, line: WorkLine, step: int) -> None:
        """Go to the line *step* after *line*; there is none beyond the first and the last."""
        lines = [one for one in self._lines if one is line or one.isVisibleTo(self)]
        at = lines.index(line) + step
        if 0 <= at < len(lines):
            lines[at].button.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(lines[at])

    def _choose(self, code: str) -> None:
        """Show the card of the household with *code*."""
        is_same, self._chosen = self._chosen == code, code
        for line in self._lines:
            line.mark_chosen(is_chosen=line.code == code)
        if not is_same:
            self.card.show_family(code)
            self._show_case()
        if not self.split.slides_over:
            self.split.open_detail()

    def _show_case(self) -> None:
        """Say on the card where the case of the family stands, or what is asked of the donor."""
        code = self._chosen
        panels = [
            CasePanel(self._desk, case, Side.FAMILY if case.code == code else Side.DONOR, code)
            for case in (self._shown.cases if self._shown is not None else ())
            if code == case.code or code in _donors_of(case)
        ]
        self.card.set_case(beneath(panels) if panels else None)

    def _line(  # noqa: PLR0913 - what stands on a line, each by its name
        self,
        name: str,
        code: str,
        parts: Sequence[str],
        *,
        icon_name: str,
        button: str,
        does: Callable[[], object],
        called: str = "",
        more: Sequence[Choice] = (),
        card: str = "",
    ) -> WorkLine:
        line = WorkLine(
            name,
            code,
            " · ".join(filter(None, parts)),
            icon_name=icon_name,
            button=button,
            does=does,
            called=called,
            more=more,
        )
        household = card or code
        if household[:1] in {"D", "R", "V"}:
            line.chosen.connect(partial(self._choose, household))
        return line

    def _case(self, case: Case) -> WorkLine:
        there_is = self._opened.families.get(case.code) if self._opened else None
        parts = (str(case.lasts), str(case.words), str(there_is.words) if there_is else "")
        step = case.next
        words = str(step.words) or self.tr("Open")
        find = partial(self._desk.page_wanted.emit, "matching", case.code)
        more: list[Choice] = [(self.tr("Find milk"), find), (self.tr("Open"), self._opening(case.code))]
        top = next((one for one in case.strands if one.next == step), None)
        if top is not None:
            more = other_steps(self._desk, top, self.ring, self._left(), self) + more
        for one in case.renewals:
            more = standing_steps(self._desk, one, self) + more
        return self._line(
            case.name,
            case.code,
            parts,
            icon_name="recipient",
            button=words,
            does=partial(take_step, self._desk, step, self.ring, self._left(), self),
            called=self.tr("{step} for {code}").format(step=words, code=case.code),
            more=more,
        )

    def _awaited(self, one: Waiting | Renewal) -> WorkLine:
        return self._renewal(one) if isinstance(one, Renewal) else self._waiting(one)

    def _waiting(self, one: Waiting) -> WorkLine:
        strand, step = one.strand, one.strand.next
        hold = strand.hold
        ends = self.tr("hold ends {day}").format(day=show_date(one.ends_on)) if one.ends_on else ""
        whom = one.whom_code or one.recipient_code
        is_family = whom == one.recipient_code
        other = (
            self.tr("from {donor}").format(donor=hold.donor_name)
            if is_family
            else self.tr("for {family}").format(family=one.recipient_name)
        )
        words = str(step.words) or self.tr("Open")
        match = partial(self._desk.page_wanted.emit, "matching", one.recipient_code)
        more: list[Choice] = [
            *other_steps(self._desk, strand, self.ring, self._left(), self),
            (self.tr("Open on Match"), match),
            (self.tr("Open"), self._opening(whom)),
        ]
        return self._line(
            one.whom_name or one.recipient_name,
            whom,
            (other, str(strand.words), ends),
            icon_name="donor" if whom.startswith("D") else "driver" if whom.startswith("V") else "recipient",
            button=words,
            does=partial(take_step, self._desk, step, self.ring, self._left(), self),
            called=self.tr("{step}: {code}").format(step=words, code=hold.code),
            more=more,
        )

    def _renewal(self, one: Renewal) -> WorkLine:
        pair, step = one.pair, one.next
        match = partial(self._desk.page_wanted.emit, "matching", pair.recipient_code)
        return self._line(
            pair.donor_name,
            pair.donor_code,
            (
                self.tr("for {family}").format(family=pair.recipient_name),
                str(one.words(self._desk.display.volume_unit)),
            ),
            icon_name="donor",
            button=str(step.words),
            does=partial(take_step, self._desk, step, self.ring, self._left(), self),
            called=self.tr("{step}: {code}").format(step=step.words, code=pair.code),
            more=[
                *standing_steps(self._desk, one, self),
                (self.tr("Open on Match"), match),
                (self.tr("Open"), self._opening(pair.donor_code)),
            ],
        )

    def _left(self) -> dict[str, LeftBehind]:
        return {one.hold_code: one for one in self._shown.left_behind} if self._shown is not None else {}

    def _pickup(self, one: PickupSummary) -> WorkLine:
        at = f" {one.starts_at:%H:%M}" if one.starts_at else ""
        amount = self._desk.display.volume(one.volume)
        is_past = one.on < self._desk.today()
        parts = [self.tr("{bags} bags, {amount}").format(bags=one.bags, amount=amount), *one.waiting_for]
        if is_past:
            parts.append(days_ago_words(one.on, self._desk.today()))
        if one.changed_since_printed:
            parts.append(self.tr("changed since printed"))
        elif one.prints:
            parts.append(self.tr("printed"))
        words = self.tr("Settle") if is_past else self.tr("Open")
        return self._line(
            f"{show_date(one.on)}{at} · {one.carrier}",
            one.code,
            parts,
            icon_name="pickup",
            button=words,
            does=partial(self._desk.page_wanted.emit, "pickups", one.code),
            called=f"{words} {one.code}",
        )

    def _left_behind(self, one: LeftBehind) -> WorkLine:
        line = self._line(
            f"{one.donor_name} → {one.recipient_name}",
            one.hold_code,
            left_behind_parts(one, self._desk.display),
            icon_name="milk",
            button=self.tr("Plan again"),
            does=partial(plan_again, self._desk, one),
            called=plan_again_name(one),
            more=(
                (let_go_name(one), partial(ask_to_let_go, self._desk, one, self)),
                (self.tr("Open"), self._opening(one.recipient_code)),
            ),
            card=one.recipient_code,
        )
        line.button.setEnabled(bool(one.free))
        return line

    def _contradiction(self, line: Contradiction) -> WorkLine:
        words = self.tr("“Needs milk this week”, but {amount} in the freezer lasts until {day}: ask.")
        text = words.format(amount=self._desk.display.volume(line.stock), day=show_date(line.lasts_until))
        return self._opens(line.name, line.code, (text,), "ask")

    def _read_first(self, line: ReadFirst) -> WorkLine:
        return self._opens(line.name, line.code, (line.words,), "notice")

    def _deferral(self, line: DeferralEnding) -> WorkLine:
        is_over = line.on <= self._desk.today()
        words = self.tr("open again since {day}") if is_over else self.tr("open again on {day}")
        return self._opens(line.name, line.code, (words.format(day=show_date(line.on)), line.reason), "hold")

    def _tests(self, line: ExpiringTests) -> WorkLine:
        words = self.tr("blood tests run out on {day}").format(day=show_date(line.on))
        return self._opens(line.name, line.code, (words, str(line.basis.words)), "ask")

    def _near_last_day(self, line: NearLastDay) -> WorkLine:
        one, today = line.milk, self._desk.today()
        is_past = one.is_past(today)
        words = self.tr("oldest bag was to be used by {day}") if is_past else self.tr("use by {day}")
        amount = self.tr("{amount} free").format(amount=self._desk.display.volume(one.lot.free))
        why = self.tr("{rule}, freezer not told") if one.last.assumed else "{rule}"
        parts = (amount, words.format(day=show_date(one.last.on)), why.format(rule=one.last.why))
        return self._opens(line.donor_name, line.donor_code, parts, "milk")

    def _opens(self, name: str, code: str, parts: Sequence[str], icon_name: str) -> WorkLine:
        """Return a line whose next step is to open the family."""
        return self._line(
            name,
            code,
            parts,
            icon_name=icon_name,
            button=self.tr("Open"),
            does=self._opening(code),
            called=self.tr("Open {code}").format(code=code),
        )

    def _opening(self, code: str) -> Callable[[], object]:
        return partial(self._desk.family_wanted.emit, code)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE_LARGE)
        column.setSpacing(SPACE)
        for widget in (
            self.header,
            self.now,
            self.waiting,
            self.to_settle,
            self.pickups,
            self.left_behind,
            self.calls,
            self.also,
            self.weeks,
        ):
            column.addWidget(widget)
        column.addStretch()
        self._area = scrolling(body, wraps=True)
        pane = QFrame()
        set_role(pane, "pane")
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close the card"))
        inside = QWidget()
        about = QVBoxLayout(inside)
        about.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        about.addWidget(self.card)
        about.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignLeft)
        around = QVBoxLayout(pane)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(inside, wraps=True))
        self.split = DetailSplit(self._area, pane, "today", self._desk.settings, self)
        self.split.share(2, 1)
        self.close_button.clicked.connect(self._close_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    def _close_card(self) -> None:
        """Hide the card, and go back to the line it was about."""
        line = next((one for one in self._lines if one.code == self._chosen), None)
        self.split.close_detail()
        if line is not None:
            line.button.setFocus()

    # Overrides of Qt.

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
