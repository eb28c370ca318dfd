"""What no allocation may break, whoever made it: the plan, its first answer, or a rival by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from coordinator.domain.planning.network import PlanBaby, PlanLot, PlanNetwork, Wishes
from coordinator.domain.planning.weights import PlanPolicy

Amounts = Mapping[tuple[str, str], float]
"""Ounces by lot and baby."""
NEARLY = 1e-3
"""A thousandth of an ounce: a solver reckons to the millionth, over many bags."""


def broken(
    network: PlanNetwork,
    amounts: Amounts,
    policy: PlanPolicy,
    *,
    wishes: Wishes | None = None,
    rung: Iterable[int] | None = None,
) -> list[str]:
    """Return every rule that *amounts* break, in words; none of a whole allocation.

    *rung*: the households that were rung; without it calls are not looked at.
    """
    wanted = wishes or Wishes()
    known = {pair.key for pair in network.pairs}
    if strangers := amounts.keys() - known:
        return [f"{sorted(strangers)} may not go there at all"]
    return [
        *_of_lots(network, amounts),
        *_of_babies(network, amounts, wanted),
        *_of_trips(network, amounts, policy, wanted),
        *_of_wishes(network, amounts, wanted),
        *(() if rung is None else _of_calls(network, amounts, frozenset(rung), wanted)),
    ]


def _of_lots(network: PlanNetwork, amounts: Amounts) -> Iterator[str]:
    pairs = {pair.key: pair for pair in network.pairs}
    for lot in network.lots:
        given = {key: oz for key, oz in amounts.items() if key[0] == lot.code}
        if sum(given.values()) > lot.free_oz + NEARLY:
            yield f"{lot.code} is given twice: {sum(given.values()):.2f} of {lot.free_oz:.2f} oz"
        for cut, much in lot.cuts:
            newer = sum(oz for key, oz in given.items() if (day := pairs[key].only_from) and day >= cut)
            if newer > much + NEARLY:
                yield f"{lot.code} from {cut} on is given twice: {newer:.2f} of {much:.2f} oz"
        yield from (f"{key} breaks a bag: {oz:.3f} oz" for key, oz in given.items() if _breaks_a_bag(lot, oz))


def _breaks_a_bag(lot: PlanLot, ounces: float) -> bool:
    return bool(lot.bag_oz) and abs(ounces - round(ounces / lot.bag_oz) * lot.bag_oz) > NEARLY


def _of_babies(network: PlanNetwork, amounts: Amounts, wishes: Wishes) -> Iterator[str]:
    bags = {lot.code: lot.bag_oz for lot in network.lots}
    for baby in network.babies:
        taken = sum(oz for (_, code), oz in amounts.items() if code == baby.code)
        pinned = sum(oz for (_, code), oz in wishes.pins.items() if code == baby.code)
        largest = max((bags[pair.lot] for pair in network.pairs if pair.baby == baby.code), default=0.0)
        if taken > max(_room(baby, largest), pinned) + NEARLY:
            yield f"{baby.code} gets {taken:.2f} of {baby.lacks_oz:.2f} oz, its room is {baby.room_oz:.2f}"


def _room(baby: PlanBaby, largest_bag: float) -> float:
    return min(baby.room_oz, baby.lacks_oz + largest_bag)


def _of_trips(network: PlanNetwork, amounts: Amounts, policy: PlanPolicy, wishes: Wishes) -> Iterator[str]:
    pairs, carried = {pair.key: pair for pair in network.pairs}, defaultdict[tuple[str, str], float](float)
    pinned = {(pairs[key].baby, pairs[key].donor) for key in wishes.pins if key in pairs}
    for key, oz in amounts.items():
        carried[pairs[key].baby, pairs[key].donor] += oz
    for trip, oz in carried.items():
        if trip not in pinned and oz < policy.smallest_oz - NEARLY:
            yield f"{trip} is too little for a trip: {oz:.2f} oz"


def _of_wishes(network: PlanNetwork, amounts: Amounts, wishes: Wishes) -> Iterator[str]:
    known = {pair.key for pair in network.pairs}
    for key, oz in wishes.pins.items():
        if key in known and abs(amounts.get(key, 0.0) - oz) > NEARLY:
            yield f"{key} is pinned to {oz:.2f} oz and gets {amounts.get(key, 0.0):.2f}"
    yield from (
        f"{key} is forbidden" for key in amounts if key in wishes.forbidden and key not in wishes.pins
    )


def _of_calls(network: PlanNetwork, amounts: Amounts, rung: frozenset[int], wishes: Wishes) -> Iterator[str]:
    for pair in network.pairs:
        if pair.key in amounts and pair.key not in wishes.pins and not pair.homes <= rung:
            yield f"{pair.key} waits for {sorted(pair.homes - rung)}"
