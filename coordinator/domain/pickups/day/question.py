"""What is asked of a day: who drives when, which agreed milk waits, and what stands already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from coordinator.domain.pickups.day.routing import Hours, Lunch
from coordinator.domain.pickups.ordering import PickupPolicy
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.places.positions import Position
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class DayPolicy:
    """What planning a day goes by.

    ``day`` are the hours of whoever told none. Using a volunteer at all counts like ``a_run`` minutes at the
    wheel, and ``unknown`` more where their hours or coolers are not known: they have to be asked. A run that
    stands becomes at most ``longer`` minutes longer. A hold that goes to another volunteer when the day is
    planned again counts like ``change`` minutes. What is at most ``nearby`` minutes off a run is near it,
    and ``nearby_most`` of that is told for each run. ``custody_source`` says who has a rule for milk that
    rests anywhere but at its two families, ``custody_by_state`` the same by a State's two letters.
    """

    lunch: Lunch
    day: Hours
    a_run: int
    unknown: int
    longer: int
    change: int
    nearby: int
    nearby_most: int
    custody_source: str
    custody_by_state: Mapping[str, str] = field(default_factory=dict)

    def custody_note(self, state: str) -> str:
        """Return the note of a State, by its two letters; of others the one there is."""
        return self.custody_by_state.get(state.strip().upper(), self.custody_source)


@dataclass(frozen=True, slots=True)
class Home:
    """A family's door: its place in the table of ways (``None``: unknown) and when it is open.

    ``hours`` are empty where the family is not free that day. ``is_told`` says whether the hours are the
    family's own words; else the day's were taken, to be asked about. ``needs`` are what the door asks of who
    drives. ``said`` are the family's words.
    """

    code: str
    name: str
    town: str
    household_id: int
    place: int | None
    hours: tuple[Hours, ...]
    is_told: bool = True
    needs: frozenset[str] = frozenset()
    said: str = ""


@dataclass(frozen=True, slots=True)
class DayDriver:
    """A volunteer that day. ``hours`` are empty when not free; coolers that nobody knows are ``()``.

    ``skills`` are the needs that do not keep them away, ``unasked`` those of them to ask about.
    """

    code: str
    name: str
    place: int | None
    hours: tuple[Hours, ...]
    is_told: bool = True
    is_away: bool = False
    most_minutes: int | None = None
    most_miles: float | None = None
    coolers_qt: tuple[int, ...] = ()
    lift_lb: float | None = None
    skills: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DayHold:
    """Agreed milk that waits. ``room`` is what the taker's freezer still holds, ``None`` where nobody knows.

    Without ``is_room_known`` nobody told what is in the freezer, and ``room`` is that of an empty one.
    ``missing`` says what must be before it travels, a yes; then it is not planned.
    """

    code: str
    volume: Volume
    bags: int | None
    giver: Home
    taker: Home
    room: Volume | None = None
    missing: tuple[Saying, ...] = ()
    is_room_known: bool = True


@dataclass(frozen=True, slots=True)
class LockedStop:
    """A stop of a run that stands: its house, and the hours that were agreed for it.

    One that ``is_locked`` by hand keeps its minute, of a run that is only proposed yet.
    """

    kind: StopKind
    home: Home
    holds: tuple[str, ...]
    hours: tuple[Hours, ...]
    is_locked: bool = False
    not_before: int | None = None


@dataclass(frozen=True, slots=True)
class LockedRun:
    """A run that stands already: it keeps its order. Nothing is added to one that is ``closed``.

    Holds in ``proposed`` are on it by the plan only, all of them where there is no ``pickup``; ``hours`` are
    the volunteer's stretch of hours it is in.
    """

    pickup: str
    driver: str
    starts_at: int | None
    stops: tuple[LockedStop, ...]
    holds: tuple[DayHold, ...]
    is_closed: bool
    proposed: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class DayQuestion:
    """A day to plan; ``minutes`` and ``miles`` by road are between the places of homes and drivers."""

    on: date
    drivers: tuple[DayDriver, ...]
    holds: tuple[DayHold, ...]
    locked: tuple[LockedRun, ...]
    minutes: NDArray[np.int64]
    miles: NDArray[np.float64]
    policy: DayPolicy
    pickups: PickupPolicy
    where: tuple[Position, ...] = ()
    """The places themselves, for a map."""
