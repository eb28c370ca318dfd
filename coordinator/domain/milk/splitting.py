"""The bags of a lot dated a day or later: how much they probably are, for holding them and for splitting.

One estimate serves both. Milk that nobody promised counts as spread evenly over the lot's days; a hold that
may take any bag as well. Holds of newer bags only come first: what was promised out of a part is never
promised again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.milk.lots import Lot
from coordinator.domain.volume import Volume, VolumeUnit, as_part, total
from coordinator.errors import UserError
from coordinator.sayings import saying


class NoDayOfLotError(UserError):
    """The day to split at leaves nothing on one side."""

    def __init__(self, code: str) -> None:
        super().__init__(
            saying(
                "{code} cannot be split there: choose a day after its oldest bag, up to its newest.",
                code=code,
            )
        )
        self.code = code


@dataclass(frozen=True, slots=True)
class LaterPart:
    """What of a lot's free milk is dated a day or later: by the share of days, until somebody counts."""

    volume: Volume
    bags: int | None = None


@dataclass(frozen=True, slots=True)
class CountedPart:
    """Milk dated ``only_from`` or later that lies with the donor, as somebody with the bags counted it.

    Milk on hold lies there too, whoever it is for: only the rest is free (:func:`free_of_counted`).
    """

    only_from: date
    volume: Volume
    bags: int | None = None


def is_about(first: date | None, only_from: date | None) -> bool:
    """Whether "only bags dated *only_from* or later" leaves bags out of a lot whose oldest is of *first*.

    How much such bags hold is an estimate, for as long as they are no lot of their own. *only_from* is a
    day of the lot; of any other, ask :func:`may_part`.
    """
    return only_from is not None and (first is None or first < only_from)


def may_part(lot: Lot, only_from: date | None) -> bool:
    """Whether *only_from* may have bags of *lot* on both its sides; a day that is not known may lie anywhere.

    Then its bags from that day on can be counted, and how much they hold is an estimate until they are.
    """
    last = lot.expressed_to
    return is_about(lot.expressed_from, only_from) and (
        last is None or only_from is None or only_from <= last
    )


def tells_days_around(lot: Lot, only_from: date) -> bool:
    """Whether *lot* tells its days and *only_from* parts them: only then is its milk spread by days."""
    first, last = lot.expressed_from, lot.expressed_to
    return first is not None and last is not None and first < only_from <= last


def held_from(lot: Lot, only_from: date) -> LaterPart:
    """Return what still lies with the donor and is on hold as dated *only_from* or later."""
    held = [one for one in lot.promises if one.only_from >= only_from and not one.is_gone]
    return LaterPart(total([one.volume for one in held]), sum(one.bags or 0 for one in held))


def counted_of(lot: Lot, counted: CountedPart, unit: VolumeUnit) -> CountedPart:
    """Return what somebody means who counted so much of *lot*: all that lies there, if it looks like it."""
    lies_there = lot.free + held_from(lot, counted.only_from).volume
    return replace(counted, volume=as_part(counted.volume, lies_there, unit))


def free_of_counted(lot: Lot, counted: CountedPart) -> LaterPart:
    """Return what of the *counted* bags is not on hold; below nothing when more is than lies there."""
    held = held_from(lot, counted.only_from)
    volume = counted.volume - held.volume
    bags = bags_for(lot, volume) if counted.bags is None else counted.bags - (held.bags or 0)
    return LaterPart(volume, bags)


def part_from(lot: Lot, only_from: date | None) -> LaterPart:
    """Return what of the free milk is probably dated *only_from* or later; all of it without a day.

    Also all of it when *only_from* leaves nothing out, or when the lot does not tell its days.
    """
    if only_from is not None and tells_days_around(lot, only_from):
        return later_part(lot, only_from)
    return LaterPart(lot.free, lot.free_bags)


def later_part(lot: Lot, on: date) -> LaterPart:
    """Return what of the free milk of *lot* is probably dated *on* or later.

    The share of days, rounded down; of bags to the nearest. An estimate: who has the bags in her hand reads
    their dates.

    Raises:
        NoDayOfLotError: If *on* is not after the oldest day and up to the newest, or a day is not known.
    """
    if not tells_days_around(lot, on):
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
    uncounted = lot.volume - lot.free - lot.counted
    whole = lot.bags * uncounted.microlitres // lot.volume.microlitres
    free = max(0, lot.bags - lot.taken_bags - whole) if lot.free > Volume() else 0
    if only_from is None or not tells_days_around(lot, only_from):
        return free
    promised = [
        (one.only_from, _rounded_up(lot, one.volume) if one.bags is None else one.bags)
        for one in lot.promises
    ]
    by_ounces = _rounded_up(lot, _later_volume(lot, only_from))
    return min(free, by_ounces, _unpromised(lot, only_from, free, promised, most=lot.bags))


def is_promised_twice(lot: Lot) -> bool:
    """Whether more of a lot, or of its newer bags, is held and gone than there ever was."""
    return lot.free < Volume() or promised_beyond(lot) > Volume()


def promised_beyond(lot: Lot) -> Volume:
    """Return by how much the newer bags of *lot* are promised twice; nothing where they are not."""
    bare = replace(lot, free=lot.volume, promises=())
    newer = [one for one in lot.promises if tells_days_around(lot, one.only_from)]
    beyond = (
        total([one.volume for one in newer if one.only_from >= cut]) - part_from(bare, cut).volume
        for cut in {one.only_from for one in newer}
    )
    return max([Volume(), *beyond])


def bags_for(lot: Lot, volume: Volume) -> int | None:
    """Return in how many of its bags *volume* of the free milk lies, to the nearest; at least one."""
    if not lot.free_bags or not lot.free:
        return lot.free_bags
    bags = round(lot.free_bags * volume.microlitres / lot.free.microlitres)
    return max(bags, 1) if volume else 0


def _later_volume(lot: Lot, on: date) -> Volume:
    promised = [(one.only_from, one.volume.microlitres) for one in lot.promises]
    return Volume(_unpromised(lot, on, lot.free.microlitres, promised))


def _unpromised(
    lot: Lot, on: date, free: int, promised: Iterable[tuple[date, int]], *, most: int | None = None
) -> int:
    """Return what is left of *free*, dated *on* or later, beside what was *promised* of newer bags.

    A promise of older bags takes those before *on* first. So for each earlier day the bags from it on must
    hold its promises and this; the tightest of these days decides. *most* is for bags: how many there ever
    were, since of a promise in ounces a bag begun counts as well; and one begun may be taken.
    """
    first, last = lot.expressed_from, lot.expressed_to
    if first is None or last is None:
        return free
    newer = [(day, much) for day, much in promised if first < day]
    pool, days = free + sum(much for _, much in newer), (last - first).days + 1
    if most is not None:
        pool = min(pool, most)
    left = [free]
    for cut in {on, *(day for day, _ in newer if day < on)}:
        later = max(0, (last - cut).days + 1) * pool
        holds = later // days if most is None else -(-later // days)
        left.append(holds - sum(much for day, much in newer if day >= cut))
    return max(0, min(left))


def _rounded_up(lot: Lot, volume: Volume) -> int:
    return -(-(lot.bags or 0) * volume.microlitres // lot.volume.microlitres)
