"""The bags of a lot dated a day or later: how much they probably are, for holding them and for splitting.

One estimate serves both. Milk that nobody promised counts as spread evenly over the lot's days; a hold that
may take any bag as well. Holds of newer bags only come first: what was promised out of a part is never
promised again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.milk import Lot
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError


class NoDayOfLotError(UserError):
    """The day to split at leaves nothing on one side."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} cannot be split there: choose a day after its oldest bag, up to its newest."
        )
        self.code = code


@dataclass(frozen=True, slots=True)
class LaterPart:
    """What of a lot's free milk is dated a day or later: by the share of days, until somebody counts."""

    volume: Volume
    bags: int | None = None


@dataclass(frozen=True, slots=True)
class CountedPart:
    """Free milk dated ``only_from`` or later, as somebody with the bags in her hand counted it."""

    only_from: date
    volume: Volume
    bags: int | None = None


def is_about(first: date | None, only_from: date | None) -> bool:
    """Whether "only bags dated *only_from* or later" leaves bags out of a lot whose oldest is of *first*.

    How much such bags hold is an estimate, for as long as they are no lot of their own.
    """
    return only_from is not None and (first is None or first < only_from)


def part_from(lot: Lot, only_from: date | None) -> LaterPart:
    """Return what of the free milk is probably dated *only_from* or later; all of it without a day.

    Also all of it when *only_from* leaves nothing out, or when the lot does not tell its days.
    """
    if only_from is not None and _is_inside(lot, only_from):
        return later_part(lot, only_from)
    return LaterPart(lot.free, lot.free_bags)


def later_part(lot: Lot, on: date) -> LaterPart:
    """Return what of the free milk of *lot* is probably dated *on* or later.

    The share of days, rounded down; of bags to the nearest. An estimate: who has the bags in her hand reads
    their dates.

    Raises:
        NoDayOfLotError: If *on* is not after the oldest day and up to the newest, or a day is not known.
    """
    if not _is_inside(lot, on):
        raise NoDayOfLotError(lot.code)
    volume = _later_volume(lot, on)
    bags, most = bags_for(lot, volume), most_bags(lot, on)
    return LaterPart(volume, bags if bags is None or most is None else min(bags, most))


def most_bags(lot: Lot, only_from: date | None) -> int | None:
    """Return how many bags a hold may take at most; ``None`` when the lot's were not counted.

    Rounded up: a bag begun counts, or the last one could never be held.
    """
    if lot.bags is None or not lot.volume:
        return None
    free = min(_rounded_up(lot, lot.free), max(0, lot.bags - lot.taken_bags))
    if only_from is None or not _is_inside(lot, only_from):
        return free
    promised = [
        (one.only_from, _rounded_up(lot, one.volume) if one.bags is None else one.bags)
        for one in lot.promises
    ]
    by_ounces = _rounded_up(lot, _later_volume(lot, only_from))
    return min(free, by_ounces, _unpromised(lot, only_from, free, promised, is_begun=True))


def is_promised_twice(lot: Lot) -> bool:
    """Whether more of a lot, or of its newer bags, is held and gone than there ever was."""
    if lot.free < Volume():
        return True
    bare = replace(lot, free=lot.volume, promises=())
    newer = [one for one in lot.promises if _is_inside(lot, one.only_from)]
    return any(
        total([one.volume for one in newer if one.only_from >= cut]) > part_from(bare, cut).volume
        for cut in {one.only_from for one in newer}
    )


def bags_for(lot: Lot, volume: Volume) -> int | None:
    """Return in how many of its bags *volume* of the free milk lies, to the nearest; at least one."""
    if not lot.free_bags or not lot.free:
        return lot.free_bags
    bags = round(lot.free_bags * volume.microlitres / lot.free.microlitres)
    return max(bags, 1) if volume else 0


def _is_inside(lot: Lot, on: date) -> bool:
    first, last = lot.expressed_from, lot.expressed_to
    return first is not None and last is not None and first < on <= last


def _later_volume(lot: Lot, on: date) -> Volume:
    promised = [(one.only_from, one.volume.microlitres) for one in lot.promises]
    return Volume(_unpromised(lot, on, lot.free.microlitres, promised))


def _unpromised(
    lot: Lot, on: date, free: int, promised: Iterable[tuple[date, int]], *, is_begun: bool = False
) -> int:
    """Return what is left of *free*, dated *on* or later, beside what was *promised* of newer bags.

    A promise of older bags takes those before *on* first. So for each earlier day the bags from it on must
    hold its promises and this; the tightest of these days decides.
    """
    first, last = lot.expressed_from, lot.expressed_to
    if first is None or last is None:
        return free
    newer = [(day, much) for day, much in promised if first < day]
    pool, days = free + sum(much for _, much in newer), (last - first).days + 1
    left = [free]
    for cut in {on, *(day for day, _ in newer if day < on)}:
        later = max(0, (last - cut).days + 1) * pool
        holds = -(-later // days) if is_begun else later // days
        left.append(holds - sum(much for day, much in newer if day >= cut))
    return max(0, min(left))


def _rounded_up(lot: Lot, volume: Volume) -> int:
    return -(-(lot.bags or 0) * volume.microlitres // lot.volume.microlitres)
