"""What is hoped of each kind of answer: the network's own history, our prior, or the coordinator's figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.domain.planning.hopes import Heard, heard
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.sayings import Saying, saying
from coordinator.services.planning.settings import keep_hopes, own_hopes, policy_kept

ANY_ANSWER = ""
"""The topic of what is hoped of any answer."""


@dataclass(frozen=True, slots=True)
class HopeLine:
    """What is hoped of one kind of answer. ``ours`` is what is hoped without the coordinator's own figure.

    ``as_hoped`` of ``answers`` were so; ``is_heard``: there are enough of them to go by. Shares are 0 to 1.
    """

    topic: str
    said: Saying
    used: float
    ours: float
    as_hoped: int = 0
    answers: int = 0
    is_heard: bool = False


def hopes_in_use(database: Database) -> tuple[HopeLine, ...]:
    """Return what is hoped of any answer until enough were heard, then of each kind."""
    policy, ours_of_any = policy_kept(database), load_plan_policy().hope
    with database.reading() as session:
        own = own_hopes(session)
        found = heard(facts.facts_by_donor(session).values())
    any_answer = saying("any answer, until enough were heard")
    return (
        HopeLine(ANY_ANSWER, any_answer, policy.hope, ours_of_any),
        *(_line(one, own, policy) for one in found),
    )


def _line(one: Heard, own: Mapping[str, float], policy: PlanPolicy) -> HopeLine:
    share = one.share(policy)
    ours = policy.hope if share is None else share
    used = own.get(one.topic, ours)
    return HopeLine(one.topic, one.said, used, ours, one.as_hoped, one.answers, is_heard=share is not None)


def set_hopes(database: Database, own: Mapping[str, float]) -> None:
    """Keep the coordinator's own hopes by topic, instead of all she had; none goes back to ours.

    Raises:
        UserError: If one is no share that can be hoped for.
    """
    of_kinds = {topic: share for topic, share in own.items() if topic != ANY_ANSWER}
    keep_hopes(database, own.get(ANY_ANSWER), of_kinds)
