"""How long milk lasts by plain division: what the day by day reckoning of needs is compared with."""

from __future__ import annotations

from coordinator.domain.volume import Volume

_ROUNDING = 1
"""Microlitres by which a day's need may be off: intake and own supply are both rounded to whole ones."""


def full_days(stock: Volume, need_per_day: Volume) -> int | None:
    """Return for how many full days *stock* lasts; ``None`` when nothing is needed.

    Example: 3000 oz at an own supply of 4 oz last 115, 142 and 200 full days at 30, 25 and 19 oz intake.
    """
    if need_per_day.microlitres <= 0:
        return None
    return (stock.microlitres + _ROUNDING) // max(need_per_day.microlitres - _ROUNDING, 1)
