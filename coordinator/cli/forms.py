"""``milkrun form``: forms of our own, into a folder, or the questions alone as lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coordinator import terminal
from coordinator.domain.families.households import Role
from coordinator.domain.settings import Paper
from coordinator.services.paper import forms

if TYPE_CHECKING:
    from argparse import Namespace


def form(words: Namespace, _today: date) -> None:
    """Write the forms asked for, each as text to paste, as a workbook and as a page to print.

    Raises:
        UserError: If one of the files is there already, or the folder cannot be written.
    """
    roles = (Role(words.kind),) if words.kind else tuple(Role)
    if words.to is None:
        for line in (line for role in roles for line in forms.questions(role).splitlines()):
            terminal.say(line)
        return
    for path in forms.save_forms(words.to, roles, Paper(words.paper)):
        terminal.say(str(path))
