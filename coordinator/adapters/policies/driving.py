"""Reads ``resources/policies/driving.toml``."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, PolicyTable, shipped
from coordinator.domain.driving.minutes import DrivingPolicy, OdometerPolicy, SpeedBand

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
    odometer, water = file.table("odometer"), file.table("water")
    rows = speed["bands"]
    try:
        return DrivingPolicy(
            road_factor=float(factor["value"]),
            bands=tuple(_band(row) for row in rows),
            source="; ".join((*factor.sources, *speed.sources)),
            lowest=float(factor["lowest"]),
            highest=float(factor["highest"]),
            water_miles=float(water["value"]),
            odometer=_odometer(odometer),
        )
    except KeyError as error:
        raise speed.error(f"bands.{error.args[0]}", "is missing") from error
    except PolicyError:
        raise
    except (ValueError, TypeError) as error:
        raise PolicyError(FILE, "a value", str(error)) from error


def _odometer(table: PolicyTable) -> OdometerPolicy:
    return OdometerPolicy(int(table["entries"]), float(table["doubted_times"]), float(table["doubted_miles"]))


def _band(row: dict[str, Any]) -> SpeedBand:
    return SpeedBand(float(row["up_to_road_miles"]) or math.inf, float(row["mph"]))
