"""The worklist of a day: the babies who are out or nearly, and what else is waited for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.agreements.case_steps import Act, CaseStep, Turn
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.promises import Strand
from coordinator.domain.agreements.renewals import Renewal


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that is waited for: a yes, an ended hold, a family to ask after.

    ``whom`` is the household it waits for, by code and name; ``ends_on`` when the hold ends that waits.
    """

    recipient_code: str
    recipient_name: str
    whom_code: str
    whom_name: str
    strand: Strand
    ends_on: date | None = None


def out_now(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the babies who are out or nearly, those first whose milk ends first; old figures come last.

    A baby whose figure is old and for whom nothing is on its way is asked about first: it is among the calls.
    Nothing here reminds of a family to read about first, or of one that rests.
    """
    found = [case for case in cases if _is_now(case)]
    return tuple(
        sorted(found, key=lambda case: (case.is_old_figure, case.lasts_until or date.max, case.code))
    )


def _is_now(case: Case) -> bool:
    if case.step in {CaseStep.PAUSED, CaseStep.READ_FIRST, CaseStep.NOT_KNOWN} or _reads_donor_first(case):
        return False
    if case.step is CaseStep.REFERRED:
        return case.turn is Turn.YOU
    is_on_its_way = case.strands or case.step is CaseStep.STANDING
    return case.step is CaseStep.NEEDS or bool(is_on_its_way and (case.is_near_out or case.short))


def to_renew(cases: Sequence[Case], now: Sequence[Case]) -> tuple[Renewal, ...]:
    """Return the next days of standing pairs that both are to be asked about, by when they are renewed.

    What a baby's line among *now* asks for already is left out, and whoever is read about first.
    """
    shown = {case.next.standing_code for case in now}
    found = [
        one
        for case in cases
        if case.step not in {CaseStep.READ_FIRST, CaseStep.REFERRED, CaseStep.PAUSED}
        for one in case.renewals
        if one.is_due and one.pair.code not in shown and one.next.act is not Act.READ_FIRST
    ]
    return tuple(sorted(found, key=lambda one: (one.renew_by or date.max, one.pair.code)))


def _reads_donor_first(case: Case) -> bool:
    return case.next.act is Act.READ_FIRST


def waiting_for(cases: Sequence[Case], now: Sequence[Case]) -> tuple[Waiting, ...]:
    """Return what is waited for, what she can do something about first, then by the end of the hold.

    What is planned stands with its pickup, and the first line of a baby among *now* with the baby; a missing
    yes is told all the same: it is the other family that is rung.
    """
    shown = {case.code for case in now}
    found = [
        _waiting(case, strand)
        for case in cases
        if case.step not in {CaseStep.READ_FIRST, CaseStep.REFERRED}
        for strand in _told(case, is_now=case.code in shown)
    ]
    found.sort(key=_press)
    return tuple({_what(one): one for one in reversed(found)}.values())[::-1]


def _told(case: Case, *, is_now: bool) -> Iterator[Strand]:
    for strand in case.strands:
        is_missing = strand.hold.state is HoldState.OPEN or strand.turn is Turn.DRIVER
        is_due = strand.turn is Turn.YOU and strand.step not in _WITH_PICKUPS
        is_first = is_now and strand.next == case.next
        if strand.next.act is not Act.READ_FIRST and (is_missing or (is_due and not is_first)):
            yield strand


def _press(one: Waiting) -> tuple[bool, date, str]:
    return one.strand.next.act in _WAITS, one.ends_on or date.max, one.strand.hold.code


_WAITS = frozenset({Act.NOTE_YES, Act.NOTE_DRIVER_YES, Act.ASK_CLINICIAN})
"""There is nothing to do but to note what somebody else says."""
_WITH_PICKUPS = frozenset({CaseStep.PLANNED, CaseStep.PRINTED, CaseStep.TO_SETTLE})


def _waiting(case: Case, strand: Strand) -> Waiting:
    if case.step is CaseStep.PAUSED:
        strand = replace(strand, turn=case.turn, next=replace(case.next, hold_code=strand.hold.code))
    hold, step = strand.hold, strand.next
    code, name = case.code, case.name
    if step.side is Side.DONOR:
        code, name = hold.donor_code, hold.donor_name
    elif step.act is Act.NOTE_DRIVER_YES and strand.pickup is not None:
        code, name = strand.pickup.driver_code, strand.pickup.driver_name
    ends_on = hold.expires_on if hold.state is HoldState.OPEN else None
    return Waiting(case.code, case.name, code, name, strand, ends_on)


def _what(one: Waiting) -> tuple[str, str]:
    """Return what is waited for; a driver's yes is one, however much milk goes with it."""
    step = one.strand.next
    return (step.act, step.pickup_code if step.act is Act.NOTE_DRIVER_YES else step.hold_code)
