"""The values matching goes by, as read from a policy file."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.facts import FactKind


@dataclass(frozen=True, slots=True)
class MatchingPolicy:
    """What matching goes by; ``resources/policies/matching.toml`` says where each value was seen.

    ``born_early_weeks`` or fewer is born early; ``term_corrected_weeks`` is gestation plus age.
    ``default_reach_miles`` ``None`` means to ask. ``questions`` are the kinds of facts a donor must have
    been asked; ``supplements`` the names, in lower case, that need no decision; ``blood_panel`` the
    infections a full blood test names, each with the ways to write it, in lower case.
    """

    born_early_weeks: int
    term_corrected_weeks: int
    hold_days: int
    stale_stock_days: int
    default_reach_miles: float | None
    questions: frozenset[FactKind]
    supplements: frozenset[str]
    blood_panel: tuple[tuple[str, ...], ...]
    source: str = ""
