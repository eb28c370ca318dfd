"""``milkrun pickup new``, ``add``, ``along``, ``show`` and ``settle``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.reading import PICKUP_KINDS
from coordinator.cli.tables import aligned, amount, plain_spaces
from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.driving.odometers import Odometer, OdometerDoubtError
from coordinator.domain.paper.sheet_numbers import read_sheet_number
from coordinator.domain.pickups.plans import Correction, LeftWith, usual_day
from coordinator.domain.pickups.sheet_told import SheetTold, StopTimes, TimesDoubtError, hours_words
from coordinator.domain.places.positions import KM_PER_MILE, DistanceUnit, format_distance
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.driving import drive_times
from coordinator.services.paper import printed_sheets
from coordinator.services.pickups import crew, planning, proposing, sheet_told
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from coordinator.cli.task import Task
    from coordinator.domain.pickups.plans import Delivered, Outcome, Pickup, Stop
    from coordinator.domain.pickups.volunteers import Volunteer
    from coordinator.domain.volume import VolumeUnit


def new(task: Task) -> None:
    """Plan a pickup and show it."""
    words = task.words
    if words.propose:
        _propose(task)
        return
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


def _propose(task: Task) -> None:
    """Say when the families are free and who could drive then, best first; nothing is planned."""
    words = task.words
    codes = [code.upper() for code in words.holds]
    found = proposing.propose_time(task.database, codes, task.today, on=words.on)
    for family in found.families:
        task.say(saying("{name}: {hours}", name=family.name, hours=family.hours or saying("hours not known")))
    usual = found.standing_on or usual_day(task.today)
    on = words.on or (found.meeting.on if found.meeting else usual)
    at = words.at or (found.meeting.at if found.meeting else None)
    task.say(_proposed(found, on, at))
    ranking = proposing.rank_volunteers(task.database, codes, on, at, task.today)
    for line in aligned([_volunteer(one) for one in ranking]):
        task.say(f"  {line}")


def _proposed(found: proposing.Proposal, on: date, at: time | None) -> Saying:
    if found.meeting is None:
        return saying("These hours propose no time; {day} is taken below.", day=str(on))
    if at is None:
        return saying("By these hours: {day}; agree on the time with them.", day=str(on))
    return saying("By these hours: {day} at {time}.", day=str(on), time=clock_words(at))


def _volunteer(one: Volunteer) -> tuple[object, ...]:
    broken = joined(" ", one.rules) if one.rules else saying("nothing in the way")
    runs = one.known.runs_with_them
    known = saying("was with these families before: {count}", count=runs) if runs else ""
    return one.driver.code, one.driver.household.name, broken, known


def along(task: Task) -> None:
    """Note who comes along on a run, or that nobody does, and show it."""
    crew.set_second_driver(task.database, task.words.pickup, "" if task.words.nobody else task.words.driver)
    _show(task, task.words.pickup)


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
    """Write down what was handed over, or with ``--again`` what was so instead.

    What no word speaks of went as planned, or stays as it is written down.
    """
    code = _of_paper(task, task.words.pickup)
    using = settings(task.database)
    odometer = _odometer(task.words.odometer, using.distance_unit)
    before = planning.pickup(task.database, code, task.today)
    sheet = _sheet(task, before)
    try:
        stays = _write_down(task, code, odometer, sheet)
    except TimesDoubtError as doubt:
        raise UserError(saying("{doubt} If they are right, add --times-sure.", doubt=str(doubt))) from doubt
    except OdometerDoubtError as doubt:
        raise UserError(saying("{doubt} If they are right, add --sure.", doubt=str(doubt))) from doubt
    if not task.words.again and before.on > task.today:
        day = str(before.on)
        task.complain(saying("{code} was planned for {day}, which is still to come.", code=code, day=day))
    unit = using.volume_unit
    found = planning.pickup(task.database, code, task.today)
    for one in found.deliveries:
        task.say(saying("{code}: {said}.", code=one.hold_code, said=joined(", ", _settled(one, unit))))
    for name in stays:
        task.say(saying("{name} counted after that day: the stock stays as it was counted.", name=name))
    for out in sheet_told.minutes_out(task.database, code, task.today):
        words = out.asks if out.is_long else saying("{out} out of the freezer", out=hours_words(out.minutes))
        task.say(saying("{code}: {said}.", code=out.hold_code, said=words))
    if found.odometer is not None:
        task.say(_driven(found, found.odometer, using.distance_unit))
    task.say(
        saying("{code} is corrected.", code=code)
        if task.words.again
        else saying("{code} is settled.", code=code)
    )


def _of_paper(task: Task, typed: str) -> str:
    """Return the pickup of what was typed; of an old sheet's number, say what changed since."""
    number = read_sheet_number(typed)
    if number is None or number.printing is None:
        return typed.upper()
    found = printed_sheets.printed_sheet(task.database, number, task.today)
    if not found.was_printed:
        task.complain(saying("{sheet} was never printed here; look at the number again.", sheet=str(number)))
    elif found.is_old:
        since = joined("; ", found.since) if found.since else saying("the plan changed")
        task.complain(
            saying("{sheet} was printed before this changed: {since}.", sheet=str(number), since=since)
        )
    return number.pickup_code


def _sheet(task: Task, found: Pickup) -> SheetTold:
    """Return the times and the note of the line; the stops are named by their numbers on the sheet."""
    stops = {stop.number: stop for stop in found.stops}
    for number, *_ in task.words.times:
        if number not in stops:
            raise UserError(saying("{pickup} has no stop {number}.", pickup=found.code, number=number))
    times = tuple(StopTimes(stops[number].id, came, freezer) for number, came, freezer in task.words.times)
    return SheetTold(times, task.words.sheet_note, is_sure=task.words.times_sure)


def _write_down(task: Task, code: str, odometer: Odometer | None, sheet: SheetTold) -> tuple[str, ...]:
    words, sure = task.words, task.words.sure
    where = _where(task)
    if not words.again:
        told = [replace(one, where=where.get(one.hold_code)) for one in _all_told(task)] or None
        return planning.settle(
            task.database, code, told, task.today, odometer=odometer, sheet=sheet, sure=sure
        )
    known = {one.hold_code: one for one in planning.pickup(task.database, code, task.today).deliveries}
    corrections = [
        replace(
            _correction(one, known.get(one.hold_code)),
            where=where.get(one.hold_code),
        )
        for one in words.outcomes
    ]
    spoken = {one.hold_code for one in words.outcomes}
    corrections += [
        _unchanged(code, known.get(code), said) for code, said in where.items() if code not in spoken
    ]
    return planning.settle_again(
        task.database, code, corrections, task.today, odometer=odometer, sheet=sheet, sure=sure
    )


def _where(task: Task) -> dict[str, LeftWith]:
    """Return who has what was left behind, by hold, as the line says."""
    found = {code.upper(): LeftWith.DONOR for code in task.words.with_donor}
    for code in task.words.with_volunteer:
        if found.setdefault(code.upper(), LeftWith.VOLUNTEER) is LeftWith.DONOR:
            raise UserError(saying("{hold} is named as with both; name it once.", hold=code.upper()))
    return found


def _all_told(task: Task) -> list[Outcome]:
    """Return what the line says of holds; who only says where its milk is must say what came."""
    told: list[Outcome] = list(task.words.outcomes)
    spoken = {one.hold_code for one in told}
    for code in _where(task):
        if code not in spoken:
            raise UserError(saying("Say what came of {hold} too: {hold}=40, or {hold}=nobody.", hold=code))
    return told


def _unchanged(code: str, was: Delivered | None, where: LeftWith) -> Correction:
    """Return the correction that says only where the milk is."""
    if was is None:
        return Correction(code, where=where)
    return Correction(code, nobody_home=was.nobody_home, condition=was.condition, note=was.note, where=where)


def _correction(told: Outcome, was: Delivered | None) -> Correction:
    """Return what a word of the line says instead of what was; how the milk came and the note stay."""
    found = Correction(told.hold_code, told.delivered, nobody_home=told.nobody_home)
    return found if was is None else replace(found, condition=was.condition, note=was.note)


def _settled(one: Delivered, unit: VolumeUnit) -> Iterator[Saying]:
    yield saying("{amount} handed over", amount=amount(one.delivered, unit))
    if one.left_behind:
        yield saying("{amount} stayed behind", amount=amount(one.left_behind, unit))
    if one.with_driver:
        yield saying("{amount} counts as with the volunteer", amount=amount(one.with_driver, unit))
    if one.lost:
        yield saying("{amount} was lost", amount=amount(one.lost, unit))
    if one.nobody_home:
        yield saying("nobody was home")


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


def _driven(found: Pickup, odometer: Odometer, unit: DistanceUnit) -> Saying:
    driven = plain_spaces(format_distance(odometer.driven_miles, unit, exact=True))
    planned = plain_spaces(format_distance(found.road_miles, unit, exact=False))
    return saying("Driven {driven}, planned {planned} by road.", driven=driven, planned=planned)


def _show(task: Task, code: str) -> None:
    found = _with_roads(task, code)
    using = settings(task.database)
    task.say(_title(found, using.distance_unit))
    for line in aligned([_stop(stop, using.volume_unit) for stop in found.stops]):
        task.say(f"  {line}")
    if found.lunch is not None:
        at = f"{found.lunch.at:%H:%M}"
        task.say(saying("  Lunch: {time}, {minutes} min", time=at, minutes=found.lunch.minutes))
    for sentence in found.broken:
        task.say(saying("  Look at: {what}", what=sentence))
    old = printed_sheets.out_of_date(task.database, found, task.today)
    if old is not None:
        since = joined("; ", old.since) if old.since else saying("the plan")
        task.say(
            saying(
                "  Changed since {sheet} was printed: {since}. Print it again.",
                sheet=str(old.number),
                since=since,
            )
        )


def _title(found: Pickup, unit: DistanceUnit) -> Saying:
    way = saying(
        "{distance} by road, about {minutes} min in all ({source})",
        distance=plain_spaces(format_distance(found.road_miles, unit, exact=False)),
        minutes=found.minutes,
        source=found.road_host or saying("estimate"),
    )
    parts = (_when(found), found.carrier, found.second, found.meeting_place)
    what = joined(", ", filter(None, parts))
    return saying(
        "{code}: {what}; {way}; {state}", code=found.code, what=what, way=way, state=found.state.words
    )


def _when(found: Pickup) -> Saying:
    kind, on = found.kind.words, str(found.on)
    if found.starts_at is None:
        return saying("{kind} on {day}", kind=kind, day=on)
    at = f"{found.starts_at:%H:%M}"
    return saying("{kind} on {day} at {time}", kind=kind, day=on, time=at)


def _stop(stop: Stop, unit: VolumeUnit) -> tuple[object, ...]:
    at = f"{stop.arrive:%H:%M}" if stop.arrive else None
    milk = ", ".join(f"{hold.code} {amount(hold.volume, unit)}" for hold in stop.holds)
    look = "; ".join((*([str(saying("check the road"))] if stop.crosses_water else []), *stop.broken))
    return stop.number, at, stop.kind.words, stop.code, stop.name, stop.town, milk, look
