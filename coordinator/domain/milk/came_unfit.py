"""Milk that came to a family though it is no fit for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.volume import Volume
from coordinator.sayings import Saying


@dataclass(frozen=True, slots=True)
class CameUnfit:
    """Milk that came to a family though it was no fit, which nobody has rung about yet.

    ``against`` is what was against it when it was written down; ``reads_first``: there is a note
    to read before ringing.
    """

    hold_code: str
    pickup_code: str
    lot_code: str
    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str
    on: date
    volume: Volume
    against: Saying
    reads_first: bool = False
