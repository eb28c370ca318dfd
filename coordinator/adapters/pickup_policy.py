"""Reads ``resources/policies/pickups.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from coordinator.domain.runs import PickupPolicy

FILE = "pickups.toml"


class PickupPolicyError(Exception):
    """The policy file does not say what it must; names the key."""


@cache
def load_pickup_policy() -> PickupPolicy:
    """Return what planning a pickup reckons with.

    Raises:
        PickupPolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_pickup_policy((resources.files("resources") / "policies" / FILE).read_text(encoding="utf-8"))


def read_pickup_policy(text: str) -> PickupPolicy:
    """Return the policy in a TOML *text*; raises ``PickupPolicyError`` like ``load_pickup_policy``."""
    data = tomllib.loads(text)
    keys = ("minutes_at_stop", "cooler_fill_loose", "cooler_fill_bricked", "cooler_hours", "lb_per_oz")
    at_stop, loose, bricked, hours, weight = (_value(data, key) for key in keys)
    if not 0 < loose <= bricked <= 1:
        raise PickupPolicyError(f"{FILE}: a cooler holds more bricked than loose and never more than itself")
    sources = tuple(f"{key}: {'; '.join(data[key]['seen_in'])}" for key in keys)
    return PickupPolicy(int(at_stop), loose, bricked, hours, weight, "\n".join(sources))


def _value(data: dict[str, Any], key: str) -> float:
    table = data.get(key, {})
    for name in ("value", "unit", "seen_in", "status", "checked"):
        if not table.get(name):
            raise PickupPolicyError(f"{FILE}: {key}.{name} is missing")
    if table["status"] not in {"primary", "copy", "unverified"}:
        raise PickupPolicyError(f"{FILE}: {key}.status must be primary, copy or unverified")
    if not isinstance(table["value"], int | float) or table["value"] <= 0:
        raise PickupPolicyError(f"{FILE}: {key}.value must be a number above zero")
    return float(table["value"])
