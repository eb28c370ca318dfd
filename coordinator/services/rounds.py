"""Rounds of calls: made for the minutes there are, gone on with tomorrow.

Only who is in a round is kept, and in which order. What came of each call stands with the calls made,
whoever noted it and where; so a household rung from Today counts in the round, and an undo is seen there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from coordinator.db.calls import CallRoundRow, RoundCallRow, households_of, last_call_noted, open_round
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow, to_household
from coordinator.domain.agreements.cases import Case
from coordinator.domain.families.households import Household
from coordinator.domain.records.history import Action
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.openings import needing
from coordinator.domain.worklist.planned import PlannedCalls, is_waited_for
from coordinator.domain.worklist.ready import Ready, ready_milk
from coordinator.domain.worklist.rounds import Round, RoundLine, Runs, as_many_as_fit, in_order, may_ring
from coordinator.domain.worklist.to_ring import on_the_list, to_ring
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.agreements.cases import cases
from coordinator.services.matching.ranking import judge_for_several
from coordinator.services.planning.calls_to_make import calls_of_plan
from coordinator.services.planning.gathering import Kept
from coordinator.services.records.history import undo_action
from coordinator.services.settings.values import load_settings
from coordinator.services.today import Worklist, openings, worklist

LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Proposed:
    """Whom a round would ring, and how long a call is thought to take.

    ``in_all`` are the calls of Today's list; ``more`` have a note to read first, or only a yes is waited of
    them.
    """

    lines: tuple[RoundLine, ...]
    in_all: int
    call_minutes: int
    more: int = 0


def propose_round(database: Database, minutes: int, now: datetime, kept: Kept | None = None) -> Proposed:
    """Return whom a round of *minutes* would ring from *now* on, the local time; nothing is written.

    They are those that let the plan serve most. *kept* is what was judged before.

    Raises:
        UserError: If that is no time for a call, or longer than anybody rings.
    """
    call_minutes = _call_minutes(database)
    _check_minutes(minutes, call_minutes)
    there = worklist(database, now.date())
    opened = openings(database, there.cases, now.date())
    to_ring = _calls(there, now.date())
    planned = _planned(database, to_ring, minutes // call_minutes, now, kept)
    calls = in_order(to_ring, opened.donors, _babies(there), now, planned)
    chosen = as_many_as_fit(calls, minutes, call_minutes)
    lines = tuple(_line(call.household, there, {call.household.id: call}, planned) for call in chosen)
    listed = len(on_the_list(there.calls))
    return Proposed(lines, listed, call_minutes, len(calls) - listed)


def _planned(
    database: Database, calls: Sequence[Call], time_for: int, now: datetime, kept: Kept | None
) -> PlannedCalls:
    """Return the calls of the plan among those that there is time for beside the yeses waited for."""
    may_ring_now = {call.household.id for call in calls if may_ring(call.household, now) is not False}
    waited = {call.household.id for call in calls if is_waited_for(call)} & may_ring_now
    left = max(time_for - len(waited), 0)
    return calls_of_plan(database, left, may_ring_now, now.date(), kept, rung_anyway=waited)


def start_round(database: Database, minutes: int, now: datetime, kept: Kept | None = None) -> Round:
    """Make a round of calls for *minutes* from *now* on, the local time; one that was open ends.

    Raises:
        UserError: As :func:`propose_round`, and if there is nobody to ring.
    """
    found = propose_round(database, minutes, now, kept)
    if not found.lines:
        raise UserError(saying("There is nobody to ring today."))
    label = plural("Started a round of {n} call", "Started a round of {n} calls", len(found.lines))
    with database.writing(Action("round.started", label), now.date()) as session:
        _end_open(session, now.date())
        row = CallRoundRow(made_on=now.date(), minutes=minutes, call_minutes=found.call_minutes)
        session.add(row)
        session.flush()
        for place, line in enumerate(found.lines):
            session.add(RoundCallRow(round_id=row.id, household_id=line.household.id, place=place))
        return Round(row.id, row.made_on, minutes, found.call_minutes, found.lines)


def end_round(database: Database, today: date) -> None:
    """End the round that is open; what was noted stays.

    Raises:
        UserError: If none is open.
    """
    with database.writing(Action("round.ended", saying("Ended a round of calls")), today) as session:
        if not _end_open(session, today):
            raise UserError(saying("No round of calls is open."))


def round_now(database: Database, today: date) -> Round | None:
    """Return the round that is open with what there is to ask now; None if none is.

    What its calls open takes longer, and is read apart: see :func:`opened_by_round`.
    """
    with database.reading() as session:
        row = open_round(session)
        if row is None:
            return None
        kept = Round(row.id, row.made_on, row.minutes, row.call_minutes, ())
        ids = households_of(session, row.id)
        homes = [to_household(home) for one in ids if (home := session.get(HouseholdRow, one)) is not None]
    there = worklist(database, today)
    calls = {call.household.id: call for call in _calls(there, today)}
    lines = (_line(home, there, calls, PlannedCalls()) for home in homes)
    return replace(kept, lines=tuple(_since(line, kept.made_on) for line in lines))


def _end_open(session: Session, today: date) -> bool:
    is_any = False
    while (row := open_round(session)) is not None:
        row.ended_on, is_any = today, True
        session.flush()
    return is_any


def _calls(there: Worklist, today: date) -> list[Call]:
    return to_ring(there.calls, there.waiting, there.homes, there.made, today)


def _babies(there: Worklist) -> dict[str, Runs]:
    return {
        case.code: Runs(case.lasts_until, case.short)
        for case in there.cases
        if case.lasts_until is not None and not case.is_old_figure
    }


def opened_by_round(database: Database, found: Round, today: date, kept: Kept | None = None) -> PlannedCalls:
    """Return what the calls of a round open that are still to be made: as the plan with just these has it."""
    left = {line.household.id for line in found.to_ring(today)}
    return calls_of_plan(database, len(left), left, today, kept)


def _line(home: Household, there: Worklist, calls: Mapping[int, Call], planned: PlannedCalls) -> RoundLine:
    call = calls.get(home.id)
    codes = tuple(sorted(code for code, one in there.homes.items() if one.id == home.id))
    return RoundLine(
        call.household if call else next((there.homes[code] for code in codes), home),
        codes,
        call,
        there.made.get(home.id, ()),
        is_bereaved=home.id in there.bereaved,
        opens=planned.opens.get(home.id),
        cases=tuple(case for case in there.cases if _is_about(case, codes)),
    )


def _is_about(case: Case, codes: Sequence[str]) -> bool:
    return case.code in codes or any(strand.hold.donor_code in codes for strand in case.strands)


def _since(line: RoundLine, made_on: date) -> RoundLine:
    return replace(line, made_in_round=tuple(one for one in line.made if one.on >= made_on))


def _call_minutes(database: Database) -> int:
    with database.reading() as session:
        return load_settings(session).call_minutes


def _check_minutes(minutes: int, call_minutes: int) -> None:
    if minutes > LONGEST_MINUTES:
        raise UserError(saying("A round lasts {most} minutes at most.", most=LONGEST_MINUTES))
    if minutes < call_minutes:
        raise UserError(
            plural(
                "A call takes about {n} minute; {minutes} is too short for one.",
                "A call takes about {n} minutes; {minutes} is too short for one.",
                call_minutes,
                minutes=minutes,
            )
        )


def ready_now(database: Database, today: date) -> Ready:
    """Return what milk is ready for the babies who need some, to be compared with after the calls."""
    found = cases(database, today)
    return ready_milk(found, judge_for_several(database, [case.code for case in needing(found)], today))


def take_back_call(database: Database, household_id: int, today: date) -> Saying:
    """Undo what was noted last of ringing a household, if that was today; return what it was.

    Raises:
        CannotUndoError: If its questions were changed since.
        UserError: If nothing was noted of it today.
    """
    with database.reading() as session:
        noted = last_call_noted(session, household_id, today)
    if noted is None:
        raise UserError(saying("Nothing was noted of this household today."))
    return undo_action(database, noted)
