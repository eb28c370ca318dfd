"""What one key writes down about a promise, so that it stands in the next column."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from coordinator.domain.agreements.board import Card, Station
from coordinator.domain.agreements.case_steps import Act, CaseStep, NextStep
from coordinator.domain.agreements.holds import HoldState, Side

_ANSWERED: Final = frozenset({Act.ASK_DONOR, Act.ASK_FAMILY, Act.NUDGE_DONOR, Act.NUDGE_FAMILY, Act.NOTE_YES})


def moving_on(card: Card) -> NextStep:
    """Return the step that moves *card* on: a yes where one is asked for, else what comes next anyway.

    A family's yes that waits for a clinician's is not noted by one key, nor one behind a note to read first,
    nor one that was taken back. A hold nobody was asked about is not agreed to by a key either.
    """
    step = card.next
    if card.station is Station.PROPOSED or (card.strand and card.strand.step is CaseStep.YES_BACK):
        return step
    waits_for_clinician = card.needs_clinician and step.side is Side.FAMILY
    if step.act in _ANSWERED and not waits_for_clinician:
        return replace(step, act=Act.NOTE_YES)
    return step


def side_to_tell(card: Card) -> Side | None:
    """Return the side that is told next what the other disclosed; none behind a note to read first.

    Where nobody's yes is asked for, it is one whose yes stands without its choice, as one from a reply does.
    """
    step, state = card.next, card.hold.state
    if step.act is Act.READ_FIRST or state not in {HoldState.OPEN, HoldState.AGREED}:
        return None
    if state is HoldState.OPEN and step.side is not None:
        return step.side
    informed = card.strand.informed if card.strand is not None else ()
    return next((one.side for one in informed if one.missing), None)
