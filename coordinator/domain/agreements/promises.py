"""A hold with all that lies around it, and where it stands on its way to a baby."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from coordinator.domain.agreements.asked_after import Asking
from coordinator.domain.agreements.case_steps import CaseStep, NextStep, Turn
from coordinator.domain.agreements.choices import Informed
from coordinator.domain.agreements.contacts import NEVER, Asked, Contact
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.policies.profiles import MatchingPolicy
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.sayings import NOTHING, Saying


@dataclass(frozen=True, slots=True)
class OnPickup:
    """The planned pickup a hold travels with, as far as its case goes by it."""

    code: str
    on: date
    starts_at: time | None = None
    is_run: bool = False
    meeting_place: str = ""
    driver_code: str = ""
    driver_name: str = ""
    driver_said_yes: bool = False
    printed_on: date | None = None
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a hold on its day, and each time the family was asked after it, the first one first.

    ``is_unfit``: the milk was no fit, and came all the same.
    """

    on: date
    delivered: Volume
    lost: Volume
    askings: tuple[Asking, ...] = ()
    is_unfit: bool = False

    @property
    def asked_after_on(self) -> date | None:
        """When the family was asked last."""
        return self.askings[-1].on if self.askings else None


@dataclass(frozen=True, slots=True)
class Promise:
    """Everything a strand goes by: a hold and what lies around it.

    ``is_own``: donor and family are one household by now. ``donor_reads_first``: there is something to read
    before the donor is rung. ``needs_clinician``: a clinician must agree before the family's yes.
    ``standing_on``: it is for that day of a standing pair. ``informed``: where each side's choice stands.
    ``family_rests``: it is paused or mourns, so that nobody asks it after milk.
    """

    hold: Hold
    contacts: tuple[Contact, ...] = ()
    pickup: OnPickup | None = None
    came: Came | None = None
    left: LeftBehind | None = None
    is_own: bool = False
    donor_reads_first: bool = False
    needs_clinician: bool = False
    standing_on: date | None = None
    informed: tuple[Informed, ...] = ()
    family_rests: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """One hold on its way: where it stands, whose turn it is since when, and the next step.

    ``nothing_came``: its day is over, and all of it was left behind. ``paused``: the words of a pause of the
    two, which ``words`` begin with, while milk is still to go from one to the other. ``came_unfit``: its milk
    was no fit and came all the same, so that nothing suggests more of it.
    """

    hold: Hold
    step: CaseStep
    turn: Turn
    since: date | None
    next: NextStep
    words: Saying = NOTHING
    asked_donor: Asked = NEVER
    asked_family: Asked = NEVER
    pickup: OnPickup | None = None
    nothing_came: bool = False
    informed: tuple[Informed, ...] = ()
    paused: Saying = NOTHING
    came_unfit: bool = False

    @property
    def notes(self) -> tuple[Saying, ...]:
        """Whose yes stands without a recorded choice; whom to ask again is told by ``hold.still_asked``."""
        return tuple(missing for one in self.informed if (missing := one.missing))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a case is looked at by: the day, the network's days, and the unit of its sentences."""

    today: date
    policy: MatchingPolicy
    unit: VolumeUnit = VolumeUnit.OZ
