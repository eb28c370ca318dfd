"""What must be known about the baby alone, whatever the milk: told once for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from coordinator.domain.facts.wording import day, quoted
from coordinator.domain.families.babies import Baby, BabyHealth
from coordinator.domain.intervals import shifted
from coordinator.domain.policies.verdicts import ASK, Reason, Verdict, VerdictKind


class BabyLimits(Protocol):
    """From which weeks a baby was born early, and until which age that counts."""

    @property
    def born_early_weeks(self) -> int:
        """Weeks of gestation; this or fewer is early."""

    @property
    def term_corrected_weeks(self) -> int:
        """Weeks of gestation plus age."""


def judge_baby(baby: Baby, policy: BabyLimits, today: date) -> Verdict:
    """Return what must be known about the baby alone before any milk is looked at.

    In hospital, ill, or born early and not yet at term-corrected age is referred, not matched. Born early
    and now past that age, or gestation unknown, asks for the clinician's agreement until name and date are
    noted.
    """
    return Verdict.of((*_health(baby), *_maturity(baby, policy, today), *_unanswered_of(baby, today)))


def needs_clinician(baby: Baby, policy: BabyLimits) -> bool:
    """Whether a clinician must have agreed to donor milk and nobody has noted who and when."""
    is_term = baby.gestation_weeks is not None and baby.gestation_weeks > policy.born_early_weeks
    return not is_term and not (baby.clinician.strip() and baby.clinician_agreed_on)


def _health(baby: Baby) -> Iterator[Reason]:
    match baby.health:
        case BabyHealth.HOSPITAL | BabyHealth.ILL:
            text = f"{baby.health}: referred, not matched"
            yield Reason(VerdictKind.REFER, "health", text, rule="health")
        case None if baby.refer_for:
            text = f"the request mentions {quoted(baby.refer_for)}: referred until at home and well"
            yield Reason(VerdictKind.REFER, "health", text, rule="health")
        case None:
            told = f"; the request mentions {quoted(baby.ask_about)}" if baby.ask_about else ""
            yield Reason(ASK, "health", f"At home and well: not answered{told}", rule="health")


def _maturity(baby: Baby, policy: BabyLimits, today: date) -> Iterator[Reason]:
    weeks = baby.gestation_weeks
    if weeks is not None and weeks > policy.born_early_weeks:
        return
    if weeks is not None and baby.born is not None:
        corrected = shifted(baby.born, 7 * (policy.term_corrected_weeks - weeks))
        if today < corrected:
            text = f"born at {weeks} weeks, at term-corrected age on {day(corrected)}: referred, not matched"
            yield Reason(VerdictKind.REFER, "gestation", text, rule="born_early")
            return
    if not needs_clinician(baby, policy):
        agreed = day(baby.clinician_agreed_on) if baby.clinician_agreed_on else ""
        text = f"{baby.clinician} agreed on {agreed}"
        yield Reason(VerdictKind.NO_OBJECTION, "clinician", text, rule="born_early")
        return
    born = "Weeks at birth: not answered" if weeks is None else f"born at {weeks} weeks"
    text = f"{born}; has the baby's clinician agreed? Note name and date"
    yield Reason(ASK, "clinician", text, rule="born_early")


def _unanswered_of(baby: Baby, today: date) -> Iterator[Reason]:
    if baby.born is None:
        yield Reason(ASK, "baby_born", "Baby's birth date: not answered", rule="baby_born")
    elif baby.born > today:
        text = f"not born yet, expected on {day(baby.born)}: ask when"
        yield Reason(ASK, "baby_born", text, rule="baby_born")
    if baby.must_avoid is None:
        yield Reason(ASK, "must_avoid", "Baby must avoid: not answered", rule="must_avoid")
