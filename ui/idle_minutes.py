"""After how many minutes with nobody at it this computer locks a network that has a passphrase."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSettings

CHOICES: Final = (0, 5, 15, 30, 60)
"""Minutes, 0 for never."""
USUAL: Final = 15
"""Longer than most calls with a family, shorter than a lunch: our choice."""

_KEY: Final = "lock/idle_minutes"


def kept_minutes(settings: QSettings | None) -> int:
    """Return the minutes, 0 for never; what was never offered is as if never chosen."""
    kept = str(settings.value(_KEY, "")) if settings is not None else ""
    return int(kept) if kept.isdecimal() and int(kept) in CHOICES else USUAL


def keep_minutes(settings: QSettings | None, minutes: int) -> None:
    """Remember *minutes* from now on."""
    if settings is not None:
        settings.setValue(_KEY, minutes)
