"""What a donor's dated facts say under a policy, worked out once for all babies and lots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.blood_tests import blood_tests
from coordinator.domain.decisions import MedicineDecision
from coordinator.domain.events import event_findings
from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.findings import Findings, found
from coordinator.domain.foods import Washout, against_food, food_key, food_keys, food_told
from coordinator.domain.medicines import medicine_findings
from coordinator.domain.never import never
from coordinator.domain.policies import Policy
from coordinator.domain.recipients import Baby, Willing
from coordinator.domain.storage import Frozen, donors_freezers
from coordinator.domain.substances import alcohol, caffeine, cannabis, nicotine
from coordinator.domain.verdicts import VerdictKind


@dataclass(frozen=True, slots=True)
class DonorTraits:
    """What else is known about a donor: her own baby's weeks, the first talk, decisions about medicines."""

    gestation_weeks: int | None = None
    first_spoken_on: date | None = None
    decisions: tuple[MedicineDecision, ...] = ()


NOTHING_ELSE = DonorTraits()
_MEDICINE = {Willing.NO: 0, None: 1, Willing.ASK: 1, Willing.YES: 2, Willing.IF_COMPATIBLE: 2}
_NICOTINE = {Willing.NO: 0, None: 1, Willing.ASK: 1, Willing.IF_COMPATIBLE: 1, Willing.YES: 2}
_WORDS = (Willing.NO, None, Willing.YES)

FamilyKey = tuple[int, tuple[tuple[str, int | None], ...]]
"""What tells families apart for a donor's milk: answers about medicine and nicotine, foods and their days."""


@dataclass(frozen=True, eq=False)
class Disclosures:
    """A donor's answers under a policy, ready to be met with any baby.

    ``for_families`` has what counts for a family, by the first part of its ``family_key``. What is worked out
    for a food or a lot is kept; all else never changes.
    """

    policy: Policy
    facts: tuple[Fact, ...]
    traits: DonorTraits
    for_families: tuple[Findings, ...]
    heat_treated: Presence | None
    heat_facts: tuple[Fact, ...]
    freezers: tuple[Frozen, ...]
    _known: dict[FamilyKey, Findings] = field(default_factory=dict, repr=False)

    def against(self, family: FamilyKey) -> Findings:
        """Return everything that her facts say for a family."""
        findings = self._known.get(family)
        if findings is None:
            findings = self.for_families[family[0]]
            for food, days in family[1]:
                washout = Washout(days) if days is not None else _policys(self.policy)
                findings += against_food(food_told(food, self.facts), washout)
            # Two answers that say the same are one reason.
            findings = self._known[family] = tuple(dict.fromkeys(findings))
        return findings


def _policys(policy: Policy) -> Washout:
    value = policy["washout"]
    return Washout(value.value if isinstance(value.value, int) else None, value)


def disclosures_of(facts: Iterable[Fact], policy: Policy, traits: DonorTraits = NOTHING_ELSE) -> Disclosures:
    """Return what a donor's *facts* say, under the policy's list of questions."""
    told = tuple(facts)
    by_kind: dict[FactKind, list[Fact]] = {}
    for fact in told:
        by_kind.setdefault(fact.kind, []).append(fact)
    standing = (
        *never(told),
        *alcohol(by_kind.get(FactKind.ALCOHOL, []), policy),
        *cannabis(by_kind.get(FactKind.CANNABIS, []), policy),
        *caffeine(by_kind.get(FactKind.CAFFEINE, []), policy),
        *blood_tests(by_kind.get(FactKind.BLOOD_TEST, []), policy),
        *event_findings(by_kind, policy),
        *_first_contact(policy, traits),
        *_early_birth(policy, traits),
    )
    medicine = [medicine_findings(by_kind, traits.decisions, policy, willing) for willing in _WORDS]
    smoking = [nicotine(by_kind.get(FactKind.NICOTINE, []), policy, willing) for willing in _WORDS]
    heat = by_kind.get(FactKind.HEAT_TREATED, [])
    return Disclosures(
        policy=policy,
        facts=told,
        traits=traits,
        for_families=tuple((*standing, *one, *other) for one in medicine for other in smoking),
        heat_treated=_worst_presence(heat),
        heat_facts=tuple(heat),
        freezers=donors_freezers(by_kind.get(FactKind.FREEZER, [])),
    )


def family_key(baby: Baby) -> FamilyKey:
    """Return what tells this baby's family from others, for a donor's facts."""
    return 3 * _MEDICINE[baby.medicine_ok] + _NICOTINE[baby.nicotine_ok], _foods(baby)


def _foods(baby: Baby) -> tuple[tuple[str, int | None], ...]:
    if not baby.must_avoid:
        return ()
    own = {food_key(food): days for food, days in baby.washout_days}
    return tuple((food, own.get(food)) for food in sorted(food_keys(baby.must_avoid)))


def _worst_presence(facts: list[Fact]) -> Presence | None:
    """Return yes before unclear before no; ``None`` when nobody asked."""
    told = {fact.presence for fact in facts}
    return next((p for p in (Presence.YES, Presence.UNCLEAR, Presence.NO) if p in told), None)


def _first_contact(policy: Policy, traits: DonorTraits) -> Findings:
    value = policy["first_contact"]
    if traits.first_spoken_on is not None or value.value == "not asked for":
        return ()
    if value.value is None:
        return (found(VerdictKind.ASK, "first_contact", "Nobody has spoken with her: ask", value=value),)
    text = "somebody speaks with her by phone or in person before a first match"
    return (found(value.otherwise, "first_contact", text, value=value),)


def _early_birth(policy: Policy, traits: DonorTraits) -> Findings:
    weeks = traits.gestation_weeks
    if weeks is None or weeks > policy.born_early_weeks:
        return ()
    text = f"her own baby was born at {weeks} weeks"
    return (found(VerdictKind.NO_OBJECTION, "gestation", text),)
