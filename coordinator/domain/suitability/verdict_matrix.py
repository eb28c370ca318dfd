"""Verdicts on many lots for many recipients at once, as arrays of codes and of reason-set numbers.

For a donor's milk recipients differ only by what the family answered about medicine and nicotine, and by the
foods they avoid. So each lot is judged once for each such answer and each food; numpy puts these parts
together for every kind of family, and spreads the kinds over the babies. ``verdict`` gives what
``suitability`` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import Basis, Overruling, Reason, Verdict, VerdictKind
from coordinator.domain.suitability.disclosures import Disclosures, FamilyKey, family_key
from coordinator.domain.suitability.findings import Findings
from coordinator.domain.suitability.lots import (
    Reasons,
    applying,
    held,
    is_dated,
    joined,
    judge_baby,
    lot_days,
    lot_findings,
    overrule,
)

Codes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Families:
    """Recipients as a donor's milk tells them apart: ``kinds`` of family, and what is each baby's own.

    ``parts`` are what the kinds are made of: what counts for everybody first, then answers about medicine and
    nicotine, and foods; ``parts_of`` has the numbers of each kind.
    """

    codes: tuple[str, ...]
    kinds: tuple[FamilyKey, ...]
    kind_of: NDArray[np.intp]
    own: tuple[Reasons, ...]
    own_of: Numbers
    own_codes: Codes
    parts: tuple[Part, ...]
    parts_of: tuple[tuple[int, ...], ...]


Held = tuple[tuple[Reason, ...], tuple[Basis, ...]]
"""The reasons of one part that hold for a lot, and the unchecked values it relies on."""


class _Parts:
    """The sets of reasons that parts of verdicts have, each with a number and the worst kind in it."""

    def __init__(self) -> None:
        self.sets: list[Held] = []
        self.kinds: list[int] = []
        self._numbers: dict[tuple[int, ...], int] = {}

    def number(self, findings: Findings, first: int, after: int, *, dated: bool) -> int:
        """Return the number of what of *findings* holds for these days."""
        reasons, relied = held(findings, first, after, is_dated=dated)
        # By identity: reasons live as long as the answers they come from, and hashing them is slow.
        key = (*map(id, reasons), 0, *map(id, relied))
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self.sets)
            self.sets.append((tuple(reasons), tuple(relied)))
            worst = max((int(reason.kind) for reason in reasons), default=0)
            self.kinds.append(max(worst, int(VerdictKind.NO_OBJECTION_IF) if relied else 0))
        return known

    def copy(self) -> _Parts:
        """Return the same sets, to which more can be added."""
        other = _Parts()
        other.sets, other.kinds = list(self.sets), list(self.kinds)
        other._numbers = dict(self._numbers)
        return other


@dataclass(frozen=True, eq=False)
class VerdictMatrix:
    """The verdict on each lot (rows) for each recipient (columns).

    ``codes`` are ``VerdictKind``s. ``set_ids`` number sets of reasons: equal numbers have equal reasons (one
    set may have several). ``judged`` is how many lots were judged to make it, ``known`` what each donor told.
    """

    lots: tuple[Lot, ...]
    families: Families
    known: Mapping[str, Disclosures]
    on: date
    codes: Codes
    set_ids: Numbers
    judged: int
    _numbers: NDArray[np.int32]
    _parts: _Parts
    _overruled: Mapping[tuple[int, int], tuple[Overruling, ...]]

    def kind(self, lot: int, recipient: int) -> VerdictKind:
        """Return how the verdict in this row and column stands."""
        return VerdictKind(int(self.codes[lot, recipient]))

    def verdict(self, lot: int, recipient: int) -> Verdict:
        """Return the verdict in this row and column with every reason."""
        kind = int(self.families.kind_of[recipient])
        parts = [self._parts.sets[self._numbers[lot, part]] for part in self.families.parts_of[kind]]
        milk = joined(
            [one for reasons, _ in parts for one in reasons], [b for _, bases in parts for b in bases]
        )
        own = self.families.own[int(self.families.own_of[recipient])]
        return Verdict.of(overrule((*own, *milk), self._overruled.get((lot, recipient), ())))

    def with_donor(self, donor_code: str, known: Disclosures) -> VerdictMatrix:
        """Return the matrix after a donor told something else: only her lots are judged again."""
        rows = [index for index, lot in enumerate(self.lots) if lot.donor_code == donor_code]
        numbers, parts = self._numbers.copy(), self._parts.copy()
        told = {**self.known, donor_code: known}
        _judge_rows(rows, self.lots, self.families, told, self.on, numbers, parts)
        codes, set_ids = self.codes.copy(), self.set_ids.copy()
        start = int(set_ids.max(initial=0)) // len(self.families.own) + 1
        codes[rows], set_ids[rows] = _spread(numbers[rows], parts, self.families, start)
        changed = replace(
            self,
            known=told,
            codes=codes,
            set_ids=set_ids,
            judged=len(rows),
            _numbers=numbers,
            _parts=parts,
        )
        changed.mend_overruled()
        return changed

    def mend_overruled(self) -> None:
        """Write the codes of the few pairs for which something was overruled."""
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
    parts: dict[Part, int] = {("always", 0): 0}
    parts_of = tuple(tuple(parts.setdefault(part, len(parts)) for part in _parts_of(kind)) for kind in kinds)
    return Families(
        tuple(codes),
        tuple(kinds),
        np.array(kind_of, dtype=np.intp),
        sets,
        own_index,
        np.array(worst, dtype=np.uint8)[own_index],
        tuple(parts),
        parts_of,
    )


Part = tuple[str, int | None]


def _parts_of(kind: FamilyKey) -> tuple[Part, ...]:
    """Return the parts of a kind of family, whatever the family first; foods by their key."""
    medicine, nicotine, foods = kind
    return ("always", 0), ("medicine!", medicine), ("nicotine!", nicotine), *foods


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
    numbers, parts = np.zeros((len(lots), len(families.parts)), np.int32), _Parts()
    _judge_rows(range(len(lots)), lots, families, known, on, numbers, parts)
    codes, set_ids = _spread(numbers, parts, families)
    decided = _decided(lots, families, overruled)
    matrix = VerdictMatrix(
        tuple(lots), families, dict(known), on, codes, set_ids, len(lots), numbers, parts, decided
    )
    matrix.mend_overruled()
    return matrix


def _judge_rows(
    rows: Iterable[int],
    lots: Sequence[Lot],
    families: Families,
    known: Mapping[str, Disclosures],
    on: date,
    numbers: NDArray[np.int32],
    parts: _Parts,
) -> None:
    """Write the number of each part's set of reasons for the lots of *rows*."""
    for row in rows:
        lot = lots[row]
        told = known[lot.donor_code]
        first, after = lot_days(lot, on)
        dated = is_dated(lot)
        for column, part in enumerate(families.parts):
            findings = _findings(part, told) if column else told.standing + lot_findings(lot, told, on)
            numbers[row, column] = parts.number(findings, first, after, dated=dated)


def _findings(part: Part, told: Disclosures) -> Findings:
    name, value = part
    if name == "medicine!" and value is not None:
        return told.medicine(value)
    if name == "nicotine!" and value is not None:
        return told.nicotine(value)
    return told.against_food(part)


def _spread(
    numbers: NDArray[np.int32], parts: _Parts, families: Families, start: int = 0
) -> tuple[Codes, Numbers]:
    """Return codes and set numbers, from *start* on, for every recipient from the numbers of the parts."""
    kinds = np.array(parts.kinds or [0], np.uint8)[numbers]
    codes = np.empty((len(numbers), len(families.kinds)), np.uint8)
    ids = np.empty((len(numbers), len(families.kinds)), np.int64)
    for index, columns in enumerate(families.parts_of):
        codes[:, index] = kinds[:, columns].max(axis=1)
        ids[:, index] = start + index * len(numbers) + _together(numbers[:, columns], len(parts.sets))
    all_codes = np.maximum(codes[:, families.kind_of], families.own_codes)
    return all_codes, ids[:, families.kind_of] * len(families.own) + families.own_of


def _together(numbers: NDArray[np.int32], sets: int) -> Numbers:
    """Return a number below the count of rows for each row: the same for rows that are alike."""
    mixed: Numbers = np.zeros(len(numbers), np.int64)
    for column in range(numbers.shape[1]):
        mixed = np.unique(mixed * sets + numbers[:, column], return_inverse=True)[1]
    return mixed


def _decided(
    lots: Sequence[Lot], families: Families, overruled: Sequence[Overruling]
) -> dict[tuple[int, int], tuple[Overruling, ...]]:
    """Return what was overruled, by row and column: few pairs, each looked up by itself."""
    if not overruled:
        return {}
    column = {code: index for index, code in enumerate(families.codes)}
    wanted = {one.recipient_code for one in overruled if one.recipient_code in column}
    pairs = (
        ((row, column[code]), applying(overruled, code, lot))
        for row, lot in enumerate(lots)
        for code in wanted
    )
    return {pair: about for pair, about in pairs if about}
