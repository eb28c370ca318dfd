"""Families that were asked by message and have not answered: after some days they are asked once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household

AskedFamily = tuple[str, Household, Sequence[Question]]
"""A role's code, its household, and what is open of it."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """A household that was asked by message on ``asked_on``; ``open`` of those questions have no answer."""

    code: str
    name: str
    asked_on: date
    open: int


def nudges(families: Iterable[AskedFamily], today: date, days: int) -> tuple[Nudge, ...]:
    """Return whom to ask once more, *days* after the message, who has waited longest first.

    *days* is the network's own figure. A call about the same questions puts it off as long; an answer,
    however it comes, ends it. Nobody is reminded where something is to be read before ringing.
    """
    found: dict[int, Nudge] = {}
    for code, household, questions in families:
        asked = [one for one in questions if one.messaged_on is not None]
        if household.read_before_ringing or not asked or not _is_due(asked, today, timedelta(days=days)):
            continue
        last = max(one.messaged_on for one in asked if one.messaged_on is not None)
        found.setdefault(household.id, Nudge(code, household.name, last, len(asked)))
    return tuple(sorted(found.values(), key=lambda one: (one.asked_on, one.code)))


def _is_due(asked: Sequence[Question], today: date, after: timedelta) -> bool:
    """Whether the last message and the last call lie far enough back, and no later day was agreed."""
    days = [day for one in asked for day in (one.messaged_on, one.last_called_on) if day is not None]
    waits = any(one.ring_on is not None and one.ring_on > today for one in asked)
    return not waits and max(days) + after <= today
