"""``milkrun asked``: who was asked about milk that is held, and how it went with milk that came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import Side
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.errors import UserError
from coordinator.sayings import plural, saying
from coordinator.services.agreements import asking
from coordinator.services.agreements.cases import case_of

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


def _asked_after(task: Task, code: str, on: date) -> None:
    count = asking.record_asked_after(task.database, code, on, task.words.words)
    task.say(
        plural(
            "{code} was asked on {day} after {n} delivery.",
            "{code} was asked on {day} after {n} deliveries.",
            count,
            code=code,
            day=str(on),
        )
    )
