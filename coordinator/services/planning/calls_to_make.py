"""Which households to ring so that the plan serves most, for Today's list and for a round of calls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from coordinator.db.database import Database
from coordinator.domain.planning.network import PlanNetwork, Wishes
from coordinator.domain.planning.program import Until, Watch, go_on
from coordinator.domain.worklist.planned import PlannedCalls, planned_calls
from coordinator.services.planning.gathering import Asked, Kept, gather
from coordinator.services.planning.plans import plan_of
from coordinator.services.planning.settings import policy_kept

_GOOD_ENOUGH = Until(gap=0.01, nodes=200)
"""A list of calls is worked out again after every answer: the last bag may lie elsewhere in the best plan."""


def calls_of_plan(
    database: Database,
    calls: int,
    may_ring: Collection[int],
    today: date,
    kept: Kept | None = None,
    *,
    rung_anyway: Collection[int] = (),
    watch: Watch = go_on,
) -> PlannedCalls:
    """Return the calls of the plan for whoever has time for so many, each with what the plan would send.

    Args:
        database: The network; nothing is written.
        calls: How many households there is time for.
        may_ring: The households on the list; no other is rung.
        today: The day.
        kept: What was judged before, so that after an answer only what it touches is judged again; and the
            plan itself, which is made anew only when anything it is made from is another.
        rung_anyway: The households that are rung for a yes or an answer in any case; they count as none.
        watch: Is asked whether to go on; when it says no, the best by then is returned.
    """
    policy = policy_kept(database)
    asked = Asked(policy.weeks, calls, policy.minutes)
    gathered = gather(database, asked, policy, today, kept)
    network = only_these_rung(gathered.network, frozenset(may_ring))
    wishes = Wishes(rung_anyway=frozenset(rung_anyway))
    made_from = (network, gathered.hopes, asked, policy, wishes)
    plan = kept.plan_of(made_from) if kept is not None else None
    if plan is None:
        found = replace(gathered, network=network)
        plan = plan_of(found, asked, policy, wishes, watch=watch, until=_GOOD_ENOUGH)
        if kept is not None and not plan.is_cancelled:
            kept.keep_plan(made_from, plan)
    return planned_calls(calls, plan.calls)


def only_these_rung(network: PlanNetwork, may_ring: frozenset[int]) -> PlanNetwork:
    """Return the network in which none but *may_ring* may be rung."""
    known = {
        id_: replace(home, may_be_rung=home.may_be_rung and id_ in may_ring)
        for id_, home in network.homes.items()
    }
    return replace(network, homes=known)
