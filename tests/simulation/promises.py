"""What is kept of a season: bags in freezers, what is promised of them, and what it all comes to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from coordinator.domain.volume import Volume

BAG_OZ: Final = 4.0


@dataclass
class Bags:
    """A lot in a donor's freezer: bags pumped from one day to another, and what became of them."""

    code: str
    donor: str
    first: date
    last: date
    total: int = 0
    gone: int = 0
    expired: int = 0

    @property
    def there(self) -> int:
        """Bags that still lie there."""
        return self.total - self.gone - self.expired


@dataclass
class Hold:
    """Bags promised to a family, with both sides' yes or not yet."""

    lot: str
    donor: str
    family: str
    bags: int
    only_from: date | None
    made: date
    minutes: float
    needs_driver: bool
    donor_yes: bool = False
    family_yes: bool = False

    @property
    def is_agreed(self) -> bool:
        """Whether both said yes."""
        return self.donor_yes and self.family_yes

    @property
    def ounces(self) -> float:
        """How much it is."""
        return self.bags * BAG_OZ


@dataclass
class Account:
    """What a season comes to."""

    baby_days: float = 0.0
    uncovered: float = 0.0
    calls: int = 0
    answered: int = 0
    phone_minutes: float = 0.0
    minutes: float = 0.0
    delivered: float = 0.0
    expired: float = 0.0
    left_behind: float = 0.0
    waited: int = 0
    got: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def donors_per_baby(self) -> float:
        """Of families that got any milk."""
        return sum(map(len, self.got.values())) / len(self.got) if self.got else 0.0


def ounces_in(bags: int) -> Volume:
    """Return what so many bags hold, without a microlitre of rounding."""
    return Volume(bags * Volume.from_oz(BAG_OZ).microlitres)
