"""What people decided about a donor's medicine: never the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Decided(StrEnum):
    """What was decided about one medicine."""

    NO_OBJECTION = "no objection"
    ASK_FAMILY = "the family decides"
    NOT_A_FIT = "not a fit"


@dataclass(frozen=True, slots=True)
class MedicineDecision:
    """Who decided what about one medicine, when and why; the newest counts.

    ``for_everyone``: for every donor of the network. What was decided for a donor comes before it.
    """

    medicine: str
    decision: Decided
    by: str
    on: date
    reason: str = ""
    id: int = 0
    for_everyone: bool = False
