"""The handling lines of a pickup sheet, read from ``resources/policies/handling.toml``."""

from __future__ import annotations

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.paper.sheets import Handling, HandlingRule

FILE = "handling.toml"

_RULES = ("cooler_with_ice_packs", "thawed_in_refrigerator", "refreeze_thawed", "ice_crystals")


def load_handling() -> Handling:
    """Return the handling rules this program ships with.

    Raises:
        PolicyError: If a value is missing or lacks unit, source, status or date.
    """
    return read_handling(shipped(FILE))


def read_handling(text: str) -> Handling:
    """Return the handling rules written in the TOML *text*; raises ``PolicyError`` like ``load_handling``."""
    file = PolicyFile(FILE, text)
    rules = {name: _rule(file, name) for name in _RULES}
    if not file.data.get("review"):
        raise PolicyError(FILE, "review", "is missing")
    return Handling(**rules, review=file.data["review"])


def _rule(file: PolicyFile, name: str) -> HandlingRule:
    table = file.table(name)
    return HandlingRule(
        value=table["value"],
        unit=table["unit"],
        authority=table["said_by"],
        seen_in="; ".join(table.sources),
        status=table["status"],
        checked=table["checked"],
        differs=str(table.data.get("differs", "")),
    )
