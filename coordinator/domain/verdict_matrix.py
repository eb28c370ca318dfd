"""Verdicts on many lots for many recipients at once, as arrays of codes and of reason-set numbers.

Recipients are told apart, for a donor's milk, only by their family's answers and the foods they avoid, and by
what is their own; so a lot is judged once for each kind of family, and numpy spreads that over the babies.
``verdict`` gives what ``suitability`` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from coordinator.domain.disclosures import Disclosures, FamilyKey, family_key
from coordinator.domain.milk import Lot
from coordinator.domain.recipients import Baby
from coordinator.domain.suitability import (
    Reasons,
    applying,
    is_dated,
    judge_baby,
    lot_days,
    lot_findings,
    overrule,
    reasons_of,
)
from coordinator.domain.verdicts import Overruling, Verdict, VerdictKind

Codes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Families:
    """Recipients as a donor's milk tells them apart: ``kinds`` of family, and what is each baby's own."""

    codes: tuple[str, ...]
    kinds: tuple[FamilyKey, ...]
    kind_of: NDArray[np.intp]
    own: tuple[Reasons, ...]
    own_of: Numbers
    own_codes: Codes


@dataclass(frozen=True, eq=False)
class VerdictMatrix:
    """The verdict on each lot (rows) for each recipient (columns).

    ``codes`` are ``VerdictKind``s. ``set_ids`` number sets of reasons: equal numbers, equal reasons (a set may
    have several numbers). ``judged`` is how many lots were judged to make it, ``known`` what each donor told.
    """

    lots: tuple[Lot, ...]
    families: Families
    known: Mapping[str, Disclosures]
    on: date
    codes: Codes
    set_ids: Numbers
    judged: int
    _sets: tuple[Reasons, ...]
    _overruled: Mapping[tuple[int, int], tuple[Overruling, ...]]

    def kind(self, lot: int, recipient: int) -> VerdictKind:
        """Return how the verdict in this row and column stands."""
        return VerdictKind(int(self.codes[lot, recipient]))

    def verdict(self, lot: int, recipient: int) -> Verdict:
        """Return the verdict in this row and column with every reason."""
        milk, own = divmod(int(self.set_ids[lot, recipient]), len(self.families.own))
        reasons = (*self.families.own[own], *self._sets[milk])
        return Verdict.of(overrule(reasons, self._overruled.get((lot, recipient), ())))

    def with_donor(self, donor_code: str, known: Disclosures) -> VerdictMatrix:
        """Return the matrix after a donor told something else: only her lots are judged again."""
        rows = [index for index, lot in enumerate(self.lots) if lot.donor_code == donor_code]
        told = {**self.known, donor_code: known}
        codes, set_ids, sets = self.codes.copy(), self.set_ids.copy(), list(self._sets)
        _judge_rows(rows, self.lots, self.families, told, self.on, codes, set_ids, sets)
        changed = replace(
            self, known=told, codes=codes, set_ids=set_ids, judged=len(rows), _sets=tuple(sets)
        )
        changed._mend_overruled()
        return changed

    def _mend_overruled(self) -> None:
        for lot, recipient in self._overruled:
            self.codes[lot, recipient] = self.verdict(lot, recipient).kind


def families_of(recipients: Iterable[tuple[str, Baby]], known: Disclosures | None, on: date) -> Families:
    """Return *recipients*, each its code and baby, by kind of family; *known* gives the limits for babies."""
    kinds: dict[FamilyKey, int] = {}
    own: dict[Reasons, int] = {}
    codes, kind_of, own_of = [], [], []
    for code, baby in recipients:
        codes.append(code)
        kind_of.append(kinds.setdefault(family_key(baby), len(kinds)))
        reasons = judge_baby(baby, known.policy, on).reasons if known else ()
        own_of.append(own.setdefault(reasons, len(own)))
    sets = tuple(own) or ((),)
    worst = [max((reason.kind for reason in reasons), default=VerdictKind.NO_OBJECTION) for reasons in sets]
    own_index = np.array(own_of, dtype=np.int64)
    return Families(
        tuple(codes),
        tuple(kinds),
        np.array(kind_of, dtype=np.intp),
        sets,
        own_index,
        np.array(worst, dtype=np.uint8)[own_index],
    )


def verdict_matrix(
    lots: Sequence[Lot],
    recipients: Sequence[tuple[str, Baby]],
    known: Mapping[str, Disclosures],
    on: date,
    overruled: Sequence[Overruling] = (),
) -> VerdictMatrix:
    """Return the verdict on every lot for every recipient on the day *on*.

    Args:
        lots: The rows.
        recipients: The columns, each its code and baby.
        known: What each donor told, by donor code, all under one policy.
        on: The day the milk is looked at.
        overruled: Whatever was overruled, for any of them.

    Raises:
        KeyError: If a lot's donor is not among *known*.
    """
    families = families_of(recipients, next(iter(known.values()), None), on)
    shape = (len(lots), len(families.codes))
    codes, set_ids, sets = np.zeros(shape, np.uint8), np.zeros(shape, np.int64), list[Reasons]()
    _judge_rows(range(len(lots)), lots, families, known, on, codes, set_ids, sets)
    decided = _decided(lots, families, overruled)
    matrix = VerdictMatrix(
        tuple(lots), families, dict(known), on, codes, set_ids, len(lots), tuple(sets), decided
    )
    matrix._mend_overruled()  # noqa: SLF001 - its own maker
    return matrix


def _judge_rows(  # noqa: PLR0913 - fills the arrays of its two callers
    rows: Iterable[int],
    lots: Sequence[Lot],
    families: Families,
    known: Mapping[str, Disclosures],
    on: date,
    codes: Codes,
    set_ids: Numbers,
    sets: list[Reasons],
) -> None:
    """Judge the lots of *rows* for each kind of family, and spread that over the recipients."""
    numbers: dict[tuple[int, ...], int] = {}
    kinds = np.zeros(len(families.kinds), np.uint8)
    ids = np.zeros(len(families.kinds), np.int64)
    for row in rows:
        lot = lots[row]
        told = known[lot.donor_code]
        own = lot_findings(lot, told, on)
        first, after = lot_days(lot, on)
        for index, kind in enumerate(families.kinds):
            reasons = reasons_of(told.against(kind) + own, first, after, is_dated=is_dated(lot))
            # By identity: reasons live as long as the answers they come from, and hashing them is slow.
            key = tuple(map(id, reasons))
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(sets)
                sets.append(reasons)
            ids[index] = number
            kinds[index] = max((reason.kind for reason in reasons), default=0)
        codes[row] = np.maximum(kinds[families.kind_of], families.own_codes)
        set_ids[row] = ids[families.kind_of] * len(families.own) + families.own_of


def _decided(
    lots: Sequence[Lot], families: Families, overruled: Sequence[Overruling]
) -> dict[tuple[int, int], tuple[Overruling, ...]]:
    """Return what was overruled, by row and column: few pairs, each looked up by itself."""
    if not overruled:
        return {}
    column = {code: index for index, code in enumerate(families.codes)}
    wanted = {one.recipient_code for one in overruled if one.recipient_code in column}
    pairs = (
        ((row, column[code]), applying(overruled, code, lot)) for row, lot in enumerate(lots) for code in wanted
    )
    return {pair: about for pair, about in pairs if about}
