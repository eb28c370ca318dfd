"""``milkrun recall Q-0001 …``, ``recall drill`` and ``recalls``: the work of a recall, step by step."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coordinator.cli import reading
from coordinator.cli.json_documents import written
from coordinator.cli.recall_json import document
from coordinator.cli.tables import aligned, amount, figure, table
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.records.recall_work import ContactOutcome, ToldBack, in_words
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, saying
from coordinator.services.recall import work
from coordinator.services.recall.drill import begin_drill
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coordinator.cli.task import Task
    from coordinator.domain.records.recall import PumpedDays
    from coordinator.domain.records.recall_work import Party, RecallWork
    from coordinator.domain.volume import VolumeUnit


def begin(task: Task, days: PumpedDays, because: str) -> None:
    """Begin a recall, and say first what can be held back."""
    found = work.open_recall(task.database, task.words.code, days, because, task.database.clock(), task.today)
    if not task.words.json:
        unit = settings(task.database).volume_unit
        does = work.what_hold_back_does(task.database, found.code, task.today)
        task.say(saying("{recall} begins. First: {does}.", recall=found.code, does=does.says(unit)))
        task.say(saying("milkrun recall {recall} hold-back", recall=found.code))
        for line in does.lines(unit)[: len(does.on_its_way)]:
            task.say(line)
    _show(task, found)


def every(task: Task) -> None:
    """List every recall, the open ones first."""
    found = work.recalls(task.database, task.today)
    if task.words.json:
        task.say_document(written([document(one) for one in found]))
        return
    if not found:
        task.say(saying("No recall was begun. Look first: milkrun recall D-0007; then add --open."))
        return
    unit = settings(task.database).volume_unit
    head = (
        saying("Recall"),
        saying("Milk of"),
        saying("Began"),
        saying("Given"),
        saying("Open"),
        saying("State"),
    )
    right = (saying("Given"), saying("Open"))
    rows = [
        (
            one.code,
            one.about,
            _day_and_time(one.began_at),
            figure(one.given, unit),
            figure(one.open, unit),
            _state(one),
        )
        for one in found
    ]
    for line in table(head, rows, right):
        task.say(line)


def step(task: Task) -> None:
    """Do one step of a recall, or show it; write the papers that were asked for."""
    words, code = task.words, task.words.code.upper()
    name, *rest = [*words.steps, ""] if not words.steps else words.steps
    if name and name not in _STEPS:
        raise UserError(
            saying("{step} is no step of a recall; type one of {steps}.", step=name, steps=tuple(_STEPS))
        )
    if name:
        _STEPS[name](task, code, rest)
    if _write_papers(task, code) or name == "script":
        return
    _show(task, work.recall_work(task.database, code, task.today))


def _hold_back(task: Task, code: str, _rest: Sequence[str]) -> None:
    done = work.hold_back(task.database, code, task.today)
    if task.words.json:
        return
    for line in done.lines(settings(task.database).volume_unit) or (done.says(),):
        task.say(line)


def _ring(task: Task, code: str, rest: Sequence[str]) -> None:
    if len(rest) != 2:
        raise UserError(saying("Type who was rung and what came of it: ring R-0001 reached."))
    outcome = _one_of(_OUTCOMES, rest[1])
    now = task.database.clock()
    at = now
    if task.words.at is not None or task.words.on is not None:
        here = now.astimezone()
        at = datetime.combine(task.words.on or here.date(), task.words.at or here.time(), tzinfo=here.tzinfo)
    work.note_contact(task.database, code, rest[0], outcome, at, task.words.note, today=task.today)


def _told(task: Task, code: str, rest: Sequence[str]) -> None:
    if len(rest) < 3:
        raise UserError(saying("Type who, what became of it, and how much: told R-0001 fed 12oz, or all."))
    who, became, *much = rest
    typed = " ".join(much)
    try:
        volume = None if typed.casefold() == "all" else reading.amount(typed)
    except ArgumentTypeError as error:
        raise UserError(error.args[0]) from None
    answer, on = _one_of(_ANSWERS, became), task.words.on or task.today
    work.note_told(task.database, code, who, answer, volume, on, task.words.note, today=task.today)


def _script(task: Task, code: str, rest: Sequence[str]) -> None:
    from coordinator.services.paper.recall_papers import call_script  # noqa: PLC0415 - of papers only

    if len(rest) != 1:
        raise UserError(saying("Type whom you ring: script R-0001."))
    script = call_script(task.database, code, rest[0], task.today)
    task.say(saying("{name} {phone}", name=script.name, phone=national_phone(script.phone)))
    for part in script.parts:
        task.say()
        task.say(part.heading)
        for line in part.lines:
            task.say(saying("- {line}", line=line))
    task.say()
    task.say(script.source.line)
    task.say(script.source.review)


def _close(task: Task, code: str, _rest: Sequence[str]) -> None:
    work.close_recall(task.database, code, task.database.clock(), task.today)


def _reopen(task: Task, code: str, _rest: Sequence[str]) -> None:
    work.reopen_recall(task.database, code)


_STEPS: Mapping[str, Callable[[Task, str, Sequence[str]], None]] = {
    "hold-back": _hold_back,
    "ring": _ring,
    "told": _told,
    "script": _script,
    "close": _close,
    "reopen": _reopen,
}


_OUTCOMES: Mapping[str, ContactOutcome] = {one.value.replace(" ", "-"): one for one in ContactOutcome}
_ANSWERS: Mapping[str, ToldBack] = {
    "unknown" if one is ToldBack.UNKNOWN else one.value.replace(" ", "-"): one for one in ToldBack
}
Meant = TypeVar("Meant")


def _one_of(known: Mapping[str, Meant], typed: str) -> Meant:
    if typed.casefold() not in known:
        raise UserError(saying("“{typed}” is none of {known}.", typed=typed, known=tuple(known)))
    return known[typed.casefold()]


def _write_papers(task: Task, code: str) -> bool:
    """Write the papers asked for; return whether there were any."""
    words = task.words
    if not (words.letters or words.scripts or words.report):
        return False
    from coordinator.services.paper import recall_papers as papers  # noqa: PLC0415 - of papers only

    wanted: tuple[tuple[str | None, Callable[[], bytes]], ...] = (
        (words.letters, lambda: papers.letters(task.database, code, task.today)),
        (words.scripts, lambda: papers.scripts(task.database, code, task.today)),
        (words.report, lambda: papers.report(task.database, code, task.today, names=words.names)),
    )
    for file, make in wanted:
        if file:
            papers.save_paper(Path(file), make())
            if not words.json:
                task.say(saying("Wrote {file}. It is not locked: whoever has it can read it.", file=file))
    return True


def drill(task: Task) -> None:
    """Practise a recall with the clock running; nothing is written in the network."""
    practice = begin_drill(task.database, task.today)
    try:
        task.say(saying("Practice only, on a copy: nothing is written, and nobody need really be rung."))
        _show(task, practice.work())
        task.say(saying("Type Enter once somebody is reached, n for no answer, q to stop."))
        waiting = [one for one in practice.work().families if one.due]
        while waiting:
            one = waiting.pop(0)
            task.say(
                saying("{who} {name} {phone}?", who=one.who, name=one.name, phone=national_phone(one.phone))
            )
            typed = sys.stdin.readline()
            if not typed or typed.strip().casefold() == "q":
                break
            is_reached = typed.strip().casefold() != "n"
            outcome = ContactOutcome.REACHED if is_reached else ContactOutcome.NO_ANSWER
            work.note_contact(
                practice.database,
                practice.recall,
                one.who,
                outcome,
                practice.database.clock(),
                today=task.today,
            )
            if not is_reached:
                waiting.append(one)
        task.say(practice.result())
    finally:
        practice.end()


def _show(task: Task, found: RecallWork) -> None:
    if task.words.json:
        task.say_document(written(document(found)))
        return
    unit = settings(task.database).volume_unit
    task.say(
        saying(
            "{recall}, milk of {about}, began {at}: {state}. {answered} of {due} answered for.",
            recall=found.code,
            about=found.about,
            at=_day_and_time(found.began_at),
            state=_state(found),
            answered=amount(found.answered, unit),
            due=amount(found.due, unit),
        )
    )
    for line in aligned([_row(one, unit) for one in found.parties]):
        task.say(line)
    if found.took is not None:
        task.say(saying("All families reached in {took}.", took=in_words(found.took)))
    for lot in found.untold:
        task.say(saying("Nobody has said how much {lot} holds; type its amount first.", lot=lot))


def _row(one: Party, unit: VolumeUnit) -> tuple[object, ...]:
    left = saying("nothing is asked for") if not one.due else NOTHING
    if one.open:
        left = saying("{open} of {due} open", open=amount(one.open, unit), due=amount(one.due, unit))
    elif one.due:
        left = saying("{due} answered for", due=amount(one.due, unit))
    return one.who, one.name, national_phone(one.phone), left, _reached(one)


def _reached(one: Party) -> Saying:
    if one.reached_at is not None:
        return saying("reached {at}", at=_day_and_time(one.reached_at))
    if one.contacts:
        return saying(
            "{outcome} {at}", outcome=one.contacts[-1].outcome.words, at=_day_and_time(one.contacts[-1].at)
        )
    return saying("not rung yet")


def _state(found: RecallWork) -> Saying:
    if found.is_open_again:
        return saying("closed, but milk came to light since")
    return saying("closed") if found.is_closed else saying("open")


def _day_and_time(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
