"""Milk banks: what their figures say of a donor's milk. Something to ring about, never a promise.

A bank decides, and asks much more than stands in the table. Where sources disagree both figures stand, and
milk that suits only one of them is a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from coordinator.domain.intervals import months_later, shifted
from coordinator.domain.milk.bank_table import Bank, Evidence, HeatRule, Least, MilkAge
from coordinator.domain.milk.lots import HeatTreated, Lot
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, total
from coordinator.sayings import Saying, plural, saying


class BankSays(StrEnum):
    """What a bank's figures say of a donor's milk, the kindest first."""

    MAY = "may take it"
    ASK = "ask"
    AGAINST = "speaks against it"


@dataclass(frozen=True, slots=True)
class BankReason:
    """One thing that speaks against the milk, or is to be asked, with where that was seen.

    ``lots`` are the lots it is about; none: the milk as a whole.
    """

    says: BankSays
    said: Saying
    evidence: Evidence | None = None
    lots: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """It in words."""
        return str(self.said)


@dataclass(frozen=True, slots=True)
class BankLine:
    """What one bank's figures say. ``volume`` is the milk they leave, at most; all reasons are given."""

    bank: Bank
    says: BankSays
    volume: Volume
    reasons: tuple[BankReason, ...] = ()
    is_gentle: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """What a bank would be rung about: the milk nobody holds, and what it is judged by."""

    lots: tuple[Lot, ...]
    baby_born: date | None
    is_bereaved: bool = False

    @property
    def volume(self) -> Volume:
        """All that is free."""
        return total([lot.free for lot in self.lots])


def offered_by(lots: Sequence[Lot], baby_born: date | None, *, is_bereaved: bool = False) -> Offered:
    """Return the free milk of a donor as banks are asked about it."""
    return Offered(tuple(lot for lot in lots if lot.free.microlitres > 0), baby_born, is_bereaved)


def banks_for(banks: Sequence[Bank], offered: Offered, today: date, unit: VolumeUnit) -> list[BankLine]:
    """Return what every bank's figures say of the milk, those that may take it first, then the table's order.

    For a bereaved donor the banks that ask no minimum of her come first of all. Nothing is said where no
    milk is free.

    Args:
        banks: The table.
        offered: Her milk.
        today: The day its age is counted on.
        unit: The amounts in the reasons are in.
    """
    if not offered.lots:
        return []
    lines = [_line(bank, offered, today, unit) for bank in banks]
    order = list(BankSays)

    def press(line: BankLine) -> tuple[bool, int]:
        return not line.is_gentle or line.says is BankSays.AGAINST, order.index(line.says)

    return sorted(lines, key=press)


def _line(bank: Bank, offered: Offered, today: date, unit: VolumeUnit) -> BankLine:
    of_lot = {
        lot.code: [*_heat(bank, lot), *_age(bank, lot, today), *_baby(bank, lot, offered)]
        for lot in offered.lots
    }
    kept = [lot for lot in offered.lots if BankSays.AGAINST not in {one.says for one in of_lot[lot.code]}]
    left = total([lot.free for lot in kept])
    is_gentle = offered.is_bereaved and bank.waives_minimum is not None
    of_all = list(_amount(bank, left, unit)) if kept and not is_gentle else []
    # What speaks against a lot only takes that lot away, as long as others are left.
    met = {one.says for one in of_all} | {one.says for lot in kept for one in of_lot[lot.code]}
    says = next((one for one in (BankSays.AGAINST, BankSays.ASK) if one in met), BankSays.MAY)
    reasons = (*_together(of_lot), *of_all)
    return BankLine(bank, says if kept else BankSays.AGAINST, left, reasons, is_gentle=is_gentle)


def _together(of_lot: dict[str, list[BankReason]]) -> Iterator[BankReason]:
    """Yield every reason once, with all the lots it is about."""
    lots: dict[BankReason, list[str]] = {}
    for code, reasons in of_lot.items():
        for reason in reasons:
            lots.setdefault(reason, []).append(code)
    for reason, codes in lots.items():
        yield replace(reason, lots=tuple(codes))


def _heat(bank: Bank, lot: Lot) -> Iterator[BankReason]:
    for rule in bank.heat[:1]:
        is_taken_nowhere = rule.rule is HeatRule.NOT_TAKEN
        if lot.heat_treated is HeatTreated.ALL and is_taken_nowhere:
            yield BankReason(
                BankSays.AGAINST, saying("heat-treated milk cannot go to this bank"), rule.evidence
            )
        elif lot.heat_treated is HeatTreated.ALL:
            said = saying("heat-treated milk: ask whether it takes any")
            yield BankReason(BankSays.ASK, said, rule.evidence)
        elif lot.heat_treated is HeatTreated.SOME:
            said = saying("only bags that were not heat-treated; ask which")
            yield BankReason(BankSays.ASK, said, rule.evidence)
        elif lot.heat_treated is None:
            yield BankReason(BankSays.ASK, saying("heat-treated or not was not asked"), rule.evidence)


def _age(bank: Bank, lot: Lot, today: date) -> Iterator[BankReason]:
    """Judge the milk's age by every figure that holds for its freezer; both stand where they disagree."""
    if not bank.milk_ages:
        return
    if lot.expressed_from is None:
        yield BankReason(BankSays.ASK, saying("the day of its oldest bag was not told"))
        return
    ages = [age for age in bank.milk_ages if not age.freezers or lot.freezer in age.freezers]
    if not ages and lot.freezer is not None:
        said = saying("no figure for this freezer: {freezer}", freezer=lot.freezer.words)
        yield BankReason(BankSays.ASK, said, bank.milk_ages[0].evidence)
        return
    found = [_by_age(age, lot, today) for age in ages or bank.milk_ages]
    if len({one.says for one in found if one}) == 1 and None not in found:
        yield from (one for one in found if one)
        return
    for one in found:
        if one is not None:
            yield one if one.says is BankSays.ASK else _would_do_otherwise(one, is_figure=bool(ages))


def _would_do_otherwise(reason: BankReason, *, is_figure: bool) -> BankReason:
    said = (
        saying("{reason}; another figure of it would do", reason=reason.said)
        if is_figure
        else saying("{reason}; another freezer would do; ask which it stood in", reason=reason.said)
    )
    return BankReason(BankSays.ASK, said, reason.evidence)


def _by_age(age: MilkAge, lot: Lot, today: date) -> BankReason | None:
    """Return what one figure says of a lot; ``None`` when even its oldest bag is young enough."""
    first = first_day(age, today)
    if lot.expressed_from is None or lot.expressed_from >= first:
        return None
    limit = _age_limit(age)
    if lot.expressed_to is not None and lot.expressed_to >= first:
        said = saying("only bags dated {first} or later: {limit}", first=first, limit=limit)
        return BankReason(BankSays.ASK, said, age.evidence)
    return BankReason(BankSays.AGAINST, saying("older than it takes: {limit}", limit=limit), age.evidence)


def _age_limit(age: MilkAge) -> Saying:
    limit = (
        plural("less than {n} month", "less than {n} months", age.months)
        if age.is_below
        else plural("up to {n} month", "up to {n} months", age.months)
    )
    return saying("{limit} ({words})", limit=limit, words=age.words) if age.words else limit


def first_day(age: MilkAge, today: date) -> date:
    """Return the first day of expression that is young enough on *today*."""
    border = months_later(today, -age.months)
    return shifted(border, 1) if age.is_below else border


def _baby(bank: Bank, lot: Lot, offered: Offered) -> Iterator[BankReason]:
    """Judge by the birthday of the donor's own baby; nobody is asked for one after a loss."""
    born = offered.baby_born
    if bank.baby is None or (born is None and offered.is_bereaved):
        return
    limit = (
        saying("before her baby’s first birthday")
        if bank.baby.months == 12
        else plural("{n} month", "{n} months", bank.baby.months)
    )
    if born is None:
        said = saying("pumped {limit}? Ask when he or she was born", limit=limit)
        yield BankReason(BankSays.ASK, said, bank.baby.evidence)
        return
    birthday = months_later(born, bank.baby.months)
    if lot.expressed_from is not None and lot.expressed_from >= birthday:
        yield BankReason(BankSays.AGAINST, saying("not pumped {limit}", limit=limit), bank.baby.evidence)
    elif lot.expressed_to is None or lot.expressed_to >= birthday:
        said = saying("only bags dated before {birthday}, {limit}", birthday=birthday, limit=limit)
        yield BankReason(BankSays.ASK, said, bank.baby.evidence)


def _amount(bank: Bank, left: Volume, unit: VolumeUnit) -> Iterator[BankReason]:
    """Judge the amount by every minimum.

    Milk that meets one of them is a question: it may grow, or the figure
    that asks for more may be the wrong one.
    """
    short = [least for least in bank.minimums if left < least.volume]
    met = {least.of for least in bank.minimums if least not in short}
    for least in short:
        amount = format_volume(least.volume, unit).replace("\u00a0", " ")
        said = replace(_LEAST[least.of], params=(("amount", amount),))
        if least.words:
            said = saying("{minimum} ({words})", minimum=said, words=least.words)
        if least.of in met:
            said = saying("{reason}; another figure of it would do", reason=said)
        says = BankSays.AGAINST if len(short) == len(bank.minimums) else BankSays.ASK
        yield BankReason(says, said, least.evidence)


_LEAST = {
    Least.FIRST: saying("asks for at least {amount} the first time", amount=""),
    Least.SHIPMENT: saying("asks for at least {amount} a shipment", amount=""),
    Least.TOTAL: saying("asks for at least {amount} in all", amount=""),
}
