"""``milkrun asked`` and ``asked-after``: who was asked about milk, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import Side
from coordinator.sayings import plural, saying
from coordinator.services.agreements import asking
from coordinator.services.agreements.cases import case_of

if TYPE_CHECKING:
    from coordinator.cli.task import Task

_KINDS: Final = {"phone": ContactKind.PHONE, "message": ContactKind.MESSAGE}


def asked(task: Task) -> None:
    """Note that one side was asked about a hold, and say where its case stands."""
    words = task.words
    code, on = words.hold.upper(), words.on or task.today
    family = asking.record_asked(task.database, code, Side(words.side), on, _KINDS[words.by])
    case = case_of(task.database, family, task.today)
    task.say(saying("{code}: {line}.", code=case.code, line=case.line))


def asked_after(task: Task) -> None:
    """Note that a family was asked after the milk it got."""
    code, on = task.words.recipient.upper(), task.words.on or task.today
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
