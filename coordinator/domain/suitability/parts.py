"""A lot cut where its verdict changes, and the best part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from coordinator.domain.families.babies import Baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import Overruling, Reasons, Verdict
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import Disclosures
from coordinator.domain.suitability.findings import Findings
from coordinator.domain.suitability.lots import findings
from coordinator.domain.suitability.overruling import overrule
from coordinator.domain.suitability.reasons import Days, days_of, reasons_of
from coordinator.sayings import saying


@dataclass(frozen=True, slots=True)
class Part:
    """Some days of a lot, both with it, and the verdict on them. ``only_from``: until the lot's last day."""

    first: date
    last: date
    verdict: Verdict
    is_whole: bool = False
    reaches_end: bool = False

    @property
    def only_from(self) -> date | None:
        """The day from which bags are taken, as a hold writes it; ``None`` for any other part."""
        return self.first if self.reaches_end and not self.is_whole else None

    @property
    def words(self) -> str:
        """What must be left out: ``only bags dated Mar 15, 2026 or later``; empty for the whole lot."""
        if self.is_whole:
            return ""
        if self.reaches_end:
            return str(saying("only bags dated {first} or later", first=self.first))
        return str(saying("only bags dated {first} to {last}", first=self.first, last=self.last))


def parts_of(
    lot: Lot, family: Baby, donor: Disclosures, on: date, overruled: Sequence[Overruling] = ()
) -> tuple[Part, ...]:
    """Return a lot cut where its verdict changes, oldest days first; one part if it does not, none undated.

    Takes what ``verdict_on`` takes. Each part has the verdict of each of its days.
    """
    own = judge_baby(family, donor.policy, on).reasons
    return _cut(findings(lot, family, donor, on), days_of(lot, on), own, overruled)


def best_of_lot(
    lot: Lot, family: Baby, donor: Disclosures, on: date, overruled: Sequence[Overruling] = ()
) -> tuple[Verdict, Part | None]:
    """Return the verdict on the best part of a lot, and that part; ``None`` for the whole.

    What is the baby's own is left out: it is told once for all milk.
    """
    known, days = findings(lot, family, donor, on), days_of(lot, on)
    best = best_part(_cut(known, days, (), overruled))
    if best is None or best.is_whole:
        return Verdict.of(overrule(reasons_of(known, days), overruled)), None
    return best.verdict, best


def _cut(known: Findings, days: Days, own: Reasons, overruled: Sequence[Overruling]) -> tuple[Part, ...]:
    if not days.are_told:
        return ()

    def verdict(start: int, end: int) -> Verdict:
        return Verdict.of(overrule((*own, *reasons_of(known, Days(start, end))), overruled))

    ends = {end for one in known for end in (one.first, one.after) if days.first < end < days.after}
    stretches = pairwise(sorted({days.first, days.after, *ends}))
    runs = [list(run) for _, run in groupby(stretches, key=lambda stretch: verdict(*stretch).kind)]
    spans = [(run[0][0], run[-1][1]) for run in runs]
    return tuple(_part(start, end, verdict(start, end), days) for start, end in spans)


def _part(start: int, end: int, verdict: Verdict, days: Days) -> Part:
    is_whole = (start, end) == (days.first, days.after)
    return Part(date.fromordinal(start), date.fromordinal(end - 1), verdict, is_whole, end == days.after)


def best_part(parts: Sequence[Part]) -> Part | None:
    """Return the part with the mildest verdict; of several the longest, then the newest; ``None`` of none."""
    return min(
        parts,
        key=lambda part: (part.verdict.kind, part.first - part.last, -part.first.toordinal()),
        default=None,
    )
