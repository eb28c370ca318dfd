"""Who is rung next."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.records.recall_work import Party


def next_to_ring(parties: Sequence[Party], after: str) -> Party | None:
    """Return whom to ring after the one with the code *after*; nothing once every ounce is answered for.

    Those nobody has rung yet come first, in the order to ring; then those rung in vain, the longest ago
    first; then those who were reached and still owe an answer.
    """

    def order(at: int) -> tuple[bool, float, int]:
        one = parties[at]
        rung = one.rung_at.timestamp() if one.rung_at is not None and not one.reached else 0.0
        return one.reached, rung, at

    waiting = [at for at, one in enumerate(parties) if one.open and one.who != after]
    return parties[min(waiting, key=order)] if waiting else None
