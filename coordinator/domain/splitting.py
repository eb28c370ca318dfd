"""A lot parted at a day, so that what suits a baby can be given without the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.milk import Lot
from coordinator.domain.volume import Volume
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
    bags: int | None


def later_part(lot: Lot, on: date) -> LaterPart:
    """Return what of the free milk of *lot* is probably dated *on* or later.

    The share of days, rounded down; of bags to the nearest. An estimate: who has the bags in her hand reads
    their dates.

    Raises:
        NoDayOfLotError: If *on* is not after the oldest day and up to the newest, or a day is not known.
    """
    first, last = lot.expressed_from, lot.expressed_to
    if first is None or last is None or not first < on <= last:
        raise NoDayOfLotError(lot.code)
    days, later = (last - first).days + 1, (last - on).days + 1
    bags = None if lot.free_bags is None else round(lot.free_bags * later / days)
    return LaterPart(Volume(lot.free.microlitres * later // days), bags)
