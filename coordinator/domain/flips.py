"""What a changed fact flips: which lots fare otherwise for whom, and which holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.agreements import Hold
from coordinator.domain.disclosures import Disclosures
from coordinator.domain.facts import Fact
from coordinator.domain.milk import Lot
from coordinator.domain.recipients import Baby
from coordinator.domain.suitability import lot_verdict
from coordinator.domain.verdicts import VerdictKind


@dataclass(frozen=True, slots=True)
class LotFlip:
    """For how many families a lot would fare better or worse; the others are not counted."""

    lot_code: str
    better: int
    worse: int


@dataclass(frozen=True, slots=True)
class HoldFlip:
    """A hold or agreement whose milk would fare otherwise."""

    hold_code: str
    recipient_code: str
    recipient_name: str
    is_agreed: bool
    before: VerdictKind
    after: VerdictKind


@dataclass(frozen=True, slots=True)
class Flips:
    """Everything that would change; nothing at all if both are empty."""

    lots: tuple[LotFlip, ...] = ()
    holds: tuple[HoldFlip, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.lots or self.holds)


def with_fact(facts: Iterable[Fact], changed: Fact) -> tuple[Fact, ...]:
    """Return *facts* with the one of the same id replaced by *changed*; a new one (id 0) is added."""
    kept = tuple(changed if changed.id and fact.id == changed.id else fact for fact in facts)
    return kept if changed.id else (*kept, changed)


def flips_between(
    before: Disclosures,
    after: Disclosures,
    lots: Sequence[Lot],
    families: Sequence[tuple[str, Baby]],
    holds: Sequence[Hold],
    on: date,
) -> Flips:
    """Return what fares otherwise by *after* than by *before*, what is the babies' own left aside.

    Only this donor's *lots* are judged. Families alike in all that matters to milk are judged once.
    """
    babies = dict(families)
    kinds: dict[tuple[str, date | None, Baby], tuple[VerdictKind, VerdictKind]] = {}

    def both(lot: Lot, baby: Baby) -> tuple[VerdictKind, VerdictKind]:
        key = (lot.code, lot.expressed_from, _plain(baby))
        if key not in kinds:
            kinds[key] = (lot_verdict(lot, baby, before, on).kind, lot_verdict(lot, baby, after, on).kind)
        return kinds[key]

    lot_flips = []
    for lot in lots:
        steps = [new - old for old, new in (both(lot, baby) for baby in babies.values())]
        better, worse = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
        if better or worse:
            lot_flips.append(LotFlip(lot.code, better, worse))
    by_code = {lot.code: lot for lot in lots}
    hold_flips = []
    for hold in holds:
        if hold.lot_code in by_code and hold.recipient_code in babies:
            old, new = both(_held_part(by_code[hold.lot_code], hold), babies[hold.recipient_code])
            if old != new:
                hold_flips.append(
                    HoldFlip(hold.code, hold.recipient_code, hold.recipient_name, hold.is_agreed, old, new)
                )
    return Flips(tuple(lot_flips), tuple(hold_flips))


def _held_part(lot: Lot, hold: Hold) -> Lot:
    if hold.only_from is None:
        return lot
    return replace(lot, expressed_from=max(hold.only_from, lot.expressed_from or hold.only_from))


def _plain(baby: Baby) -> Baby:
    """Return what of a baby matters to a donor's milk, so that families alike are judged once."""
    return Baby(
        must_avoid=baby.must_avoid,
        medicine_ok=baby.medicine_ok,
        nicotine_ok=baby.nicotine_ok,
        washout_days=baby.washout_days,
    )
