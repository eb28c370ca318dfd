"""The lines of all else that presses: pickups, what was left behind, and what can wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.came_unfit import CameUnfit
from coordinator.domain.milk.expiring import NearLastDay
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.plans import PickupSummary
from coordinator.domain.pickups.sheet_told import SheetNote
from coordinator.domain.screening.call_list import DeferralEnding, ExpiringTests
from coordinator.domain.today import Contradiction, ReadFirst
from coordinator.domain.volume import Volume
from ui.cases.asking import ask_before_words
from ui.desk import Desk
from ui.families.came_unfit import came_unfit_parts, note_rang, rang_name
from ui.families.lasting_words import days_ago_words
from ui.families.left_behind import (
    ask_fate,
    ask_to_let_go,
    fate_name,
    left_behind_parts,
    let_go_name,
    pass_on_name,
    plan_again,
    plan_again_name,
    went_back,
    went_back_name,
)
from ui.families.passing_on import ask_whom
from ui.records.recall.lines import RecallLine, state_words
from ui.today.work_line import WorkLine
from ui.widgets.fields.typed_dates import show_date, show_time


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes from the sheets, which are one line together."""

    notes: tuple[SheetNote, ...]


class ToCarry(NamedTuple):
    """Agreed milk that no pickup carries yet, and the usual day to carry it."""

    on: date
    volume: Volume
    holds: int


class OtherLines(QObject):
    """Makes them; *ring* opens the call card of a household, dialogs open over *parent*."""

    def __init__(self, desk: Desk, ring: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ring, self._over = desk, ring, parent

    def run(self, one: PickupSummary | ToCarry) -> WorkLine:
        """Return the line of a pickup, or of what waits to be planned."""
        return self.to_carry(one) if isinstance(one, ToCarry) else self.pickup(one)

    def to_carry(self, one: ToCarry) -> WorkLine:
        """Return the line of agreed milk that no pickup carries yet: it opens the plan of the usual day."""
        day = show_date(one.on)
        parts = (
            self._desk.display.volume(one.volume),
            self.tr("hand-overs: {count}").format(count=one.holds),
            self.tr("no pickup yet"),
        )
        words = self.tr("Plan the day…")
        return WorkLine(
            self.tr("Agreed, for {day} or another day").format(day=day),
            "",
            parts,
            icon_name="milk",
            button=words,
            does=partial(self._desk.page_wanted.emit, "pickups", one.on.isoformat()),
            called=self.tr("Plan {day}").format(day=day),
            about="to-carry",
        )

    def to_settle(self, one: PickupSummary | LeftBehind | Notes) -> WorkLine:
        """Return the line of what is past: a pickup to write down, what it left behind, what sheets say."""
        if isinstance(one, Notes):
            return self.notes(one.notes)
        return self.left_behind(one) if isinstance(one, LeftBehind) else self.pickup(one)

    def notes(self, notes: Sequence[SheetNote]) -> WorkLine:
        """Return the line of what sheets say and nobody has dealt with; the latest is told."""
        first = notes[0]
        words = (
            self.tr("1 note from a sheet") if len(notes) == 1 else self.tr("{count} notes from the sheets")
        )
        who = " → ".join(first.whom)
        return WorkLine(
            words.format(count=len(notes)),
            "",
            (who, first.text, str(first.asks)),
            icon_name="notice",
            button=self.tr("Look"),
            does=partial(self._desk.page_wanted.emit, "pickups", "notes"),
            called=self.tr("Look at the notes from the sheets"),
            about="notes",
        )

    def pickup(self, one: PickupSummary) -> WorkLine:
        """Return the line of a run or another pickup, to open or to settle."""
        at = f" {show_time(one.starts_at)}" if one.starts_at else ""
        is_past = one.on < self._desk.today()
        words = self.tr("Settle") if is_past else self.tr("Open")
        return WorkLine(
            f"{show_date(one.on)}{at} · {one.carrier}",
            one.code,
            self._of_pickup(one, is_past=is_past),
            icon_name="pickup",
            button=words,
            does=partial(self._desk.page_wanted.emit, "pickups", one.code),
            called=f"{words} {one.code}",
            more=self._write_up(one) if is_past and one.prints else (),
        )

    def _write_up(self, one: PickupSummary) -> tuple[tuple[str, Callable[[], object]], ...]:
        sheet = f"{one.code}-{one.prints}"
        words = self.tr("Write up {sheet}…").format(sheet=sheet)
        return ((words, partial(self._desk.page_wanted.emit, "pickups", sheet)),)

    def _of_pickup(self, one: PickupSummary, *, is_past: bool) -> list[str]:
        amount = self._desk.display.volume(one.volume)
        words = self.tr("{bags} bags, {amount}") if one.bags else "{amount}"  # none counted is not no bags
        parts = [words.format(bags=one.bags, amount=amount), *one.waiting_for]
        parts += map(str, one.stopped)
        if is_past:
            parts.append(days_ago_words(one.on, self._desk.today()))
        if one.changed_since_printed:
            parts.append(self.tr("changed since printed"))
        elif one.prints:
            parts.append(self.tr("printed"))
        if one.still_asked:
            parts.append(ask_before_words(one.still_asked))
        return parts

    def left_behind(self, one: LeftBehind) -> WorkLine:
        """Return the line of milk that did not move on its day, to plan again or let go."""
        line = WorkLine(
            f"{one.donor_name} → {one.recipient_name}",
            one.hold_code,
            (self.tr("left behind"), *left_behind_parts(one, self._desk.display)),
            icon_name="milk",
            button=self.tr("Plan again"),
            does=partial(plan_again, self._desk, one),
            called=plan_again_name(one),
            more=(
                *self._ways_on(one),
                (self.tr("Open"), self._opening(one.recipient_code)),
            ),
            card=one.recipient_code,
        )
        line.button.setEnabled(bool(one.at_hand))
        return line

    def _ways_on(self, one: LeftBehind) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return what else can be done: let it go, or of what a volunteer has say where it went."""
        if not one.with_driver:
            return ((let_go_name(one), partial(ask_to_let_go, self._desk, one, self._over)),)
        return (
            (pass_on_name(one), partial(ask_whom, self._desk, one, self._over)),
            (went_back_name(one), partial(went_back, self._desk, one)),
            (fate_name(one), partial(ask_fate, self._desk, one, self._over)),
        )

    def came_unfit(self, one: CameUnfit) -> WorkLine:
        """Return the line of milk that is no fit and is with a family: to ring them, then to say so."""
        code = one.recipient_code
        ring = self.tr("Ring"), partial(self._ring, code), self.tr("Ring {code}").format(code=code)
        read = self.tr("Read first"), self._opening(code), self.tr("Open {code}").format(code=code)
        words, does, called = read if one.reads_first else ring
        return WorkLine(
            one.recipient_name,
            code,
            came_unfit_parts(one, self._desk.display),
            icon_name="problem",
            button=words,
            does=does,
            called=called,
            more=(
                (rang_name(one), partial(note_rang, self._desk, one)),
                (self.tr("Open"), self._opening(code)),
            ),
            about=f"U:{one.hold_code}",
        )

    def recall(self, line: RecallLine) -> WorkLine:
        """Return the line of a recall that is open: it opens whom to ring."""
        code = line.work.code
        return WorkLine(
            self.tr("Recall of milk of {name}").format(name=line.name),
            code,
            (state_words(line.work, self._desk.display), line.work.because),
            icon_name="notice",
            button=self.tr("Go on"),
            does=partial(self._desk.page_wanted.emit, "recalls", code),
            called=self.tr("Go on with {code}").format(code=code),
            about=code,
        )

    def contradiction(self, line: Contradiction) -> WorkLine:
        """Return the line of two answers that do not go together."""
        words = self.tr("“Needs milk this week”, but {amount} in the freezer lasts until {day}: ask.")
        text = words.format(amount=self._desk.display.volume(line.stock), day=show_date(line.lasts_until))
        return self._opens(line.name, line.code, (text,), "ask")

    def read_first(self, line: ReadFirst) -> WorkLine:
        """Return the line of a family to read about before anybody rings."""
        return self._opens(line.name, line.code, (line.words,), "notice")

    def deferral(self, line: DeferralEnding) -> WorkLine:
        """Return the line of a pause that ends."""
        is_over = line.on <= self._desk.today()
        words = self.tr("open again since {day}") if is_over else self.tr("open again on {day}")
        return self._opens(line.name, line.code, (words.format(day=show_date(line.on)), line.reason), "hold")

    def tests(self, line: ExpiringTests) -> WorkLine:
        """Return the line of blood tests that soon no longer count."""
        words = self.tr("blood tests run out on {day}").format(day=show_date(line.on))
        return self._opens(line.name, line.code, (words, str(line.basis.words)), "ask")

    def near_last_day(self, line: NearLastDay) -> WorkLine:
        """Return the line of free milk near or past its last day."""
        one, today = line.milk, self._desk.today()
        is_past = one.is_past(today)
        words = self.tr("oldest bag was to be used by {day}") if is_past else self.tr("use by {day}")
        amount = self.tr("{amount} free").format(amount=self._desk.display.volume(one.lot.free))
        why = self.tr("{rule}, freezer not told") if one.last.assumed else "{rule}"
        parts = (amount, words.format(day=show_date(one.last.on)), why.format(rule=one.last.why))
        return self._opens(line.donor_name, line.donor_code, parts, "milk")

    def _opens(self, name: str, code: str, parts: Sequence[str], icon_name: str) -> WorkLine:
        """Return a line whose next step is to open the family."""
        return WorkLine(
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
