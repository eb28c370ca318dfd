"""Recipients: babies who need milk, and the family around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household
from coordinator.domain.milk.lots import MilkGiven
from coordinator.domain.milk.needs import Runway
from coordinator.domain.places.positions import Position
from coordinator.domain.volume import Volume

TERM_WEEKS = 40
"""What a form means by "term": the due date itself, 40 completed weeks; a convention, not a limit."""


class BabyHealth(StrEnum):
    """Where the baby is; ``None`` beside it means not asked."""

    HOME = "at home and well"
    HOSPITAL = "in hospital"
    ILL = "ill"


class Willing(StrEnum):
    """A family's answer about medicine or nicotine; ``None`` beside it means not asked."""

    YES = "yes"
    IF_COMPATIBLE = "yes, if compatible"
    ASK = "ask me"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Baby:
    """What matching must know about the baby (or babies); every ``None`` was not answered.

    ``must_avoid`` is empty when the family said "none". ``clinician`` and ``clinician_agreed_on`` say
    who agreed to donor milk for a baby born early, and when. ``washout_days`` are this baby's own days that
    must pass after a food before milk suits it; a food that is not named has the policy's. ``refer_for`` and
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
    refer_for: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the family goes for milk; ``None`` was not answered."""

    miles: float | None = None
    minutes: int | None = None
    has_car: bool | None = None
    meets_halfway: bool = False


@dataclass(frozen=True, slots=True)
class RecipientSummary:
    """One row of the recipients table."""

    code: str
    name: str
    town: str
    state_code: str
    baby: Baby
    runway: Runway
    needs_this_week: bool
    open_questions: int
    read_before_ringing: bool
    paused: bool
    phone: str
    email: str
    hours: str
    last_contact_on: date | None
    position: Position | None
    place_label: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Everything about one recipient. Own supply is planned with its low end."""

    code: str
    household: Household
    baby_name: str
    baby: Baby
    reach: Reach
    runway: Runway
    paused: bool
    reason: str
    own_supply_low: Volume | None
    own_supply_high: Volume | None
    stock: Volume | None
    stock_on: date | None
    freezer: str
    needs_this_week: bool
    questions: tuple[Question, ...] = ()
    received: tuple[MilkGiven, ...] = ()
    version: int = 1
    formula: Volume | None = None
    formula_mentioned: Volume | None = None
