"""Reads ``resources/policies/pickups.toml``."""

from __future__ import annotations

from functools import cache

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.families.languages import languages_of
from coordinator.domain.pickups.ordering import PickupPolicy

FILE = "pickups.toml"

_KEYS = (
    "minutes_at_stop",
    "cooler_fill_loose",
    "cooler_fill_bricked",
    "ice_packs",
    "cooler_hours",
    "lb_per_oz",
)


@cache
def load_pickup_policy() -> PickupPolicy:
    """Return what planning a pickup reckons with.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_pickup_policy(shipped(FILE))


def read_pickup_policy(text: str) -> PickupPolicy:
    """Return the policy in a TOML *text*; raises ``PolicyError`` like ``load_pickup_policy``."""
    file = PolicyFile(FILE, text)
    at_stop, loose, bricked, packs, hours, weight = (_above_zero(file, key) for key in _KEYS)
    if not 0 < loose <= bricked <= 1:
        raise PolicyError(FILE, "a cooler", "holds more bricked than loose and never more than itself")
    sources = tuple(f"{key}: {'; '.join(file.table(key).sources)}" for key in _KEYS)
    language = file.value("usual_language")
    if not isinstance(language, str) or not languages_of(language)[0]:
        raise PolicyError(FILE, "usual_language.value", "must be the name of a language")
    return PickupPolicy(int(at_stop), loose, bricked, int(packs), hours, weight, "\n".join(sources), language)


def _above_zero(file: PolicyFile, key: str) -> float:
    value = file.value(key)
    if not isinstance(value, int | float) or value <= 0:
        raise PolicyError(FILE, f"{key}.value", "must be a number above zero")
    return float(value)
