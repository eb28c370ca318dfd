"""``milkrun needs``: who needs how much until when, and what is missing in the weeks to come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import amount, figure, table
from coordinator.sayings import Saying, joined, saying
from coordinator.services.milk import needs as need_service
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.milk.needs import Need, Runway
    from coordinator.domain.milk.runways import NetworkRunway
    from coordinator.domain.today import RunOut
    from coordinator.domain.volume import VolumeUnit


def needs(task: Task) -> None:
    """List families who run out this week, then what is missing week by week, by what is asked for."""
    found = need_service.needs(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written(json_documents.of_needs(found)))
        return
    unit = settings(task.database).volume_unit
    runways = {family.code: family.runway for family in found.families}
    lines = [_run_out(line, runways[line.code], unit) for line in found.runs_out if not line.is_stale]
    task.say(
        saying("Running out this week:")
        if lines
        else saying("Running out this week: nobody by a figure that is fresh.")
    )
    a_day = saying("{unit} a day", unit=unit.value)
    intakes = (saying("High intake"), saying("Low intake"))
    headers = (saying("Code"), saying("Name"), a_day, saying("Lasts until"), *intakes)
    for text in table(headers, lines, (a_day,)) if lines else ():
        task.say(f"  {text}")
    task.say()
    _weeks(task, found.weeks, unit)
    task.say(saying("Free with donors now: {amount}.", amount=amount(found.free, unit)))


def _run_out(line: RunOut, runway: Runway, unit: VolumeUnit) -> tuple[object, ...]:
    days = (_day(last) for last in (runway.lasts_until, runway.soonest, runway.latest))
    return (line.code, line.name, _band(runway.need, unit), *days)


def _weeks(task: Task, weeks: NetworkRunway, unit: VolumeUnit) -> None:
    names = (f"{day:%m-%d}" for day in weeks.weeks)
    headers: tuple[Saying | str, ...] = (
        saying("Asks for"),
        saying("Families"),
        *names,
        saying("In all"),
        saying("Old figures"),
    )
    rows = [
        (
            row.trait.words,
            row.families,
            *(figure(week.expected, unit) for week in row.weeks),
            figure(row.in_all.expected, unit),
            figure(row.in_all.by_old_figures, unit),
        )
        for row in weeks.rows
    ]
    task.say(
        saying(
            "Missing in the weeks from, {unit} at expected intake (a family counts once in each row):",
            unit=unit.value,
        )
    )
    for text in table(headers, rows, headers[1:]):
        task.say(f"  {text}")
    for why, codes in (
        (saying("birth date or milk at home not known"), weeks.unknown),
        (saying("the baby is referred"), weeks.referred),
    ):
        if codes:
            task.say(saying("Not counted, {why}: {codes}.", why=why, codes=joined(", ", codes)))
    coming = amount(weeks.to_come, unit)
    task.say(saying("On hold or agreed, and counted as coming: {amount}.", amount=coming))


def _band(need: Need | None, unit: VolumeUnit) -> str:
    if need is None:
        return str(saying("ask"))
    return "-".join(figure(volume, unit) for volume in (need.low, need.expected, need.high))


def _day(last: date | None) -> str:
    return str(saying("no end")) if last is None else last.isoformat()
