"""``milkrun verdict``: what speaks against milk of a lot for a family, by the days it was expressed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.services.suitability.verdicts import judge_lot

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.policies.verdicts import Reason
    from coordinator.services.suitability.verdicts import JudgedLot


def verdict(task: Task) -> None:
    """Say under each run of days that fare alike what stands in the way, with its source."""
    found = judge_lot(task.database, task.words.lot, task.words.family, task.today)
    if task.words.json:
        task.say_document(json_documents.written(json_documents.of_judged_lot(found)))
        return
    for line in _told(found):
        task.say(line)


def _told(found: JudgedLot) -> Iterator[str]:
    lot = found.lot
    yield f"{lot.code} of {lot.donor_code} for {found.recipient_code}, by {found.policy_title}:"
    for part in found.parts:
        days = f"{part.first} to {part.last}" if part.first != part.last else str(part.first)
        yield f"{days}: {part.verdict.kind.words}"
        yield from map(_line, part.verdict.reasons)
    if not found.parts:
        yield f"Its days are not told: {found.verdict.kind.words}"
        yield from map(_line, found.verdict.reasons)


def _line(reason: Reason) -> str:
    source = f" [{reason.source}]" if reason.source else ""
    return f"  {reason.text}{source}"
