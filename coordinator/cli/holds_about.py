"""``milkrun holds-about``: all that is held about one family, for its parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.sayings import saying
from coordinator.services.paper.held import save_held

if TYPE_CHECKING:
    from coordinator.cli.task import Task


def holds_about(task: Task) -> None:
    """Write what is held about a family, as PDF or JSON, and say where."""
    for path in save_held(task.database, task.words.code, task.words.output, task.today):
        task.say(saying("Written: {path}. It is not locked: give it to the family, then delete it.",
                        path=str(path)))  # fmt: skip
