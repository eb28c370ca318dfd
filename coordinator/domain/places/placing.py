"""What an address says about where it is: one place, two that contradict each other, or none and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from coordinator.domain.places.positions import Address, Place, distance_miles
from coordinator.sayings import Saying, coded, saying


class Unplaced(StrEnum):
    """Why an address has no place on the map."""

    BLANK = "blank"
    MILITARY = "military"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    STATE_ONLY = "state only"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the places an address may mean, in words, and the address as it would be then.

    ``place`` is ``None`` for a state, which is no place.
    """

    words: str
    place: Place | None
    address: Address


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two places that one address names; what its town or state says comes first.

    ``zip_code`` is empty where two towns are named. ``is_far`` is false for neighbours over a state line, and
    where only the state is wrong: the place is known then, and only the words are asked about.
    """

    first: Candidate
    second: Candidate
    zip_code: str = ""
    is_far: bool = True

    @property
    def candidates(self) -> tuple[Candidate, Candidate]:
        """Both."""
        return self.first, self.second

    @property
    def miles(self) -> int:
        """The whole miles between them; none where one is a state."""
        if self.first.place is None or self.second.place is None:
            return 0
        return round(distance_miles(self.first.place.position, self.second.place.position))

    @property
    def said(self) -> Saying:
        """What to ask."""
        first, second, zip_code, miles = self.first.words, self.second.words, self.zip_code, self.miles
        if not zip_code:
            return coded(
                "asked.town_or_town",
                "Town says {first} or {second}, {miles:,} miles apart: which?",
                first=first,
                second=second,
                miles=miles,
            )
        if self.first.place is None:
            return coded(
                "asked.state_or_zip",
                "State says {first}, ZIP {zip} is {second}: which?",
                first=first,
                second=second,
                zip=zip_code,
            )
        return coded(
            "asked.town_or_zip",
            "Town says {first}, ZIP {zip} is {second}, {miles:,} miles away: which?",
            first=first,
            second=second,
            zip=zip_code,
            miles=miles,
        )

    @property
    def label(self) -> Saying:
        """What stands where a place would."""
        second = f"{self.second.words} {self.zip_code}".rstrip()
        return saying("uncertain: {first} or {second}", first=self.first.words, second=second)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an address is.

    ``place`` is ``None`` where nothing is known (``why``), and where two places contradict each other.
    ``is_zip_known`` is false for a ZIP that is in no list.
    """

    place: Place | None = None
    doubt: Doubt | None = None
    why: Unplaced | None = None
    is_zip_known: bool = True

    @property
    def is_uncertain(self) -> bool:
        """Whether two places contradict each other, so that neither counts."""
        return self.doubt is not None and self.doubt.is_far


WHERE_ASKED = frozenset(
    {
        "asked.town_or_zip", "asked.town_or_town", "asked.state_or_zip", "asked.unknown_town",
        "asked.several_towns", "asked.only_a_state", "asked.military", "asked.unknown_zip",
    }
)  # fmt: skip
"""Codes of the questions that an address which fits together answers, and so does a place set by hand."""
NOT_ON_MAPS = saying("no place on the map (military address)")
"""What stands where a place would, for the forces abroad."""


class KnownPlaces(Protocol):
    """What is known of the world's towns and ZIPs."""

    def placing(self, address: Address) -> Placing:
        """Return where *address* is, or what speaks against it."""
        ...

    def is_town(self, town: str, state: str = "") -> bool:
        """Tell whether there is a town of that name, in *state* if given."""
        ...

    def is_abroad(self, text: str) -> bool:
        """Tell whether *text* names a country beyond the US and Canada."""
        ...


class NothingKnown:
    """Stands for the gazetteer where there is none: nothing is known, and nothing is asked for it."""

    def placing(self, address: Address) -> Placing:  # noqa: ARG002 - as the gazetteer's
        """Return that nothing is known."""
        return Placing()

    def is_town(self, town: str, state: str = "") -> bool:  # noqa: ARG002 - likewise
        """Return that nothing is known."""
        return False

    def is_abroad(self, text: str) -> bool:  # noqa: ARG002 - likewise
        """Return that nothing is known."""
        return False


NOTHING_KNOWN = NothingKnown()
