"""``milkrun sheet``, ``set``, ``schedule``, ``map``, ``calendar`` and ``take-along``: to print or to send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordinator import open_networks
from coordinator.domain.paper.privacy import Part
from coordinator.domain.paper.set_making import SetWanted
from coordinator.domain.paper.take_along import MAP_HOST
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements import thanking
from coordinator.services.paper import day as days
from coordinator.services.paper import maps, sheets, take_along
from coordinator.services.paper import printed_set as sets
from coordinator.services.paper.saving import write_file

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.thank_you import Card


def sheet(task: Task) -> None:
    """Write the sheet of a pickup and note that it was printed."""
    target = checked_target(task.words.output)
    made, pdf = sheets.print_pickup_sheet(task.database, task.words.pickup, task.today)
    write_file(target, pdf)
    task.say(f"{made.sheet_number}: {target}")


def printed_set(task: Task) -> None:
    """Write the papers of a pickup, or of a day's, as one PDF and note that they were printed."""
    words = task.words
    if (words.pickup is None) == (words.day is None):
        raise UserError(saying("Name a pickup, such as P-0001, or a day, such as --day 2026-11-28."))
    if words.pickup is None:
        print_whole_day(task)
        return
    target = checked_target(words.output)
    cards = _cards(task, words.pickup) if Part.CARDS in words.parts else ()
    wanted = SetWanted(words.parts, words.both_sides, cards)
    made, pdf = sets.print_set(task.database, words.pickup, task.today, wanted)
    write_file(target, pdf)
    task.say(f"{made.head.sheet_number}: {target}")


def print_whole_day(task: Task) -> None:
    """Write the papers of all pickups of a day as one PDF, a page for the coordinator on top."""
    target, words = checked_target(task.words.output), task.words
    wanted = SetWanted(words.parts, words.both_sides)
    made, pdf = days.print_day(
        task.database, words.day, task.today, wanted, cards_of=lambda code: _cards(task, code)
    )
    for why in made.page.not_printed:
        task.complain(why)
    write_file(target, pdf)
    task.say(f"{', '.join(made.numbers)}: {target}")


def _cards(task: Task, code: str) -> tuple[Card, ...]:
    return thanking.cards_of(task.database, sets.pairs_of(task.database, code), task.today)


def schedule(task: Task) -> None:
    """Write the schedule of a week."""
    week = sheets.week_schedule(task.database, task.words.week, task.today)
    write_file(checked_target(task.words.output), sheets.render_schedule(week))
    week_from = str(task.words.week)
    task.say(saying("The week from {day}: {file}", day=week_from, file=str(task.words.output)))


def calendar(task: Task) -> None:
    """Write a driver's runs as a calendar file."""
    target = checked_target(task.words.output)
    write_file(target, take_along.driver_calendar(task.database, task.words.driver, task.today))
    task.say(saying("{file}: first names and towns, no street and no phone.", file=str(target)))


def take_along_of(task: Task) -> None:
    """Show the run as a text, or as links for a phone's map; nothing is sent."""
    if task.words.text:
        for line in take_along.text_for_driver(task.database, task.words.pickup, task.today).splitlines():
            task.say(line)
        return
    for link in take_along.links_for_phone(task.database, task.words.pickup, task.today):
        task.say(link)
    task.say(saying("Nothing was sent. Whoever opens a link sends the places to {host}.", host=MAP_HOST))


def draw_map(task: Task) -> None:
    """Write a map of the region, or of one family and who could help it."""
    target, family = checked_target(task.words.output), task.words.recipient
    made = (
        maps.family_map(task.database, family, task.today)
        if family
        else maps.region_map(task.database, task.today)
    )
    write_file(target, maps.render_map(made))
    task.say(f"{made.title}: {target}")


def checked_target(path: Path) -> Path:
    """Return *path* when a file can stand there: a printing is only counted when it comes out."""
    if path.is_dir() or not path.parent.is_dir():
        raise UserError(
            saying("{path} cannot be written. Choose a file in a folder that exists.", path=str(path))
        )
    open_networks.refuse(path)
    return path
