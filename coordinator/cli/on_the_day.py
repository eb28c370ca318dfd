"""``pickup cancel-stop``, ``collects``, ``again``, ``let-go``, ``went-back``, ``pass-on``: on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import written
from coordinator.cli.tables import aligned
from coordinator.domain.places.positions import format_distance
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.passing_on import near_by
from coordinator.services.agreements.passing_on import pass_on as pass_milk_on
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.pickups import left_behind, on_the_day, planning
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task


_NEAREST = 10
"""So many families are shown; --json has all."""


def cancel_stop(task: Task) -> None:
    """Cancel a stop, named by its number, with all the milk it was for."""
    code, number = task.words.pickup.upper(), task.words.stop
    stops = {stop.number: stop for stop in planning.pickup(task.database, code, task.today).stops}
    if number not in stops:
        raise UserError(saying("{pickup} has no stop {number}.", pickup=code, number=number))
    holds = on_the_day.cancel_stop(task.database, code, stops[number].id)
    _say(task, {"pickup": code, "wait_again": list(holds)})
    if not task.words.json:
        task.say(
            saying(
                "Stop {number} of {pickup} is cancelled; {holds} wait.",
                number=number,
                pickup=code,
                holds=holds,
            )
        )


def collects(task: Task) -> None:
    """Let a family collect itself what a run was to bring."""
    code, family = task.words.pickup.upper(), task.words.family.upper()
    codes = on_the_day.let_collect(task.database, code, family)
    _say(task, {"pickup": code, "own_pickups": list(codes)})
    if not task.words.json:
        task.say(saying("{family} collects it: {pickups}.", family=family, pickups=codes))


def again(task: Task) -> None:
    """Hold what was left behind for its family once more."""
    code = plan_again(task.database, task.words.hold, task.today)
    _say(task, {"hold": code})
    if not task.words.json:
        task.say(saying("It is on hold again: {hold}. Both are to be asked.", hold=code))


def let_go(task: Task) -> None:
    """Let go what was left behind, and keep why."""
    left_behind.let_go(task.database, task.words.hold, task.words.why, task.today)
    task.say(saying("Let go what {hold} left behind.", hold=task.words.hold.upper()))


def went_back(task: Task) -> None:
    """Write down that what was left with the volunteer is with the donor."""
    left_behind.went_back(task.database, task.words.hold, task.today)
    task.say(saying("What {hold} left behind is with the donor, and free.", hold=task.words.hold.upper()))


def pass_on(task: Task) -> None:
    """Give what was left in the car to another family the same day; without one, say who is near."""
    words = task.words
    if words.family is None:
        _say_near(task)
        return
    code = pass_milk_on(task.database, words.hold, words.family, task.today, volume=words.amount)
    _say(task, {"pickup": code})
    if not words.json:
        task.say(
            saying("{pickup} takes it to {family}; settle it then.", pickup=code, family=words.family.upper())
        )


def _say_near(task: Task) -> None:
    found = near_by(task.database, task.words.hold, task.today)
    if task.words.json:
        documents: list[dict[str, object]] = [
            {
                "recipient": one.code,
                "name": one.name,
                "miles": None if one.miles is None else round(one.miles, 1),
                "standing": one.standing.name.lower(),
            }
            for one in found
        ]
        task.say_document(written(documents))
        return
    if not found:
        task.say(saying("Nobody else waits whom this milk fits."))
    unit = settings(task.database).distance_unit
    rows = [
        (
            one.code,
            one.name,
            "" if one.miles is None else format_distance(one.miles, unit, exact=False).replace("\u00a0", " "),
            one.standing.words,
        )
        for one in found[:_NEAREST]
    ]
    for line in aligned(rows):
        task.say(line)
    if len(found) > _NEAREST:
        task.say(saying("and {count} more, further away", count=len(found) - _NEAREST))


def _say(task: Task, document: dict[str, object]) -> None:
    if task.words.json:
        task.say_document(written(document))
