"""A profile with what the network decided laid over it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from coordinator.domain.policies.decisions import Decides, NetworkDecision
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.sources import NO_PAGE, Status
from coordinator.sayings import saying

Decisions = tuple[NetworkDecision, ...]


# Policies are compared by identity and worked with for long: the same decisions give the same object.
@lru_cache(maxsize=16)
def as_decided(policy: Policy, decisions: Decisions) -> Policy:
    """Return *policy* as the network uses it; itself where nothing was decided."""
    if not decisions:
        return policy
    values = dict(policy.values)
    for one in decisions:
        if one.kind is Decides.FIGURE and one.subject in values:
            values[one.subject] = _with_figure(values[one.subject], one)
    return replace(policy, values=values, decided=decisions)


def fits(value: PolicyValue, decision: NetworkDecision) -> bool:
    """Whether a decided figure counts for *value*: the profile does not know one, or says the same."""
    if value.value is None:
        return decision.figure is not None
    return bool(value.value == decision.figure and value.unit == decision.unit)


def _with_figure(value: PolicyValue, decision: NetworkDecision) -> PolicyValue:
    if not fits(value, decision):
        return value
    if value.value is not None:
        return replace(value, decided=decision)
    source = saying("decided by {who}: {why}", who=decision.who, why=decision.reason)
    return replace(
        value,
        value=decision.figure,
        unit=decision.unit,
        seen_in=(str(source),),
        status=Status.UNVERIFIED,
        checked=decision.on,
        is_own=True,
        change=None,
        page=NO_PAGE,
        seen_again=None,
        decided=decision,
    )
