"""What else can be done about a hold on its way, beside its next step: the rest of a line's menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from coordinator.domain.agreements.case_steps import Act, NextStep
from coordinator.domain.agreements.holds import HoldState, MessageKind, Side
from coordinator.domain.agreements.promises import Strand
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.services.agreements.asking import record_asked, record_asked_after
from coordinator.services.agreements.holds import extend_hold, message_text
from ui.cases.next_step import note_yes, take_step
from ui.cases.standing_steps import make_pair
from ui.desk import Desk
from ui.translation import translate

Choice = tuple[str, Callable[[], object]]
"""A menu entry: its words and what it does."""


def other_steps(
    desk: Desk,
    strand: Strand,
    ring: Callable[[str], object],
    left_behind: Mapping[str, LeftBehind],
    parent: QWidget,
) -> list[Choice]:
    """Return what else can be done about *strand*; the arguments are those of ``take_step``."""
    step, hold = strand.next, strand.hold
    found: list[Choice] = []
    if hold.state is HoldState.OPEN and step.side is not None and step.act is not Act.READ_FIRST:
        found += _about_asking(desk, hold.code, step, step.side)
    if step.act is Act.ASK_AFTER:
        ask = partial(record_asked_after, desk.database, hold.recipient_code, desk.today())
        found.append((translate("OtherSteps", "Asked how it went"), partial(desk.write, ask)))
    if hold.state is HoldState.OPEN and step.act is not Act.EXTEND:
        extend = partial(extend_hold, desk.database, hold.code, desk.today())
        found.append((translate("OtherSteps", "Extend the hold"), partial(desk.write, extend)))
    if hold.state in (HoldState.AGREED, HoldState.DONE):
        make = partial(make_pair, desk, hold.code, parent)
        found.append((translate("OtherSteps", "Make this a standing pair…"), make))
    if step.instead not in (Act.NONE, Act.NOTE_YES):
        instead = NextStep(step.instead, step.code, step.hold_code, step.pickup_code, step.side)
        found.append((str(instead.words), partial(take_step, desk, instead, ring, left_behind, parent)))
    return found


def _about_asking(desk: Desk, hold: str, step: NextStep, side: Side) -> list[Choice]:
    """Return what came of asking the side whose yes is missing, and the text to ask it with."""
    is_donor = side is Side.DONOR
    kind = MessageKind.ASK_DONOR if is_donor else MessageKind.ASK_FAMILY
    asked = partial(record_asked, desk.database, hold, side, desk.today())
    text = partial(message_text, desk.database, hold, kind, None)
    found: list[Choice] = [
        (translate("OtherSteps", "Asked today"), partial(desk.write, asked)),
        (translate("OtherSteps", "Copy text"), partial(desk.read, text, partial(_copied, desk))),
    ]
    if step.act is not Act.NOTE_YES:
        yes = (
            translate("OtherSteps", "Donor said yes")
            if is_donor
            else translate("OtherSteps", "Family said yes")
        )
        found.insert(0, (yes, partial(desk.write, note_yes(desk, hold, side))))
    return found


def _copied(desk: Desk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.said.emit(translate("OtherSteps", "Copied. Paste it into your message."))
