"""Which of two answers by one person is the later one: by their stamps, else by the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import Enum
from itertools import pairwise

from coordinator.domain.reading.moments import has_time, in_zone, usual_zone
from coordinator.sayings import Saying, saying

_Key = Callable[[int], tuple[date, time, int]]

_CLEARLY = 3
"""How many times as many steps must go one way as the other for the file to have an order."""


_NO_TIME = datetime.combine(date.min, time())


class FileOrder(Enum):
    """Where the latest answer of a file stands."""

    NEWEST_LAST = "newest last"
    NEWEST_FIRST = "newest first"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AnswerOrder:
    """The rows of a file in time.

    ``moments`` are local times, ``None`` where a row's cannot be read. It ``has_zones`` if any tells its own.
    """

    moments: tuple[datetime | None, ...]
    file_order: FileOrder
    has_zones: bool = False
    _near: tuple[datetime, ...] = ()
    """Of each row the time of the nearest one sent before it, else after it."""

    def latest_first(self, places: Sequence[int]) -> list[int]:
        """Return the rows at *places*, the one that counts first."""
        return sorted(places, key=self._key(places), reverse=True)

    def goes_by_file(self, places: Sequence[int]) -> bool:
        """Whether only the order of the file tells which of the rows at *places* counts."""
        if any(self.moments[place] is None for place in places):
            return True
        key = self._key(places)
        first, second, *_ = sorted((key(place)[:2] for place in places), reverse=True)
        return first == second

    def is_doubtful(self, places: Sequence[int]) -> bool:
        """Whether times of one day speak against the row that counts: nobody can tell what they are worth."""
        latest = self.moments[self.latest_first(places)[0]]
        others = (moment for place in places if (moment := self.moments[place]) is not None)
        return latest is not None and any(latest < moment for moment in others)

    def notice(self) -> Saying:
        """Return how the order of the file was used."""
        return {
            FileOrder.NEWEST_LAST: saying(
                "The newest answers stand last in this file: where times do not tell, the lower one counts."
            ),
            FileOrder.NEWEST_FIRST: saying(
                "The newest answers stand first in this file: where times do not tell, the upper one counts."
            ),
            FileOrder.UNKNOWN: saying(
                "This file is in no order of time: where times do not tell, the lower answer counts."
            ),
        }[self.file_order]

    def _key(self, places: Sequence[int]) -> _Key:
        """Return what sorts rows in time; on a day whose times do not tell, the file's order decides.

        They do not where one is missing, or where the file is in no order, and the rows stand apart, and no
        zone is told: forms append their rows, and the clocks that stamp them run in several zones.
        """
        told = [moment for place in places if (moment := self.moments[place]) is not None]
        is_mixed = self.file_order is FileOrder.UNKNOWN and not self.has_zones and _stand_apart(places)
        days = {moment.date() for moment in told if is_mixed or not has_time(moment)}

        def key(place: int) -> tuple[date, time, int]:
            moment = self.moments[place] or self._near[place]
            rank = -place if self.file_order is FileOrder.NEWEST_FIRST else place
            return moment.date(), time() if moment.date() in days else moment.time(), rank

        return key


def order_of(stamps: Sequence[datetime | None]) -> AnswerOrder:
    """Return how the rows with *stamps* stand in time; those without a zone are in the file's usual one."""
    zone = usual_zone([stamp for stamp in stamps if stamp is not None])
    local = tuple(None if stamp is None else _local(stamp, zone) for stamp in stamps)
    readable = [moment for moment in local if moment is not None]
    order = _file_order(readable)
    return AnswerOrder(local, order, zone is not None, tuple(_nearest(local, order)))


def _nearest(moments: Sequence[datetime | None], order: FileOrder) -> list[datetime]:
    """Return for each row its own time, else that of the nearest row sent before, else of the first."""
    in_time = moments[::-1] if order is FileOrder.NEWEST_FIRST else moments
    last = next((moment for moment in in_time if moment is not None), _NO_TIME)
    near = []
    for moment in in_time:
        last = moment or last
        near.append(last)
    return near[::-1] if order is FileOrder.NEWEST_FIRST else near


def _stand_apart(places: Sequence[int]) -> bool:
    return max(places) - min(places) >= len(places)


def _local(stamp: datetime, zone: tzinfo | None) -> datetime:
    if zone is None or not has_time(stamp):
        return stamp.replace(tzinfo=None)
    return in_zone(stamp, zone).astimezone(zone).replace(tzinfo=None)


def _file_order(moments: Sequence[datetime]) -> FileOrder:
    up = sum(one < other for one, other in pairwise(moments))
    down = sum(one > other for one, other in pairwise(moments))
    if up and up >= _CLEARLY * down:
        return FileOrder.NEWEST_LAST
    return FileOrder.NEWEST_FIRST if down and down >= _CLEARLY * up else FileOrder.UNKNOWN
