"""What milk a plan may give: free lots in ounces and bags, how much of it is newer, and what would expire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from coordinator.domain.matching.matches import Offer
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.milk.expiring import LastDayOf
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import most_bags, part_from
from coordinator.domain.planning.network import Pair, PlanLot


def lots_offered(
    rankings: Iterable[Ranking],
    pairs: Sequence[Pair],
    homes: Mapping[str, int],
    last_day_of: LastDayOf,
    end: date,
) -> tuple[PlanLot, ...]:
    """Return the free milk of every donor in *rankings*, parted at the days that *pairs* begin at.

    *homes* are the donors' households, *end* is the day after the plan's last: what has its last day by then
    would expire.
    """
    offers: dict[str, Offer] = {}
    for one in rankings:
        offers |= {match.code: match.offer for match in (*one.matches, *one.not_a_fit)}
        offers |= {offer.code: offer for offer in one.too_far}
    cuts: dict[str, set[date]] = defaultdict(set)
    for pair in pairs:
        if pair.only_from is not None:
            cuts[pair.lot].add(pair.only_from)
    return tuple(
        _lot(lot, offer.name, homes[code], cuts[lot.code], last_day_of, end)
        for code, offer in sorted(offers.items())
        for lot in offer.lots
    )


def _lot(lot: Lot, name: str, home: int, cuts: Iterable[date], last_day_of: LastDayOf, end: date) -> PlanLot:
    free = lot.free.oz
    bags = lot.free_bags
    bag = free / bags if bags else 0.0
    parts = tuple((cut, _dated(lot, cut, bag)) for cut in sorted(cuts))
    return PlanLot(lot.code, lot.donor_code, name, home, free, bag, parts, _expiring(lot, last_day_of, end))


def _dated(lot: Lot, cut: date, bag: float) -> float:
    """Return how many ounces a hold of bags dated *cut* or later may take."""
    much, bags = part_from(lot, cut).volume.oz, most_bags(lot, cut)
    return min(much, bags * bag) if bags is not None and bag else much


def _expiring(lot: Lot, last_day_of: LastDayOf, end: date) -> float:
    """Return how many ounces have their last day by *end*, spread evenly over the lot's days."""
    last = last_day_of(lot)
    if last is None or lot.expressed_from is None or last.on > end:
        return 0.0
    newest = end - (last.on - lot.expressed_from)
    if lot.expressed_to is None or newest >= lot.expressed_to:
        return lot.free.oz
    return lot.free.oz - part_from(lot, newest + timedelta(days=1)).volume.oz
