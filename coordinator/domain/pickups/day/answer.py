"""What comes of planning a day: runs with times, and what is not planned with the reason as a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.pickups.day.question import Home
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying


class DayRule(StrEnum):
    """What a planned run is checked for."""

    HOURS = "hours"
    SHIFT = "shift"
    LONGEST = "longest"
    TOO_FAR = "too_far"
    ORDER = "order"
    CUSTODY = "custody"
    COOLERS = "coolers"
    COOLERS_UNKNOWN = "coolers_unknown"
    HOURS_UNKNOWN = "hours_unknown"
    DRIVER_HOURS_UNKNOWN = "driver_hours_unknown"
    FREEZER = "freezer"
    FREEZER_UNKNOWN = "freezer_unknown"
    OUT_OF_FREEZER = "out_of_freezer"
    AWAY = "away"
    LONGER = "longer"
    NEED = "need"
    NEED_UNKNOWN = "need_unknown"
    LUNCH = "lunch"


ASKED = frozenset(
    {
        DayRule.COOLERS_UNKNOWN,
        DayRule.HOURS_UNKNOWN,
        DayRule.DRIVER_HOURS_UNKNOWN,
        DayRule.FREEZER_UNKNOWN,
        DayRule.LONGER,
        DayRule.NEED_UNKNOWN,
    }
)
"""What nobody knows: to be asked before the day, not broken."""

FINAL = frozenset({DayRule.ORDER, DayRule.CUSTODY})
"""What no note overrules: milk would rest at a third place, or be dropped before it is picked up."""


class WhyNot(StrEnum):
    """Why a hold is not planned."""

    YES_MISSING = "yes_missing"
    PLACE_UNKNOWN = "place_unknown"
    NOT_HOME = "not_home"
    NO_DRIVERS = "no_drivers"
    NEEDS = "needs"
    TOO_FAR = "too_far"
    COOLERS = "coolers"
    FREEZER = "freezer"
    TOO_LONG = "too_long"
    NO_TIME = "no_time"
    DAY_FULL = "day_full"
    LEFT_OUT = "left_out"
    FETCHED = "fetched"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a run breaks, with what its words need: a code, and figures in the units named.

    ``milk`` and ``room`` are amounts, ``minutes`` and ``most`` minutes (after midnight for times of day),
    ``count`` and ``coolers`` for coolers in quarts. ``need`` is what the door of ``code``
    needs of ``driver``, ``doors`` are those to ask about, each with its need.
    """

    rule: DayRule
    code: str = ""
    holds: tuple[str, ...] = ()
    milk: Volume | None = None
    room: Volume | None = None
    minutes: int = 0
    most: int = 0
    miles: float = 0.0
    most_miles: float = 0.0
    coolers: tuple[int, ...] = ()
    need: str = ""
    driver: str = ""
    doors: tuple[tuple[str, str], ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether nobody knows, rather than that it is wrong."""
        return self.rule in ASKED

    @property
    def is_final(self) -> bool:
        """Whether no note overrules it."""
        return self.rule in FINAL

    @property
    def known_by(self) -> tuple[str, ...]:
        """What tells it from other rules of a run, whatever its figures are now."""
        return self.rule.value, self.code, self.need, *self.holds


@dataclass(frozen=True, slots=True)
class NotPlanned:
    """A hold that is not planned, and why. ``bags`` of its bags would fit where all do not."""

    hold: str
    why: WhyNot
    code: str = ""
    milk: Volume | None = None
    room: Volume | None = None
    coolers: tuple[int, ...] = ()
    fits_bricked: bool = False
    bags: int | None = None
    miles: float = 0.0
    minutes: int = 0
    most: int = 0
    said: tuple[str | Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class DayStop:
    """A stop with its times in minutes after midnight, and the road before it."""

    kind: StopKind
    home: Home
    arrive: int
    leave: int
    holds: tuple[str, ...]
    minutes_before: int
    miles_before: float
    is_waited: bool = False
    """Whether the car is there before, or eats on the way: the time is to be agreed."""
    not_before: int | None = None
    """The earliest minute told by hand."""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class DayRun:
    """One volunteer's run. ``pickup`` is the code of one that stands already; ``added`` holds are new on it.

    ``miles`` are by road there and back; ``minutes`` from door to door. ``lunch_at`` follows stop number
    ``lunch_after``, counted from 0, and takes ``lunch_minutes``. ``hours`` are when the volunteer is
    free: told, unless not ``is_told``. ``leaves`` is the minute of leaving home where it was told by hand.
    """

    pickup: str
    driver: str
    driver_name: str
    starts_at: int
    ends_at: int
    miles: float
    minutes: int
    stops: tuple[DayStop, ...]
    coolers: tuple[int, ...]
    most_aboard: Volume
    added: tuple[str, ...] = ()
    lunch_at: int | None = None
    lunch_after: int | None = None
    lunch_minutes: int = 0
    hours: tuple[Hours, ...] = ()
    is_told: bool = True
    broken: tuple[Broken, ...] = ()
    leaves: int | None = None
    is_locked: bool = False
    notes: tuple[tuple[Broken, str], ...] = ()
    """Why she lets what is broken; a note counts for just this, and for nothing that is worse."""

    @property
    def in_the_way(self) -> tuple[Broken, ...]:
        """What is broken and was not overruled by a note: the run cannot be made."""
        noted = {broken for broken, note in self.notes if note}
        return tuple(one for one in self.broken if not one.is_question and (one.is_final or one not in noted))

    @property
    def holds(self) -> tuple[str, ...]:
        """What it carries, in the order of its pick-ups."""
        return tuple(
            dict.fromkeys(hold for stop in self.stops for hold in stop.holds if stop.kind is StopKind.PICK_UP)
        )


@dataclass(frozen=True, slots=True)
class Part:
    """So many whole bags of a hold that travel, where all of it would not fit; the rest waits."""

    hold: str
    bags: int
    volume: Volume


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day: its runs by start, and what is not planned. ``is_plain`` without the solver.

    Of holds in ``parts`` only so much travels; the rest is among those not planned.
    """

    on: date
    runs: tuple[DayRun, ...]
    not_planned: tuple[NotPlanned, ...]
    is_plain: bool = False
    parts: tuple[Part, ...] = ()


def newly_broken(before: DayPlan, after: DayPlan) -> tuple[Broken, ...]:
    """Return the rules that a run breaks in *after* and the runs of its volunteer did not in *before*.

    That the figures of a broken rule are others is no news; neither is what is merely to be asked.
    """
    known = {(run.driver, one.known_by) for run in before.runs for one in run.broken}
    found = (
        one
        for run in after.runs
        for one in run.broken
        if not one.is_question and (run.driver, one.known_by) not in known
    )
    return tuple(dict.fromkeys(found))
