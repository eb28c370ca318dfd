"""What must be known about the baby alone, whatever the milk: told once for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from coordinator.domain.facts.wording import quoted
from coordinator.domain.families.babies import Baby, BabyHealth
from coordinator.domain.intervals import shifted
from coordinator.domain.policies.verdicts import ASK, Reason, Verdict, VerdictKind
from coordinator.sayings import Saying, coded


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
            said = coded("baby.health", "{where}: referred, not matched", where=baby.health.words)
            yield Reason(VerdictKind.REFER, "health", said, rule="health")
        case None if baby.refer_for:
            words = quoted(baby.refer_for)
            said = coded(
                "baby.mentions", "the request mentions {words}: referred until at home and well", words=words
            )
            yield Reason(VerdictKind.REFER, "health", said, rule="health")
        case None:
            yield Reason(ASK, "health", _health_unanswered(baby), rule="health")


def _health_unanswered(baby: Baby) -> Saying:
    if not baby.ask_about:
        return coded("baby.health_unanswered", "At home and well: not answered")
    return coded(
        "baby.health_unanswered_mentions",
        "At home and well: not answered; the request mentions {words}",
        words=quoted(baby.ask_about),
    )


def _maturity(baby: Baby, policy: BabyLimits, today: date) -> Iterator[Reason]:
    weeks = baby.gestation_weeks
    if weeks is not None and weeks > policy.born_early_weeks:
        return
    if weeks is not None and baby.born is not None:
        corrected = shifted(baby.born, 7 * (policy.term_corrected_weeks - weeks))
        if today < corrected:
            said = coded(
                "baby.born_early",
                "born at {weeks} weeks, at term-corrected age on {on}: referred, not matched",
                weeks=weeks,
                on=corrected,
            )
            yield Reason(VerdictKind.REFER, "gestation", said, rule="born_early")
            return
    if not needs_clinician(baby, policy):
        agreed = baby.clinician_agreed_on or ""
        said = coded("baby.agreed", "{clinician} agreed on {on}", clinician=baby.clinician, on=agreed)
        yield Reason(VerdictKind.NO_OBJECTION, "clinician", said, rule="born_early")
        return
    yield Reason(ASK, "clinician", _clinician_wanted(weeks), rule="born_early")


def _clinician_wanted(weeks: int | None) -> Saying:
    if weeks is None:
        return coded(
            "baby.weeks_unanswered",
            "Weeks at birth: not answered; has the baby's clinician agreed? Note name and date",
        )
    return coded(
        "baby.needs_clinician",
        "born at {weeks} weeks; has the baby's clinician agreed? Note name and date",
        weeks=weeks,
    )


def _unanswered_of(baby: Baby, today: date) -> Iterator[Reason]:
    if baby.born is None:
        said = coded("baby.born_unanswered", "Baby's birth date: not answered")
        yield Reason(ASK, "baby_born", said, rule="baby_born")
    elif baby.born > today:
        said = coded("baby.expected", "not born yet, expected on {on}: ask when", on=baby.born)
        yield Reason(ASK, "baby_born", said, rule="baby_born")
    if baby.must_avoid is None:
        said = coded("baby.avoids_unanswered", "Baby must avoid: not answered")
        yield Reason(ASK, "must_avoid", said, rule="must_avoid")
