"""Reads ``resources/policies/intake.toml`` and ``matching.toml``, and refuses a value without its source."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from coordinator.domain.facts import FactKind
from coordinator.domain.needs import IntakeBand, IntakePolicy
from coordinator.domain.policies import MatchingPolicy
from coordinator.domain.volume import Volume, VolumeUnit

INTAKE_FILE = "intake.toml"
MATCHING_FILE = "matching.toml"

_STATUSES = ("primary", "copy", "unverified")
_UNITS = {"oz/day": VolumeUnit.OZ, "mL/day": VolumeUnit.ML}


class PolicyError(Exception):
    """A policy file does not say what it must; names file and key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key} {problem}")
        self.file = file
        self.key = key


@cache
def load_intake_policy() -> IntakePolicy:
    """Return the shipped intake by age.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_intake_policy(_shipped(INTAKE_FILE))


@cache
def load_matching_policy() -> MatchingPolicy:
    """Return what matching goes by; raises ``PolicyError`` like ``load_intake_policy``."""
    return read_matching_policy(_shipped(MATCHING_FILE))


def read_intake_policy(text: str) -> IntakePolicy:
    """Return the intake bands in a TOML *text*; raises ``PolicyError``."""
    tables = _parsed(INTAKE_FILE, text).get("band", [])
    if not tables:
        raise PolicyError(INTAKE_FILE, "band", "is missing")
    sources = [
        _evidence(INTAKE_FILE, f"band {number}", table) for number, table in enumerate(tables, start=1)
    ]
    bands = tuple(_band(f"band {number}", table) for number, table in enumerate(tables, start=1))
    ages = [band.from_days for band in bands]
    if ages[0] != 0 or any(younger >= older for younger, older in pairwise(ages)):
        raise PolicyError(INTAKE_FILE, "from_days", "must begin at 0 and rise")
    return IntakePolicy(bands, "; ".join(dict.fromkeys(sources)))


def read_matching_policy(text: str) -> MatchingPolicy:
    """Return what matching goes by from a TOML *text*; raises ``PolicyError``."""
    data = _parsed(MATCHING_FILE, text)
    reach = _value(data, "default_reach")
    try:
        return MatchingPolicy(
            born_early_weeks=int(_value(data, "born_early")),
            term_corrected_weeks=int(_value(data, "term_corrected")),
            hold_days=int(_value(data, "hold")),
            stale_stock_days=int(_value(data, "stale_stock")),
            default_reach_miles=None if reach == "ask" else float(reach),
            questions=frozenset(FactKind(word) for word in _value(data, "questions")),
            supplements=frozenset(str(name).casefold() for name in _value(data, "supplements")),
            blood_panel=tuple(
                tuple(str(name).casefold() for name in names) for names in _value(data, "blood_panel")
            ),
            source="; ".join(str(table["seen_in"]) for table in data.values() if isinstance(table, dict)),
        )
    except (TypeError, ValueError) as error:
        raise PolicyError(MATCHING_FILE, "a value", str(error)) from error


def _shipped(name: str) -> str:
    return (resources.files("resources") / "policies" / name).read_text(encoding="utf-8")


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(file, "the file", f"cannot be read: {error}") from error


def _evidence(file: str, key: str, table: dict[str, Any]) -> str:
    """Return where a value was seen, after checking that the table says so."""
    for name in ("unit", "seen_in", "status", "checked"):
        if not table.get(name):
            raise PolicyError(file, f"{key}.{name}", "is missing")
    if table["status"] not in _STATUSES:
        raise PolicyError(file, f"{key}.status", f"must be one of {', '.join(_STATUSES)}")
    if not isinstance(table["checked"], date):
        raise PolicyError(file, f"{key}.checked", "must be a date")
    if table.get("derived") and table["status"] != "unverified":
        raise PolicyError(file, f"{key}.status", "must be unverified for what was calculated")
    return str(table["seen_in"])


def _band(key: str, table: dict[str, Any]) -> IntakeBand:
    unit = _UNITS.get(table["unit"])
    if unit is None:
        raise PolicyError(INTAKE_FILE, f"{key}.unit", f"must be one of {', '.join(_UNITS)}")
    try:
        low, expected, high = (Volume.of(table[name], unit) for name in ("low", "expected", "high"))
        from_days = int(table["from_days"])
    except KeyError as error:
        raise PolicyError(INTAKE_FILE, f"{key}.{error.args[0]}", "is missing") from error
    except (ArithmeticError, TypeError, ValueError) as error:
        raise PolicyError(INTAKE_FILE, key, "has something that is no number") from error
    if not Volume(0) <= low <= expected <= high:
        raise PolicyError(INTAKE_FILE, key, "must have low <= expected <= high")
    return IntakeBand(from_days, low, expected, high)


def _value(data: dict[str, Any], key: str) -> Any:  # noqa: ANN401 - a TOML value, typed by the caller
    table = data.get(key)
    if not isinstance(table, dict) or "value" not in table:
        raise PolicyError(MATCHING_FILE, key, "is missing")
    _evidence(MATCHING_FILE, key, table)
    return table["value"]
