"""``milkrun verdict``: what speaks against milk of a lot for a family, by the days it was expressed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.domain.policies.unchecked import unchecked_of
from coordinator.sayings import Saying, as_written, saying
from coordinator.services.suitability.verdicts import judge_lot

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.policies.verdicts import Reason
    from coordinator.domain.suitability.parts import Part
    from coordinator.services.suitability.verdicts import JudgedLot


def verdict(task: Task) -> None:
    """Say under each run of days that fare alike what stands in the way, with its source."""
    found = judge_lot(task.database, task.words.lot, task.words.family, task.today)
    if task.words.json:
        task.say_document(json_documents.written(json_documents.of_judged_lot(found)))
        return
    for line in _told(found):
        task.say(line)


def _told(found: JudgedLot) -> Iterator[Saying]:
    lot = found.lot
    yield saying(
        "{lot} of {donor} for {family}, by {policy}:",
        lot=lot.code,
        donor=lot.donor_code,
        family=found.recipient_code,
        policy=found.policy_title,
    )
    for part in found.parts:
        yield saying("{days}: {verdict}", days=_days(part), verdict=part.verdict.kind.words)
        yield from map(_line, part.verdict.reasons)
    reasons = [reason for part in found.parts for reason in part.verdict.reasons]
    if not found.parts:
        yield saying("Its days are not told: {verdict}", verdict=found.verdict.kind.words)
        yield from map(_line, found.verdict.reasons)
    yield from unchecked_of(reasons or found.verdict.reasons)


def _days(part: Part) -> Saying:
    if part.first == part.last:
        return as_written(str(part.first))
    return saying("{first} to {last}", first=str(part.first), last=str(part.last))


def _line(reason: Reason) -> Saying:
    source = f" [{reason.source}]" if reason.source else ""
    return as_written(f"  {reason.text}{source}")
