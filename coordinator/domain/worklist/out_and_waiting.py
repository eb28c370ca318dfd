"""The worklist of a day: the babies who are out or nearly, and what else is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordinator.domain.agreements.case_steps import Act, CaseStep, Turn
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.promises import Strand
from coordinator.domain.agreements.renewals import Renewal
from coordinator.sayings import NOTHING, Saying


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is waited for, for one baby: a yes, an ended hold, a family to ask after.

    ``whom`` is the household it waits for, by code and name; ``ends_on`` when the hold ends that waits.
    ``words`` say where it stands; ``lasts`` how long the milk at home lasts, of a baby who is out or nearly.
    ``others`` are further holds of the baby that wait too, ``also_for`` other families the same yes is for.
    """

    recipient_code: str
    recipient_name: str
    whom_code: str
    whom_name: str
    strand: Strand
    ends_on: date | None = None
    words: Saying = NOTHING
    lasts: Saying = NOTHING
    others: tuple[Strand, ...] = ()
    also_for: tuple[str, ...] = ()


def out_now(cases: Sequence[Case], today: date) -> tuple[Case, ...]:
    """Return the babies who are out or nearly: who is out by the figure we have, then whose milk ends first.

    An old figure counts like any other, and its line says to ask. Of those out already, whose figure is fresh
    comes first; so it is of those whose milk ends on one day. Whoever is referred comes last.

    Where somebody else has the next word, the baby stands among what is waited for, and only there. A baby
    whose figure is old and for whom nothing is on its way is asked about first: it is among the calls.
    Nothing here reminds of a family to read about first, or of one that rests. Where it is the donor who is
    read about first, the line is the baby's all the same: reading is its next step.
    """
    found = [case for case in cases if _is_now(case)]
    return tuple(sorted(found, key=lambda case: _order(case, today)))


def _order(case: Case, today: date) -> tuple[bool, date, bool, date, str]:
    is_referred, ends = case.step is CaseStep.REFERRED, case.lasts_until or date.max
    out_by = max(ends, today - timedelta(days=1))
    return is_referred, out_by, case.is_old_figure, ends, case.code


def _is_now(case: Case) -> bool:
    if case.step in {CaseStep.PAUSED, CaseStep.READ_FIRST, CaseStep.NOT_KNOWN}:
        return False
    if case.step is CaseStep.REFERRED:
        return case.turn is Turn.YOU
    if case.turn in _OTHERS:
        return False
    is_on_its_way = case.strands or case.step is CaseStep.STANDING
    return case.step is CaseStep.NEEDS or bool(is_on_its_way and (case.is_near_out or case.short))


def to_renew(cases: Sequence[Case], now: Sequence[Case]) -> tuple[Renewal, ...]:
    """Return the next days of standing pairs that both are to be asked about, by when they are renewed.

    A baby among *now* has its line there, with what can be done about its pairs. Whoever is read about first
    is left out.
    """
    shown = {case.code for case in now}
    found = [
        one
        for case in cases
        if case.code not in shown
        and case.step not in {CaseStep.READ_FIRST, CaseStep.REFERRED, CaseStep.PAUSED}
        for one in case.renewals
        if one.is_due and one.next.act is not Act.READ_FIRST
    ]
    return tuple(sorted(found, key=lambda one: (one.renew_by or date.max, one.pair.code)))


_OTHERS = frozenset({Turn.DONOR, Turn.FAMILY, Turn.DRIVER, Turn.CLINICIAN})


def waiting_for(cases: Sequence[Case], now: Sequence[Case]) -> tuple[Waiting, ...]:
    """Return what is waited for, a line a baby: what she can do something about first, then by the end.

    A baby among *now* stands there with all its holds, and what is planned with its pickup.
    """
    shown = {case.code for case in now}
    found = [told for case in cases if case.code not in shown and (told := _of_one(case))]
    lines = [replace(top, others=tuple(one.strand for one in rest)) for top, *rest in found]
    return tuple(_a_driver_once(sorted(lines, key=_press)))


def pending(cases: Sequence[Case]) -> tuple[Waiting, ...]:
    """Return everything waited for, hold by hold, of babies in whatever list: for who is rung anyway."""
    return _once(one for case in cases for one in _pending(case))


def _of_one(case: Case) -> list[Waiting]:
    """Return what is waited for of one baby; what its case is about comes first."""
    return sorted(_once(_pending(case)), key=lambda one: one.strand.hold != case.strands[0].hold)


def _once(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    first: dict[tuple[str, str], Waiting] = {}
    for one in sorted(found, key=_press):
        first.setdefault(_what(one), one)
    return tuple(first.values())


def _pending(case: Case) -> Iterator[Waiting]:
    """Yield what waits; what was left behind is to be settled, unless its family rests."""
    if case.step not in {CaseStep.READ_FIRST, CaseStep.REFERRED}:
        for strand in case.strands:
            is_settled = strand.step is CaseStep.LEFT_BEHIND and case.step is not CaseStep.PAUSED
            if _is_told(strand) and not is_settled:
                yield _waiting(case, strand)


def _is_told(strand: Strand) -> bool:
    is_missing = strand.hold.state is HoldState.OPEN or strand.turn is Turn.DRIVER
    is_due = strand.turn is Turn.YOU and strand.step not in _WITH_PICKUPS
    return strand.next.act is not Act.READ_FIRST and (is_missing or is_due)


def _a_driver_once(lines: Sequence[Waiting]) -> Iterator[Waiting]:
    """Yield the *lines*, a driver's yes once: the first names the other families whose milk goes with it."""
    rides: dict[str, list[str]] = {}
    for one in lines:
        if _is_a_ride(one):
            rides.setdefault(one.strand.next.pickup_code, []).append(one.recipient_name)
    told: set[str] = set()
    for one in lines:
        pickup = one.strand.next.pickup_code
        if not _is_a_ride(one):
            yield one
        elif pickup not in told:
            told.add(pickup)
            yield replace(one, also_for=tuple(rides[pickup][1:]))


def _is_a_ride(one: Waiting) -> bool:
    return one.strand.next.act is Act.NOTE_DRIVER_YES and not one.others


def _press(one: Waiting) -> tuple[bool, date, str]:
    pickup = one.strand.pickup
    due = one.ends_on or (pickup.on if pickup is not None else None)
    waits = one.strand.next.act in _WAITS and one.strand.turn is not Turn.YOU
    return waits, due or date.max, one.strand.hold.code


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
    words = case.words if hold == case.strands[0].hold else strand.words
    lasts = case.lasts if case.is_near_out else NOTHING
    return Waiting(case.code, case.name, code, name, strand, ends_on, words, lasts)


def _what(one: Waiting) -> tuple[str, str]:
    """Return what is waited for; a driver's yes is one, however much milk goes with it."""
    step = one.strand.next
    return (step.act, step.pickup_code if step.act is Act.NOTE_DRIVER_YES else step.hold_code)
