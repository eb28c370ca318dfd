"""The handling lines of a pickup sheet, read from ``resources/policies/handling.toml``."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from coordinator.domain.sheets import Handling, HandlingRule

_RULES = ("cooler_with_ice_packs", "thawed_in_refrigerator", "refreeze_thawed", "ice_crystals")


def load_handling() -> Handling:
    """Return the handling rules this program ships with.

    Raises:
        ValueError: If a value is missing or lacks unit, source, status or date: the file is ours to mend.
    """
    text = resources.files("resources").joinpath("policies/handling.toml").read_text(encoding="utf-8")
    return read_handling(text)


def read_handling(text: str) -> Handling:
    """Return the handling rules written in the TOML *text*; raises ``ValueError`` like ``load_handling``."""
    data = tomllib.loads(text)
    try:
        rules = {name: _rule(data[name]) for name in _RULES}
        return Handling(**rules, review=data["review"])
    except (KeyError, TypeError) as problem:
        raise ValueError(f"handling.toml: {problem}") from problem


def _rule(table: dict[str, Any]) -> HandlingRule:
    rule = HandlingRule(**table)
    if rule.status not in {"primary", "copy", "unverified"}:
        raise ValueError(f"handling.toml: unknown status {rule.status!r}")
    return rule
