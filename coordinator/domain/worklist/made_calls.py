"""What came of ringing a household, in the order it was rung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from coordinator.domain.facts.dated_facts import CallOutcome

WRITE_AFTER = 2
"""So many calls in a row without an answer, and a message is put forward. Our own choice."""


@dataclass(frozen=True, slots=True)
class MadeCall:
    """One call to a household and what came of it; ``ring_on`` is the day to ring again, if one was named."""

    household_id: int
    on: date
    outcome: CallOutcome
    ring_on: date | None = None


def rests(made: Sequence[MadeCall], today: date) -> bool:
    """Whether nobody rings on *today*: they were rung today, or are to be rung on a later day."""
    if not made:
        return False
    last = made[-1]
    return last.on == today or (last.ring_on is not None and last.ring_on > today)


def unanswered(made: Sequence[MadeCall]) -> int:
    """Return how often in a row nobody answered, up to the last call."""
    return sum(1 for _ in takewhile(lambda one: one.outcome is CallOutcome.NO_ANSWER, reversed(made)))
