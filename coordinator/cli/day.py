"""``milkrun day plan``, ``show`` and ``print``: a whole day of runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.day_json import of_pickups, of_plan
from coordinator.cli.paper import print_whole_day
from coordinator.cli.tables import aligned, amount, plain_spaces
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.day.words import overruled_words, why_words, words_of
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.places.positions import format_distance
from coordinator.sayings import Saying, joined, saying
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning, weekend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.cli.task import Task
    from coordinator.domain.pickups.day.answer import DayPlan, DayRun, DayStop
    from coordinator.domain.pickups.day.words import Wording
    from coordinator.domain.pickups.plans import PickupSummary


def plan(task: Task) -> None:
    """Plan a day; with ``--accept`` make pickups of its runs."""
    words, collects = task.words, task.words.collects or ()
    if words.until is not None:
        _plan_days(task)
        return
    found = days.plan_day(task.database, words.day, task.today, collects=collects)
    wording = days.wording_of(task.database)
    codes: tuple[str, ...] = ()
    if words.accept and (found.runs or collects):
        codes = days.accept_day(
            task.database, found, task.today, collects=collects, overrule=words.overrule or ""
        )
    if words.json:
        task.say_document(json_documents.written(of_plan(found, wording, codes)))
        return
    for line in _lines(found, wording, codes):
        task.say(line)


def _plan_days(task: Task) -> None:
    """Plan several days, each with what the ones before left; with ``--accept`` in one act."""
    words, collects = task.words, task.words.collects or ()
    found = weekend.plan_days(task.database, words.day, words.until, task.today, collects=collects)
    wording = days.wording_of(task.database)
    codes: tuple[tuple[str, ...], ...] = tuple(() for _ in found)
    if words.accept and (collects or any(plan.runs for plan in found)):
        codes = weekend.accept_days(task.database, found, task.today, collects=collects)
    if words.json:
        plans = [of_plan(plan, wording, made) for plan, made in zip(found, codes, strict=True)]
        task.say_document(json_documents.written({"days": plans}))
        return
    later = {hold for plan in found for run in plan.runs for hold in run.added}
    for number, (plan, made) in enumerate(zip(found, codes, strict=True)):
        task.say(saying("{day}:", day=str(plan.on)))
        left = plan.not_planned if number == len(found) - 1 else ()
        shown = replace(plan, not_planned=tuple(one for one in left if one.hold not in later))
        for line in _lines(shown, wording, made):
            task.say(line)


def show(task: Task) -> None:
    """Show the pickups of a day."""
    shown = _pickups(task)
    found = [planning.pickup(task.database, one.code, task.today) for one in shown]
    if task.words.json:
        task.say_document(json_documents.written(of_pickups(found)))
        return
    if not shown:
        task.say(saying("Nothing is planned for {day}.", day=str(task.words.day)))
    for line in aligned([_row(one) for one in shown]):
        task.say(line)
    for one in found:
        for rule in one.overruled:
            words = overruled_words(rule.rule, rule.about, rule.note)
            task.say(saying("{pickup}: {words}", pickup=one.code, words=words))


def print_day(task: Task) -> None:
    """Write a page for the coordinator and the papers of a day's pickups into one PDF."""
    print_whole_day(task)


def _pickups(task: Task) -> list[PickupSummary]:
    return planning.pickups_between(task.database, task.words.day, task.words.day, task.today)


def _row(one: PickupSummary) -> tuple[object, ...]:
    at = f"{one.starts_at:%H:%M}" if one.starts_at else None
    awaited = joined("; ", one.awaited) if one.awaited else saying("nothing is missing")
    return at, one.code, one.kind.words, one.carrier, saying("stops: {count}", count=one.stops), awaited


def _lines(found: DayPlan, wording: Wording, codes: tuple[str, ...]) -> Iterator[Saying | str]:
    if found.is_plain:
        yield saying(
            "Planned without the solver, which is not on this computer: valid, maybe not the shortest."
        )
    if not found.runs:
        yield saying("No run is planned for {day}.", day=str(found.on))
    for number, run in enumerate(found.runs):
        yield _title(run, wording, codes[number] if codes else run.pickup)
        for line in aligned([_stop(stop) for stop in run.stops]):
            yield f"  {line}"
        if run.coolers:
            yield saying("  Coolers: {quarts}", quarts=", ".join(f"{one} qt" for one in run.coolers))
        if run.lunch_at is not None and run.lunch_after is not None:
            yield saying(
                "  Lunch: {time}, after stop {number}", time=_clock(run.lunch_at), number=run.lunch_after + 1
            )
        for one in run.broken:
            what = words_of(one, wording)
            yield f"  ? {what}" if one.is_question else saying("  Look at: {what}", what=what)
    for code in codes[len(found.runs) :]:
        yield saying("{code}: its family fetches it.", code=code)
    yield from _left(found, wording)


def _left(found: DayPlan, wording: Wording) -> Iterator[Saying | str]:
    if found.not_planned:
        yield saying("Not planned:")
        rows = [(one.hold, why_words(one, wording)) for one in found.not_planned]
        for line in aligned(rows):
            yield f"  {line}"


def _title(run: DayRun, wording: Wording, code: str) -> Saying:
    return saying(
        "{code}: {driver} {name}, {starts} to {ends}, {way} by road, {time} in all, at most {milk} aboard",
        code=code or saying("New run"),
        driver=run.driver,
        name=run.driver_name,
        starts=_clock(run.starts_at),
        ends=_clock(run.ends_at),
        way=plain_spaces(format_distance(run.miles, wording.distance_unit, exact=False)),
        time=plain_spaces(format_minutes(run.minutes, exact=True)),
        milk=amount(run.most_aboard, wording.volume_unit),
    )


def _stop(stop: DayStop) -> tuple[object, ...]:
    home = stop.home
    return _clock(stop.arrive), stop.kind.words, home.code, home.name, home.town, ", ".join(stop.holds)


def _clock(minute: int) -> str:
    return f"{clock_time(minute):%H:%M}"
