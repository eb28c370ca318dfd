"""What a donor says about one food that a baby must avoid: that she stops it, never eats it, or goes on."""

from __future__ import annotations

from datetime import date
from typing import Final

import sqlalchemy as sa

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow
from coordinator.db.living import living
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.facts.food_names import food_key, is_part_of
from coordinator.domain.imports.typed import NotClearError, read_facts
from coordinator.domain.records.history import Action
from coordinator.sayings import saying
from coordinator.services.screening.facts import store_fact

STOPS_TODAY: Final = "today"
NEVER: Final = "never"
_STOPS: Final = frozenset({"yes", STOPS_TODAY})


def record_food(database: Database, donor_code: str, food: str, words: str, today: date) -> None:
    """Keep what a donor said when she was asked whether she would stop *food*.

    "No" is told of this food alone: what she leaves out besides stays as it is.

    Raises:
        NotClearError: If the words leave open which food is meant, or when.
    """
    told = _told(food, words, today)
    label = saying("Recorded an answer of {donor}", donor=donor_code)
    with database.writing(Action("fact.recorded", label), today) as session:
        donor = living(by_code(session, DonorRow, donor_code))
        avoided = sa.select(FactRow).where(
            FactRow.donor_id == donor.id, FactRow.kind == FactKind.FOOD_AVOIDED, FactRow.subject == ""
        )
        for old in session.scalars(avoided):
            if old.presence is Presence.NO and told.presence is Presence.YES:
                session.delete(old)  # "none" is not true any more
        store_fact(session, donor.id, told, today)


def _told(food: str, words: str, today: date) -> Fact:
    """Return what *words* say about *food*; the days are those she tells."""
    plain = " ".join(words.casefold().split()).strip(" .!,")
    subject, call = food_key(food), FactSource.CALL
    if plain.removeprefix("from ") in _STOPS:
        return Fact(FactKind.FOOD_AVOIDED, Presence.YES, subject, today, raw=words, source=call)
    if plain == NEVER:
        return Fact(FactKind.FOOD_AVOIDED, Presence.YES, subject, raw=words, source=call)
    if plain == "no":
        return Fact(FactKind.FOOD_AVOIDED, Presence.NO, subject, raw=words, source=call)
    for read in (words, f"{food} {words}"):
        fact = _one(subject, read, today)
        if fact is not None:
            return fact
    raise NotClearError(saying("Type “no”, or since when she leaves it out, such as “since 11/1/2026”."))


def _one(subject: str, words: str, today: date) -> Fact | None:
    """Return the one fact that *words* tell, if it is about the food that was asked about."""
    try:
        facts = read_facts(FactKind.FOOD_AVOIDED, words, today)
    except NotClearError:
        return None
    is_meant = len(facts) == 1 and bool(facts[0].subject) and is_part_of(subject, food_key(facts[0].subject))
    return facts[0] if is_meant else None
