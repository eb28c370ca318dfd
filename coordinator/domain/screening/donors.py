"""Donors as the table and the detail pane show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from coordinator.domain.facts.dated_facts import Fact, Question
from coordinator.domain.facts.decisions import MedicineDecision
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Household
from coordinator.domain.milk.lots import Lot, MilkGiven
from coordinator.domain.places.positions import Position
from coordinator.domain.volume import Volume

if TYPE_CHECKING:
    from coordinator.domain.screening.call_list import Screening


@dataclass(frozen=True, slots=True)
class DonorSummary:
    """One row of the donors table. ``state`` is hers today; ``proposed`` what the checklist says instead.

    ``own`` holds the fields of the role that are columns of the table.
    """

    code: str
    name: str
    town: str
    state_code: str
    free: Volume
    free_bags: int | None
    oldest: date | None
    newest: date | None
    state: DonorState
    open_questions: int
    read_before_ringing: bool
    dairy: str
    phone: str
    email: str
    hours: str
    baby_born: date | None
    last_contact_on: date | None
    position: Position | None
    place_label: str = ""
    is_place_uncertain: bool = False
    paused_until: date | None = None
    proposed: DonorState | None = None
    own: Mapping[str, object] = field(default_factory=dict)

    @property
    def can_offer(self) -> bool:
        """Whether there is milk to match now."""
        return self.state.is_offering and self.free.microlitres > 0


@dataclass(frozen=True, slots=True)
class Donor:
    """Everything about one donor. ``gestation_weeks`` is her own baby's, ``state`` what is decided.

    ``undecided`` are the ids of the facts about medicines that nobody has decided about.
    ``own`` holds every field of the role by its column.
    """

    code: str
    household: Household
    state: DonorState
    baby_born: date | None
    gestation_weeks: int | None
    wishes: str
    facts: tuple[Fact, ...] = ()
    lots: tuple[Lot, ...] = ()
    questions: tuple[Question, ...] = ()
    given: tuple[MilkGiven, ...] = ()
    decisions: tuple[MedicineDecision, ...] = ()
    undecided: tuple[int, ...] = ()
    state_note: str = ""
    bereaved: bool = False
    screening: Screening | None = None
    version: int = 1
    own: Mapping[str, object] = field(default_factory=dict)
