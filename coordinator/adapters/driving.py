"""Reads ``resources/policies/driving.toml``."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from coordinator.domain.driving import DrivingPolicy, SpeedBand

FILE = "driving.toml"


class DrivingPolicyError(Exception):
    """The policy file does not say what it must; names the key."""


@cache
def load_driving_policy() -> DrivingPolicy:
    """Return the shipped estimate.

    Raises:
        DrivingPolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_driving_policy((resources.files("resources") / "policies" / FILE).read_text(encoding="utf-8"))


def read_driving_policy(text: str) -> DrivingPolicy:
    """Return the policy in a TOML *text*; a band up to 0 miles has no end."""
    try:
        data = tomllib.loads(text)
        sources = [*_evidence(data, "road_factor"), *_evidence(data, "speed")]
        bands = tuple(_band(row) for row in data["speed"]["bands"])
        return DrivingPolicy(float(data["road_factor"]["value"]), bands, "; ".join(sources))
    except KeyError as error:
        raise DrivingPolicyError(f"{FILE}: {error.args[0]} is missing") from error
    except (ValueError, TypeError) as error:
        raise DrivingPolicyError(f"{FILE}: {error}") from error


def _evidence(data: dict[str, Any], key: str) -> list[str]:
    value = data[key]
    for name in ("unit", "seen_in", "status", "date_checked"):
        if not value[name]:
            raise DrivingPolicyError(f"{FILE}: {key}.{name} is empty")
    if value["status"] not in ("primary", "copy", "unverified"):
        raise DrivingPolicyError(f"{FILE}: {key}.status must be primary, copy or unverified")
    return [str(source) for source in value["seen_in"]]


def _band(row: dict[str, Any]) -> SpeedBand:
    return SpeedBand(float(row["up_to_road_miles"]) or math.inf, float(row["mph"]))
