"""What one row of a form says, as typed values; what it does not say is ``None``, empty, or a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.families.babies import Willing
from coordinator.domain.families.households import Role
from coordinator.domain.imports.amounts import Amount
from coordinator.domain.milk.lots import Freezer, HeatTreated, KeptIn
from coordinator.domain.places.positions import Address
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING, Saying


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """Something to ask this household. ``topic`` is a ``FactKind`` value or a field's key."""

    topic: str
    said: Saying
    raw: str = ""

    @property
    def text(self) -> str:
        """The question in words."""
        return str(self.said)

    @property
    def key(self) -> str:
        """What tells whether it was asked before, however it was worded then."""
        return self.said.key


@dataclass(frozen=True, slots=True)
class Contact:
    """The household part of every row. Phones are E.164, e-mails in small letters; a second one is kept."""

    name: str
    email: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)
    preferred_contact: str = ""
    languages: str = ""
    hours: str = ""
    notes: str = ""
    read_before_ringing: str = ""
    other_phone: str = ""
    other_email: str = ""


@dataclass(frozen=True, slots=True)
class LotAnswer:
    """The milk a donor offers. ``offered`` is ``None`` when the ounces were not told or not understood."""

    offered: Amount | None = None
    bags: int | None = None
    expressed_from: date | None = None
    expressed_to: date | None = None
    freezer: Freezer | None = None
    place: KeptIn | None = None
    stored_in: str = ""
    heat_treated: HeatTreated | None = None


@dataclass(frozen=True, slots=True)
class DonorAnswers:
    """What a donor's form says beside her contact; ``mentioned`` is what its free words mention."""

    baby_born: date | None = None
    gestation_weeks: int | None = None
    lot: LotAnswer = LotAnswer()
    facts: tuple[Fact, ...] = ()
    mentioned: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipientAnswers:
    """What a family's request says. ``must_avoid`` empty is "none"; ``None`` was not answered.

    ``formula`` is what they were asked, ``formula_mentioned`` what their own words say they give.
    """

    baby_name: str = ""
    baby_born: date | None = None
    babies: int = 1
    gestation_weeks: int | None = None
    reason: str = ""
    own_supply: Amount | None = None
    formula: Amount | None = None
    formula_mentioned: Volume | None = None
    stock: Amount | None = None
    freezer_space: str = ""
    must_avoid: tuple[str, ...] | None = None
    medicine_ok: Willing | None = None
    nicotine_ok: Willing | None = None
    reach_miles: float | None = None
    reach_minutes: int | None = None
    has_car: bool | None = None
    meets_halfway: bool = False
    needs_this_week: bool = False


@dataclass(frozen=True, slots=True)
class DriverAnswers:
    """What the volunteers' list says beside the contact; ``away`` are first and last days."""

    max_hours: float | None = None
    coolers_qt: tuple[int, ...] = ()
    lift_lb: float | None = None
    max_miles: float | None = None
    away: tuple[tuple[date, date], ...] = ()


RoleAnswers = DonorAnswers | RecipientAnswers | DriverAnswers


@dataclass(frozen=True, slots=True)
class Answers:
    """One row, read. ``cells`` keeps every original text, mapped or not; ``values`` are what was understood.

    ``values`` maps field keys to plain text of the understood value, so that two answers can be compared
    and a change shown as old -> new; a field that was blank or not understood is absent.
    ``numbers`` are plain numbers of the role, by column. ``waits`` says why the row comes in only if the
    coordinator lets it: it was hidden, struck out, or its cells may not stand under their headers.
    """

    role: Role
    number: int
    answered_at: datetime | None
    contact: Contact
    detail: RoleAnswers
    questions: tuple[QuestionAnswer, ...]
    values: Mapping[str, str]
    cells: tuple[str, ...]
    numbers: Mapping[str, float | None] = field(default_factory=dict)
    waits: Saying = NOTHING
