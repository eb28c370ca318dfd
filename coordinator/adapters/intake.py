"""Reads ``resources/policies/intake.toml``: how much a baby takes a day, by age."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from coordinator.adapters.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.needs import IntakeBand, IntakePolicy
from coordinator.domain.volume import Volume, VolumeUnit

if TYPE_CHECKING:
    from coordinator.adapters.policy_file import PolicyTable

INTAKE_FILE = "intake.toml"

_UNITS = {"oz/day": VolumeUnit.OZ, "mL/day": VolumeUnit.ML}


@cache
def load_intake_policy() -> IntakePolicy:
    """Return the shipped intake by age.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_intake_policy(shipped(INTAKE_FILE))


def read_intake_policy(text: str) -> IntakePolicy:
    """Return the intake bands in a TOML *text*; raises ``PolicyError``."""
    tables = PolicyFile(INTAKE_FILE, text).tables("band")
    bands = tuple(_band(table) for table in tables)
    ages = [band.from_days for band in bands]
    if ages[0] != 0 or any(younger >= older for younger, older in pairwise(ages)):
        raise PolicyError(INTAKE_FILE, "from_days", "must begin at 0 and rise")
    sources = dict.fromkeys(source for table in tables for source in table.sources)
    return IntakePolicy(bands, "; ".join(sources))


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
    return IntakeBand(
        from_days,
        low,
        expected,
        high,
        label=str(table.data.get("label", "")),
        seen_in="; ".join(table.sources),
        status=table["status"],
        differs=str(table.data.get("differs", "")),
    )
