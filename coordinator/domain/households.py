"""Families: how to reach them, where they are, and which roles they have."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coordinator.domain.places import Address, Position


class Role(StrEnum):
    """What a household is in the network; one can be several."""

    DONOR = "donor"
    RECIPIENT = "recipient"
    DRIVER = "driver"


@dataclass(frozen=True, slots=True)
class Household:
    """One family. ``notes`` are private and never print; ``driver_note`` is the only free text that does.

    ``read_before_ringing`` holds the words of loss or worry a caller must know first; it also stops
    every reminder. ``phone`` is E.164.
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
    version: int = 1


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
