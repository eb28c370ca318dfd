"""Reads ``resources/policies/matching.toml``."""

from __future__ import annotations

from functools import cache

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.policies.profiles import MatchingPolicy

MATCHING_FILE = "matching.toml"


@cache
def load_matching_policy() -> MatchingPolicy:
    """Return what matching goes by.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_matching_policy(shipped(MATCHING_FILE))


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
            nudge_days=int(file.value("nudge")),
            ask_after_days=int(file.value("ask_after")),
            ask_after_again_days=int(file.value("ask_after_again")),
            ask_after_until_days=int(file.value("ask_after_until")),
            ended_hold_days=int(file.value("ended_hold")),
            rate_from_days=int(file.value("rate_from")),
            rate_until_days=int(file.value("rate_until")),
            source="; ".join(file.sources),
        )
    except PolicyError:
        raise
    except (TypeError, ValueError) as error:
        raise PolicyError(MATCHING_FILE, "a value", str(error)) from error
