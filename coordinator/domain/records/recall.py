"""Which babies have this milk: the homes it came to, how much, and what of it should still be there.

A recall goes by the days on which milk was pumped. A bag of which nobody told the day may be of any: it
belongs to every recall of its donor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.places.positions import Position
from coordinator.domain.records.ledger import Movement
from coordinator.domain.volume import Volume, total


@dataclass(frozen=True, slots=True)
class PumpedDays:
    """The days of a recall, both included; ``None`` is an open end."""

    first: date | None = None
    last: date | None = None

    def meets(self, first: date | None, last: date | None) -> bool:
        """Return whether milk pumped from *first* to *last* may be of these days; ``None`` is unknown."""
        begins_later = first is not None and self.last is not None and first > self.last
        ended_before = last is not None and self.first is not None and last < self.first
        return not begins_later and not ended_before


ANY_DAY = PumpedDays()


@dataclass(frozen=True, slots=True)
class MilkGiven:
    """What one hand-over brought into one home. ``pumped`` are the days of its bags.

    What was no fit is not ``is_in_stock``: it is no part of what the family is said to have.
    """

    lot_code: str
    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str
    phone: str
    babies: int
    on: date
    volume: Volume
    pumped: PumpedDays
    hold_code: str
    pickup_code: str
    bags: int | None = None
    received_by: str = ""
    is_in_stock: bool = True
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class QuestionedLot:
    """A lot some of whose milk is in question: whose, how much was offered, and of which days."""

    code: str
    donor_code: str
    offered: Volume
    pumped: PumpedDays
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Milk that has not gone to a home.

    Promised by a hold, free with its donor (no ``hold_code``), or left with the volunteer ``driver_code`` by
    the pickup ``pickup_code`` of that day; what is promised out of that has its ``driver_code`` too. Of a lot
    that was taken off the lists (``removed_on``) it is what nobody said the way of.
    """

    lot_code: str
    donor_code: str
    volume: Volume
    pumped: PumpedDays
    hold_code: str = ""
    recipient_code: str = ""
    recipient_name: str = ""
    pickup_code: str = ""
    pickup_on: date | None = None
    driver_code: str = ""
    removed_on: date | None = None

    @property
    def is_promise(self) -> bool:
        """Whether a family is waiting for it."""
        return bool(self.recipient_code)


@dataclass(frozen=True, slots=True)
class Home:
    """One family of a recall, with all that came to it, and the most of it all that may still be there."""

    recipient_code: str
    recipient_name: str
    phone: str
    babies: int
    given: tuple[MilkGiven, ...]
    left: Volume | None

    @property
    def volume(self) -> Volume:
        """How much came."""
        return total([one.volume for one in self.given])

    @property
    def latest(self) -> date:
        """The day on which the last of it came."""
        return max(one.on for one in self.given)


@dataclass(frozen=True, slots=True)
class Recall:
    """Where the milk in question went, and what of it went nowhere yet.

    ``given`` is in the order to ring: milk that may still be there first, of that the latest first.
    ``elsewhere`` was kept, discarded, referred to a milk bank or lost. ``there`` is what each family has now,
    by its own count and what its baby drinks; ``None`` where nobody knows.
    """

    days: PumpedDays
    lots: tuple[str, ...]
    donors: tuple[str, ...]
    given: tuple[MilkGiven, ...]
    not_given: tuple[NotGiven, ...]
    elsewhere: tuple[Movement, ...]
    there: Mapping[str, Volume | None]

    @property
    def homes(self) -> tuple[Home, ...]:
        """The families, in the order to ring."""
        return homes_of(self.given, self.there)

    def left_of(self, one: MilkGiven) -> Volume | None:
        """Return the most of one hand-over that should still be there; ``None`` where nobody knows."""
        return at_most([one], self.there[one.recipient_code])

    @property
    def volume(self) -> Volume:
        """How much of it came to families."""
        return total([one.volume for one in self.given])

    @property
    def babies(self) -> int:
        """How many babies have had it or may have it."""
        return sum(home.babies for home in self.homes)


def in_order_to_ring(given: Iterable[MilkGiven], there: Mapping[str, Volume | None]) -> tuple[MilkGiven, ...]:
    """Return what was *given* with families first who may still have milk, of these the latest hand-over."""

    def order(one: MilkGiven) -> tuple[bool, int, str, str]:
        has = at_most([one], there[one.recipient_code])
        return has is not None and not has, -one.on.toordinal(), one.recipient_code, one.hold_code

    return tuple(sorted(given, key=order))


def homes_of(given: Sequence[MilkGiven], there: Mapping[str, Volume | None]) -> tuple[Home, ...]:
    """Return the families of what was *given*, in its order; *there* is what each has now, by code."""
    by_family: dict[str, list[MilkGiven]] = {}
    for one in given:
        by_family.setdefault(one.recipient_code, []).append(one)
    return tuple(
        Home(
            code,
            found[0].recipient_name,
            found[0].phone,
            found[0].babies,
            tuple(found),
            at_most(found, there[code]),
        )
        for code, found in by_family.items()
    )


def at_most(came: Sequence[MilkGiven], there: Volume | None) -> Volume | None:
    """Return the most of what *came* to one family that it can have; ``None`` where nobody knows.

    *there* is what it has by its own count, without what was no fit: of that all may still be there.
    """
    beside = total([one.volume for one in came if not one.is_in_stock])
    counted = total([one.volume for one in came if one.is_in_stock])
    if not counted:
        return beside
    return None if there is None else min(counted, there) + beside


_FOUND_LATER = frozenset({FactKind.BLOOD_TEST})
"""What a result says was there before the day it is of; nobody knows since when."""


def days_of_fact(fact: Fact) -> PumpedDays | None:
    """Return the days whose milk a *fact* of a donor is about, ``None`` where it is a plain no.

    A medicine, an illness: as long as it lasted. A test result: all her milk, until somebody who knows the
    tests before names the days.
    """
    if fact.presence is Presence.NO:
        return None
    if fact.kind in _FOUND_LATER:
        return ANY_DAY
    return PumpedDays(fact.start, None if fact.end is None else fact.end - timedelta(days=1))
