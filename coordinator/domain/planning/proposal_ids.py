"""What a proposal is named by on the command line and when it is taken up: ``L-0021:R-0003:57``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coordinator.domain.planning.allocating import Key
from coordinator.errors import UserError
from coordinator.sayings import saying

_ID = re.compile(r"(?P<lot>L-\d+):(?P<family>R-\d+):(?:(?P<oz>\d+(?:\.\d+)?)oz|(?P<bags>\d+))", re.IGNORECASE)
_KEY = re.compile(r"(?P<lot>L-\d+):(?P<family>R-\d+)(?::.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProposalId:
    """Milk of a lot for a family, as it was written; ``ounces`` where its bags were not counted."""

    text: str
    lot: str
    family: str
    bags: int | None = None
    ounces: float = 0.0

    @property
    def key(self) -> Key:
        """The lot and the family."""
        return self.lot, self.family


def read_id(text: str) -> ProposalId:
    """Return what *text* names; a UserError where it is no proposal."""
    found = _ID.fullmatch(text.strip())
    if found is None:
        raise UserError(saying("“{text}” is no proposal of a plan, such as L-0021:R-0003:57.", text=text))
    bags = None if found["bags"] is None else int(found["bags"])
    return ProposalId(text, found["lot"].upper(), found["family"].upper(), bags, float(found["oz"] or 0))


def read_key(text: str) -> Key:
    """Return the lot and the family that *text* names, with an amount or without; else a UserError."""
    found = _KEY.fullmatch(text.strip())
    if found is None:
        raise UserError(
            saying("“{text}” names no lot and family, such as L-0021:R-0003 or L-0021:R-0003:57.", text=text)
        )
    return found["lot"].upper(), found["family"].upper()
