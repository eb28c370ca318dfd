"""What a sheet told besides ounces: when somebody came, when milk left a freezer or went into one, a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.pickups.plans import Pickup, PickupState, Stop, StopKind
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, saying

if TYPE_CHECKING:
    from coordinator.domain.agreements.holds import Hold

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class StopTimes:
    """What was written at one stop; ``None`` is not written.

    ``freezer_at`` is when the milk left the freezer there, at a drop when it went into it.
    """

    stop_id: int
    arrived_at: time | None = None
    freezer_at: time | None = None


@dataclass(frozen=True, slots=True)
class SheetTold:
    """What stands on a sheet besides what came; ``times`` of stops not in it and a ``None`` note stay.

    ``is_sure``: somebody looked again, and the times are so though they do not follow each other.
    """

    times: tuple[StopTimes, ...] = ()
    note: str | None = None
    is_sure: bool = False


NOTHING_MORE = SheetTold()
"""Nothing besides what came."""


@dataclass(frozen=True, slots=True)
class OutOfFreezer:
    """How many minutes one hold was out of a freezer, by the sheet; ``most`` is the policy's limit."""

    hold_code: str
    minutes: int
    most: int

    @property
    def is_long(self) -> bool:
        """Whether it was longer out than the policy allows."""
        return self.minutes > self.most

    @property
    def asks(self) -> Saying:
        """The question it is for the coordinator."""
        return saying(
            "{out} out of the freezer by the sheet, more than {most:g} hours: was it still frozen? "
            "Ask before it is fed",
            out=hours_words(self.minutes),
            most=self.most / 60,
        )


@dataclass(frozen=True, slots=True)
class SheetNote:
    """Something written on paper that nobody has dealt with yet; ``code`` is of the hold or the pickup.

    ``asks`` is what the times of the sheet ask about. ``whom`` are the names of donor and family, of a whole
    sheet of its carrier; ``card`` the code of the family.
    """

    code: str
    pickup_code: str
    on: date
    whom: tuple[str, ...]
    text: str
    asks: Saying = NOTHING
    card: str = ""


class TimesDoubtError(UserError):
    """The times of a sheet do not follow each other; they are taken when somebody is sure."""


def with_times(stops: Sequence[Stop], told: Sequence[StopTimes]) -> list[tuple[Stop, StopTimes]]:
    """Return each stop with its times as they are once what was *told* is written down."""
    known = {stop.id: StopTimes(stop.id, stop.arrived_at, stop.freezer_at) for stop in stops}
    known |= {one.stop_id: one for one in told}
    return [(stop, known[stop.id]) for stop in stops]


def check_times(stops: Sequence[Stop], told: Sequence[StopTimes]) -> None:
    """Raise ``TimesDoubtError`` at the first time that comes before one it should follow.

    Stops are in the order of the sheet: nobody arrives before an earlier stop, milk goes into a freezer after
    its driver came, and after it left the donor's.
    """
    latest: tuple[Stop, time] | None = None
    out: dict[str, tuple[Stop, time]] = {}
    for stop, times in with_times(stops, told):
        came, freezer = times.arrived_at, times.freezer_at
        if came is not None:
            if latest is not None and came < latest[1]:
                raise TimesDoubtError(_before(stop, came, latest))
            latest = stop, came
        if freezer is None:
            continue
        if stop.kind is StopKind.DROP:
            if came is not None and freezer < came:
                raise TimesDoubtError(_before_coming(stop, freezer, came))
            for hold in stop.holds:
                if (since := out.get(hold.code)) is not None and freezer < since[1]:
                    raise TimesDoubtError(_before(stop, freezer, since))
        out |= {hold.code: (stop, freezer) for hold in stop.holds if stop.kind is not StopKind.DROP}


def _before(stop: Stop, at: time, earlier: tuple[Stop, time]) -> Saying:
    return saying(
        "{at} at stop {number} is before {earlier} at stop {before}. Look at the sheet again.",
        at=clock_words(at),
        number=stop.number,
        earlier=clock_words(earlier[1]),
        before=earlier[0].number,
    )


def _before_coming(stop: Stop, freezer: time, came: time) -> Saying:
    return saying(
        "At stop {number} the milk went into the freezer at {at}, before somebody came at {came}. "
        "Look at the sheet again.",
        number=stop.number,
        at=clock_words(freezer),
        came=clock_words(came),
    )


def out_of_freezer(pickup: Pickup, most_hours: float) -> tuple[OutOfFreezer, ...]:
    """Return how long each hold that came was out of a freezer, where the sheet told both times.

    Past midnight it is the next day: a run takes less than one.
    """
    if pickup.state is not PickupState.SETTLED:
        return ()
    came = {one.hold_code for one in pickup.deliveries if one.delivered}
    most = int(most_hours * 60)
    return tuple(
        OutOfFreezer(code, minutes, most) for code, minutes in minutes_between(pickup.stops) if code in came
    )


def minutes_between(stops: Sequence[Stop]) -> Iterator[tuple[str, int]]:
    """Yield each hold with the minutes from leaving its donor's freezer to going into its family's."""
    since: dict[str, time] = {}
    for stop in stops:
        if stop.freezer_at is None:
            continue
        for hold in stop.holds:
            if stop.kind is not StopKind.DROP:
                since[hold.code] = stop.freezer_at
            elif hold.code in since:
                yield hold.code, minutes_of(since[hold.code], stop.freezer_at)


def minutes_of(since: time, until: time) -> int:
    """Return the minutes from one time of day to another; past midnight it is the next day."""
    return (_minute(until) - _minute(since)) % DAY_MINUTES


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def hours_words(minutes: int) -> Saying:
    """Return a stretch of time: ``3 h 05 min``, ``40 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return saying("{minutes} min", minutes=rest)
    return saying("{hours} h {minutes:02} min", hours=hours, minutes=rest)


def notes_of(pickup: Pickup, most_hours: float, dealt: Mapping[str, date | None]) -> Iterator[SheetNote]:
    """Yield what the sheet of a settled *pickup* told; *dealt* says when, by code of hold or pickup."""
    if pickup.state is not PickupState.SETTLED:
        return
    if pickup.sheet_note and dealt.get(pickup.code) is None:
        carrier = (pickup.carrier,) if pickup.carrier else ()
        yield SheetNote(pickup.code, pickup.code, pickup.on, carrier, pickup.sheet_note)
    long = {one.hold_code: one.asks for one in out_of_freezer(pickup, most_hours) if one.is_long}
    holds: dict[str, Hold] = {hold.code: hold for hold in pickup.holds}
    for came in pickup.deliveries:
        asks = long.get(came.hold_code, NOTHING)
        if (came.note or asks) and dealt.get(came.hold_code) is None and came.hold_code in holds:
            hold = holds[came.hold_code]
            whom = hold.donor_name, hold.recipient_name
            yield SheetNote(
                hold.code, pickup.code, pickup.on, whom, came.note, asks, card=hold.recipient_code
            )
