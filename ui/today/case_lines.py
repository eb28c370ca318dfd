"""The lines of babies: who is out or nearly, and what is waited for, one line a baby; and of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.promises import Strand
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.worklist.nudges import Nudge
from coordinator.domain.worklist.openings import ThereIs
from coordinator.domain.worklist.out_and_waiting import Waiting
from ui.asking.message_dialog import ask_by_message
from ui.asking.reply_dialog import read_a_reply
from ui.cases.asking import Choice
from ui.cases.next_step import take_step
from ui.cases.other_steps import other_steps
from ui.cases.standing_steps import standing_steps
from ui.desk import Desk
from ui.families.every_ounce_forms import ask_used
from ui.today.work_line import WorkLine
from ui.widgets.fields.typed_dates import show_date

_ICONS = {"D": "donor", "R": "recipient", "V": "driver"}


class CaseLines(QObject):
    """Makes them; *ring* opens the call card of a household."""

    def __init__(self, desk: Desk, ring: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._ring, self._over = desk, ring, parent
        self._left: dict[str, LeftBehind] = {}

    def show_left(self, left: Sequence[LeftBehind]) -> None:
        """Go by what was left behind and waits now, on lines made before, too."""
        self._left.clear()
        self._left.update({one.hold_code: one for one in left})

    def now(self, case: Case, there_is: ThereIs | None) -> WorkLine:
        """Return the line of a baby who is out or nearly, with the next step of its case."""
        step = case.next
        words = str(step.words) or self.tr("Open")
        find = partial(self._desk.page_wanted.emit, "matching", case.code)
        used = partial(ask_used, self._desk, case.code, case.name, self._over)
        return WorkLine(
            case.name,
            case.code,
            (str(case.lasts), str(case.words), str(there_is.words) if there_is else ""),
            icon_name="recipient",
            button=words,
            does=partial(take_step, self._desk, step, self._ring, self._left, self._over),
            called=self.tr("{step} for {code}").format(step=words, code=case.code),
            more=(
                *self._of_strands(case.strands, shown=step.hold_code),
                *self._of_pairs(case.renewals),
                (self.tr("Find milk"), find),
                (self.tr("Milk used at home…"), used),
                (self.tr("Open"), self._opening(case.code)),
            ),
        )

    def waited(self, one: Waiting | Renewal | Nudge) -> WorkLine:
        """Return the line of what is waited for, of whatever kind."""
        if isinstance(one, Renewal):
            return self.renewal(one)
        return self.nudge(one) if isinstance(one, Nudge) else self.waiting(one)

    def waiting(self, one: Waiting) -> WorkLine:
        """Return the line of what is waited for, under the name of whom."""
        hold, step = one.strand.hold, one.strand.next
        whom = one.whom_code or one.recipient_code
        ends = self.tr("hold ends {day}").format(day=show_date(one.ends_on)) if one.ends_on else ""
        words = str(step.words) or self.tr("Open")
        match = partial(self._desk.page_wanted.emit, "matching", one.recipient_code)
        return WorkLine(
            one.whom_name or one.recipient_name,
            whom,
            (self._whose(one, whom), str(one.lasts), str(one.words), ends),
            icon_name=_ICONS.get(whom[:1], "recipient"),
            button=words,
            does=partial(take_step, self._desk, step, self._ring, self._left, self._over),
            called=self.tr("{step}: {code}").format(step=words, code=hold.code),
            more=(
                *self._of_strands((one.strand, *one.others), shown=hold.code),
                (self.tr("Open on Match"), match),
                (self.tr("Open"), self._opening(whom)),
            ),
            about=one.recipient_code,
        )

    def renewal(self, one: Renewal) -> WorkLine:
        """Return the line of a standing pair whose next day both are to be asked about."""
        pair, step = one.pair, one.next
        match = partial(self._desk.page_wanted.emit, "matching", pair.recipient_code)
        return WorkLine(
            pair.donor_name,
            pair.donor_code,
            (
                self.tr("for {family}").format(family=pair.recipient_name),
                str(one.words(self._desk.display.volume_unit)),
            ),
            icon_name="donor",
            button=str(step.words),
            does=partial(take_step, self._desk, step, self._ring, self._left, self._over),
            called=self.tr("{step}: {code}").format(step=step.words, code=pair.code),
            more=(
                *standing_steps(self._desk, one, self._over),
                (self.tr("Open on Match"), match),
                (self.tr("Open"), self._opening(pair.donor_code)),
            ),
            about=pair.code,
        )

    def nudge(self, one: Nudge) -> WorkLine:
        """Return the line of a household whose answers to a message are missing."""
        words = (
            self.tr("asked by message {day}, {count} answers missing")
            if one.open > 1
            else self.tr("asked by message {day}, one answer missing")
        )
        return WorkLine(
            one.name,
            one.code,
            (words.format(day=show_date(one.asked_on), count=one.open),),
            icon_name="ask",
            button=self.tr("Nudge"),
            does=partial(ask_by_message, self._desk, one.code, self._over),
            called=self.tr("Ask {code} again by message").format(code=one.code),
            more=(
                (self.tr("Read a reply…"), partial(read_a_reply, self._desk, one.code, self._over)),
                (self.tr("Ring"), partial(self._ring, one.code)),
                (self.tr("Open"), self._opening(one.code)),
            ),
            about=f"M:{one.code}",
        )

    def _whose(self, one: Waiting, whom: str) -> str:
        """Return whose milk it is, or for whom."""
        if whom == one.recipient_code:
            return self.tr("from {donor}").format(donor=one.strand.hold.donor_name)
        families = ", ".join((one.recipient_name, *one.also_for))
        return self.tr("for {family}").format(family=families)

    def _of_strands(self, strands: Sequence[Strand], *, shown: str) -> list[Choice]:
        """Return what else can be done about each hold; one that the line is not about is named."""
        found: list[Choice] = []
        for strand in strands:
            choices = other_steps(self._desk, strand, self._ring, self._left, self._over)
            if strand.hold.code != shown:
                choices = [*self._next(strand), *choices]
                whose = self.tr("{donor}: {step}")
                name = strand.hold.donor_name
                choices = [(whose.format(donor=name, step=words), does) for words, does in choices]
            found += choices
        return found

    def _of_pairs(self, renewals: Sequence[Renewal]) -> list[Choice]:
        """Return what can be done about the next days of the baby's standing pairs."""
        return [choice for one in renewals for choice in standing_steps(self._desk, one, self._over)]

    def _next(self, strand: Strand) -> list[Choice]:
        """Return the next step of a hold that has no button on the line."""
        words = str(strand.next.words)
        take = partial(take_step, self._desk, strand.next, self._ring, self._left, self._over)
        return [(words, take)] if words else []

    def _opening(self, code: str) -> Callable[[], object]:
        return partial(self._desk.family_wanted.emit, code)
