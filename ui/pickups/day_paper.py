"""The papers of a whole day for the print dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from coordinator.bootstrap import Database
from coordinator.domain.agreements.thank_you import Card
from coordinator.domain.paper.day_page import PrintedDay
from coordinator.domain.paper.set_making import SetWanted
from coordinator.services.agreements import thanking
from coordinator.services.paper import day as days
from coordinator.services.paper import printed_set
from coordinator.services.pickups import planning
from coordinator.services.settings.values import settings
from ui.pickups.parts_bar import PartsOffered
from ui.pickups.pickup_words import still_asked_words
from ui.pickups.print_dialog import Paper
from ui.pickups.ring_form import whom_to_ask_for
from ui.translation import translate


def day_paper(
    database: Database, on: date, today: date, wanted: SetWanted, report: Callable[[int, int], None]
) -> Paper:
    """Return the papers of all pickups of *on* as they would be printed next.

    Args:
        database: The network.
        on: The day.
        today: The day it is.
        wanted: Which parts of each set.
        report: Told how far it is; what it raises ends the work.

    Raises:
        NothingOnDayError: If nothing of the day can be printed.
    """
    draw, record = partial(_draw, database, on, today), partial(_record, database, on, today)
    made = days.printed_day(
        database, on, today, wanted, cards_of=partial(_cards, database, today), watch=report
    )
    return Paper(
        translate("Pickups", "Day {day}").format(day=on.isoformat()),
        days.render_day(made, report),
        partial(record, wanted),
        whom_to_ask_for(settings(database)),
        "\n".join((*map(str, made.page.not_printed), *_still_asked(database, made, today))),
        partial(draw, wanted),
        PartsOffered("", wanted, draw, record),
    )


def _still_asked(database: Database, made: PrintedDay, today: date) -> Iterator[str]:
    for one in made.sets:
        words = still_asked_words(planning.pickup(database, one.sheet.pickup_code, today))
        if words:
            yield words


def _draw(database: Database, on: date, today: date, wanted: SetWanted) -> bytes:
    cards_of = partial(_cards, database, today)
    return days.render_day(days.printed_day(database, on, today, wanted, cards_of=cards_of))


def _record(database: Database, on: date, today: date, wanted: SetWanted) -> bytes:
    return days.print_day(database, on, today, wanted, cards_of=partial(_cards, database, today))[1]


def _cards(database: Database, today: date, code: str) -> tuple[Card, ...]:
    return thanking.cards_of(database, printed_set.pairs_of(database, code), today)
