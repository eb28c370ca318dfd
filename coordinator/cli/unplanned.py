"""``milkrun pickup unplanned`` and ``rang``: what was handed over though nobody had planned it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import written
from coordinator.domain.pickups.unplanned import CountDoubtError, HandedOver
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.unplanned import add_handed_over, objections
from coordinator.services.pickups.came_unfit import rang_about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.cli.task import Task
    from coordinator.domain.pickups.unplanned import Added, Objection


def unplanned(task: Task) -> None:
    """Write down a hand-over that was not planned; what is against its milk is said first."""
    words = task.words
    told = HandedOver(words.family, tuple(words.parts), words.on or task.today, words.by, words.note)
    found = objections(task.database, told, task.today)
    if found and not words.sure:
        _complain(task, found)
        raise UserError(saying("Nothing was saved. If it was handed over all the same, add --sure."))
    try:
        added = add_handed_over(task.database, told, task.today, is_miscounted=words.miscounted)
    except CountDoubtError as doubt:
        raise UserError(saying("{doubt} If there was more, add --miscounted.", doubt=str(doubt))) from doubt
    if words.json:
        task.say_document(written(_document(added)))
        return
    for code in added.codes:
        task.say(saying("{code} is settled.", code=code))
    for name in added.stays:
        task.say(saying("{name} counted after that day: the stock stays as it was counted.", name=name))
    if added.objections:
        _complain(task, added.objections)
        task.say(
            saying("It joined no stock. Ring {family}, then: milkrun pickup rang HOLD", family=words.family)
        )


def rang(task: Task) -> None:
    """Note that the family was rung about milk that is no fit."""
    rang_about(task.database, task.words.hold, task.today)
    task.say(saying("Noted that they were rung about the milk of {hold}.", hold=task.words.hold.upper()))


def _complain(task: Task, found: Sequence[Objection]) -> None:
    for one in found:
        task.complain(saying("{lot}: {said}.", lot=one.lot_code, said=one.said))


def _document(added: Added) -> dict[str, object]:
    return {
        "pickups": list(added.codes),
        "no_fit": [{"lot": one.lot_code, "why": str(one.said)} for one in added.objections],
        "counted_since": list(added.stays),
    }
