"""``milkrun coolers`` and ``milkrun cooler add``, ``give``, ``back``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import table
from coordinator.domain.pickups.cooler_places import away_words, out_by_place
from coordinator.sayings import Saying, saying
from coordinator.services.pickups import coolers as service

if TYPE_CHECKING:
    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.pickups.cooler_places import Cooler, Whom


def coolers(task: Task) -> None:
    """List the coolers: those at somebody else first, the longest away on top."""
    found = service.list_coolers(task.database)
    if task.words.json:
        task.say_document(json_documents.written([_document(one) for one in found]))
        return
    if not found:
        task.say(saying("There are no coolers yet. Add one: milkrun cooler add “blue” 28 --of V-0001"))
        return
    quarts = saying("Quarts")
    headers = (saying("No."), saying("Name"), quarts, saying("Whose"), saying("Where"), saying("Away"))
    rows = [
        (
            one.number,
            one.name,
            one.quarts,
            _whom(one.owner, saying("the network")),
            _whom(one.at, saying("with you")),
            away_words(one, task.today) if one.is_out else None,
        )
        for one in found
    ]
    for line in table(headers, rows, (quarts,)):
        task.say(line)
    for sentence in out_by_place(found, task.today):
        task.say(sentence)


def add(task: Task) -> None:
    """Add a cooler and say its number."""
    words = task.words
    number = service.add_cooler(
        task.database, words.name, words.quarts, task.today, owner=words.of, at=words.at, since=words.since
    )
    task.say(saying("Cooler {number} is added.", number=number))


def give(task: Task) -> None:
    """Note who has a cooler now."""
    words = task.words
    service.give_cooler(task.database, words.cooler, words.to, words.on or task.today, task.today)
    task.say(saying("Cooler {number} is with {code}.", number=words.cooler, code=words.to.upper()))


def back(task: Task) -> None:
    """Note that a cooler came back to its owner."""
    words = task.words
    service.bring_back(task.database, words.cooler, words.on or task.today, task.today)
    task.say(saying("Cooler {number} is back.", number=words.cooler))


def _whom(one: Whom | None, otherwise: Saying) -> Saying:
    return saying("{code} {name}", code=one.code, name=one.name) if one else otherwise


def _document(one: Cooler) -> Document:
    return {
        "number": one.number,
        "name": one.name,
        "quarts": one.quarts,
        "owner": one.owner.code if one.owner else None,
        "at": one.at.code if one.at else None,
        "since": one.since.isoformat() if one.since else None,
        "out": one.is_out,
    }
