"""What the coordinator wants of a plan, kept between plans: only what can still be is asked of the solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coordinator.domain.planning.allocating import Key, in_bags
from coordinator.domain.planning.network import Pair, PlanLot, PlanNetwork, Wishes
from coordinator.domain.planning.program import NEARLY


def with_pin(wishes: Wishes, key: Key, ounces: float) -> Wishes:
    """Return *wishes* with so much of a lot kept for a baby; what was forbidden is not any more."""
    return replace(wishes, pins={**wishes.pins, key: ounces}, forbidden=wishes.forbidden - {key})


def with_forbidden(wishes: Wishes, key: Key) -> Wishes:
    """Return *wishes* with a lot kept from a baby; what was pinned is not any more."""
    return replace(without(wishes, key), forbidden=wishes.forbidden | {key})


def without(wishes: Wishes, key: Key) -> Wishes:
    """Return *wishes* with nothing wished for a lot and a baby."""
    pins = {other: much for other, much in wishes.pins.items() if other != key}
    return replace(wishes, pins=pins, forbidden=wishes.forbidden - {key})


def with_codes_now(wishes: Wishes, now: Mapping[str, str]) -> Wishes:
    """Return *wishes* about families by the codes they have *now*, by the code each had before a merge.

    What was forbidden of either is; of two pins of one lot the larger stays.
    """

    def renamed(key: Key) -> Key:
        return key[0], now.get(key[1], key[1])

    forbidden, pins = frozenset(map(renamed, wishes.forbidden)), dict[Key, float]()
    for key, much in wishes.pins.items():
        if renamed(key) not in forbidden:
            pins[renamed(key)] = max(much, pins.get(renamed(key), 0.0))
    return replace(wishes, pins=pins, forbidden=forbidden)


def with_part(wishes: Wishes, lot: str, part: str, free_oz: float) -> Wishes:
    """Return *wishes* once *part*, with so much that is free, was cut off from *lot*.

    Milk that was kept from a family is kept from it in both. What was pinned is, as far as it goes, of the
    newer part; the rest stays with the other, so that as much is pinned as before.
    """
    forbidden = {(part, family) for other, family in wishes.forbidden if other == lot}
    pins = {**wishes.pins}
    for key, ounces in wishes.pins.items():
        if key[0] == lot:
            newer = min(ounces, free_oz)
            free_oz -= newer
            moved = {key: ounces - newer, (part, key[1]): newer}
            del pins[key]
            pins |= {at: much for at, much in moved.items() if much > NEARLY}
    return replace(wishes, pins=pins, forbidden=wishes.forbidden | forbidden)


def still_there(wishes: Wishes, lots: Iterable[str], babies: Iterable[str]) -> Wishes:
    """Return *wishes* without those about milk or families that are gone."""
    known_lots, known_babies = frozenset(lots), frozenset(babies)

    def is_known(key: Key) -> bool:
        return key[0] in known_lots and key[1] in known_babies

    pins = {key: much for key, much in wishes.pins.items() if is_known(key)}
    return replace(wishes, pins=pins, forbidden=frozenset(filter(is_known, wishes.forbidden)))


def possible(wishes: Wishes, network: PlanNetwork, last: Key | None = None) -> Wishes:
    """Return *wishes* with the pins that *network* allows: no more than is free, and than a freezer takes.

    In whole bags. A pin whose milk may not go there any more is left out; it would make the plan impossible.
    Where not all have room, *last* is the one that is cut.
    """
    pairs, giving = {pair.key: pair for pair in network.pairs}, _Giving(network)
    pins: dict[Key, float] = {}
    for key, ounces in sorted(wishes.pins.items(), key=lambda pin: (pin[0] == last, pin)):
        if key in pairs and (much := giving.take(pairs[key], ounces)) > NEARLY:
            pins[key] = much
    return replace(wishes, pins=pins)


def homes_of_pins(wishes: Wishes, network: PlanNetwork) -> frozenset[int]:
    """Return the households that the milk pinned waits for and that may be rung."""
    homes = {home for pair in network.pairs if pair.key in wishes.pins for home in pair.homes}
    return frozenset(home for home in homes if home in network.homes and network.homes[home].may_be_rung)


class _Giving:
    """What is left of each lot, of its newer bags, and of the room in each freezer."""

    def __init__(self, network: PlanNetwork) -> None:
        self._lots: dict[str, PlanLot] = {lot.code: lot for lot in network.lots}
        self._left = {lot.code: lot.free_oz for lot in network.lots}
        self._newer = {lot.code: dict(lot.cuts) for lot in network.lots}
        self._room = {baby.code: baby.room_oz for baby in network.babies}

    def take(self, pair: Pair, ounces: float) -> float:
        newer = self._newer[pair.lot]
        cuts = [cut for cut in newer if pair.only_from is not None and cut <= pair.only_from]
        room = self._room[pair.baby]
        wanted = min([ounces, room, self._left[pair.lot], *(newer[cut] for cut in cuts)])
        much = in_bags(max(wanted, 0.0), self._lots[pair.lot])
        self._left[pair.lot] -= much
        self._room[pair.baby] -= much
        for cut in cuts:
            newer[cut] -= much
        return much
