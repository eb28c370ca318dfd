"""``milkrun day plan``, ``show`` and ``print``: a whole day of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.day_json import of_pickups, of_plan
from coordinator.cli.paper import checked_target
from coordinator.cli.tables import aligned, amount, plain_spaces
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.day.words import overruled_words, why_words, words_of
from coordinator.domain.pickups.ordering import clock_time
from coordinator.domain.places.positions import format_distance
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.paper import day as paper_of_days
from coordinator.services.paper.saving import write_file
from coordinator.services.pickups import day as days
from coordinator.services.pickups import planning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.cli.task import Task
    from coordinator.domain.pickups.day.answer import DayPlan, DayRun, DayStop
    from coordinator.domain.pickups.day.words import Wording
    from coordinator.domain.pickups.plans import PickupSummary


def plan(task: Task) -> None:
    """Plan a day; with ``--accept`` make pickups of its runs."""
    words = task.words
    found = days.plan_day(task.database, words.day, task.today, collects=words.collects or ())
    wording = days.wording_of(task.database)
    codes: tuple[str, ...] = ()
    if words.accept and found.runs:
        codes = days.accept_day(task.database, found, task.today, overrule=words.overrule or "")
    if words.json:
        task.say_document(json_documents.written(of_plan(found, wording, codes)))
        return
    for line in _lines(found, wording, codes):
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
    """Write the sheets of a day's pickups into one PDF."""
    target, day = checked_target(task.words.output), task.words.day
    made = paper_of_days.print_day(task.database, day, task.today)
    for code, why in made.left_out:
        task.complain(saying("{pickup} is not printed: {why}", pickup=code, why=why.said))
    if not made.numbers:
        raise UserError(saying("No sheet of {day} can be printed yet.", day=str(day)))
    write_file(target, made.pdf)
    task.say(f"{', '.join(made.numbers)}: {target}")


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
            yield (
                saying("  To ask: {what}", what=what)
                if one.is_question
                else saying("  Look at: {what}", what=what)
            )
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
