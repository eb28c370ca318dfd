"""Whether the milk of a run fits the coolers and the arms that carry them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import Saying, joined, plural, saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.pickups.ordering import PickupPolicy

OZ_PER_QUART = 32
"""US fluid ounces in a liquid quart: NIST Handbook 44, Appendix C."""


def holds_loose(quarts: float, policy: PickupPolicy) -> Volume:
    """Return how much milk a cooler holds with bags thrown in; 313.6 oz for 28 quarts at 35 %."""
    return Volume.from_oz(round(quarts * OZ_PER_QUART * policy.fill_loose, 6))


def holds_bricked(quarts: float, policy: PickupPolicy) -> Volume:
    """Return how much milk a cooler holds with bags frozen flat and packed like bricks."""
    return Volume.from_oz(round(quarts * OZ_PER_QUART * policy.fill_bricked, 6))


def quarts_needed(volume: Volume, policy: PickupPolicy) -> int:
    """Return how many quarts of cooler *volume* needs loose, rounded up."""
    quarts = int(volume.oz / (OZ_PER_QUART * policy.fill_loose) - 1e-3)
    return quarts if holds_loose(quarts, policy) >= volume else quarts + 1


def coolers_to_bring(
    volume: Volume, coolers_qt: Sequence[int], policy: PickupPolicy, lift_lb: float | None = None
) -> tuple[int, ...]:
    """Return the quarts of the fewest coolers that hold *volume* loose; all of them when they do not."""
    chosen: list[int] = []
    for quarts in sorted(filter(None, coolers_qt), reverse=True):
        if carried_at_most(chosen, lift_lb, policy) >= volume:
            break
        chosen.append(quarts)
    return tuple(chosen)


def carried_at_most(coolers_qt: Sequence[int], lift_lb: float | None, policy: PickupPolicy) -> Volume:
    """Return how much milk these coolers take loose, each within the lift limit where there is one."""
    liftable = None if lift_lb is None else Volume.from_oz(round(lift_lb / policy.lb_per_oz, 6))
    rooms = (holds_loose(quarts, policy) for quarts in coolers_qt)
    return Volume(
        sum(room.microlitres if liftable is None else min(room, liftable).microlitres for room in rooms)
    )


def cooler_rules(
    volume: Volume,
    coolers_qt: Sequence[int],
    lift_lb: float | None,
    policy: PickupPolicy,
    unit: VolumeUnit = VolumeUnit.OZ,
) -> list[Saying]:
    """Return in sentences how *volume* does not fit the coolers, or makes them too heavy.

    Milk is spread over the coolers so that each stays within the lift limit, where that is possible.
    """
    if not coolers_qt or not volume:
        return []
    if not any(coolers_qt):
        milk = format_volume(volume, unit)
        return [saying("{milk} are carried, and all coolers of the volunteer are lent away.", milk=milk)]
    if holds_loose(sum(coolers_qt), policy) < volume:
        return [_too_small(volume, coolers_qt, policy, unit)]
    if lift_lb is None:
        return []
    within = carried_at_most(coolers_qt, lift_lb, policy)
    if within >= volume:
        return []
    return [
        saying(
            "With {weight:g} lb a cooler at most, the coolers take {room}; {milk} are carried.",
            weight=lift_lb,
            room=format_volume(within, unit),
            milk=format_volume(volume, unit),
        )
    ]


def _too_small(volume: Volume, coolers_qt: Sequence[int], policy: PickupPolicy, unit: VolumeUnit) -> Saying:
    fits_bricked = holds_bricked(sum(coolers_qt), policy) >= volume
    loose = _loose_words(volume, coolers_qt, policy, unit)
    return joined(" ", (loose, saying("Packed like bricks it fits."))) if fits_bricked else loose


def _loose_words(volume: Volume, coolers_qt: Sequence[int], policy: PickupPolicy, unit: VolumeUnit) -> Saying:
    milk, sizes = format_volume(volume, unit), set(coolers_qt)
    if len(sizes) > 1:
        return saying(
            "{milk} loose are too much for these coolers ({coolers} qt hold {room}).",
            milk=milk,
            coolers=", ".join(str(quarts) for quarts in coolers_qt),
            room=format_volume(holds_loose(sum(coolers_qt), policy), unit),
        )
    quarts = sizes.pop()
    needed = math.ceil(volume.microlitres / holds_loose(quarts, policy).microlitres)
    return plural(
        "{milk} loose need {needed} {quarts}-quart coolers; {count} is here.",
        "{milk} loose need {needed} {quarts}-quart coolers; {count} are here.",
        len(coolers_qt),
        milk=milk,
        needed=_in_words(needed),
        quarts=quarts,
        count=_in_words(len(coolers_qt)),
    )


_WORDS = (
    saying("no"),
    saying("one"),
    saying("two"),
    saying("three"),
    saying("four"),
    saying("five"),
    saying("six"),
    saying("seven"),
    saying("eight"),
    saying("nine"),
    saying("ten"),
    saying("eleven"),
    saying("twelve"),
)


def _in_words(count: int) -> Saying | str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
