"""The handling lines of a sheet as a network knows them: what it has checked is not called unchecked."""

from __future__ import annotations

from dataclasses import replace

from coordinator.domain.paper.sheets import Handling, HandlingRule
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.sources import Status


def checked_by(policy: Policy, handling: Handling) -> Handling:
    """Return *handling*; a line that *policy* has too, checked and of the same authority, is checked."""
    return replace(
        handling,
        cooler_with_ice_packs=_checked(handling.cooler_with_ice_packs, policy["cooler"]),
        thawed_in_refrigerator=_checked(handling.thawed_in_refrigerator, policy["thawed"]),
    )


def _checked(rule: HandlingRule, value: PolicyValue) -> HandlingRule:
    """Return *rule* as checked if *value* is, and says the same figure of the same authority."""
    is_same = (value.value, value.page.authority) == (rule.value, rule.authority)
    is_in_its_unit = value.unit.split(maxsplit=1)[0] == rule.unit
    if is_same and is_in_its_unit and value.is_checked:
        return replace(rule, status=Status.PRIMARY.value)
    return rule
