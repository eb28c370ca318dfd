"""What a donor's dated facts say under a policy, worked out once for all babies and lots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.decisions import MedicineDecision
from coordinator.domain.facts.food_names import DAIRY, food_key, food_keys
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.intervals import ALWAYS
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.values import Choice
from coordinator.domain.policies.verdicts import ASK, VerdictKind
from coordinator.domain.suitability.blood_tests import blood_tests
from coordinator.domain.suitability.contradictions import of_dairy
from coordinator.domain.suitability.events import event_findings
from coordinator.domain.suitability.findings import Findings, found, not_clear
from coordinator.domain.suitability.foods import Washout, against_food, food_told
from coordinator.domain.suitability.medicines import medicine_findings
from coordinator.domain.suitability.mentions import answers_among, food_mentions, is_mention, mention_findings
from coordinator.domain.suitability.never import never
from coordinator.domain.suitability.storage import Frozen, donors_freezers
from coordinator.domain.suitability.substances import alcohol, caffeine, cannabis, nicotine
from coordinator.sayings import coded


@dataclass(frozen=True, slots=True)
class DonorTraits:
    """What else is known about a donor: her own baby, the first talk, decisions about medicines."""

    gestation_weeks: int | None = None
    first_spoken_on: date | None = None
    decisions: tuple[MedicineDecision, ...] = ()
    baby_born: date | None = None


NOTHING_ELSE = DonorTraits()
FoodKey = tuple[str, int | None]
"""A food the baby must avoid, and the family's own wash-out days, ``None`` for the policy's."""
FamilyKey = tuple[Willing | None, Willing | None, tuple[FoodKey, ...], int | None]
"""What tells families apart for a donor's milk: answers about medicine and nicotine, foods, and its age."""
_MEDICINE: Mapping[Willing | None, Willing | None] = {Willing.ASK: None, Willing.IF_COMPATIBLE: Willing.YES}
_NICOTINE: Mapping[Willing | None, Willing | None] = {Willing.ASK: None, Willing.IF_COMPATIBLE: None}


@dataclass(frozen=True, eq=False)
class Disclosures:
    """A donor's answers under a policy, ready to be met with any baby.

    ``standing`` counts for everybody. ``mentioned`` is what free words mention: no answer, but asked about.
    """

    policy: Policy
    facts: tuple[Fact, ...]
    traits: DonorTraits
    standing: Findings
    by_kind: Mapping[FactKind, list[Fact]] = field(repr=False)
    heat_treated: Presence | None
    heat_facts: tuple[Fact, ...]
    mentioned: tuple[Fact, ...]
    freezers: tuple[Frozen, ...]

    def against(self, family: Baby) -> Findings:
        """Return everything that her facts say for a family; what holds for all milk comes first."""
        facts, policy = self.by_kind, self.policy
        told = [
            *self.standing,
            *_once(medicine_findings(facts, self.traits.decisions, policy, family.medicine_ok)),
            *_once(nicotine(facts.get(FactKind.NICOTINE, []), policy, family.nicotine_ok)),
            *(one for food, days in _foods(family) for one in self._against_food(food, days)),
        ]
        return tuple(sorted(told, key=lambda one: one.reason.during != ALWAYS))

    def against_foods(self, family: Baby) -> Iterator[tuple[str, Findings]]:
        """Yield each food the baby must avoid, a key, with what her facts say about it."""
        for food, days in _foods(family):
            yield food, self._against_food(food, days)

    def _against_food(self, food: str, days: int | None) -> Findings:
        """Return what her facts say for a baby who must avoid a food, after so many days."""
        washout = _policys(self.policy) if days is None else Washout(days)
        told = against_food(food_told(food, self.facts), washout)
        told += food_mentions(self.mentioned, food)
        told += of_dairy(self.facts) if food == DAIRY else ()
        return _once(told)


def _once(findings: Findings) -> Findings:
    """Return *findings* each once, as two answers that say the same are one reason, and none of no days."""
    return tuple(dict.fromkeys(one for one in findings if one.first < one.after))


def _policys(policy: Policy) -> Washout:
    value = policy["washout"]
    return Washout(value.value if isinstance(value.value, int) else None, value)


def disclosures_of(facts: Iterable[Fact], policy: Policy, traits: DonorTraits = NOTHING_ELSE) -> Disclosures:
    """Return what a donor's *facts* say, under the policy's list of questions."""
    return _disclosures(tuple(facts), policy, traits)


def known_disclosures(
    facts: tuple[Fact, ...], policy: Policy, traits: DonorTraits = NOTHING_ELSE
) -> Disclosures:
    """Return what ``disclosures_of`` does, kept for when the same donor is looked at for the next baby."""
    return _kept(facts, policy, traits)


def _disclosures(told: tuple[Fact, ...], policy: Policy, traits: DonorTraits) -> Disclosures:
    by_kind: dict[FactKind, list[Fact]] = {}
    mentioned = tuple(fact for fact in told if is_mention(fact))
    told = tuple(fact for fact in answers_among(told) if not fact.during.is_empty)
    for fact in told:
        by_kind.setdefault(fact.kind, []).append(fact)
    standing = (
        *never(told),
        *alcohol(by_kind.get(FactKind.ALCOHOL, []), policy),
        *cannabis(by_kind.get(FactKind.CANNABIS, []), policy),
        *caffeine(by_kind.get(FactKind.CAFFEINE, []), policy),
        *blood_tests(by_kind.get(FactKind.BLOOD_TEST, []), policy),
        *event_findings(by_kind, policy),
        *_half_read(by_kind),
        *_first_contact(policy, traits),
        *_early_birth(policy, traits),
        *mention_findings(mentioned),
    )
    heat = by_kind.get(FactKind.HEAT_TREATED, [])
    return Disclosures(
        policy=policy,
        facts=told,
        traits=traits,
        standing=_once(standing),
        by_kind=by_kind,
        heat_treated=_worst_presence(heat),
        heat_facts=tuple(heat),
        mentioned=mentioned,
        freezers=donors_freezers(by_kind.get(FactKind.FREEZER, [])),
    )


def _half_read(by_kind: Mapping[FactKind, list[Fact]]) -> Findings:
    """Return the "ask" for what was not clear about how milk was kept or heated, whatever else was told."""
    kinds = (FactKind.FREEZER, FactKind.HEAT_TREATED)
    told = (fact for kind in kinds for fact in by_kind.get(kind, []))
    return tuple(not_clear(fact) for fact in told if fact.presence is Presence.UNCLEAR)


_kept = lru_cache(maxsize=8192)(_disclosures)


def family_key(baby: Baby) -> FamilyKey:
    """Return what tells this baby's family from others, for a donor's milk.

    Answers that the rules do not tell apart are one: who said "ask me" is asked like who was not asked.
    """
    medicine, nicotine = baby.medicine_ok, baby.nicotine_ok
    willing = _MEDICINE.get(medicine, medicine), _NICOTINE.get(nicotine, nicotine)
    return (*willing, _foods(baby), baby.oldest_milk_months)


def _foods(baby: Baby) -> tuple[FoodKey, ...]:
    own = {food_key(food): days for food, days in baby.washout_days}
    return tuple((food, own.get(food)) for food in sorted(food_keys(baby.must_avoid)))


def _worst_presence(facts: list[Fact]) -> Presence | None:
    """Return yes before unclear before no; ``None`` when nobody asked."""
    told = {fact.presence for fact in facts}
    return next((p for p in (Presence.YES, Presence.UNCLEAR, Presence.NO) if p in told), None)


def _first_contact(policy: Policy, traits: DonorTraits) -> Findings:
    value = policy["first_contact"]
    if traits.first_spoken_on is not None or value.value == Choice.NOT_ASKED_FOR:
        return ()
    if value.value is None:
        said = coded("contact.unknown", "Nobody has spoken with her: ask")
        return (found(ASK, "first_contact", said, value=value),)
    said = coded("contact.first", "somebody speaks with her by phone or in person before a first match")
    return (found(value.otherwise, "first_contact", said, value=value),)


def _early_birth(policy: Policy, traits: DonorTraits) -> Findings:
    weeks = traits.gestation_weeks
    if weeks is None or weeks > policy.born_early_weeks:
        return ()
    said = coded("own_baby.early", "her own baby was born at {weeks} weeks", weeks=weeks)
    return (found(VerdictKind.NO_OBJECTION, "gestation", said),)
