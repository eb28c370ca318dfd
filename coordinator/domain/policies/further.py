"""Questions that careful programs ask besides: read aloud on the phone, decided by people.

No milk waits for the answer and nothing is judged by it: the program has no field for it. Each says where it
was read; a question nobody could name a source for is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.policies.sources import NO_PAGE, Page, Status
from coordinator.sayings import Saying, saying


class AskedOf(StrEnum):
    """Who is asked."""

    DONOR = "donor"
    FAMILY = "family"
    BOTH = "both"

    @property
    def words(self) -> Saying:
        """Who, in words."""
        return _OF_WORDS[self]


_OF_WORDS = {
    AskedOf.DONOR: saying("the donor"),
    AskedOf.FAMILY: saying("the family"),
    AskedOf.BOTH: saying("the donor and the family"),
}


@dataclass(frozen=True, slots=True)
class FurtherQuestion:
    """One question with where it was read. ``remark`` is what the source does with the answer."""

    key: str
    text: str
    asked_of: AskedOf
    seen_in: tuple[str, ...]
    status: Status
    checked: date
    page: Page = NO_PAGE
    remark: str = ""
    differs: str = ""
