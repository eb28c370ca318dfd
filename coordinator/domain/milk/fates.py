"""What becomes of milk that no family gets, and of milk at the family that gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying


class Fate(StrEnum):
    """Where milk went that was offered and did not go to a family."""

    KEPT = "kept"
    DISCARDED = "discarded"
    REFERRED = "referred"
    LOST = "lost"

    @property
    def words(self) -> Saying:
        """What became of it, in words."""
        return _FATES[self]


_FATES = {
    Fate.KEPT: saying("kept by the donor"),
    Fate.DISCARDED: saying("discarded"),
    Fate.REFERRED: saying("referred to a milk bank"),
    Fate.LOST: saying("lost"),
}


@dataclass(frozen=True, slots=True)
class ToldFate:
    """What is to be noted of a lot; ``bank`` names the milk bank it went to, ``why`` is for the coordinator.

    ``volume`` ``None`` is all of it that is free.
    """

    fate: Fate
    volume: Volume | None
    on: date
    bags: int | None = None
    why: str = ""
    bank: str = ""


class Used(StrEnum):
    """What a family did with milk it had at home."""

    FED = "fed"
    SPILLED = "spilled"
    THROWN_OUT = "thrown out"

    @property
    def words(self) -> Saying:
        """What was done with it, in words."""
        return _USES[self]


_USES = {
    Used.FED: saying("fed"),
    Used.SPILLED: saying("spilled"),
    Used.THROWN_OUT: saying("thrown out"),
}


@dataclass(frozen=True, slots=True)
class MilkUsed:
    """That a family used so much of what it had. ``id`` names it to the services."""

    id: int
    how: Used
    volume: Volume
    on: date
    note: str = ""
