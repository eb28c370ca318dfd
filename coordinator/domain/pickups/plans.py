"""Hand-overs and runs: stops in the order to drive, with what breaks a rule said, not hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.odometers import Odometer
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.overruled import Overruled
from coordinator.domain.places.positions import Position, is_exact
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying


class PickupKind(StrEnum):
    """How the milk changes hands."""

    FAMILY_COLLECTS = "family collects"
    MEET = "meet at a named place"
    RUN = "volunteer run"

    @property
    def words(self) -> Saying:
        """The kind as it is shown."""
        return _KINDS[self]


_KINDS = {
    PickupKind.FAMILY_COLLECTS: saying("family collects"),
    PickupKind.MEET: saying("meet at a named place"),
    PickupKind.RUN: saying("volunteer run"),
}


class PickupState(StrEnum):
    """Where a pickup stands."""

    PLANNED = "planned"
    SETTLED = "settled"
    CANCELLED = "cancelled"

    @property
    def words(self) -> Saying:
        """The state as it is shown."""
        return _STATES[self]


_STATES = {
    PickupState.PLANNED: saying("planned"),
    PickupState.SETTLED: saying("settled"),
    PickupState.CANCELLED: saying("cancelled"),
}


class StopKind(StrEnum):
    """What happens at a stop."""

    PICK_UP = "pick up"
    DROP = "drop"
    MEET = "meet"

    @property
    def words(self) -> Saying:
        """What happens, as it is shown."""
        return _STOPS[self]


_STOPS = {
    StopKind.PICK_UP: saying("pick up"),
    StopKind.DROP: saying("drop"),
    StopKind.MEET: saying("meet"),
}


class Condition(StrEnum):
    """How the milk arrived."""

    FROZEN = "hard frozen"
    ICE_CRYSTALS = "ice crystals"
    THAWED = "thawed"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop with its planned times; ``lots`` are the holds handed over here.

    ``miles_before`` are straight; ``road_host`` is the server that knew the road of the minutes before, empty
    for an estimate, which should be looked at when the line ``crosses_water``. The leg is ``exact`` when both
    its ends are known to the address. ``needs`` is what its door needs of who drives. ``arrived_at`` is when
    somebody came, ``freezer_at`` when the milk left the freezer there, at a drop when it went into it; both
    from the sheet.
    """

    id: int
    number: int
    kind: StopKind
    household_id: int
    code: str
    name: str
    name_on_paper: str
    town: str
    phone: str
    position: Position | None
    window_from: time | None
    window_to: time | None
    arrive: time | None
    leave: time | None
    miles_before: float | None
    minutes_before: int | None
    holds: tuple[Hold, ...] = ()
    rules: tuple[Saying, ...] = ()
    road_host: str = ""
    crosses_water: bool = False
    exact: bool = False
    arrived_at: time | None = None
    freezer_at: time | None = None
    needs: frozenset[str] = frozenset()

    @property
    def broken(self) -> tuple[str, ...]:
        """Which rules it breaks, in words."""
        return tuple(map(str, self.rules))


@dataclass(frozen=True, slots=True)
class PickupSummary:
    """One line of the week: when, who carries, how much; of a settled pickup what arrived.

    ``still_asked`` is what is to be asked before its milk is handed over, where a caller read it. ``stopped``
    is what keeps milk of it from being carried, since its two are paused. ``second`` comes along.
    """

    code: str
    kind: PickupKind
    state: PickupState
    on: date
    starts_at: time | None
    carrier: str
    stops: int
    bags: int
    volume: Volume
    awaited: tuple[Saying, ...]
    changed_since_printed: bool
    prints: int
    from_towns: tuple[str, ...] = ()
    to_towns: tuple[str, ...] = ()
    driver_code: str = ""
    driver_yes_on: date | None = None
    meeting_place: str = ""
    printed_at: datetime | None = None
    still_asked: tuple[Saying, ...] = ()
    stopped: tuple[Saying, ...] = ()
    second: str = ""

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Whose yes is missing, in names."""
        return tuple(map(str, self.awaited))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one hold; ``with_driver`` of what was left behind stayed with who drove."""

    hold_code: str
    delivered: Volume
    bags: int | None
    left_behind: Volume
    lost: Volume
    condition: Condition | None
    nobody_home: bool
    note: str
    received_by: str = ""
    with_driver: Volume = Volume(0)  # noqa: RUF009 - immutable


@dataclass(frozen=True, slots=True)
class Pickup:
    """A pickup as its page shows it. ``awaited`` says whose yes is missing.

    ``miles`` are straight, ``road_miles`` by road there and back; ``road_host`` knew every leg when it is
    named, else some are estimates. ``home_crosses_water`` is about the way back from the last stop; ``way``
    is the road itself where a server told it. ``odometer`` and ``sheet_note`` are what the
    carrier wrote down, ``second`` is the name of the volunteer who comes along. ``asked`` are those of the
    ``rules`` that nobody can tell: to be asked, not broken.
    """

    code: str
    kind: PickupKind
    state: PickupState
    on: date
    starts_at: time | None
    driver_code: str
    carrier: str
    driver_yes_on: date | None
    meeting_place: str
    meeting_position: Position | None
    note: str
    start: Position | None
    stops: tuple[Stop, ...]
    holds: tuple[Hold, ...]
    deliveries: tuple[Delivered, ...]
    miles: float
    minutes: int
    awaited: tuple[Saying, ...]
    rules: tuple[Saying, ...]
    prints: int
    printed_at: datetime | None
    changed_since_printed: bool
    version: int = 1
    road_miles: float = 0.0
    road_host: str = ""
    home_crosses_water: bool = False
    way: tuple[Position, ...] = ()
    odometer: Odometer | None = None
    sheet_note: str = ""
    second_code: str = ""
    second: str = ""
    lunch: Lunch | None = None
    overruled: tuple[Overruled, ...] = ()
    asked: tuple[Saying, ...] = ()

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Whose yes is missing, in words with codes."""
        return tuple(map(str, self.awaited))

    @property
    def broken(self) -> tuple[str, ...]:
        """What breaks a rule, in words."""
        return tuple(map(str, self.rules))

    @property
    def is_exact(self) -> bool:
        """Whether every place is known to the address, so that tenths of a mile mean something."""
        places = (self.start, *(stop.position for stop in self.stops))
        known = [place for place in places if place is not None]
        return len(known) == len(places) and is_exact(*known)


class LeftWith(StrEnum):
    """Who has what a run left behind; not said counts as the volunteer, so that it does not look free."""

    DONOR = "donor"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is typed back in for one hold; as planned unless told otherwise.

    ``delivered`` ``None`` means all that was planned and not left behind or lost; ``received_by`` signed.
    """

    hold_code: str
    delivered: Volume | None = None
    bags: int | None = None
    left_behind: Volume = Volume(0)  # noqa: RUF009 - immutable
    lost: Volume = Volume(0)  # noqa: RUF009 - immutable
    condition: Condition | None = None
    nobody_home: bool = False
    note: str = ""
    received_by: str = ""
    where: LeftWith | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What is typed of one hold where something else was written down.

    An amount of ``None`` stays, or follows from the others: of ``delivered`` and ``left_behind`` one will do.
    ``nobody_home``, ``condition`` and ``note`` are as they shall be; ``received_by`` of ``None`` stays.
    """

    hold_code: str
    delivered: Volume | None = None
    bags: int | None = None
    left_behind: Volume | None = None
    lost: Volume | None = None
    nobody_home: bool = False
    condition: Condition | None = None
    note: str = ""
    received_by: str | None = None
    where: LeftWith | None = None


def usual_day(today: date) -> date:
    """Return the coming Saturday, the usual day for a pickup; *today* if it is one."""
    return today + timedelta(days=(_SATURDAY - today.weekday()) % 7)


_SATURDAY = 5
