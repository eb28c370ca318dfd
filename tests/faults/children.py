"""Forked children of a warmed parent: they cost milliseconds, and a real signal ends them."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READY = b"\n"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: what it returned or said, and its traceback or the signal if it did not end well."""

    value: Any = None
    lines: tuple[str, ...] = ()
    trouble: str = ""


def run_forked(work: Callable[[], Any]) -> Ended:
    """Return what *work* returns in a child of its own; this process must have no connection open."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer = Ended(work())
        except BaseException:  # noqa: BLE001 - whatever it is, it is the answer
            answer = Ended(trouble=traceback.format_exc())
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(answer, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    if not content:
        return Ended(trouble=f"it ended with status {status}")
    answer = pickle.loads(content)  # noqa: S301 - our own child wrote it
    assert isinstance(answer, Ended)
    return answer


def killed_while(
    work: Callable[[Callable[[str], None]], None], delay_s: float, log: Path, *, after_lines: int = 0
) -> Ended:
    """Start *work*, kill it *delay_s* after it said that it is ready, and return the lines it said since.

    *work* is given a function that says a line; the first line means that it is ready. It is let go on until
    it has said *after_lines* more.
    """
    child = started(work, log)
    reading = log.open("rb")
    with reading:
        while reading.read().count(READY) <= after_lines:
            reading.seek(0)
            if os.waitpid(child, os.WNOHANG) != (0, 0):
                was_ready = READY in log.read_bytes()  # and done before we looked
                return Ended(
                    value=False,
                    lines=said_in(log),
                    trouble="" if was_ready else "it ended before it was ready",
                )
        time.sleep(delay_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    trouble = "" if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0 else "it failed"
    return Ended(value=os.WIFSIGNALED(status), lines=said_in(log), trouble=trouble)


def started(work: Callable[[Callable[[str], None]], None], log: Path) -> int:
    """Fork a child that writes what it says into *log*, line by line."""
    log.write_bytes(b"")
    child = os.fork()
    if child:
        return child
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    code = 0
    try:
        work(lambda line: _say(handle, line))
    except BaseException:  # noqa: BLE001 - told to the parent
        _say(handle, traceback.format_exc().replace("\n", " | "))
        code = 1
    os._exit(code)


def _say(handle: int, line: str) -> None:
    os.write(handle, line.encode() + READY)


def said_in(log: Path) -> tuple[str, ...]:
    """Return the lines that a child has said into *log* since it was ready."""
    if not log.exists():
        return ()
    whole, _, _ = log.read_bytes().rpartition(READY)  # a line that was not finished was not said
    return tuple(whole.decode().splitlines()[1:])


NAMING_STEPS = frozenset({"os.rename", "os.link"})
REMOVING_STEPS = frozenset({"os.remove"})
"""What Python says of itself just before it gives a file another name or a second one, or takes one away."""


def killed_before_step(
    work: Callable[[], object], number: int, folder: Path, steps: frozenset[str] = NAMING_STEPS
) -> bool:
    """Let *work* be killed just before the *number*-th of such *steps* in *folder*; False if it has fewer."""
    child = os.fork()
    if child == 0:
        _die_before_step(number, str(folder), steps)
        code = 0
        try:
            work()
        except BaseException:  # noqa: BLE001 - told to whoever reads the output
            traceback.print_exc()
            code = 1
        os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"it failed before step {number}"
    return os.WIFSIGNALED(status)


def killed_before(
    work: Callable[[Callable[[str], None]], None], number: int, folder: Path, log: Path
) -> Ended:
    """Kill *work* just before the *number*-th step that names or removes a file in *folder*, as above.

    ``value`` is whether it was killed; ``lines`` is what it said, as :func:`killed_while` has it.
    """

    def dying(say: Callable[[str], None]) -> None:
        _die_before_step(number, str(folder), NAMING_STEPS | REMOVING_STEPS)
        work(say)

    _, status = os.waitpid(started(dying, log), 0)
    trouble = "" if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0 else "it failed"
    return Ended(value=os.WIFSIGNALED(status), lines=said_in(log), trouble=trouble)


def _die_before_step(number: int, folder: str, steps: frozenset[str]) -> None:
    seen = 0

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in steps and str(arguments[0]).startswith(folder):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
