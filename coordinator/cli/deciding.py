"""``milkrun decide``: what the network decided once for every donor; deciding, and taking back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import table
from coordinator.domain.policies.decisions import PRENATAL, Decides, NetworkDecision
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.policies import deciding as service

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.services.policies.deciding import DecidedHere


def decide(task: Task) -> None:
    """List what was decided; with words, decide or take back."""
    what = task.words.what
    if what is None:
        _list(task)
    elif what == "back":
        service.take_back(task.database, _number(_subject(task)))
        task.say(saying("Taken back; what it answered is asked again."))
    else:
        _decide(task, _decision(task, what))


def _list(task: Task) -> None:
    found = service.decisions(task.database)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_decision(one) for one in found]))
        return
    for line in _table(found) if found else [saying("Nothing was decided for the whole network.")]:
        task.say(line)


def _table(found: tuple[DecidedHere, ...]) -> Iterator[Saying | str]:
    number = saying("No.")
    headers = (number, saying("Decided"), saying("By"), saying("Why"), "")
    rows = [
        (
            str(one.decision.id),
            one.decision.words,
            one.decision.who,
            one.decision.reason,
            "" if one.is_in_force else saying("not under the profile in use"),
        )
        for one in found
    ]
    yield from table(headers, rows, right=(number,))


def _decide(task: Task, decision: NetworkDecision) -> None:
    number = service.decide(task.database, decision, task.today)
    made = next(one for one in service.decisions(task.database) if one.decision.id == number).decision
    task.say(saying("{number}: {what} ({who}).", number=number, what=made.words, who=made.who))


def _decision(task: Task, what: str) -> NetworkDecision:
    words = task.words
    subject = PRENATAL if what == PRENATAL else _subject(task)
    return NetworkDecision(
        _KINDS[what],
        subject,
        words.by or "",
        words.on or task.today,
        words.why or "",
        _figure(words.subject[1:]) if what == Decides.FIGURE else None,
        is_clinician=words.clinician,
    )


_KINDS = {Decides.NAME.value: Decides.NAME, Decides.FIGURE.value: Decides.FIGURE, PRENATAL: Decides.PANEL}


def _subject(task: Task) -> str:
    if not task.words.subject:
        raise UserError(
            saying("Say what it is about: a name, a rule such as tattoo_wait, or a number of the list.")
        )
    if task.words.what == Decides.FIGURE:
        return str(task.words.subject[0])
    return " ".join(task.words.subject)


def _figure(words: list[str]) -> float | None:
    if not words:
        return None
    try:
        return int(words[0]) if words[0].isdecimal() else float(words[0])
    except ValueError as error:
        raise UserError(saying("“{text}” is no figure; type a number.", text=words[0])) from error


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UserError(saying("“{text}” is no number of the list.", text=text))
    return int(text)
