"""The number on a printed sheet: which pickup it is of, and which of its printings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator.domain.pickups.plans import Pickup
    from coordinator.sayings import Saying

_NUMBER = re.compile(r"\s*(P-\d{4,12})(?:-(\d{1,6}))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetNumber:
    """``P-0142-1`` is the first printing of P-0142; ``P-0142`` alone names no printing."""

    pickup_code: str
    printing: int | None = None

    def __str__(self) -> str:
        """Return it as it stands on the sheet."""
        return self.pickup_code if self.printing is None else f"{self.pickup_code}-{self.printing}"


def read_sheet_number(text: str) -> SheetNumber | None:
    """Return the number *text* is, typed or read by a scanner; None if it is anything else."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return SheetNumber(found[1].upper(), None if found[2] is None else int(found[2]))


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A printed sheet with its pickup as it is planned now.

    ``since`` are the actions that changed what stands on it after it was printed, oldest first.
    """

    number: SheetNumber
    pickup: Pickup
    since: tuple[Saying, ...] = ()

    @property
    def was_printed(self) -> bool:
        """Whether the network knows of that printing; a pickup named without one counts."""
        return self.number.printing is None or 1 <= self.number.printing <= self.pickup.prints

    @property
    def is_old(self) -> bool:
        """Whether the sheet was printed before something that it shows was changed, or printed anew."""
        printing = self.number.printing
        if printing is None or not self.was_printed:
            return False
        return bool(self.since) or printing < self.pickup.prints or self.pickup.changed_since_printed
