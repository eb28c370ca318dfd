"""A family that receives milk, with how long what it has will last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.babies import Baby, Reach
from coordinator.domain.families.households import Household
from coordinator.domain.milk.came_unfit import CameUnfit
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.lots import MilkGiven
from coordinator.domain.milk.needs import Runway
from coordinator.domain.places.positions import Position
from coordinator.domain.volume import Volume


@dataclass(frozen=True, slots=True)
class RecipientSummary:
    """One row of the recipients table; ``own`` holds the fields of the role."""

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
    is_place_uncertain: bool = False
    own: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Everything about one recipient. Own supply is planned with its low end.

    ``left_behind`` is what was planned for it and did not come, until it is planned again or let go;
    ``came_unfit`` is milk no fit that came, until somebody has rung them.
    """

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
    own: Mapping[str, object] = field(default_factory=dict)
    formula: Volume | None = None
    formula_mentioned: Volume | None = None
    left_behind: tuple[LeftBehind, ...] = ()
    came_unfit: tuple[CameUnfit, ...] = ()
