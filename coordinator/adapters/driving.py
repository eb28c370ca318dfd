"""Reads ``resources/policies/driving.toml``."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from coordinator.adapters.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.driving import DrivingPolicy, SpeedBand

FILE = "driving.toml"


@cache
def load_driving_policy() -> DrivingPolicy:
    """Return the shipped estimate.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_driving_policy(shipped(FILE))


def read_driving_policy(text: str) -> DrivingPolicy:
    """Return the policy in a TOML *text*; a band up to 0 miles has no end. Raises ``PolicyError``."""
    file = PolicyFile(FILE, text)
    factor, speed = file.table("road_factor"), file.table("speed")
    road_factor, rows = factor["value"], speed["bands"]
    try:
        bands = tuple(_band(row) for row in rows)
        return DrivingPolicy(float(road_factor), bands, "; ".join((*factor.sources, *speed.sources)))
    except KeyError as error:
        raise speed.error(f"bands.{error.args[0]}", "is missing") from error
    except (ValueError, TypeError) as error:
        raise PolicyError(FILE, "a value", str(error)) from error


def _band(row: dict[str, Any]) -> SpeedBand:
    return SpeedBand(float(row["up_to_road_miles"]) or math.inf, float(row["mph"]))
