"""What a changed fact would flip, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import Overruling, Reason, Verdict, VerdictKind
from coordinator.domain.suitability.disclosures import Disclosures
from coordinator.domain.suitability.verdict_matrix import VerdictMatrix, verdict_matrix


@dataclass(frozen=True, slots=True)
class Flip:
    """A lot that would stand otherwise for a recipient; ``because`` are the reasons that would be new."""

    lot_code: str
    recipient_code: str
    before: VerdictKind
    after: VerdictKind
    because: tuple[Reason, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether it would stand further from no objection."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class HoldFlip:
    """A hold or agreement on milk that would stand otherwise."""

    hold_code: str
    flip: Flip
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class FactPreview:
    """What saving would change: lots for every family, and holds and agreements among them.

    ``judged`` is how many lots were judged again: the donor's own.
    """

    donor_code: str
    flips: tuple[Flip, ...]
    holds: tuple[HoldFlip, ...]
    judged: int

    @property
    def lots(self) -> tuple[str, ...]:
        """The codes of the lots that flip for anybody."""
        return tuple(dict.fromkeys(flip.lot_code for flip in self.flips))


def facts_with(known: Iterable[Fact], fact: Fact) -> tuple[Fact, ...]:
    """Return *known* with *fact* in the place of the one with its id, or after them all if it is new."""
    told = tuple(known)
    if fact.id and any(one.id == fact.id for one in told):
        return tuple(fact if one.id == fact.id else one for one in told)
    return (*told, fact)


def flips(
    lots: Sequence[Lot],
    recipients: Sequence[tuple[str, Baby]],
    before: Disclosures,
    after: Disclosures,
    on: date,
    overruled: Sequence[Overruling] = (),
) -> tuple[tuple[Flip, ...], int]:
    """Return which of one donor's *lots* flip for whom, worst first, and how many lots were judged again."""
    if not lots or not recipients:
        return (), 0
    code = lots[0].donor_code
    old = verdict_matrix(lots, recipients, {code: before}, on, overruled)
    new = old.with_donor(code, after)
    rows, columns = np.nonzero(old.codes != new.codes)
    found = [_flip(old, new, int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
    found.sort(key=lambda flip: (-flip.after, flip.lot_code, flip.recipient_code))
    return tuple(found), new.judged


def _flip(old: VerdictMatrix, new: VerdictMatrix, row: int, column: int) -> Flip:
    recipient = old.families.codes[column]
    return flip_of(old.lots[row].code, recipient, old.verdict(row, column), new.verdict(row, column))


def flip_of(lot_code: str, recipient_code: str, before: Verdict, after: Verdict) -> Flip:
    """Return the flip between two verdicts; its reasons are those that *before* did not have."""
    known = set(before.reasons)
    because = tuple(reason for reason in after.reasons if reason not in known)
    return Flip(lot_code, recipient_code, before.kind, after.kind, because)
