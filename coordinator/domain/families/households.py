"""Families: how to reach them, where they are, and which roles they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coordinator.domain.places.positions import Address, Position
from coordinator.domain.text import folded
from coordinator.sayings import Saying, saying


class Role(StrEnum):
    """What a household is in the network; one can be several."""

    DONOR = "donor"
    RECIPIENT = "recipient"
    DRIVER = "driver"

    @property
    def words(self) -> Saying:
        """What it is called in a sentence."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.DONOR: saying("donor"),
    Role.RECIPIENT: saying("recipient"),
    Role.DRIVER: saying("driver"),
}


class SpokenHow(StrEnum):
    """How somebody of the network first spoke with a household."""

    PHONE = "by phone"
    IN_PERSON = "in person"

    @property
    def words(self) -> Saying:
        """What it is called on screen."""
        return _SPOKEN_WORDS[self]


_SPOKEN_WORDS = {SpokenHow.PHONE: saying("by phone"), SpokenHow.IN_PERSON: saying("in person")}


@dataclass(frozen=True, slots=True)
class Household:
    """One family. ``notes`` are private and never print; ``driver_note`` is the only free text that does.

    ``read_before_ringing`` holds the words of loss or worry a caller must know first; it also stops
    every reminder. ``phone`` is E.164. ``hours`` are good times for a pickup, ``ring_times`` when they like
    to be rung. ``other_phone`` and ``other_email`` are the second ones they told. ``first_spoken_on`` is the
    first talk by phone or in person: messages alone do not count. ``stairs`` at the door: ``None`` not asked.
    ``is_place_uncertain`` is set while town, state and ZIP contradict each other: it has no position then.
    """

    id: int
    name: str
    name_on_paper: str
    email: str = ""
    phone: str = ""
    address: Address = field(default_factory=Address)
    position: Position | None = None
    place_label: str = ""
    preferred_contact: str = ""
    languages: str = ""
    hours: str = ""
    driver_note: str = ""
    notes: str = ""
    read_before_ringing: str = ""
    last_contact_on: date | None = None
    ring_times: str = ""
    first_spoken_on: date | None = None
    first_spoken_how: SpokenHow | None = None
    other_phone: str = ""
    other_email: str = ""
    version: int = 1
    is_place_uncertain: bool = False
    stairs: bool | None = None


def first_name(name: str) -> str:
    """Return what goes on paper for a full name: its first word, as typed."""
    words = name.split()
    return words[0] if words else ""


@dataclass(frozen=True, slots=True)
class FamilyHit:
    """A family found by name, town, e-mail, code or the last digits of its phone."""

    code: str
    role: Role
    name: str
    town: str
    phone: str


LEAST_DIGITS = 3
"""So many digits may be the end of a phone number: what a display shows when she is rung."""


@dataclass(frozen=True, slots=True)
class FamilyEntry:
    """A family with what the finder compares: everything without case and accents."""

    hit: FamilyHit
    name: str
    town: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]

    @classmethod
    def of(
        cls, hit: FamilyHit, email: str, phone: str, other_email: str = "", other_phone: str = ""
    ) -> FamilyEntry:
        """Return the entry for *hit*; phones are E.164."""
        emails = tuple(one.casefold() for one in (email, other_email) if one)
        return cls(hit, folded(hit.name), folded(hit.town), emails, tuple(filter(None, (phone, other_phone))))

    def likeness(self, wanted: str, digits: str) -> int | None:
        """Return 0 for the closest kind of match, more for weaker ones, ``None`` for none."""
        code = self.hit.code.casefold()
        if wanted in {code, self.name}:
            return 0
        if len(digits) >= LEAST_DIGITS and any(phone.endswith(digits) for phone in self.phones):
            return 1
        if any(word.startswith(wanted) for word in self.name.split()) or code.endswith(wanted):
            return 2
        if self.town.startswith(wanted):
            return 3
        return 4 if wanted in self.name or any(wanted in email for email in self.emails) else None


def find(entries: Iterable[FamilyEntry], text: str, limit: int = 12) -> list[FamilyHit]:
    """Return the families *text* may mean, best first: the same kind of match by name, then code."""
    wanted = folded(text)
    digits = "".join(char for char in text if char.isdigit())
    if not wanted:
        return []
    scored = [
        (score, entry.name, entry.hit.code, entry.hit)
        for entry in entries
        if (score := entry.likeness(wanted, digits)) is not None
    ]
    return [hit for *_, hit in sorted(scored, key=lambda line: line[:3])[:limit]]
