"""The table of milk banks: its figures and words, each with where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.milk.lots import Freezer
from coordinator.domain.policies.sources import NO_PAGE, Page
from coordinator.domain.volume import Volume


class Least(StrEnum):
    """What a minimum is of."""

    FIRST = "first"
    SHIPMENT = "shipment"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure was seen, how well, and when it was checked; the page, where one was read."""

    seen_in: str
    status: str
    checked: date
    page: Page = NO_PAGE


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least a bank takes."""

    volume: Volume
    of: Least
    evidence: Evidence
    words: str = ""


@dataclass(frozen=True, slots=True)
class MilkAge:
    """How many months old milk may be; ``is_below``: younger than that. No ``freezers``: in any of them."""

    months: int
    is_below: bool
    freezers: tuple[Freezer, ...]
    evidence: Evidence
    words: str = ""


@dataclass(frozen=True, slots=True)
class BabyAge:
    """Until which age of the donor's own baby milk may have been pumped."""

    months: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Words:
    """Something a bank says that is no figure."""

    text: str
    evidence: Evidence


class HeatRule(StrEnum):
    """What was read of a bank about heat-treated milk."""

    NOT_TAKEN = "not taken"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Heat:
    """Whether a bank takes heat-treated milk; ``ASK`` where nobody has read it of this bank."""

    rule: HeatRule
    evidence: Evidence
    words: str = ""


class HeadPart(StrEnum):
    """A part of a bank's row that is no figure."""

    NAME = "name"
    REGION = "region"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a bank's name, region or phone was read, with what goes with it, such as an extension."""

    part: HeadPart
    value: str
    evidence: Evidence
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """One row of the table. ``phone`` is E.164, empty while nobody has looked it up.

    ``heads`` say where name, region and phone were read, as far as anybody has.
    """

    id: str
    name: str
    region: str = ""
    phone: str = ""
    minimums: tuple[Minimum, ...] = ()
    milk_ages: tuple[MilkAge, ...] = ()
    baby: BabyAge | None = None
    heat: tuple[Heat, ...] = ()
    waives_minimum: Words | None = None
    notes: tuple[Words, ...] = ()
    heads: tuple[Head, ...] = ()

    @property
    def read_phone(self) -> Head | None:
        """Where the phone was read; ``None`` once a coordinator has typed in another."""
        heads = (one for one in self.heads if one.part is HeadPart.PHONE and one.value == self.phone)
        return next(heads, None)


@dataclass(frozen=True, slots=True)
class BankTable:
    """All banks, and what holds for every one of them."""

    banks: tuple[Bank, ...]
    notes: tuple[Words, ...] = ()
