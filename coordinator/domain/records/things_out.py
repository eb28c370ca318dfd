"""What is out besides milk: what two lend each other, coolers of drivers and the network, bags that came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.agreements.lending import LentLine
from coordinator.domain.pickups.cooler_places import Cooler
from coordinator.sayings import NOTHING, Saying, plural, saying


@dataclass(frozen=True, slots=True)
class BagsOf:
    """How many of a donor's bags came to a family with her milk, and were noted as given back."""

    donor_code: str
    donor_name: str
    recipient_code: str
    recipient_name: str
    came: int
    back: int

    @property
    def owed(self) -> int:
        """How many were not given back."""
        return max(self.came - self.back, 0)


@dataclass(frozen=True, slots=True)
class OutLine:
    """One line: what, whose, where it is now and since when. ``key`` tells it from the others.

    ``codes`` are of the two whose page it leads to, or the one code of who has it; none where nobody has.
    """

    key: tuple[str, ...]
    what: Saying
    whose: str
    at: str
    since: date | None = None
    back_on: date | None = None
    note: Saying | str = NOTHING
    is_out: bool = True
    codes: tuple[str, ...] = ()
    count: int = 1


def things_out(
    lent: Iterable[LentLine], coolers: Iterable[Cooler], bags: Iterable[BagsOf]
) -> tuple[OutLine, ...]:
    """Return what is out, what two lent first; then what came back, and bags that were not given back."""
    found = [
        *map(_of_lent, lent),
        *(_of_cooler(one) for one in coolers if one.is_out),
        *(_of_bags(one) for one in bags if one.owed),
    ]
    return tuple(sorted(found, key=lambda line: not line.is_out))


def count_out(lines: Sequence[OutLine]) -> int:
    """Return how many lines tell of something that has not come back."""
    return sum(line.is_out for line in lines)


def _of_lent(line: LentLine) -> OutLine:
    lent = line.lent
    return OutLine(
        ("lent", str(lent.id)),
        lent.thing.counted(lent.count),
        str(lent.lent_by.words),
        f"{line.donor_name} → {line.recipient_name}",
        lent.lent_on,
        lent.back_on,
        lent.note,
        is_out=line.is_out,
        codes=(line.donor_code, line.recipient_code),
        count=lent.count,
    )


def _of_cooler(cooler: Cooler) -> OutLine:
    return OutLine(
        ("cooler", str(cooler.number)),
        saying("cooler {name}, {quarts} qt", name=cooler.name, quarts=cooler.quarts),
        cooler.owner.name if cooler.owner else str(saying("the network")),
        cooler.at.name if cooler.at else str(saying("you")),
        cooler.since,
        codes=(cooler.at.code,) if cooler.at else (),
    )


def _of_bags(bags: BagsOf) -> OutLine:
    return OutLine(
        ("bags", bags.donor_code, bags.recipient_code),
        plural("{n} bag not given back", "{n} bags not given back", bags.owed),
        bags.donor_name,
        bags.recipient_name,
        note=saying("{came} came with the milk, {back} given back", came=bags.came, back=bags.back),
        is_out=False,  # given with the milk: nobody said that they were lent
        codes=(bags.donor_code, bags.recipient_code),
        count=bags.owed,
    )
