"""``milkrun letter``: what one side is told before its yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.agreements.holds import Side
from coordinator.services.agreements.letters import letter_text, save_letter

if TYPE_CHECKING:
    from coordinator.cli.task import Task


def letter(task: Task) -> None:
    """Show the letter to one side of a hold, or write it as a PDF or a text."""
    hold, to = task.words.hold.upper(), Side(task.words.to)
    if task.words.output is None:
        for line in letter_text(task.database, hold, to, task.today).splitlines():
            task.say(line)
        return
    save_letter(task.database, hold, to, task.words.output, task.today)
    task.say(str(task.words.output))
