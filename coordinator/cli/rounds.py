"""``milkrun round``: whom to ring in the minutes there are, and how the round that is open stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.cases_json import of_waiting
from coordinator.cli.tables import aligned
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.worklist.rounds import LineState, may_ring
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, joined, saying
from coordinator.services import rounds
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.volume import VolumeUnit
    from coordinator.domain.worklist.rounds import RoundLine


def ring_round(task: Task) -> None:
    """List a round of so many minutes, start it, or say how the open one stands."""
    words, now = task.words, _now(task)
    if words.end:
        rounds.end_round(task.database, task.today)
        task.say(saying("The round is ended."))
        return
    if words.minutes is None:
        _open_round(task, now)
    elif words.start:
        found = rounds.start_round(task.database, words.minutes, now)
        _tell(task, found.lines, found.call_minutes, now)
    else:
        proposed = rounds.propose_round(task.database, words.minutes, now)
        _tell(task, proposed.lines, proposed.call_minutes, now)


def _now(task: Task) -> datetime:
    """Return the local time of the day it is."""
    at = task.words.at or task.database.clock().astimezone().time()
    return datetime.combine(task.today, at.replace(tzinfo=None))


def _open_round(task: Task, now: datetime) -> None:
    found = rounds.round_now(task.database, task.today)
    if found is None:
        raise UserError(saying("No round of calls is open; say for how many minutes: --minutes 40."))
    planned = rounds.opened_by_round(task.database, found, task.today)
    found = found.with_opens(planned.opens)
    if not task.words.json:
        left = len(found.to_ring(task.today))
        task.say(
            saying(
                "{left} of {all} to ring, about {minutes} minutes.",
                left=left,
                all=len(found.lines),
                minutes=found.minutes_left(task.today),
            )
        )
    _tell(task, found.lines, found.call_minutes, now)


def _tell(task: Task, lines: Sequence[RoundLine], call_minutes: int, now: datetime) -> None:
    if task.words.json:
        document = {
            "call_minutes": call_minutes,
            "minutes": call_minutes * len(lines),
            "households": [_document(line, now) for line in lines],
        }
        task.say_document(json_documents.written(document))
        return
    if not lines:
        task.say(saying("Nobody to ring."))
    unit = settings(task.database).volume_unit
    for row in aligned([_row(line, now, unit) for line in lines]):
        task.say(row)


def _row(line: RoundLine, now: datetime, unit: VolumeUnit) -> Sequence[object]:
    household, call = line.household, line.call
    opens = saying("opens {what}", what=line.opens.words(unit)) if line.opens else NOTHING
    waits = (one.strand.next.words for one in call.waiting) if call else ()
    asked = "; ".join(question.text for question in call.questions) if call else ""
    return (
        line.code,
        household.name,
        national_phone(household.phone),
        household.ring_times or household.hours,
        _note(line),
        _state(line, now),
        opens,
        joined(", ", waits),
        asked,
    )


def _note(line: RoundLine) -> Saying:
    """Return what to read before ringing."""
    if line.household.read_before_ringing:
        return saying("read first: {words}", words=line.household.read_before_ringing)
    return saying("read first: lost her baby") if line.is_bereaved else NOTHING


def _state(line: RoundLine, now: datetime) -> Saying:
    state = line.state(now.date())
    if state is LineState.TO_RING:
        is_outside = may_ring(line.household, now) is False
        return saying("outside the hours told") if is_outside else NOTHING
    if state is LineState.LATER:
        return saying("ring on {day}", day=str(line.made[-1].ring_on))
    if state is LineState.TRIED:
        return saying("{outcome} today", outcome=line.made[-1].outcome.words)
    return saying("reached") if state is LineState.REACHED else saying("nothing left to ask")


def _document(line: RoundLine, now: datetime) -> Document:
    call, household = line.call, line.household
    last = line.made[-1] if line.made else None
    return {
        "code": line.code,
        "codes": list(line.codes),
        "name": household.name,
        "phone": household.phone,
        "hours": household.ring_times or household.hours,
        "languages": household.languages,
        "may_be_rung_now": may_ring(household, now),
        "read_first": household.read_before_ringing,
        "bereaved": line.is_bereaved,
        "state": line.state(now.date()).value,
        "last_outcome": last.outcome.value if last else None,
        "ring_on": last.ring_on.isoformat() if last and last.ring_on else None,
        "message_instead": line.wants_message,
        "urgent": call.is_urgent if call else False,
        "topics": [question.topic for question in call.questions] if call else [],
        "questions": [question.text for question in call.questions] if call else [],
        "waiting": [of_waiting(one) for one in call.waiting] if call else [],
        "opens": [code for code, _ in line.opens.babies] if line.opens else [],
        "opens_oz": round(line.opens.volume.oz, 1) if line.opens else None,
    }
