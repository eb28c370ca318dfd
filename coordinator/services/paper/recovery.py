"""Writing the recovery sheet of a locked network."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from coordinator.adapters.pdf.recovery_sheet import render_recovery_sheet
from coordinator.domain.settings import Paper
from coordinator.services.paper.saving import write_file


def save_recovery_sheet(path: Path, words: str, target: Path, on: date | None = None) -> None:
    """Write the sheet with the recovery *words* of the network at *path* to *target*.

    Raises:
        UserError: If it cannot be written there.
    """
    today = on or date.today()  # noqa: DTZ011 - the day on the sheet is the coordinator's own
    write_file(target, render_recovery_sheet(words, path.name, today, Paper.LETTER))
