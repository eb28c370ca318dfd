"""A week of volunteers' hours against the milk that waits: who is free when, and which days nobody covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.volume import Volume, total


class Stands(Enum):
    """How a volunteer stands on a day, who drives most first."""

    DRIVES = "drives"
    FREE = "free"
    ASK = "ask"
    NOT_FREE = "not free"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class VolunteerDay:
    """A volunteer on a day: the hours told, if these were understood; *runs* are codes of what she drives."""

    hours: tuple[Hours, ...]
    is_told: bool
    is_away: bool
    runs: tuple[str, ...] = ()

    @property
    def stands(self) -> Stands:
        """How she stands: a run that is planned counts also where she is away, so that it is seen."""
        if self.runs:
            return Stands.DRIVES
        if self.is_away:
            return Stands.AWAY
        if not self.is_told:
            return Stands.ASK
        return Stands.FREE if self.hours else Stands.NOT_FREE


@dataclass(frozen=True, slots=True)
class VolunteerWeek:
    """A volunteer's seven days from Monday. *said* are the hours in her own words."""

    code: str
    name: str
    said: str
    most_minutes: int | None
    days: tuple[VolunteerDay, ...]

    def minutes(self, day: int) -> int:
        """Return for how long she can drive on a day, 0 for Monday; nothing where it is unknown."""
        one = self.days[day]
        if one.stands is not Stands.FREE:
            return 0
        free = sum(hours.closes - hours.opens for hours in one.hours)
        return free if self.most_minutes is None else min(free, self.most_minutes)


@dataclass(frozen=True, slots=True)
class Doors:
    """A hold that is agreed and waits, and when both families are free on each of the seven days.

    ``fits`` is ``None`` for a day on which one of them has to be asked.
    """

    hold: str
    volume: Volume
    donor: str
    donor_name: str
    donor_hours: str
    recipient: str
    recipient_name: str
    recipient_hours: str
    fits: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a day has: volunteers who are free and for how long, and the milk that could travel.

    ``asked`` are volunteers whose hours nobody knows, ``driving`` those who have a run already, ``runs`` how
    many runs are planned. ``waits`` is agreed milk whose families are both free or to be asked.
    """

    on: date
    free: int
    minutes: int
    asked: int
    driving: int
    runs: int
    waits: Volume
    holds: int

    @property
    def is_uncovered(self) -> bool:
        """Whether milk could travel and nobody is known to be free, nor drives already."""
        return self.holds > 0 and not self.free and not self.driving


@dataclass(frozen=True, slots=True)
class CrewWeek:
    """The week from *monday*: every volunteer, what waits, and what each day has."""

    monday: date
    volunteers: tuple[VolunteerWeek, ...]
    waiting: tuple[Doors, ...]
    cover: tuple[Cover, ...]

    def waiting_on(self, day: int) -> tuple[Doors, ...]:
        """Return what could travel on a day of the week, what fits for certain first."""
        here = [one for one in self.waiting if one.fits[day] is not False]
        return tuple(sorted(here, key=lambda one: (one.fits[day] is not True, one.hold)))


def covered(
    days: Sequence[date],
    volunteers: Sequence[VolunteerWeek],
    waiting: Sequence[Doors],
    runs: Sequence[int],
) -> tuple[Cover, ...]:
    """Return what each of the *days* has; *runs* is how many are planned on each."""
    return tuple(
        Cover(
            on,
            free=_count(volunteers, at, Stands.FREE),
            minutes=sum(one.minutes(at) for one in volunteers),
            asked=_count(volunteers, at, Stands.ASK),
            driving=_count(volunteers, at, Stands.DRIVES),
            runs=runs[at],
            waits=total([one.volume for one in waiting if one.fits[at] is not False]),
            holds=sum(one.fits[at] is not False for one in waiting),
        )
        for at, on in enumerate(days)
    )


def _count(volunteers: Sequence[VolunteerWeek], at: int, stands: Stands) -> int:
    return sum(one.days[at].stands is stands for one in volunteers)
