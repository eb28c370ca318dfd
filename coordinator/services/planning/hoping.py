"""What is hoped of each kind of answer: the network's own history, our prior, or the coordinator's figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.domain.planning.hopes import OWN_PRIOR, heard, read_own, write_own
from coordinator.sayings import Saying, saying
from coordinator.services.planning.gathering import plan_policy
from coordinator.services.settings.values import change_setting, load_settings


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
    policy = plan_policy()
    with database.reading() as session:
        own = read_own(load_settings(session).hopes)
        found = heard(facts.facts_by_donor(session).values())
    prior = own.get(OWN_PRIOR, policy.hope)
    lines = [HopeLine(OWN_PRIOR, saying("any answer, until enough were heard"), prior, policy.hope)]
    for one in found:
        share = one.share(policy)
        ours = prior if share is None else share
        lines.append(
            HopeLine(
                one.topic,
                one.said,
                own.get(one.topic, ours),
                ours,
                one.as_hoped,
                one.answers,
                is_heard=share is not None,
            )
        )
    return tuple(lines)


def set_hopes(database: Database, own: Mapping[str, float]) -> None:
    """Keep the coordinator's own hopes by topic, instead of all she had; none goes back to ours.

    Raises:
        UserError: If one is no share from above 0 to 1.
    """
    change_setting(database, "hopes", write_own(own))
