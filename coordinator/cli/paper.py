"""``milkrun sheet``, ``set``, ``schedule``, ``map`` and ``calendar``: files to print or to send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coordinator import open_networks
from coordinator.domain.paper.privacy import Part
from coordinator.domain.paper.set_making import SetWanted
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements import thanking
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
    """Write the papers of a pickup as one PDF and note that they were printed."""
    target, words = checked_target(task.words.output), task.words
    cards: tuple[Card, ...] = ()
    if Part.CARDS in words.parts:
        pairs = sets.pairs_of(task.database, words.pickup)
        cards = thanking.cards_of(task.database, pairs, task.today)
    wanted = SetWanted(words.parts, words.both_sides, cards)
    made, pdf = sets.print_set(task.database, words.pickup, task.today, wanted)
    write_file(target, pdf)
    task.say(f"{made.head.sheet_number}: {target}")


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
