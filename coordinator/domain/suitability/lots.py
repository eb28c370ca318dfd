"""Whether milk suits a baby, by what was true on the days it was expressed: every reason, in words.

The program clears nothing. "Nothing against it" means that no answer speaks against it; what nobody
answered is "ask first", never yes and never no. A lot is as its worst day: a reason that holds for some of
its days counts for the lot, and ``parts_of`` says which days are better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coordinator.domain.facts.dated_facts import FactKind, Presence
from coordinator.domain.families.babies import Baby
from coordinator.domain.intervals import Interval, first_within
from coordinator.domain.milk.lots import HeatTreated, Lot
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import NOT_ACCEPTED
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT, Overruling, Reasons, Verdict
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.contradictions import of_dates
from coordinator.domain.suitability.disclosures import Disclosures
from coordinator.domain.suitability.findings import Finding, Findings, found, unanswered
from coordinator.domain.suitability.overruling import overrule
from coordinator.domain.suitability.reasons import AGE_TAKEN, days_of, reasons_of
from coordinator.domain.suitability.storage import storage_findings
from coordinator.sayings import coded, plural, saying


def findings(lot: Lot, family: Baby, donor: Disclosures, on: date) -> Findings:
    """Return everything that is found about a lot for a family on the day *on*, each for milk of its days.

    Verdicts, parts, rankings, flips and timelines are read off it. The policy is the one the donor's answers
    were met with. What is the baby's own is not in it (``judge_baby``).
    """
    return (
        *donor.against(family),
        *storage_findings(lot, donor.freezers, donor.policy, on),
        *_heat(lot.heat_treated, donor.heat_treated, donor.policy),
        *of_dates(lot, donor.traits.baby_born, on),
        *_undated(lot),
        *_older_than_they_take(family.oldest_milk_months, on),
    )


def verdict_on(
    lot: Lot, family: Baby, donor: Disclosures, on: date, overruled: Sequence[Overruling] = ()
) -> Verdict:
    """Return the verdict on a lot for a family on the day *on*, with every reason.

    Args:
        lot: Bags of one donor; a lot that does not tell its days is asked about.
        family: The baby, what it must avoid and for how long, and what the family answered.
        donor: What she told, under the profile in force.
        on: The day the milk is looked at: how old it is then counts.
        overruled: Of this family and this lot or donor; who else decided what stays in the reason.
    """
    own = judge_baby(family, donor.policy, on).reasons
    return Verdict.of(overrule((*own, *milk_reasons(lot, family, donor, on)), overruled))


def milk_reasons(lot: Lot, family: Baby, donor: Disclosures, on: date) -> Reasons:
    """Return what a donor's facts and the lot itself say, without what is the baby's own."""
    return reasons_of(findings(lot, family, donor, on), days_of(lot, on))


def bags_from(lot: Lot, only_from: date | None) -> Lot:
    """Return a lot as if it had only the bags dated *only_from* or later; all of them for ``None``."""
    if only_from is None:
        return lot
    return replace(lot, expressed_from=max(only_from, lot.expressed_from or only_from))


def _undated(lot: Lot) -> Findings:
    if lot.expressed_from is not None and lot.expressed_to is not None:
        return ()
    return (found(ASK, "expressed_from", coded("lot.undated", "Pumped when: not answered")),)


def _older_than_they_take(months: int | None, on: date) -> Findings:
    if months is None:
        return ()
    first = first_within(months, on)
    said = coded(
        "age.older_than_taken",
        "the family takes milk no older than {age}: milk of {first} or later",
        age=plural("a month", "{n} months", months),
        first=first,
    )
    together = saying("are older than the family takes")
    return (found(NOT_A_FIT, AGE_TAKEN, said, during=Interval(None, first), together=together),)


_HEAT = FactKind.HEAT_TREATED.value


def _heat(heat: HeatTreated | None, told: Presence | None, policy: Policy) -> Findings:
    if (heat is HeatTreated.NO and told in (None, Presence.NO)) or (heat is None and told is Presence.NO):
        return ()
    is_all = heat is HeatTreated.ALL or (heat is None and told is Presence.YES)
    if is_all or heat is HeatTreated.SOME:
        return (_heated(policy["heat_treated"], is_all=is_all),)
    if heat is HeatTreated.NO or told is Presence.UNCLEAR:
        said = coded("heat.not_clear", "Heat-treated: the answer was not clear")
        return (found(ASK, _HEAT, said),)
    return (unanswered(FactKind.HEAT_TREATED),) if FactKind.HEAT_TREATED in policy.questions else ()


def _heated(value: PolicyValue, *, is_all: bool) -> Finding:
    """Return what the policy says about a lot of which all bags, or some, are heat-treated."""
    if value.value is None:
        said = coded("heat.unknown", "heat-treated: whether this policy takes it is not known, ask")
        return found(ASK, _HEAT, said, value=value)
    if value.value == NOT_ACCEPTED and is_all:
        said = coded("heat.refused", "heat-treated: this policy takes no such milk")
        return found(value.otherwise, _HEAT, said, value=value, together=saying("heat-treat their milk"))
    if value.value == NOT_ACCEPTED:
        said = coded("heat.some_refused", "some bags are heat-treated: ask which")
        return found(ASK, _HEAT, said, value=value)
    said = (
        coded("heat.all", "heat-treated: the family is told")
        if is_all
        else coded("heat.some", "some bags are heat-treated: the family is told which")
    )
    return found(IF, _HEAT, said, value=value)
