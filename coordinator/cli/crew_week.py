"""``milkrun drivers --week``: who is free on which day, and the milk that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import aligned, amount, plain_spaces
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.crew_week import Stands
from coordinator.domain.pickups.ordering import clock_time
from coordinator.sayings import Saying, joined, saying
from coordinator.services.pickups import crew_week as service
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.pickups.crew_week import Cover, CrewWeek, VolunteerDay
    from coordinator.domain.pickups.day.routing import Hours
    from coordinator.domain.volume import VolumeUnit


def week(task: Task) -> None:
    """Show the week of volunteers."""
    found = service.crew_week(task.database, task.words.week, task.today)
    if task.words.json:
        task.say_document(json_documents.written(_document(found)))
        return
    unit = settings(task.database).volume_unit
    for at, cover in enumerate(found.cover):
        task.say(_cover(cover, unit))
        rows = [
            (one.code, one.name, _day(one.days[at])) for one in found.volunteers if _is_shown(one.days[at])
        ]
        for line in aligned(rows):
            task.say(f"  {line}")


def _is_shown(one: VolunteerDay) -> bool:
    return one.stands is not Stands.NOT_FREE


def _cover(cover: Cover, unit: VolumeUnit) -> Saying:
    time = plain_spaces(format_minutes(cover.minutes, exact=True))
    who = saying("{count} free for {time} in all", count=cover.free, time=time)
    free = saying(
        "{day}: {who}, {asked} to ask, {driving} driving; {milk} could travel.",
        day=str(cover.on),
        who=who if cover.free else saying("nobody free"),
        asked=cover.asked,
        driving=cover.driving,
        milk=amount(cover.waits, unit),
    )
    return joined(" ", (free, saying("Nobody covers it."))) if cover.is_uncovered else free


def _day(one: VolunteerDay) -> Saying | str:
    match one.stands:
        case Stands.DRIVES:
            return saying("drives {pickups}", pickups=one.runs)
        case Stands.FREE:
            return ", ".join(map(_hours, one.hours))
        case Stands.ASK:
            return saying("hours not known; ask")
        case Stands.AWAY:
            return saying("away")
        case Stands.NOT_FREE:
            return saying("not free")


def _hours(hours: Hours) -> str:
    return f"{clock_time(hours.opens):%H:%M}-{clock_time(hours.closes):%H:%M}"


def _document(found: CrewWeek) -> Document:
    return {
        "week": found.monday.isoformat(),
        "days": [
            {
                "day": cover.on.isoformat(),
                "free": cover.free,
                "free_minutes": cover.minutes,
                "to_ask": cover.asked,
                "driving": cover.driving,
                "runs_planned": cover.runs,
                "could_travel_oz": round(float(cover.waits.oz), 1),
                "covered": not cover.is_uncovered,
                "could_travel": [
                    {"hold": one.hold, "sure": one.fits[at] is True} for one in found.waiting_on(at)
                ],
            }
            for at, cover in enumerate(found.cover)
        ],
        "volunteers": [
            {
                "code": one.code,
                "days": [
                    {
                        "stands": day.stands.value,
                        "hours": [_hours(hours) for hours in day.hours] if day.is_told else None,
                        "pickups": list(day.runs),
                    }
                    for day in one.days
                ],
            }
            for one in found.volunteers
        ],
    }
