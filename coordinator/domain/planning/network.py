"""What a plan is made from: babies who need milk, lots of it, and which may go to whom.

Amounts are ounces here, since a solver reckons with them; what is held is worked out again in whole bags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coordinator.sayings import NOTHING, Saying, saying


class Priority(StrEnum):
    """Which babies' days count more than others'."""

    NONE = "none"
    YOUNGEST = "youngest"
    MEDICAL = "medical"

    @property
    def words(self) -> Saying:
        """It in words."""
        return _PRIORITY_WORDS[self]


_PRIORITY_WORDS = {
    Priority.NONE: saying("every baby alike"),
    Priority.YOUNGEST: saying("the youngest first"),
    Priority.MEDICAL: saying("a medical reason first"),
}


@dataclass(frozen=True, slots=True)
class Week:
    """What one week of a baby's lacks once all that is promised has come, and how many baby-days that is."""

    ounces: float
    days: float


@dataclass(frozen=True, slots=True)
class NotOffered:
    """How many donors are not offered to a baby at all: ``far`` ones live too far away."""

    far: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class PlanBaby:
    """A family milk is planned for. ``weeks`` are the weeks of the plan.

    ``room_oz`` is what its freezer still takes; infinite where nobody knows. ``is_at_nothing``: it lacks milk
    on every day of the plan. ``left_out`` says in words why other milk is not offered to it at all, and
    ``not_offered`` of how many donors, without what is known about them or the family.
    """

    code: str
    name: str
    home: int
    weeks: tuple[Week, ...]
    room_oz: float = float("inf")
    weight: float = 1.0
    is_at_nothing: bool = False
    left_out: tuple[Saying, ...] = ()
    not_offered: NotOffered = NotOffered()
    hindered: Saying = NOTHING

    @property
    def lacks_oz(self) -> float:
        """What it lacks in all the weeks."""
        return sum(week.ounces for week in self.weeks)

    @property
    def lacks_days(self) -> float:
        """How many baby-days are not covered."""
        return sum(week.days for week in self.weeks)


@dataclass(frozen=True, slots=True)
class PlanLot:
    """Milk that is free. ``bag_oz`` is the size of its bags, 0 where they were not counted.

    ``cuts`` say how much is dated a day or later, in ounces; ``expiring_oz`` how much has its last day before
    the plan ends.
    """

    code: str
    donor: str
    donor_name: str
    home: int
    free_oz: float
    bag_oz: float = 0.0
    cuts: tuple[tuple[date, float], ...] = ()
    expiring_oz: float = 0.0

    def at_most_oz(self, only_from: date | None) -> float:
        """Return how much of it is dated *only_from* or later."""
        return dict(self.cuts).get(only_from, self.free_oz) if only_from else self.free_oz

    def saved_oz(self, ounces: float, only_from: date | None) -> float:
        """Return how much that would expire is in *ounces* dated *only_from* or later, the oldest first."""
        newer = self.at_most_oz(only_from)
        return min(ounces, max(self.expiring_oz - (self.free_oz - newer), 0.0))


@dataclass(frozen=True, slots=True)
class Hoped:
    """One thing milk waits for: its topic, the question, and what is hoped: ``if HTLV was tested``.

    ``put`` is how a call puts it where the household is asked nothing about ``kept_as`` otherwise: the topic
    under which the answer is kept.
    """

    topic: str
    question: Saying
    if_so: Saying
    kept_as: str = ""
    put: Saying = NOTHING


@dataclass(frozen=True, slots=True)
class Pair:
    """A lot, or the part of it that suits, that may go to a baby.

    ``homes`` are the households to ring before it may, none where nothing is left to ask; ``hope`` is how
    likely their answers are as hoped. ``asks`` is what each of them is asked for it. ``is_kept``: this
    donor's milk went to this baby before.
    """

    lot: str
    baby: str
    donor: str
    minutes: float
    only_from: date | None = None
    homes: frozenset[int] = frozenset()
    hope: float = 1.0
    is_kept: bool = False
    needs_driver: bool = False
    asks: Mapping[int, tuple[Hoped, ...]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """The lot and the baby, which name it."""
        return self.lot, self.baby

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.homes


@dataclass(frozen=True, slots=True)
class Home:
    """A household that may be rung: ``blocking`` are the questions milk waits for, ``besides`` the others."""

    id: int
    code: str
    name: str
    blocking: tuple[Saying, ...] = ()
    besides: tuple[Saying, ...] = ()
    may_be_rung: bool = True


@dataclass(frozen=True, slots=True)
class PlanNetwork:
    """Everything a plan is made from. ``pairs`` are near enough, and nothing known speaks against them."""

    babies: tuple[PlanBaby, ...]
    lots: tuple[PlanLot, ...]
    pairs: tuple[Pair, ...]
    homes: Mapping[int, Home] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the coordinator wants of a plan.

    ``pins`` are kept as they are: a lot, a baby, how many ounces. ``forbidden`` lots do not go to a baby.
    ``before`` are the ounces of the plan this one comes after, of which as little as possible changes.
    The households ``rung_anyway`` are none of the calls, such as those whose yes is waited for.
    """

    calls: int = 0
    pins: Mapping[tuple[str, str], float] = field(default_factory=dict)
    forbidden: frozenset[tuple[str, str]] = frozenset()
    before: Mapping[tuple[str, str], float] = field(default_factory=dict)
    rung_anyway: frozenset[int] = frozenset()
