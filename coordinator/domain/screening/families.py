"""What a family is asked besides the stored questions: whether its baby is well, and what is there now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.babies import HEALTH_ASKED, BabyHealth
from coordinator.sayings import Saying, coded

HEALTH = "health"
STOCK = "stock"
AT_HOME = coded("asked.stock_now", "What milk is at home now?")


def missing_of_family(health: BabyHealth | None, *, knows_stock: bool) -> dict[str, Saying]:
    """Return what has to be asked of a family, by topic, the first thing to ask first.

    *knows_stock* tells whether what is at home was counted lately: an old count is asked for again.
    """
    asked = {} if health is not None else {HEALTH: HEALTH_ASKED}
    return asked if knows_stock else {**asked, STOCK: AT_HOME}


def questions_of_family(
    stored: Sequence[Question], missing: dict[str, Saying], household_id: int, aside: Collection[str] = ()
) -> tuple[Question, ...]:
    """Return the open questions of a family with what is *missing* besides, each topic once.

    What is added has no number yet (``id`` 0) and waits for the day the stored ones wait for; what was set
    *aside* is not asked again.
    """
    known = {question.topic for question in stored} | set(aside)
    waits = stored[0] if stored else None
    added = [
        Question(
            0,
            household_id,
            topic,
            said,
            ring_on=waits.ring_on if waits else None,
            last_outcome=waits.last_outcome if waits else None,
            last_called_on=waits.last_called_on if waits else None,
        )
        for topic, said in missing.items()
        if topic not in known
    ]
    return (*stored, *added)
