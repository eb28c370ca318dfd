"""Reads ``resources/policies/intake.toml``: how much a baby takes a day, by age.

A ``band`` holds from an age until the next one begins; a ``curve`` becomes a band for each of its days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.milk.needs import IntakeBand, IntakePolicy
from coordinator.domain.volume import Volume, VolumeUnit

if TYPE_CHECKING:
    from coordinator.adapters.policies.policy_file import PolicyTable

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
    file = PolicyFile(INTAKE_FILE, text)
    tables = file.tables("band")
    curves = file.tables("curve") if "curve" in file.data else []
    bands = [*map(_band, tables), *(band for table in curves for band in _of_curve(table))]
    bands.sort(key=lambda band: band.from_days)
    ages = [band.from_days for band in bands]
    if ages[0] != 0 or any(younger >= older for younger, older in pairwise(ages)):
        raise PolicyError(INTAKE_FILE, "from_days", "must begin at 0 and rise")
    tables += curves
    sources = dict.fromkeys(source for table in tables for source in table.sources)
    return IntakePolicy(tuple(bands), "; ".join(sources))


def _of_curve(table: PolicyTable) -> Iterator[IntakeBand]:
    """Yield a band for each day of a fitted curve: start + a_day x days + log_of_days x ln(days).

    Source:
        Rios-Leyvraz and Yao, Breastfeeding Medicine 18(3), 2023: 51 - 1.4 x days + 180 x log(days), in mL.
    """
    try:
        first, after = int(table["from_days"]), int(table["until_days"])
        start, a_day, log_of_days = (float(table[name]) for name in ("start", "a_day", "log_of_days"))
        low, high = float(table["low_share"]), float(table["high_share"])
        label = str(table["label"])
        for days in range(first, after):
            mean = start + a_day * days + log_of_days * math.log(days)
            yield _of_amounts(table, days, (mean * low, mean, mean * high), label.format(days))
    except PolicyError:
        raise
    except (ArithmeticError, TypeError, ValueError) as error:
        raise PolicyError(table.file, table.key, "has something that is no number") from error


def _band(table: PolicyTable) -> IntakeBand:
    amounts = (table["low"], table["expected"], table["high"])
    try:
        return _of_amounts(table, int(table["from_days"]), amounts, str(table.data.get("label", "")))
    except PolicyError:
        raise
    except (ArithmeticError, TypeError, ValueError) as error:
        raise PolicyError(table.file, table.key, "has something that is no number") from error


def _of_amounts(table: PolicyTable, from_days: int, amounts: Iterable[Any], label: str) -> IntakeBand:
    unit = _UNITS.get(table["unit"])
    if unit is None:
        raise table.error("unit", f"must be one of {', '.join(_UNITS)}")
    low, expected, high = (Volume.of(amount, unit) for amount in amounts)
    if not Volume(0) <= low <= expected <= high:
        raise PolicyError(table.file, table.key, "must have low <= expected <= high")
    return IntakeBand(
        from_days,
        low,
        expected,
        high,
        label=label,
        seen_in="; ".join(table.sources),
        status=table["status"],
        differs=str(table.data.get("differs", "")),
    )
