"""Two families who share milk, as one page: what passed between them, and when the next pickup is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coordinator.domain.agreements.asked_after import NextAsking
from coordinator.domain.agreements.lending import Lent
from coordinator.domain.agreements.pair_forecast import Forecast
from coordinator.domain.agreements.pair_pauses import PairPause
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.volume import Volume, total
from coordinator.sayings import NOTHING, Saying, saying


class EventKind(StrEnum):
    """What happened between two."""

    HELD = "held"
    AGREED = "agreed"
    PLANNED = "planned"
    MISSED = "missed"
    DELIVERED = "delivered"
    ASKED_AFTER = "asked after"
    NOTE = "note"
    PAUSED = "paused"
    RESUMED = "resumed"
    LENT = "lent"
    BACK = "back"


_SAME_DAY: Final = tuple(EventKind)


@dataclass(frozen=True, slots=True)
class PairNote:
    """A note on the two, for the coordinator's eyes."""

    id: int
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class PairEvent:
    """One thing that happened on a day. ``private`` is what somebody wrote, ``code`` the hold or pickup."""

    on: date
    kind: EventKind
    words: Saying
    volume: Volume | None = None
    code: str = ""
    private: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. ``mourns``: it lost a baby; ``is_removed``: it is on no list any more."""

    code: str
    name: str
    mourns: bool = False
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Everything on the page of two. ``events`` come latest first, ``lent`` what is not back yet first.

    ``asking`` is the next day on which the family is to be asked how it went, if it is. ``bags_came`` are
    her bags that came with the milk where they were counted, ``bags_back`` the empty ones she got for them.
    ``minutes`` is the drive one way, ``miles`` the straight line, ``room`` what the family's freezer still
    takes; ``None`` where nobody knows.
    """

    donor: Side
    recipient: Side
    events: tuple[PairEvent, ...]
    forecast: Forecast
    pause: PairPause | None = None
    standing: tuple[Renewal, ...] = ()
    lent: tuple[Lent, ...] = ()
    notes: tuple[PairNote, ...] = ()
    asking: NextAsking | None = None
    bags_came: int = 0
    uncounted: int = 0
    bags_back: int = 0
    wishes: str = ""
    minutes: float | None = None
    miles: float | None = None
    room: Volume | None = None

    @property
    def delivered(self) -> Volume:
        """All that came."""
        return total([one.volume for one in self._came()])

    @property
    def deliveries(self) -> int:
        """How many times milk came, by day."""
        return len({one.on for one in self._came()})

    @property
    def by_month(self) -> tuple[tuple[date, Volume], ...]:
        """What came in each month that anything did, by its first day, the latest first."""
        return by_month(self._came())

    @property
    def bags_owed(self) -> int:
        """How many of her bags were not given back, as far as they were counted; never below none."""
        return max(0, self.bags_came - self.bags_back)

    def _came(self) -> list[_Came]:
        return [
            _Came(one.on, one.volume)
            for one in self.events
            if one.kind is EventKind.DELIVERED and one.volume is not None
        ]


@dataclass(frozen=True, slots=True)
class _Came:
    on: date
    volume: Volume


def by_month(came: Iterable[_Came]) -> tuple[tuple[date, Volume], ...]:
    """Return the sums by month, the latest first."""
    sums: dict[date, Volume] = {}
    for one in came:
        month = one.on.replace(day=1)
        sums[month] = sums.get(month, Volume()) + one.volume
    return tuple(sorted(sums.items(), reverse=True))


def latest_first(events: Iterable[PairEvent]) -> tuple[PairEvent, ...]:
    """Return *events*, the latest first; of one day what comes later on its way first."""
    return tuple(sorted(events, key=lambda one: (one.on, _SAME_DAY.index(one.kind), one.code), reverse=True))


def owed_words(pair: Pair) -> Saying:
    """Return what of her bags is owed, by the deliveries that counted them; nothing where none came."""
    if not pair.bags_came and not pair.uncounted:
        return NOTHING
    if not pair.bags_came:
        return saying("her bags were not counted when the milk came")
    said = saying(
        "{came} of her bags came with the milk, {back} noted as given back",
        came=pair.bags_came,
        back=pair.bags_back,
    )
    if pair.uncounted:
        said = saying("{said}; {n} more deliveries were not counted", said=said, n=pair.uncounted)
    return said
