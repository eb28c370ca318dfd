"""Reads ``resources/recall.toml``: whose steps the papers of a recall follow."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from coordinator.domain.records.recall_letters import StepsSource


@cache
def load_steps_source() -> StepsSource:
    """Return the page; raises ``KeyError`` where the file lacks what it needs."""
    data = tomllib.loads((resources.files("resources") / "recall.toml").read_text("utf-8"))
    return StepsSource(
        data["title"],
        data["publisher"],
        data["address"],
        data["read_on"],
        is_reviewed=data["reviewed_by_a_clinician"],
    )
