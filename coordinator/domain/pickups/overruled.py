"""That a run breaks a rule of its day, and why she lets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Overruled:
    """A rule by its code, about which family or volunteer (a code or empty), why, and since when."""

    rule: str
    about: str
    note: str
    on: date
