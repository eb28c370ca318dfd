"""What a changed fact would flip, before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import Overruling, Reason, Reasons, Verdict, VerdictKind
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import Disclosures, FamilyKey, family_key
from coordinator.domain.suitability.lots import milk_reasons
from coordinator.domain.suitability.overruling import applying, overrule


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
    """What saving would change: lots for every family, and holds and agreements among them."""

    donor_code: str
    flips: tuple[Flip, ...]
    holds: tuple[HoldFlip, ...]

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
) -> tuple[Flip, ...]:
    """Return which of one donor's *lots* flip for whom, worst first."""
    donors = (before, after)
    found = [flip for lot in lots for flip in _flips_of(lot, recipients, donors, on, overruled)]
    return tuple(sorted(found, key=lambda flip: (-flip.after, flip.lot_code, flip.recipient_code)))


def _flips_of(
    lot: Lot,
    recipients: Sequence[tuple[str, Baby]],
    donors: tuple[Disclosures, Disclosures],
    on: date,
    overruled: Sequence[Overruling],
) -> Iterator[Flip]:
    """Yield for whom a lot flips; families that are alike for it are judged once."""
    alike: dict[FamilyKey, tuple[Reasons, Reasons]] = {}
    for code, baby in recipients:
        key = family_key(baby)
        if key not in alike:
            before, after = (milk_reasons(lot, baby, donor, on) for donor in donors)
            alike[key] = before, after
        own, decided = judge_baby(baby, donors[0].policy, on).reasons, applying(overruled, code, lot)
        old, new = (Verdict.of(overrule((*own, *milk), decided)) for milk in alike[key])
        if old.kind is not new.kind:
            yield flip_of(lot.code, code, old, new)


def flip_of(lot_code: str, recipient_code: str, before: Verdict, after: Verdict) -> Flip:
    """Return the flip between two verdicts; its reasons are those that *before* did not have."""
    known = set(before.reasons)
    because = tuple(reason for reason in after.reasons if reason not in known)
    return Flip(lot_code, recipient_code, before.kind, after.kind, because)
