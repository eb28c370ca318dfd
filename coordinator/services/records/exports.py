"""Saving a list that is on screen as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table

ENDINGS = (".csv", ".xlsx")


def with_ending(path: Path, otherwise: str) -> Path:
    """Return *path* with an ending that says what it is: its own if we can write that, else *otherwise*."""
    return path if path.suffix.casefold() in ENDINGS else path.with_name(path.name + otherwise)


def save_list(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write *rows* under *headers* to *path*; what could be a formula is neutralised.

    Raises:
        UserError: If the file cannot be written there.
    """
    write_table(path, headers, rows)
