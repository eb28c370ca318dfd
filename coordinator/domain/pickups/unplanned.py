"""A hand-over that nobody had planned, as it is told afterwards, and what is said of its milk before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.pickups.plans import Condition
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import Saying


@dataclass(frozen=True, slots=True)
class GivenPart:
    """How much of one lot went; ``bags`` where somebody counted them."""

    lot: str
    volume: Volume
    bags: int | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What went to a family on a day, of one lot or several. Each lot is named once."""

    recipient: str
    parts: tuple[GivenPart, ...]
    on: date
    received_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the milk of one lot would not have been offered: it is written down, and joins nobody's stock."""

    lot_code: str
    said: Saying


@dataclass(frozen=True, slots=True)
class Added:
    """What an unplanned hand-over was written down as: the codes of its pickups, one for each donor.

    ``stays`` are the names of families whose stock stays, as they counted since; ``objections`` what was said
    of the milk.
    """

    codes: tuple[str, ...]
    stays: tuple[str, ...]
    objections: tuple[Objection, ...]


class CountDoubtError(UserError):
    """More would have gone than is written down of a lot: was it counted wrong?"""
