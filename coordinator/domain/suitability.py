"""Whether milk suits a baby, as far as anybody has told: every reason, in words.

The program clears nothing. "Nothing against it" means that no answer speaks against it; what nobody
answered is "ask first", never yes and never no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from coordinator.domain.disclosures import Disclosures, disclosures_of, family_key
from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.foods import food_keys
from coordinator.domain.milk import HeatTreated, Lot
from coordinator.domain.policies import MatchingPolicy
from coordinator.domain.recipients import Baby, BabyHealth
from coordinator.domain.verdicts import Reason, Verdict, VerdictKind
from coordinator.domain.wording import Reasons, day, not_answered

ASK = VerdictKind.ASK


def judge_baby(baby: Baby, policy: MatchingPolicy, today: date) -> Verdict:
    """Return what must be known about the baby alone before any milk is looked at.

    In hospital, ill, or born early and not yet at term-corrected age is referred, not matched. Born early
    and now past that age, or gestation unknown, asks for the clinician's agreement until name and date are
    noted.
    """
    return Verdict.of((*_health(baby), *_maturity(baby, policy, today), *_unanswered_of(baby, today)))


def needs_clinician(baby: Baby, policy: MatchingPolicy) -> bool:
    """Whether a clinician must have agreed to donor milk and nobody has noted who and when."""
    is_term = baby.gestation_weeks is not None and baby.gestation_weeks > policy.born_early_weeks
    return not is_term and not (baby.clinician.strip() and baby.clinician_agreed_on)


def judge_milk(
    lot: Lot, facts: Iterable[Fact], donor_gestation_weeks: int | None, baby: Baby, policy: MatchingPolicy
) -> Verdict:
    """Return what a donor's *facts* and the *lot* itself say for this baby, with every reason.

    For many babies or lots, make the ``Disclosures`` once and use ``milk_reasons``.
    """
    disclosures = disclosures_of(facts, policy)
    return Verdict.of(
        (*milk_reasons(disclosures, baby), *lot_reasons(lot, disclosures, donor_gestation_weeks, policy))
    )


def milk_reasons(disclosures: Disclosures, baby: Baby) -> Reasons:
    """Return every reason that holds for all of a donor's milk and this baby."""
    reasons = disclosures.for_families[family_key(baby.medicine_ok, baby.nicotine_ok)]
    for food in food_keys(baby.must_avoid):
        reasons += disclosures.against(food)
    return reasons


def lot_reasons(
    lot: Lot, disclosures: Disclosures, donor_gestation_weeks: int | None, policy: MatchingPolicy
) -> Reasons:
    """Return every reason that is the lot's own: heat treatment, dates, an early birth."""
    reasons = _heat(lot.heat_treated, disclosures.heat_treated, policy)
    if lot.expressed_from is None or lot.expressed_to is None:
        reasons += _UNDATED
    if donor_gestation_weeks is not None and donor_gestation_weeks <= policy.born_early_weeks:
        reasons += _early(donor_gestation_weeks)
    return reasons


# Made once, since thousands of lots share them. Members of enumerations are compared by identity: hashing
# them, as a set or a dictionary does, runs Python code.
_HEAT = FactKind.HEAT_TREATED.value
_UNDATED = (Reason(ASK, "expressed_from", "Pumped when: not answered"),)
_SOME_HEATED = (
    Reason(VerdictKind.NO_OBJECTION_IF, _HEAT, "some bags are heat-treated: the family is told which"),
)
_ALL_HEATED = (Reason(VerdictKind.NO_OBJECTION_IF, _HEAT, "heat-treated: the family is told"),)
_HEAT_UNCLEAR = (Reason(ASK, _HEAT, "Heat-treated: the answer was not clear"),)


@lru_cache(maxsize=64)
def _early(weeks: int) -> Reasons:
    text = f"her own baby was born at {weeks} weeks"
    return (Reason(VerdictKind.NO_OBJECTION, "gestation", text),)


def _heat(heat: HeatTreated | None, told: Presence | None, policy: MatchingPolicy) -> Reasons:
    if heat is HeatTreated.NO and (told is None or told is Presence.NO):
        return ()
    if heat is HeatTreated.SOME:
        return _SOME_HEATED
    if heat is HeatTreated.ALL or (heat is None and told is Presence.YES):
        return _ALL_HEATED
    if heat is HeatTreated.NO or told is Presence.UNCLEAR:
        return _HEAT_UNCLEAR
    if told is Presence.NO or FactKind.HEAT_TREATED not in policy.questions:
        return ()
    return not_answered(FactKind.HEAT_TREATED)


def _health(baby: Baby) -> Iterator[Reason]:
    match baby.health:
        case BabyHealth.HOSPITAL | BabyHealth.ILL:
            yield Reason(VerdictKind.REFER, "health", f"{baby.health}: referred, not matched")
        case None:
            yield Reason(ASK, "health", "At home and well: not answered")


def _maturity(baby: Baby, policy: MatchingPolicy, today: date) -> Iterator[Reason]:
    weeks = baby.gestation_weeks
    if weeks is not None and weeks > policy.born_early_weeks:
        return
    if weeks is not None and baby.born is not None:
        corrected = baby.born + timedelta(weeks=policy.term_corrected_weeks - weeks)
        if today < corrected:
            text = f"born at {weeks} weeks, at term-corrected age on {day(corrected)}: referred, not matched"
            yield Reason(VerdictKind.REFER, "gestation", text)
            return
    if not needs_clinician(baby, policy):
        agreed = day(baby.clinician_agreed_on) if baby.clinician_agreed_on else ""
        yield Reason(VerdictKind.NO_OBJECTION, "clinician", f"{baby.clinician} agreed on {agreed}")
        return
    born = "Weeks at birth: not answered" if weeks is None else f"born at {weeks} weeks"
    yield Reason(ASK, "clinician", f"{born}; has the baby's clinician agreed? Note name and date")


def _unanswered_of(baby: Baby, today: date) -> Iterator[Reason]:
    if baby.born is None:
        yield Reason(ASK, "baby_born", "Baby's birth date: not answered")
    elif baby.born > today:
        yield Reason(ASK, "baby_born", f"not born yet, expected on {day(baby.born)}: ask when")
    if baby.must_avoid is None:
        yield Reason(ASK, "must_avoid", "Baby must avoid: not answered")
