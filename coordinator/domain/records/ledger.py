"""Where every ounce went: of each lot, what was offered is what went somewhere and what is still there.

Amounts are exact (:class:`Volume`). A lot that was taken off the lists before anybody said what became of its
rest does not balance: that rest is ``untold``, and unknown is not nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from coordinator.domain.milk.fates import Fate, Used
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, total
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying


class Went(StrEnum):
    """Where milk of a lot went; the words of ``--json``."""

    DELIVERED = "delivered"
    KEPT = "kept"
    DISCARDED = "discarded"
    REFERRED = "referred"
    LOST = "lost"

    @property
    def words(self) -> Saying:
        """Where it went, in words."""
        return _DELIVERED if self is Went.DELIVERED else Fate(self.value).words


_DELIVERED = saying("delivered")


@dataclass(frozen=True, slots=True)
class Movement:
    """Milk that left a lot: how much, when, where to. ``fate_id`` names what was told by hand."""

    lot_code: str
    went: Went
    volume: Volume
    on: date
    bags: int | None = None
    recipient_code: str = ""
    recipient_name: str = ""
    hold_code: str = ""
    pickup_code: str = ""
    received_by: str = ""
    why: str = ""
    bank: str = ""
    fate_id: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """So much of a lot is with a volunteer since a run left it behind; no code: nobody noted who drove."""

    hold_code: str
    driver_code: str
    since: date
    volume: Volume


@dataclass(frozen=True, slots=True)
class LotLedger:
    """One lot, all that left it, and what of it is promised (``held``) and still lies there.

    ``offered_on`` is the day it was written down first, a part of a lot with its whole; ``None``: not known.
    """

    lot_code: str
    donor_code: str
    donor_name: str
    town: str
    offered: Volume
    bags: int | None = None
    first: date | None = None
    last: date | None = None
    removed_on: date | None = None
    offered_on: date | None = None
    held: Volume = Volume()  # noqa: RUF009 - immutable
    carried: tuple[Carried, ...] = ()
    movements: tuple[Movement, ...] = ()

    @property
    def with_drivers(self) -> Volume:
        """What of the still there is not with the donor but with a volunteer, since a run left it behind."""
        return total([one.volume for one in self.carried])

    def went(self, went: Went) -> Volume:
        """Return how much of it went there."""
        return total([one.volume for one in self.movements if one.went is went])

    @property
    def rest(self) -> Volume:
        """What of the offered milk went nowhere yet; below nothing where more is told than was offered."""
        return self.offered - total([one.volume for one in self.movements])

    @property
    def there(self) -> Volume:
        """What still lies with the donor, or with a volunteer (``carried``): nothing that was removed."""
        return Volume() if self.removed_on else max(self.rest, Volume())

    @property
    def untold(self) -> Volume:
        """What nobody has told of: the rest of a removed lot, or below nothing what was told too much."""
        return self.rest - self.there

    @property
    def is_balanced(self) -> bool:
        """Whether offered = delivered + kept + discarded + referred + lost + still there."""
        return not self.untold

    def problem(self, unit: VolumeUnit = VolumeUnit.OZ) -> Saying | None:
        """Return by how much it does not balance, and what to do; ``None`` when it does."""
        if self.is_balanced:
            return None
        much = Volume(abs(self.untold.microlitres))
        amount = format_volume(much, unit).replace("\u00a0", " ")
        if self.untold < Volume():
            return saying(
                "{amount} more of {lot} are told as gone than were offered; correct one of the amounts.",
                amount=amount,
                lot=self.lot_code,
            )
        return saying(
            "Nobody has said what became of {amount} of {lot}, which was removed; tell it in the ledger.",
            amount=amount,
            lot=self.lot_code,
        )


class UnbalancedError(UserError):
    """A run would be closed while a lot on it does not add up: ``lot_code``, and *by* how much."""

    def __init__(self, lot: LotLedger, pickup: str, unit: VolumeUnit) -> None:
        self.lot_code, self.by = lot.lot_code, lot.untold
        super().__init__(
            saying(
                "{pickup} cannot be closed: {problem} Nothing was saved.",
                pickup=pickup,
                problem=lot.problem(unit) or "",
            )
        )


def check_closing(pickup: str, lots: Iterable[LotLedger], unit: VolumeUnit = VolumeUnit.OZ) -> None:
    """Raise :class:`UnbalancedError` for the first of the *lots* of a run that does not add up."""
    for lot in lots:
        if lot.untold < Volume():
            raise UnbalancedError(lot, pickup, unit)


class By(StrEnum):
    """How the ledger can be added up."""

    LOT = "lot"
    DONOR = "donor"
    FAMILY = "family"
    MONTH = "month"

    @property
    def words(self) -> Saying:
        """The name of the grouping."""
        return _BY[self]


_BY = {
    By.LOT: saying("By lot"),
    By.DONOR: saying("By donor"),
    By.FAMILY: saying("By family"),
    By.MONTH: saying("By month"),
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger: a lot, a donor, a family or a month, by ``key``.

    What is offered and still there belongs to lots: ``None`` of a family, and still there of a month. What a
    month offered was written down in it. ``untold`` as of a lot; what a family has ``used`` of what it got is
    no part of the balance.
    """

    by: By
    key: str
    name: str
    offered: Volume | None
    went: Mapping[Went, Volume]
    there: Volume | None
    untold: Volume = Volume()  # noqa: RUF009 - immutable
    lots: tuple[str, ...] = ()
    town: str = ""
    first: date | None = None
    last: date | None = None
    problem: Saying | None = None
    used: Mapping[Used, Volume] = field(default_factory=dict)

    @property
    def is_balanced(self) -> bool:
        """Whether every ounce of it is accounted for."""
        return self.problem is None


UsedBy: TypeAlias = Mapping[str, Mapping[Used, Volume]]
"""What families did with the milk they had, by their codes."""


def lines_by(
    lots: Sequence[LotLedger], by: By, unit: VolumeUnit = VolumeUnit.OZ, used: UsedBy | None = None
) -> tuple[LedgerLine, ...]:
    """Return the ledger's lines: each lot, or lots and movements added up *by* donor, family or month."""
    if by is By.LOT:
        return tuple(_line(by, one.lot_code, one.donor_name, [one], unit) for one in lots)
    if by is By.DONOR:
        hers: dict[str, list[LotLedger]] = {}
        for one in lots:
            hers.setdefault(one.donor_code, []).append(one)
        return tuple(_line(by, code, found[0].donor_name, found, unit) for code, found in hers.items())
    if by is By.MONTH:
        return _months(lots)
    moved: dict[tuple[str, str], list[Movement]] = {}
    for movement in (movement for one in lots for movement in one.movements):
        if movement.recipient_code:
            moved.setdefault((movement.recipient_code, movement.recipient_name), []).append(movement)
    return tuple(
        LedgerLine(
            by, key, name, None, went_of(found), None, lots=_lots_of(found), used=(used or {}).get(key, {})
        )
        for (key, name), found in sorted(moved.items())
    )


def _months(lots: Sequence[LotLedger]) -> tuple[LedgerLine, ...]:
    """Return what was offered in each month, and what went; one without a name for lots of no known day."""
    offered: dict[str, list[Volume]] = {}
    moved: dict[str, list[Movement]] = {}
    for lot in lots:
        offered.setdefault(f"{lot.offered_on:%Y-%m}" if lot.offered_on else "", []).append(lot.offered)
        for movement in lot.movements:
            moved.setdefault(f"{movement.on:%Y-%m}", []).append(movement)
    return tuple(
        LedgerLine(
            By.MONTH,
            month,
            "",
            total(offered.get(month, [])),
            went_of(moved.get(month, ())),
            None,
            lots=_lots_of(moved.get(month, ())),
        )
        for month in sorted({*offered, *moved})
    )


def went_of(movements: Iterable[Movement]) -> dict[Went, Volume]:
    """Return how much went where, of each way something or nothing."""
    found = dict.fromkeys(Went, Volume())
    for one in movements:
        found[one.went] += one.volume
    return found


def sum_of(lines: Sequence[LedgerLine]) -> LedgerLine | None:
    """Return all *lines* added up, ``None`` of no lines."""
    if not lines:
        return None
    first = lines[0]
    offers, knows = first.offered is not None, first.there is not None
    return LedgerLine(
        first.by,
        "",
        "",
        total([line.offered or Volume() for line in lines]) if offers else None,
        {went: total([line.went[went] for line in lines]) for went in Went},
        total([line.there or Volume() for line in lines]) if knows else None,
        total([line.untold for line in lines]),
        problem=next((line.problem for line in lines if line.problem), None),
    )


def _line(by: By, key: str, name: str, lots: Sequence[LotLedger], unit: VolumeUnit) -> LedgerLine:
    return LedgerLine(
        by,
        key,
        name,
        total([one.offered for one in lots]),
        went_of(movement for one in lots for movement in one.movements),
        total([one.there for one in lots]),
        total([one.untold for one in lots]),
        tuple(one.lot_code for one in lots),
        lots[0].town,
        min((one.first for one in lots if one.first), default=None),
        max((one.last for one in lots if one.last), default=None),
        next(filter(None, (one.problem(unit) for one in lots)), None),
    )


def _lots_of(movements: Iterable[Movement]) -> tuple[str, ...]:
    return tuple(sorted({one.lot_code for one in movements}))
