"""Backups and other copies of the network, and whether a family that is forgotten still stands in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from coordinator.sayings import Saying, saying

Progress = Callable[[int, int], None]
"""Told after each copy: how many are done, and of how many."""


class CopyState(StrEnum):
    """What a copy of the network knows of a family."""

    HOLDS = "holds"
    NOT_IN_IT = "not in it"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    WITH_OTHERS = "with others"
    NEWER = "newer"
    IN_USE = "in use"
    FAILED = "failed"

    @property
    def words(self) -> Saying:
        """The state as it is shown."""
        return _WORDS[self]


_WORDS: Final = {
    CopyState.HOLDS: saying("holds the family"),
    CopyState.NOT_IN_IT: saying("nothing of the family in it"),
    CopyState.LOCKED: saying("locked with another key: open it with that, or delete it"),
    CopyState.UNREADABLE: saying("cannot be read: delete it if it is not needed"),
    CopyState.WITH_OTHERS: saying("there the family is one with another one: delete it if it is not needed"),
    CopyState.NEWER: saying("of a newer program: use that one"),
    CopyState.IN_USE: saying("is open: close it first"),
    CopyState.FAILED: saying("could not be written anew, and is as it was"),
}


@dataclass(frozen=True, slots=True)
class FamilyCopy:
    """One copy: where it is, of when, whether it is locked, and what it knows of the family."""

    path: Path
    made_at: datetime
    is_locked: bool
    state: CopyState

    @property
    def holds(self) -> bool:
        """Whether the family can be forgotten there."""
        return self.state is CopyState.HOLDS
