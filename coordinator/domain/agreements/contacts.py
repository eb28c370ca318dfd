"""What passed between the coordinator and one side of a hold: asked, and when; a yes that was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coordinator.domain.agreements.holds import Side
from coordinator.sayings import Saying, saying


class ContactKind(StrEnum):
    """What passed: the side was asked, one way or the other, or took its yes back."""

    PHONE = "asked by phone"
    MESSAGE = "asked by message"
    TOOK_BACK = "took the yes back"

    @property
    def words(self) -> Saying:
        """What passed, as it is shown."""
        return _KINDS[self]

    @property
    def is_asking(self) -> bool:
        """Whether the side was asked."""
        return self is not ContactKind.TOOK_BACK


_KINDS = {
    ContactKind.PHONE: saying("asked by phone"),
    ContactKind.MESSAGE: saying("asked by message"),
    ContactKind.TOOK_BACK: saying("took the yes back"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """That something passed with one side of a hold on a day."""

    side: Side
    kind: ContactKind
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """Where asking one side stands: the day it was last asked, or the day it took its yes back since.

    Neither is there for a side that nobody has asked. ``times`` it was asked since it last said something.
    """

    on: date | None = None
    taken_back_on: date | None = None
    times: int = 0


NEVER: Final = Asked()
"""Nobody has asked this side."""


def asked_of(contacts: Sequence[Contact], side: Side) -> Asked:
    """Return where asking *side* stands; *contacts* are in the order in which they were noted."""
    found = NEVER
    for one in contacts:
        if one.side is side:
            found = Asked(one.on, None, found.times + 1) if one.kind.is_asking else Asked(None, one.on)
    return found
