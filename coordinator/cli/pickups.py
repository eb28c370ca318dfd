"""``milkrun pickup new``, ``add``, ``show`` and ``settle``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.reading import PICKUP_KINDS
from coordinator.cli.tables import aligned, amount
from coordinator.domain.driving.odometers import Odometer, OdometerDoubtError
from coordinator.domain.pickups.plans import usual_day
from coordinator.domain.places.positions import KM_PER_MILE, DistanceUnit, format_distance
from coordinator.errors import UserError
from coordinator.services.driving import drive_times
from coordinator.services.pickups import planning
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.pickups.plans import Pickup, Stop
    from coordinator.domain.volume import VolumeUnit


def new(task: Task) -> None:
    """Plan a pickup and show it."""
    words = task.words
    kind = words.kind or ("run" if words.driver else "meet" if words.place else "collect")
    code = planning.plan_pickup(
        task.database,
        PICKUP_KINDS[kind],
        words.on or usual_day(task.today),
        words.holds,
        today=task.today,
        driver_code=words.driver,
        starts_at=words.at,
        meeting_place=words.place,
    )
    _show(task, code)


def add(task: Task) -> None:
    """Let more holds travel with a pickup and show it."""
    for hold in task.words.holds:
        planning.add_hold(task.database, task.words.pickup, hold, task.today)
    _show(task, task.words.pickup)


def show(task: Task) -> None:
    """Show a pickup."""
    if task.words.json:
        found = _with_roads(task, task.words.pickup)
        task.say_document(json_documents.written(json_documents.of_pickup(found)))
        return
    _show(task, task.words.pickup)


def settle(task: Task) -> None:
    """Write down what was handed over; what no word speaks of went as planned."""
    code = task.words.pickup.upper()
    using = settings(task.database)
    odometer = _odometer(task.words.odometer, using.distance_unit)
    try:
        planning.settle(
            task.database,
            code,
            task.words.outcomes or None,
            task.today,
            odometer=odometer,
            sure=task.words.sure,
        )
    except OdometerDoubtError as doubt:
        raise UserError(f"{doubt} If they are right, add --sure.") from doubt
    unit = using.volume_unit
    found = planning.pickup(task.database, code, task.today)
    for one in found.deliveries:
        left = f", {amount(one.left_behind, unit)} stayed behind" if one.left_behind else ""
        nobody = ", nobody was home" if one.nobody_home else ""
        task.say(f"{one.hold_code}: {amount(one.delivered, unit)} handed over{left}{nobody}.")
    if found.odometer is not None:
        task.say(_driven(found, found.odometer, using.distance_unit))
    task.say(f"{code} is settled.")


def _with_roads(task: Task, code: str) -> Pickup:
    """Return the pickup, its drive times from the road server where one is switched on."""
    found = planning.pickup(task.database, code, task.today)
    question = drive_times.about_pickup(task.database, found)
    if question is None:
        return found
    told = drive_times.ask(question)
    if told.sentence:
        task.complain(told.sentence)
    return planning.pickup(task.database, code, task.today)


def _odometer(typed: list[float] | None, unit: DistanceUnit) -> Odometer | None:
    """Return the two figures, typed in the unit in force, in miles."""
    if typed is None:
        return None
    start, end = (figure / KM_PER_MILE if unit is DistanceUnit.KM else figure for figure in typed)
    return Odometer(start, end)


def _driven(found: Pickup, odometer: Odometer, unit: DistanceUnit) -> str:
    driven = format_distance(odometer.driven_miles, unit, exact=True).replace("\u00a0", " ")
    planned = format_distance(found.road_miles, unit, exact=False).replace("\u00a0", " ")
    return f"Driven {driven}, planned {planned} by road."


def _show(task: Task, code: str) -> None:
    found = _with_roads(task, code)
    using = settings(task.database)
    task.say(_title(found, using.distance_unit))
    for line in aligned([_stop(stop, using.volume_unit) for stop in found.stops]):
        task.say(f"  {line}")
    for sentence in found.broken:
        task.say(f"  Look at: {sentence}")


def _title(found: Pickup, unit: DistanceUnit) -> str:
    at = f" at {found.starts_at:%H:%M}" if found.starts_at else ""
    carrier = f", {found.carrier}" if found.carrier else ""
    place = f", {found.meeting_place}" if found.meeting_place else ""
    miles = format_distance(found.road_miles, unit, exact=False).replace("\u00a0", " ")
    source = found.road_host or "estimate"
    way = f"{miles} by road, about {found.minutes} min in all ({source})"
    return f"{found.code}: {found.kind.value} on {found.on}{at}{carrier}{place}; {way}; {found.state.value}"


def _stop(stop: Stop, unit: VolumeUnit) -> tuple[object, ...]:
    at = f"{stop.arrive:%H:%M}" if stop.arrive else None
    milk = ", ".join(f"{hold.code} {amount(hold.volume, unit)}" for hold in stop.holds)
    look = "; ".join((*(["check the road"] if stop.crosses_water else []), *stop.broken))
    return stop.number, at, stop.kind.value, stop.code, stop.name, stop.town, milk, look
