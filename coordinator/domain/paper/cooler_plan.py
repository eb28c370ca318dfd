"""What goes into which cooler of a run, as it stands on the run sheet and on the tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.paper.sheets import CoolerTag, TagLoad
from coordinator.domain.pickups.coolers import coolers_to_bring
from coordinator.domain.pickups.packing import packed
from coordinator.domain.pickups.plans import PickupKind, Stop, StopKind
from coordinator.domain.pickups.trip import TimedTrip, most_aboard
from coordinator.domain.volume import Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordinator.domain.pickups.ordering import PickupPolicy
    from coordinator.domain.pickups.packing import Packed


def cooler_plan(
    timed: TimedTrip, carrier: str, names: Mapping[str, str], policy: PickupPolicy
) -> tuple[tuple[CoolerTag, ...], Volume]:
    """Return a tag for each cooler to bring, and the milk that has no room loose; none where none are known.

    Args:
        timed: The trip with its stops.
        carrier: The first name of who carries.
        names: The first name of the family of each hold, by its code.
        policy: How full coolers are, and how many ice packs go into each.
    """
    trip, stops = timed.trip, timed.stops
    owned = trip.driver.coolers_qt if trip.driver and trip.kind is PickupKind.RUN else ()
    chosen = coolers_to_bring(most_aboard(stops), owned, policy)
    if not chosen:
        return (), Volume()
    coolers, left_over = packed(stops, chosen, policy)
    drop_at = {hold.code: stop for stop in stops if stop.kind is StopKind.DROP for hold in stop.holds}
    tags = tuple(
        CoolerTag(
            number=number,
            of=len(coolers),
            quarts=cooler.quarts,
            ice_packs=policy.ice_packs,
            carrier_first_name=carrier,
            loads=tuple(_load(one, names[one.hold.code], drop_at.get(one.hold.code)) for one in cooler.loads),
        )
        for number, cooler in enumerate(coolers, start=1)
    )
    return tags, left_over


def _load(packed_milk: Packed, name: str, drop: Stop | None) -> TagLoad:
    hold = packed_milk.hold
    return TagLoad(
        stop_number=drop.number if drop else 0,
        first_name=name,
        lot_code=hold.lot_code,
        bags=hold.bags if packed_milk.is_all else None,
        volume=packed_milk.volume,
        is_all=packed_milk.is_all,
        is_about=hold.is_about,
    )
