"""Reads ``resources/near_places.toml``: how near two places must be to be one."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import NamedTuple


class Line(NamedTuple):
    """How far two circles may lie apart to be one place, and how far to stay so while it is asked."""

    silent_miles: float
    asked_miles: float


@cache
def line(kind: str) -> Line:
    """Return where the line is drawn for ``ZIP``, ``ZIP_of_another_state``, ``FSA`` or ``two_towns``."""
    found = _file()[kind]
    return Line(float(found["silent_miles"]), float(found["asked_miles"]))


def town_radius_miles(inhabitants: int, least: float) -> float:
    """Return how far homes lie from the middle of a town, which is wide where many live in it."""
    density = float(_file()["town"]["people_per_square_mile"])
    return max(least, math.sqrt(inhabitants / density / math.pi))


@cache
def _file() -> dict[str, dict[str, int | float | str]]:
    import tomllib  # noqa: PLC0415 - most addresses are asked of no line

    return tomllib.loads((resources.files("resources") / "near_places.toml").read_text("utf-8"))
