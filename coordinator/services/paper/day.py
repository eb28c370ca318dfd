"""A day on paper: a page for the coordinator and the set of each of its pickups, in one PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.db.pickups import pickups_of_days
from coordinator.domain.paper.day_page import PrintedDay, day_line, day_page
from coordinator.domain.paper.privacy import Part
from coordinator.domain.pickups.plans import PickupState
from coordinator.errors import UserError
from coordinator.sayings import joined, saying
from coordinator.services.paper.printed_set import NoPartError, set_in
from coordinator.services.paper.sheets import NothingToPrintError, StopNotAgreedError, note_printings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coordinator.db.database import Database
    from coordinator.domain.agreements.thank_you import Card
    from coordinator.domain.paper.set_making import SetWanted

    Watch = Callable[[int, int], None]
    CardsOf = Callable[[str], tuple[Card, ...]]


class NothingOnDayError(UserError):
    """No pickup of the day can be printed; the sentence says why not."""


def printed_day(
    database: Database,
    on: date,
    today: date,
    wanted: SetWanted,
    *,
    cards_of: CardsOf | None = None,
    watch: Watch | None = None,
) -> PrintedDay:
    """Return the day as it would be printed next; looking does not count as printing.

    A pickup to which somebody's yes is missing is left out and said, on the page too.

    Args:
        database: The network.
        on: The day.
        today: The day it is.
        wanted: Which parts of each set.
        cards_of: Gives the cards of a pickup by its code, where cards are wanted.
        watch: Told how far it is: the other half is the drawing. What it raises ends the work.

    Raises:
        NothingOnDayError: If nothing of the day can be printed.
    """
    sets, lines, left_out = [], [], []
    with database.reading() as session:
        rows = [row for row in pickups_of_days(session, on, on) if row.state is PickupState.PLANNED]
        for number, row in enumerate(rows):
            if watch is not None:
                watch(number, 2 * len(rows))
            cards = cards_of(row.code) if cards_of is not None and Part.CARDS in wanted.parts else ()
            try:
                made, pickup = set_in(session, row, today, replace(wanted, cards=cards))
            except (StopNotAgreedError, NothingToPrintError, NoPartError) as error:
                left_out.append(error.said)
            else:
                sets.append(made)
                lines.append(day_line(pickup, made.sheet))
    if not sets:
        why = joined(" ", left_out)
        nothing = saying("Nothing is planned for {day}.", day=on)
        none = saying("No sheet of {day} can be printed yet. {why}", day=on, why=why)
        raise NothingOnDayError(none if left_out else nothing)
    return PrintedDay(day_page(on, sets, lines, left_out), tuple(sets))


def render_day(day: PrintedDay, watch: Watch | None = None) -> bytes:
    """Return the day as a PDF; *watch* is told how far it is, as :func:`printed_day` begins to tell."""
    from coordinator.adapters.pdf.printed_set import render_day as drawn  # noqa: PLC0415 - reportlab costs 0.2 s

    def told(done: int) -> None:
        if watch is not None:
            watch(len(day.sets) + done, 2 * len(day.sets))

    return drawn(day, told)


def print_day(
    database: Database,
    on: date,
    today: date,
    wanted: SetWanted,
    *,
    cards_of: CardsOf | None = None,
    watch: Watch | None = None,
) -> tuple[PrintedDay, bytes]:
    """Return the day and its PDF; its run sheets are noted as printed, in one step of Undo.

    Raises:
        ChangedMeanwhileError: If somebody changed a pickup while it was drawn; nothing is noted.
        NothingOnDayError: If nothing of the day can be printed.
    """
    made = printed_day(database, on, today, wanted, cards_of=cards_of, watch=watch)
    pdf = render_day(made, watch)
    sheets = {one.sheet.pickup_code: one.sheet for one in made.sets if one.has(Part.RUN_SHEET)}
    if sheets:
        label = saying("Printed {day}: {sheets}", day=on, sheets=made.numbers)
        note_printings(database, sheets, today, label)
    return made, pdf
