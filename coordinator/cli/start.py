"""Runs one command: opens the network, does the work, and says what went wrong in one sentence."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from coordinator import terminal
from coordinator.cli.arguments.every_command import parser
from coordinator.cli.task import CAN_BE_MENDED, DONE, Task, complain
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from argparse import Namespace


PictureWindow: TypeAlias = Callable[[Path, Path, date], Sequence[Path]]
"""Network file, folder, day -> the pictures written; none when no window can open here."""


log = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None, *, picture_window: PictureWindow | None = None) -> int:
    """Run the command of *words* (the process's own when not given) and return its exit code.

    The demo calls *picture_window* for what this package cannot see: the window.
    0 is done, 1 something the coordinator can mend (one sentence on standard error), 2 unknown words.
    """
    _speak_utf8()
    try:
        given = parser().parse_args(words)
    except SystemExit as wish:  # help, the version, or words it does not know
        return wish.code if isinstance(wish.code, int) else CAN_BE_MENDED
    given.picture_window = picture_window
    try:
        _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        _read_no_more()
    except UserError as error:
        complain(str(error))
        for line in error.more:
            terminal.complain(str(line))
        return CAN_BE_MENDED
    except KeyboardInterrupt:
        return complain(saying("Stopped; whatever had not been finished was not saved."), 130)
    except OSError as error:
        return complain(
            saying(
                "{what}: {file}.",
                what=error.strerror or saying("The file could not be used"),
                file=str(error.filename or saying("unnamed file")),
            )
        )
    except Exception:
        _open_log()
        log.exception("the command %s failed", given.command)
        return complain(
            saying(
                "Something went wrong inside the program, and nothing more was saved. "
                "A note without names is in its log; please send it to whoever helps you."
            )
        )
    return DONE


def _run(words: Namespace) -> None:
    # Each command's module is imported only when it is asked for: `milkrun donors` needs no paper.
    module, function = words.runs.split(":")
    command = getattr(importlib.import_module(f"coordinator.cli.{module}"), function)
    today: date = words.today or date.today()  # noqa: DTZ011 - the coordinator's own calendar
    if words.needs_network:
        from coordinator.cli.opening import opened_network  # noqa: PLC0415 - and `--help` needs no database

        with opened_network(words, complain, today) as database:
            command(Task(database, words, today))
    else:
        command(words, today)


def _open_log() -> None:
    """Let the window's log take this note too; opened only when there is something to note."""
    import platformdirs  # noqa: PLC0415 - only where something went wrong

    from coordinator.adapters.computer import logs  # noqa: PLC0415 - likewise

    logs.set_up(platformdirs.user_log_path("milkrun", appauthor=False))


def _read_no_more() -> None:
    """Whoever read our lines (``| head``) has left: end quietly, without Python's own complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Names have accents, and a Windows console or a pipe may still think in another alphabet."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
