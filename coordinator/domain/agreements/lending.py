"""What one family lends another for the milk: coolers, bags, and when they came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.sayings import Saying, plural, saying


class LentBy(StrEnum):
    """Who lends; what others lend goes to the family that gets the milk."""

    DONOR = "donor"
    FAMILY = "family"
    OTHERS = "others"

    @property
    def words(self) -> Saying:
        """Who lends, in words."""
        return _LENDERS[self]


_LENDERS = {
    LentBy.DONOR: saying("the donor"),
    LentBy.FAMILY: saying("the family"),
    LentBy.OTHERS: saying("others"),
}


class Thing(StrEnum):
    """What is lent."""

    COOLER = "cooler"
    ICE_PACK = "ice pack"
    BAG = "bag"
    OTHER = "other"

    @property
    def words(self) -> Saying:
        """What it is, in words."""
        return _THINGS[self]

    def counted(self, count: int) -> Saying:
        """Return ``6 coolers``."""
        if self is Thing.COOLER:
            return plural("{n} cooler", "{n} coolers", count)
        if self is Thing.ICE_PACK:
            return plural("{n} ice pack", "{n} ice packs", count)
        if self is Thing.BAG:
            return plural("{n} empty bag", "{n} empty bags", count)
        return plural("{n} thing", "{n} things", count)


_THINGS = {
    Thing.COOLER: saying("coolers"),
    Thing.ICE_PACK: saying("ice packs"),
    Thing.BAG: saying("empty bags"),
    Thing.OTHER: saying("something else"),
}


@dataclass(frozen=True, slots=True)
class Lent:
    """Something that was lent on a day; ``back_on`` once it came back. ``id`` names it to the services."""

    id: int
    lent_by: LentBy
    thing: Thing
    count: int
    lent_on: date
    note: str = ""
    back_on: date | None = None

    @property
    def words(self) -> Saying:
        """Return ``6 coolers, lent by others Nov 1, not back yet``."""
        much = self.thing.counted(self.count)
        if self.back_on is None:
            said = saying(
                "{much}, lent by {whom} {on:short}, not back yet",
                much=much,
                whom=self.lent_by.words,
                on=self.lent_on,
            )
        else:
            said = saying(
                "{much}, lent by {whom} {on:short}, back {back:short}",
                much=much,
                whom=self.lent_by.words,
                on=self.lent_on,
                back=self.back_on,
            )
        return said


@dataclass(frozen=True, slots=True)
class LentLine:
    """One thing lent, with the two it is between, for the list of all of them."""

    lent: Lent
    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str

    @property
    def is_out(self) -> bool:
        """Whether it has not come back; bags that a family gave for a donor's are out for good."""
        return self.lent.back_on is None


@dataclass(frozen=True, slots=True)
class Lending:
    """What is to be noted as lent."""

    lent_by: LentBy
    thing: Thing
    count: int
    on: date
    note: str = ""


def owed(lent: Iterable[Lent], thing: Thing) -> int:
    """Return how many of a thing are not back yet, whoever lent them."""
    return sum(one.count for one in lent if one.thing is thing and one.back_on is None)
