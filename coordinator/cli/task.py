"""What one command of the command line is given, and where its lines go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from coordinator import terminal
from coordinator.sayings import Saying, saying

DONE: Final = 0


CAN_BE_MENDED: Final = 1
"""Also the code of our own mistakes; argparse leaves with 2 at words it does not know."""

ORIGIN: Final = saying("command line")
"""Who writes; its code is stored in the history."""

if TYPE_CHECKING:
    from argparse import Namespace

    from coordinator.bootstrap import Database


@dataclass(frozen=True)
class Task:
    """One command at work: the open network, its words, the day, and where lines go."""

    database: Database
    words: Namespace
    today: date

    def say(self, line: Saying | str = "") -> None:
        """Write one line for the reader."""
        terminal.say(line)

    def say_document(self, document: str) -> None:
        """Write a JSON document for programs."""
        terminal.say_document(document)

    def complain(self, sentence: Saying | str) -> None:
        """Say beside the answer what did not go well; the command goes on."""
        complain(sentence)


def complain(sentence: Saying | str, code: int = CAN_BE_MENDED) -> int:
    """Say *sentence* beside the answer; return the exit code *code*."""
    terminal.complain(f"milkrun: {sentence}")
    return code
