"""What else can be done about a hold on its way, beside its next step: the rest of a line's menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.agreements.case_steps import Act, NextStep
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.promises import Strand
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.services.agreements.asking import record_asked_after
from coordinator.services.agreements.holds import extend_hold
from ui.cases.asking import Choice, ways_of_asking
from ui.cases.choice_dialog import withdrawal
from ui.cases.next_step import take_step
from ui.cases.standing_steps import make_pair
from ui.desk import Desk
from ui.translation import translate


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
        found += _about_asking(desk, strand, step.side, parent)
    if step.act is Act.ASK_AFTER:
        ask = partial(record_asked_after, desk.database, hold.recipient_code, desk.today())
        found.append((translate("OtherSteps", "Asked, nothing more said"), partial(desk.write, ask)))
    if hold.state is HoldState.OPEN and step.act is not Act.EXTEND:
        extend = partial(extend_hold, desk.database, hold.code, desk.today())
        found.append((translate("OtherSteps", "Extend the hold"), partial(desk.write, extend)))
    if hold.state in (HoldState.AGREED, HoldState.DONE) and not strand.came_unfit:
        make = partial(make_pair, desk, hold.code, parent)
        found.append((translate("OtherSteps", "Make this a standing pair…"), make))
    pair = partial(desk.pair_wanted.emit, hold.donor_code, hold.recipient_code)
    found.append((translate("OtherSteps", "What passed between the two…"), pair))
    if hold.state in (HoldState.OPEN, HoldState.AGREED):
        found += [withdrawal(desk, hold.code, one.side) for one in strand.informed if one.yes_on is not None]
    if step.instead not in (Act.NONE, Act.NOTE_YES):
        instead = NextStep(step.instead, step.code, step.hold_code, step.pickup_code, step.side)
        found.append((str(instead.words), partial(take_step, desk, instead, ring, left_behind, parent)))
    return found


def _about_asking(desk: Desk, strand: Strand, side: Side, parent: QWidget) -> list[Choice]:
    """Return what came of asking the side whose yes is missing, and the text to ask it with."""
    asked = strand.asked_donor if side is Side.DONOR else strand.asked_family
    yes, tell, *rest = ways_of_asking(desk, strand.hold.code, side, parent, asked.on)
    return [yes, *rest] if strand.next.act is Act.NOTE_YES else [yes, tell, *rest]
