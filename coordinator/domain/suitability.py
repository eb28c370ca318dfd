"""Whether milk suits a baby, as far as anybody has told: every reason, in words.

The program clears nothing. "Nothing against it" means that no answer speaks against it; what nobody
answered is "ask first", never yes and never no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from coordinator.domain.disclosures import Disclosures, Reasons, day, disclosures_of, not_answered
from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.milk import HeatTreated, Lot
from coordinator.domain.policies import MatchingPolicy
from coordinator.domain.recipients import Baby, BabyHealth, Willing
from coordinator.domain.verdicts import Reason, Verdict, VerdictKind

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
    reasons = disclosures.standing
    for food in baby.must_avoid or ():
        reasons += disclosures.against(food)
    unwanted = baby.medicine_ok is Willing.NO
    reasons += disclosures.medicine_unwanted if unwanted else disclosures.medicine
    return reasons + disclosures.nicotine[baby.nicotine_ok]


def lot_reasons(
    lot: Lot, disclosures: Disclosures, donor_gestation_weeks: int | None, policy: MatchingPolicy
) -> Reasons:
    """Return every reason that is the lot's own: heat treatment, dates, an early birth."""
    early = donor_gestation_weeks is not None and donor_gestation_weeks <= policy.born_early_weeks
    return _lot_reasons(
        lot.heat_treated,
        disclosures.heat_treated,
        lot.expressed_from is not None and lot.expressed_to is not None,
        donor_gestation_weeks if early else None,
        FactKind.HEAT_TREATED in policy.questions,
    )


@lru_cache(maxsize=1024)
def _lot_reasons(
    heat: HeatTreated | None,
    told: Presence | None,
    is_dated: bool,  # noqa: FBT001 - a key of the cache
    early_weeks: int | None,
    asks_heat: bool,  # noqa: FBT001 - a key of the cache
) -> Reasons:
    reasons = [*_heat(heat, told, asks_heat=asks_heat)]
    if not is_dated:
        reasons.append(Reason(ASK, "expressed_from", "Pumped when: not answered"))
    if early_weeks is not None:
        text = f"her own baby was born at {early_weeks} weeks"
        reasons.append(Reason(VerdictKind.NO_OBJECTION, "gestation", text))
    return tuple(reasons)


def _heat(heat: HeatTreated | None, told: Presence | None, *, asks_heat: bool) -> Reasons:
    topic = FactKind.HEAT_TREATED.value
    if heat is HeatTreated.NO and told in {None, Presence.NO}:
        return ()
    if heat is HeatTreated.SOME:
        return (
            Reason(
                VerdictKind.NO_OBJECTION_IF, topic, "some bags are heat-treated: the family is told which"
            ),
        )
    if heat is HeatTreated.ALL or (heat is None and told is Presence.YES):
        return (Reason(VerdictKind.NO_OBJECTION_IF, topic, "heat-treated: the family is told"),)
    if heat is HeatTreated.NO or told is Presence.UNCLEAR:
        return (Reason(ASK, topic, "Heat-treated: the answer was not clear"),)
    if told is Presence.NO or not asks_heat:
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
