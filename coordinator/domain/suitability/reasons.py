"""The reasons that hold for milk of certain days, out of all that is found about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from coordinator.domain.intervals import FOREVER, FOREVER_AGO
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT, Basis, Reason, Reasons
from coordinator.domain.suitability.findings import Finding, Findings
from coordinator.sayings import NOTHING, coded, joined, saying


class Days(NamedTuple):
    """Days of milk by their ordinals, ``first`` to before ``after``; ``are_told`` if a lot tells both."""

    first: int
    after: int
    are_told: bool = True


def days_of(lot: Lot, on: date) -> Days:
    """Return the days of a lot's oldest and newest bag, as far as they are told."""
    first = FOREVER_AGO if lot.expressed_from is None else lot.expressed_from.toordinal()
    if lot.expressed_to is not None:
        return Days(first, lot.expressed_to.toordinal() + 1, lot.expressed_from is not None)
    return Days(first, FOREVER if first > on.toordinal() else on.toordinal() + 1, are_told=False)


def reasons_of(findings: Findings, days: Days) -> Reasons:
    """Return the reasons that hold for any of *days*; unchecked values as one, the last.

    Where the days are not told, "not a fit" for some of them is a question.
    """
    held = [one for one in findings if one.first < days.after and days.first < one.after]
    reasons = [reason for one in held if one.basis is None for reason in _reasons_of_one(one, days)]
    return (*reasons, *_relying(one.basis for one in held if one.basis is not None))


def _reasons_of_one(finding: Finding, days: Days) -> Iterator[Reason]:
    if days.are_told or (finding.first <= days.first and days.after <= finding.after):
        yield finding.reason
    elif finding.reason.topic not in _AGE_TOPICS:
        yield _for_some_bags(finding.reason)


AGE_TAKEN = "oldest_milk_months"
"""The topic of how old the milk may be that a family takes."""
_AGE_TOPICS = frozenset({"freezer", "place", AGE_TAKEN})
"""How old milk is nobody can tell without its days, and those are asked for anyway."""


def _for_some_bags(reason: Reason) -> Reason:
    if reason.kind is not NOT_A_FIT or reason.is_final:
        return reason
    said = coded("some_bags", "{reason}; ask which bags", reason=reason.said)
    return replace(reason, kind=ASK, said=said, together=NOTHING)


_ORDER = {rule: place for place, rule in enumerate(RULES)}


def _relying(relied: Iterable[Basis]) -> Iterator[Reason]:
    """Yield the one reason that names every unchecked value because of which nothing speaks against milk.

    What the network decided about is a reason of its own, with who decided.
    """
    known = sorted(dict.fromkeys(relied), key=lambda basis: _ORDER[basis.rule])
    decided = tuple(basis for basis in known if basis.decided)
    if decided:
        figures = [saying("{value} ({who})", value=one.relied, who=one.decided) for one in decided]
        said = coded("decided", "this network’s own figures: {values}", values=joined("; ", figures))
        yield Reason(IF, "decided", said, rule="decided", bases=decided)
    bases = tuple(basis for basis in known if not basis.decided)
    if bases:
        values = joined("; ", [basis.relied for basis in bases])
        said = coded("unchecked", "your clinician agrees: {values}", values=values)
        yield Reason(IF, "unchecked", said, rule="unchecked", bases=bases)
