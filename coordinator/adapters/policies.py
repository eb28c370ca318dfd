"""Reads ``resources/policies/intake.toml`` and ``matching.toml``."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator.adapters.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.needs import IntakeBand, IntakePolicy
from coordinator.domain.policies import MatchingPolicy
from coordinator.domain.volume import Volume, VolumeUnit

if TYPE_CHECKING:
    from coordinator.adapters.policy_file import PolicyTable

INTAKE_FILE = "intake.toml"
MATCHING_FILE = "matching.toml"

_UNITS = {"oz/day": VolumeUnit.OZ, "mL/day": VolumeUnit.ML}


@cache
def load_intake_policy() -> IntakePolicy:
    """Return the shipped intake by age.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_intake_policy(shipped(INTAKE_FILE))


@cache
def load_matching_policy() -> MatchingPolicy:
    """Return what matching goes by; raises ``PolicyError`` like ``load_intake_policy``."""
    return read_matching_policy(shipped(MATCHING_FILE))


def read_intake_policy(text: str) -> IntakePolicy:
    """Return the intake bands in a TOML *text*; raises ``PolicyError``."""
    tables = PolicyFile(INTAKE_FILE, text).tables("band")
    bands = tuple(_band(table) for table in tables)
    ages = [band.from_days for band in bands]
    if ages[0] != 0 or any(younger >= older for younger, older in pairwise(ages)):
        raise PolicyError(INTAKE_FILE, "from_days", "must begin at 0 and rise")
    sources = dict.fromkeys(source for table in tables for source in table.sources)
    return IntakePolicy(bands, "; ".join(sources))


def read_matching_policy(text: str) -> MatchingPolicy:
    """Return what matching goes by from a TOML *text*; raises ``PolicyError``."""
    file = PolicyFile(MATCHING_FILE, text)
    reach = file.value("default_reach")
    try:
        return MatchingPolicy(
            born_early_weeks=int(file.value("born_early")),
            term_corrected_weeks=int(file.value("term_corrected")),
            hold_days=int(file.value("hold")),
            stale_stock_days=int(file.value("stale_stock")),
            default_reach_miles=None if reach == "ask" else float(reach),
            source="; ".join(file.sources),
        )
    except PolicyError:
        raise
    except (TypeError, ValueError) as error:
        raise PolicyError(MATCHING_FILE, "a value", str(error)) from error


def _band(table: PolicyTable) -> IntakeBand:
    unit = _UNITS.get(table["unit"])
    if unit is None:
        raise table.error("unit", f"must be one of {', '.join(_UNITS)}")
    amounts = (table["low"], table["expected"], table["high"])
    try:
        low, expected, high = (Volume.of(amount, unit) for amount in amounts)
        from_days = int(table["from_days"])
    except PolicyError:
        raise
    except (ArithmeticError, TypeError, ValueError) as error:
        raise PolicyError(table.file, table.key, "has something that is no number") from error
    if not Volume(0) <= low <= expected <= high:
        raise PolicyError(table.file, table.key, "must have low <= expected <= high")
    return IntakeBand(from_days, low, expected, high)
