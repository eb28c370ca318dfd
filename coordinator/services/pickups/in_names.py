"""Pickups and volunteers as the window reads them: in names, where the command line keeps the codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from coordinator.db.database import Database
from coordinator.domain.pickups.plans import Pickup
from coordinator.domain.pickups.volunteers import Volunteer
from coordinator.sayings import Saying
from coordinator.services.records.in_names import in_names


def pickup_in_names(database: Database, found: Pickup) -> Pickup:
    """Return the pickup with names for codes in whose yes is missing, what is broken and what is asked."""
    parts = [found.awaited, found.rules, found.asked, *(stop.rules for stop in found.stops)]
    awaited, rules, asked, *at_stops = _named(database, parts)
    stops = tuple(replace(stop, rules=said) for stop, said in zip(found.stops, at_stops, strict=True))
    return replace(found, awaited=awaited, rules=rules, asked=asked, stops=stops)


def volunteers_in_names(database: Database, found: Sequence[Volunteer]) -> tuple[Volunteer, ...]:
    """Return the volunteers in their order with names for codes in what each would break."""
    named = _named(database, [one.rules for one in found])
    return tuple(replace(one, rules=rules) for one, rules in zip(found, named, strict=True))


def _named(database: Database, parts: Sequence[tuple[Saying, ...]]) -> list[tuple[Saying, ...]]:
    """Return the sayings of each part in names; everybody is looked up once."""
    said = iter(in_names(database, [one for part in parts for one in part]))
    return [tuple(islice(said, len(part))) for part in parts]
