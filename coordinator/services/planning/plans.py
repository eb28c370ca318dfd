"""The plan for the whole network, and taking up what it proposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from coordinator.adapters.solvers.highs import Highs
from coordinator.db.database import Database
from coordinator.domain.planning.greedy import first_calls
from coordinator.domain.planning.making import best_plan, quick_plan
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.planning.program import TO_THE_END, Until, Watch, go_on
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.services.planning.gathering import Asked, Gathered, gather, plan_policy
from coordinator.services.planning.settings import policy_kept


def policy_for(asked: Asked, database: Database | None = None) -> PlanPolicy:
    """Return what the plan goes by, with the weights kept in *database* and the hope asked for."""
    policy = plan_policy() if database is None else policy_kept(database)
    return policy if asked.hope is None else policy.hoping(asked.hope)


def make_plan(
    database: Database,
    asked: Asked,
    today: date,
    wishes: Wishes | None = None,
    *,
    first: Callable[[Plan], None] | None = None,
    watch: Watch = go_on,
) -> Plan:
    """Return the best plan for the network; nothing is written.

    *first* is given a good plan at once, *watch* is told how far the better one is and may end it.
    """
    policy = policy_for(asked, database)
    gathered = gather(database, asked, policy, today)
    return plan_of(gathered, asked, policy, wishes, first=first, watch=watch)


def plan_of(
    gathered: Gathered,
    asked: Asked,
    policy: PlanPolicy,
    wishes: Wishes | None = None,
    *,
    first: Callable[[Plan], None] | None = None,
    watch: Watch = go_on,
    until: Until = TO_THE_END,
) -> Plan:
    """Return the best plan for a network that was gathered already, as after a pin."""
    wanted = replace(wishes or Wishes(), calls=asked.calls)
    if first is not None:
        rung = first_calls(gathered.network, wanted, policy)
        first(replace(quick_plan(gathered.network, wanted, policy, rung), hopes=gathered.hopes))
    plan = best_plan(gathered.network, wanted, policy, Highs(), watch=watch, until=until)
    return replace(plan, hopes=gathered.hopes)
