"""``milkrun asked``: who was asked about milk that is held, and how it went with milk that came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.cli import json_documents
from coordinator.cli.tables import table
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import Side
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.errors import UserError
from coordinator.sayings import plural, saying
from coordinator.services.agreements import asking
from coordinator.services.agreements.cases import case_of
from coordinator.services.screening import switched_off

if TYPE_CHECKING:
    from datetime import date

    from coordinator.cli.task import Task

_KINDS: Final = {"phone": ContactKind.PHONE, "message": ContactKind.MESSAGE}


def asked(task: Task) -> None:
    """Note that one side was asked about a hold, or that a family was asked after the milk it got."""
    words = task.words
    code, on = words.code.upper(), words.on or task.today
    if letter_of(code) is CodeLetter.RECIPIENT:
        _asked_after(task, code, on)
        return
    if words.side is None:
        raise UserError(saying("Say who was asked about {hold}: donor or family.", hold=code))
    family = asking.record_asked(task.database, code, Side(words.side), on, _KINDS[words.by])
    case = case_of(task.database, family, task.today)
    task.say(saying("{code}: {line}.", code=case.code, line=case.line))


def questions(task: Task) -> None:
    """List the topics that families are asked about, or switch one off or on."""
    if task.words.off:
        switched_off.stop_asking(task.database, task.words.off)
    if task.words.on:
        switched_off.ask_again(task.database, task.words.on)
    found = switched_off.asked_topics(task.database)
    if task.words.json:
        told = [{"topic": t.topic, "title": t.title, "open": t.open, "asked": t.is_asked} for t in found]
        task.say_document(json_documents.written(told))
        return
    headers = (saying("Topic"), saying("Asked about"), saying("Open"), saying("Asked"))
    rows = [(t.topic, t.title, t.open, saying("yes") if t.is_asked else saying("no")) for t in found]
    for line in table(headers, rows, (headers[2],)):
        task.say(line)


def _asked_after(task: Task, code: str, on: date) -> None:
    count = asking.record_asked_after(task.database, code, on, task.words.words).count
    task.say(
        plural(
            "{code} was asked on {day} after {n} delivery.",
            "{code} was asked on {day} after {n} deliveries.",
            count,
            code=code,
            day=str(on),
        )
    )
