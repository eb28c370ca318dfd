"""Recipients: babies who need milk, and the family around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.sayings import Saying, coded, saying

TERM_WEEKS = 40
"""What a form means by "term": the due date itself, 40 completed weeks; a convention, not a limit."""


HEALTH_ASKED = coded("asked.health", "Is the baby at home and well?")
"""What every family is asked before any milk is looked for."""


class BabyHealth(StrEnum):
    """Where the baby is; ``None`` beside it means not asked."""

    HOME = "at home and well"
    HOSPITAL = "in hospital"
    ILL = "ill"

    @property
    def words(self) -> Saying:
        """Where, in words."""
        return _HEALTH_WORDS[self]


_HEALTH_WORDS = {
    BabyHealth.HOME: saying("at home and well"),
    BabyHealth.HOSPITAL: saying("in hospital"),
    BabyHealth.ILL: saying("ill"),
}


class Willing(StrEnum):
    """A family's answer about medicine or nicotine; ``None`` beside it means not asked."""

    YES = "yes"
    IF_COMPATIBLE = "yes, if compatible"
    ASK = "ask me"
    NO = "no"

    @property
    def words(self) -> Saying:
        """The answer in words."""
        return _WILLING_WORDS[self]


_WILLING_WORDS = {
    Willing.YES: saying("yes"),
    Willing.IF_COMPATIBLE: saying("yes, if compatible"),
    Willing.ASK: saying("ask me"),
    Willing.NO: saying("no"),
}


@dataclass(frozen=True, slots=True)
class Baby:
    """What matching must know about the baby (or babies); every ``None`` was not answered.

    ``must_avoid`` is empty when the family said "none". ``clinician`` and ``clinician_agreed_on`` say
    who agreed to donor milk for a baby born early, and when. ``washout_days`` are this baby's own days that
    must pass after a food before milk suits it; a food that is not named has the policy's.
    ``oldest_milk_months``: older milk they do not take; ``None`` is of any age. ``refer_for`` and
    ``ask_about`` are words of the family's reason and notes that speak of illness, as typed.
    """

    born: date | None = None
    count: int = 1
    gestation_weeks: int | None = None
    health: BabyHealth | None = None
    must_avoid: tuple[str, ...] | None = None
    medicine_ok: Willing | None = None
    nicotine_ok: Willing | None = None
    clinician: str = ""
    clinician_agreed_on: date | None = None
    washout_days: tuple[tuple[str, int], ...] = ()
    oldest_milk_months: int | None = None
    refer_for: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the family goes for milk; ``None`` was not answered."""

    miles: float | None = None
    minutes: int | None = None
    has_car: bool | None = None
    meets_halfway: bool = False
