"""What goes into which cooler, in the order of the stops, so that a family's milk is together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.pickups.coolers import holds_loose
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import Volume

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.agreements.holds import Hold
    from coordinator.domain.pickups.ordering import PickupPolicy
    from coordinator.domain.pickups.plans import Stop


@dataclass(frozen=True, slots=True)
class Packed:
    """Milk of one hold in a cooler; ``is_all`` unless some of it is in another."""

    hold: Hold
    volume: Volume
    is_all: bool


@dataclass(frozen=True, slots=True)
class PackedCooler:
    """A cooler and what is put into it on the way, in that order."""

    quarts: int
    loads: tuple[Packed, ...]


def packed(
    stops: Sequence[Stop], coolers_qt: Sequence[int], policy: PickupPolicy
) -> tuple[tuple[PackedCooler, ...], Volume]:
    """Return each cooler with its milk, loose, and how much found no room.

    At a stop each hold goes where milk for the same family is and still fits, else into the emptiest cooler
    that takes all of it, else it is spread. What was dropped makes room.
    """
    room = [holds_loose(quarts, policy).microlitres for quarts in coolers_qt]
    inside: list[dict[str, tuple[Hold, int]]] = [{} for _ in coolers_qt]
    loads: list[list[tuple[Hold, int]]] = [[] for _ in coolers_qt]
    over = 0
    for stop in stops:
        for hold in stop.holds:
            if stop.kind is StopKind.DROP:
                for cooler in inside:
                    cooler.pop(hold.code, None)
                continue
            left = hold.volume.microlitres
            for at in _order(hold, room, inside):
                free = room[at] - _used(inside[at])
                share = min(left, free)
                if share <= 0:
                    continue
                inside[at][hold.code] = (hold, share)
                loads[at].append((hold, share))
                left -= share
                if not left:
                    break
            over += left
    coolers = tuple(
        PackedCooler(
            quarts,
            tuple(Packed(hold, Volume(part), part == hold.volume.microlitres) for hold, part in loads[at]),
        )
        for at, quarts in enumerate(coolers_qt)
    )
    return coolers, Volume(over)


def _used(cooler: dict[str, tuple[Hold, int]]) -> int:
    return sum(part for _, part in cooler.values())


def _order(hold: Hold, room: Sequence[int], inside: Sequence[dict[str, tuple[Hold, int]]]) -> list[int]:
    """Return the coolers in the order they are tried."""

    def rank(at: int) -> tuple[bool, bool, int, int]:
        free = room[at] - _used(inside[at])
        has_theirs = any(one.recipient_code == hold.recipient_code for one, _ in inside[at].values())
        fits = free >= hold.volume.microlitres
        return (not fits, not has_theirs, -free, at)

    return sorted(range(len(room)), key=rank)
