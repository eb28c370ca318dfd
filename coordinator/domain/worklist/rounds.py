"""A round of calls: as many households as there is time for, those first whose babies run out first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from coordinator.domain.agreements.cases import Case
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import CallOutcome, Question
from coordinator.domain.families.free_hours import read_hours
from coordinator.domain.families.households import Household
from coordinator.domain.planning.conditions import more_to_ask
from coordinator.domain.screening.families import HEALTH, STOCK
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.made_calls import WRITE_AFTER, MadeCall, rests, unanswered
from coordinator.domain.worklist.openings import Opened
from coordinator.domain.worklist.planned import PlannedCalls, is_waited_for

_OF_FAMILIES = frozenset({HEALTH, STOCK, "gestation", "nicotine_ok", "medicine_ok"})
"""What a family is asked besides its own questions, and no donor."""


class LineState(StrEnum):
    """Where a household of a round stands on a day.

    ``TRIED``: nobody answered today, so it is rung again tomorrow. ``LATER``: on the day that was named.
    ``NOTHING_LEFT``: it is asked nothing any more, or was removed.
    """

    TO_RING = "to ring"
    TRIED = "tried"
    LATER = "later"
    REACHED = "reached"
    NOTHING_LEFT = "nothing left"


@dataclass(frozen=True, slots=True)
class Runs:
    """When a baby's milk ends, and what it lacks in the coming week."""

    out_on: date
    short: Volume


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A household of a round: what there is to ask it now, and the calls made to it.

    ``made`` are all calls, ``made_in_round`` those since the round was made. Without a ``call`` there is
    nothing to ask, or it rests. ``codes`` are its roles in use, ``cases`` what milk it waits for or promised.
    """

    household: Household
    codes: tuple[str, ...]
    call: Call | None = None
    made: tuple[MadeCall, ...] = ()
    made_in_round: tuple[MadeCall, ...] = ()
    is_bereaved: bool = False
    opens: Opened | None = None
    cases: tuple[Case, ...] = ()

    @property
    def code(self) -> str:
        """The role that makes it press, or its first; none of a household that was removed."""
        return self.call.code if self.call else next(iter(self.codes), "")

    @property
    def wants_message(self) -> bool:
        """Whether so many calls found nobody that a message is the better way."""
        return unanswered(self.made) >= WRITE_AFTER

    def code_for(self, question: Question) -> str:
        """Return the role that is asked *question*: what a family is asked besides is asked of no donor."""
        is_familys = question.topic in _OF_FAMILIES
        letter = CodeLetter.RECIPIENT if is_familys else CodeLetter.DONOR
        own = (code for code in self.codes if letter_of(code) is letter)
        return self.code if question.id else next(own, self.code)

    def state(self, today: date) -> LineState:
        """Return where it stands on *today*."""
        last = self.made_in_round[-1] if self.made_in_round else None
        if last is not None and last.outcome is CallOutcome.SPOKE:
            return LineState.REACHED
        if rests(self.made, today):
            is_later = self.made[-1].ring_on is not None and self.made[-1].ring_on > today
            return LineState.LATER if is_later else LineState.TRIED
        return LineState.TO_RING if self.call is not None else LineState.NOTHING_LEFT


@dataclass(frozen=True, slots=True)
class Round:
    """A round of calls, made on a day for some minutes, with its households in their order."""

    id: int
    made_on: date
    minutes: int
    call_minutes: int
    lines: tuple[RoundLine, ...]

    def with_opens(self, opens: Mapping[int, Opened]) -> Round:
        """Return it with what its calls open, by household, and with what the milk waits for besides."""
        return replace(self, lines=tuple(_opening(one, opens.get(one.household.id)) for one in self.lines))

    def to_ring(self, today: date) -> tuple[RoundLine, ...]:
        """Return the households to ring today."""
        return tuple(line for line in self.lines if line.state(today) is LineState.TO_RING)

    def count(self, state: LineState, today: date) -> int:
        """Return how many households stand at *state*."""
        return sum(line.state(today) is state for line in self.lines)

    def minutes_left(self, today: date) -> int:
        """Return how long the calls of today will still take, about."""
        return len(self.to_ring(today)) * self.call_minutes


def _opening(line: RoundLine, opens: Opened | None) -> RoundLine:
    call = line.call
    if call is not None and opens is not None:
        more = more_to_ask(opens.asks, line.household.id, call.questions)
        call = replace(call, questions=(*call.questions, *more))
    return replace(line, call=call, opens=opens)


def may_ring(household: Household, now: datetime) -> bool | None:
    """Whether *now* is within the hours the household told; None where none are told, or not understood."""
    hours = read_hours(household.ring_times or household.hours)
    return None if hours is None else hours.fits(now.date(), now.time())


def in_order(
    calls: Sequence[Call],
    opens: Mapping[str, Opened],
    babies: Mapping[str, Runs],
    now: datetime,
    planned: PlannedCalls | None = None,
) -> list[Call]:
    """Return *calls* in the order they are rung in, each household once.

    Whoever is not to be rung at this hour comes last. Of the others those come first whose yes is waited
    for, then those of the plan, in its order, then what presses before what does not. Where the plan says
    nothing those come first whose baby runs out first; behind the family the donors whose answers free milk
    for it, the most milk first, until its week is covered. A baby whose figure is old runs out nobody knows
    when. What is alike keeps its order.

    Args:
        calls: One a household.
        opens: What a donor's answers free, and for whom, by the donor's code.
        babies: When the milk of each baby ends and what it lacks, by the family's code; none of old figures.
        now: The local time.
        planned: The calls that the plan rests on, where there is one.
    """
    outside = {call.household.id for call in calls if may_ring(call.household, now) is False}
    freeing = sorted(calls, key=lambda call: (call.household.id in outside, -_freed(call, opens)))
    ends = _ends(freeing, opens, babies)

    def press(call: Call) -> tuple[bool, bool, date, bool, int]:
        home, is_own = call.household.id, call.lasts_until == ends[call.household.id]
        return home in outside, not call.is_urgent, ends[home], not is_own, -_freed(call, opens)

    ordered = sorted(calls, key=press)
    first = {call.household.id: call for call in reversed(ordered)}
    once = [call for call in ordered if first[call.household.id] is call]
    if planned is None:
        return once

    def by_plan(call: Call) -> tuple[bool, bool, int]:
        is_waited = is_waited_for(call)
        return call.household.id in outside, not is_waited, 0 if is_waited else planned.place(call)

    return sorted(once, key=by_plan)


def _freed(call: Call, opens: Mapping[str, Opened]) -> int:
    return max((opens[code].volume.microlitres for code in call.codes if code in opens), default=0)


def _ends(calls: Sequence[Call], opens: Mapping[str, Opened], babies: Mapping[str, Runs]) -> dict[int, date]:
    """Return by household when the first baby that waits for the call runs out; *calls* free in turn."""
    lacks = {code: one.short.microlitres for code, one in babies.items()}
    found = {}
    for call in calls:
        waiting = {*call.codes, *(one.recipient_code for one in call.waiting)} & babies.keys()
        waiting |= _covers(call, opens, babies, lacks)
        own = [call.lasts_until] if call.lasts_until and not call.is_old_figure else []
        found[call.household.id] = min((*own, *(babies[code].out_on for code in waiting)), default=date.max)
    return found


def _covers(
    call: Call, opens: Mapping[str, Opened], babies: Mapping[str, Runs], lacks: dict[str, int]
) -> set[str]:
    """Return the babies for whom a call frees milk they still lack, and take it off what *lacks* says."""
    whom = {code for one in call.codes if one in opens for code, _ in opens[one].babies} & babies.keys()
    there, found = _freed(call, opens), set()
    for code in sorted(whom, key=lambda code: (babies[code].out_on, code)):
        part = min(there, lacks[code])
        if part > 0:
            there, lacks[code] = there - part, lacks[code] - part
            found.add(code)
    return found


def as_many_as_fit(calls: Sequence[Call], minutes: int, call_minutes: int) -> tuple[Call, ...]:
    """Return the first of *calls* for which *minutes* last."""
    return tuple(calls[: minutes // call_minutes])
