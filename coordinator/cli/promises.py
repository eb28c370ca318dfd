"""``milkrun promises``: the board of everything between a hold and the question how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from coordinator.cli.cases_json import of_card
from coordinator.cli.json_documents import written
from coordinator.cli.tables import aligned
from coordinator.sayings import Saying, joined, plural, saying
from coordinator.services.agreements.board import promises as all_promises
from coordinator.services.families.recipients import list_recipients

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.board import Card


def promises(task: Task) -> None:
    """Show every promise in its column, what has stood too long first."""
    cards = all_promises(task.database, task.today)
    if task.words.json:
        task.say_document(written({"promises": [of_card(one) for one in cards]}))
        return
    if not cards:
        task.say(_nothing_promised(task))
    for station, some in groupby(cards, key=attrgetter("station")):
        task.say(saying("{title}:", title=station.words))
        for line in aligned([_line(one) for one in some]):
            task.say(f"  {line}")


def _nothing_promised(task: Task) -> Saying:
    """Return what comes first: milk for the family that runs out first, or families at all."""
    families = [one for one in list_recipients(task.database, task.today) if not one.paused]
    if not families:
        return saying(
            "No milk is promised, and no family is there yet. Read them in with: milkrun import FILE"
        )
    first = min(families, key=lambda one: (one.runway.lasts_until or date.max, one.code))
    return saying("No milk is promised. Find some with: milkrun match {family}", family=first.code)


def _line(card: Card) -> Sequence[object]:
    hold = card.hold
    names = joined(" → ", (hold.donor_name, hold.recipient_name))
    waits = joined(", ", (card.turn.words, plural("{n} day", "{n} days", card.days)))
    if card.is_late:
        waits = saying("{waits}: late", waits=waits)
    return hold.code, names, card.words, waits, card.next.words
