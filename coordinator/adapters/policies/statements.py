"""Reads ``resources/consent``: what the authorities say about sharing milk."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from coordinator.domain.agreements.informed_choice import Statement, Statements

_READ = {"primary": False, "copy": True}


@cache
def load_statements(language: str = "en") -> Statements:
    """Return the statements in *language*; raises ``KeyError`` where one lacks what it needs."""
    text = (resources.files("resources") / "consent" / f"{language}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return Statements(
        data["version"],
        tuple(
            Statement(
                one["body"],
                one["title"],
                one["address"],
                one["said"],
                one.get("year"),
                is_copy=_READ[one["read"]],
            )
            for one in data["statement"]
        ),
    )
