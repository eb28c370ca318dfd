"""Where a case can stand, whose turn it can be, and what can be the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.pair_pauses import PairPause, PauseWhy
from coordinator.sayings import NOTHING, Saying, saying


class CaseStep(StrEnum):
    """Where a baby's need stands, or one hold of it."""

    ENOUGH = "enough"
    NEEDS = "needs milk"
    NOT_KNOWN = "not known"
    PAUSED = "paused"
    PAIR_PAUSED = "pair paused"
    READ_FIRST = "read first"
    REFERRED = "referred"
    STANDING = "standing pair"
    HELD = "held"
    ASKED = "asked"
    YES_BACK = "yes taken back"
    EXPIRED = "expired"
    AGREED = "agreed"
    PLANNED = "planned"
    PRINTED = "printed"
    TO_SETTLE = "to settle"
    LEFT_BEHIND = "left behind"
    DELIVERED = "delivered"

    @property
    def words(self) -> Saying:
        """The step as it is shown by itself."""
        return _STEPS[self]


_STEPS = {
    CaseStep.ENOUGH: saying("has enough"),
    CaseStep.NEEDS: saying("needs milk"),
    CaseStep.NOT_KNOWN: saying("not known"),
    CaseStep.PAUSED: saying("paused"),
    CaseStep.PAIR_PAUSED: saying("the pair is paused"),
    CaseStep.READ_FIRST: saying("read first"),
    CaseStep.REFERRED: saying("referred"),
    CaseStep.STANDING: saying("standing pair"),
    CaseStep.HELD: saying("held"),
    CaseStep.ASKED: saying("asked"),
    CaseStep.YES_BACK: saying("yes taken back"),
    CaseStep.EXPIRED: saying("expired"),
    CaseStep.AGREED: saying("agreed"),
    CaseStep.PLANNED: saying("planned"),
    CaseStep.PRINTED: saying("printed"),
    CaseStep.TO_SETTLE: saying("to settle"),
    CaseStep.LEFT_BEHIND: saying("left behind"),
    CaseStep.DELIVERED: saying("delivered"),
}


class Turn(StrEnum):
    """Whose turn it is. ``NOBODY``: it waits for its day."""

    YOU = "you"
    DONOR = "donor"
    FAMILY = "family"
    DRIVER = "driver"
    CLINICIAN = "clinician"
    NOBODY = "nobody"

    @property
    def words(self) -> Saying:
        """Whose turn it is, as it is shown."""
        return _TURNS[self]


_TURNS = {
    Turn.YOU: saying("you"),
    Turn.DONOR: saying("the donor"),
    Turn.FAMILY: saying("the family"),
    Turn.DRIVER: saying("the volunteer"),
    Turn.CLINICIAN: saying("the clinician"),
    Turn.NOBODY: saying("nobody"),
}


class Act(StrEnum):
    """The next step, which a window shows as one button."""

    NONE = "none"
    FIND_MILK = "find milk"
    FIND_MORE = "find more"
    RENEW = "renew"
    ASK_NEED = "ask what is needed"
    ASK_DONOR = "ask donor"
    ASK_FAMILY = "ask family"
    NUDGE_DONOR = "nudge donor"
    NUDGE_FAMILY = "nudge family"
    NOTE_YES = "note yes"
    ASK_AGAIN = "ask again"
    ASK_CLINICIAN = "ask clinician"
    GO_ON = "go on or not"
    PLAN = "plan it"
    CHOOSE_DRIVER = "choose driver"
    NOTE_DRIVER_YES = "note driver's yes"
    PRINT = "print"
    SHOW_PICKUP = "show pickup"
    SETTLE = "settle"
    ASK_AFTER = "ask after"
    PLAN_AGAIN = "plan again"
    LET_GO = "let go"
    EXTEND = "extend"
    RELEASE = "release"
    READ_FIRST = "read first"
    OPEN = "open"
    REFER = "refer"

    @property
    def words(self) -> Saying:
        """What stands on the button; nothing where there is none."""
        return _ACTS[self]


_ACTS = {
    Act.NONE: NOTHING,
    Act.FIND_MILK: saying("Find milk"),
    Act.FIND_MORE: saying("Find more"),
    Act.RENEW: saying("Both say yes"),
    Act.ASK_NEED: saying("Ask"),
    Act.ASK_DONOR: saying("Ask donor"),
    Act.ASK_FAMILY: saying("Ask family"),
    Act.NUDGE_DONOR: saying("Nudge donor"),
    Act.NUDGE_FAMILY: saying("Nudge family"),
    Act.NOTE_YES: saying("Note yes"),
    Act.ASK_AGAIN: saying("Ask again"),
    Act.ASK_CLINICIAN: saying("Ask clinician"),
    Act.GO_ON: saying("Go on?"),
    Act.PLAN: saying("Plan it"),
    Act.CHOOSE_DRIVER: saying("Choose who drives"),
    Act.NOTE_DRIVER_YES: saying("Note yes"),
    Act.PRINT: saying("Print"),
    Act.SHOW_PICKUP: saying("Show"),
    Act.SETTLE: saying("Settle"),
    Act.ASK_AFTER: saying("Ask after"),
    Act.PLAN_AGAIN: saying("Plan again"),
    Act.LET_GO: saying("Let go"),
    Act.EXTEND: saying("Extend"),
    Act.RELEASE: saying("Release"),
    Act.READ_FIRST: saying("Read first"),
    Act.OPEN: saying("Open"),
    Act.REFER: saying("Ask a milk bank"),
}


def pause_step(pause: PairPause) -> Act:
    """Return what comes next of two who are paused: their clinician, or her word whether they go on."""
    return Act.ASK_CLINICIAN if pause.why is PauseWhy.CLINICIAN else Act.GO_ON


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, and what for: a button takes it.

    ``code`` is the household that is rung or opened, by its donor's or family's code; ``side`` whose yes it
    is about; ``standing_code`` which standing pair, ``on`` which of its days; ``instead`` what else can be
    done in its place.
    """

    act: Act = Act.NONE
    code: str = ""
    hold_code: str = ""
    pickup_code: str = ""
    side: Side | None = None
    due_on: date | None = None
    instead: Act = Act.NONE
    standing_code: str = ""
    on: date | None = None

    @property
    def words(self) -> Saying:
        """What stands on its button."""
        return self.act.words
