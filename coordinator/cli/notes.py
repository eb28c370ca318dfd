"""``milkrun pickup notes`` and ``dealt``: what sheets say, until somebody dealt with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import written
from coordinator.cli.tables import aligned
from coordinator.sayings import joined, saying
from coordinator.services.pickups.sheet_told import deal_with, notes_waiting

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.pickups.sheet_told import SheetNote


def notes(task: Task) -> None:
    """Show what was written on paper and nobody has dealt with."""
    found = notes_waiting(task.database, task.today)
    if task.words.json:
        task.say_document(written([_document(one) for one in found]))
        return
    if not found:
        task.say(saying("No note of a sheet waits."))
    for line in aligned([_line(one) for one in found]):
        task.say(line)


def dealt(task: Task) -> None:
    """Note that notes are dealt with."""
    for code in task.words.codes:
        deal_with(task.database, code, task.today)
        task.say(saying("The note of {code} is dealt with.", code=code.upper()))


def _line(one: SheetNote) -> tuple[object, ...]:
    said = joined("; ", [part for part in (one.text, one.asks) if part])
    return one.code, one.pickup_code, str(one.on), " → ".join(one.whom), said


def _document(one: SheetNote) -> dict[str, object]:
    return {
        "code": one.code,
        "pickup": one.pickup_code,
        "on": one.on.isoformat(),
        "whom": list(one.whom),
        "note": one.text,
        "asks": str(one.asks) or None,
    }
