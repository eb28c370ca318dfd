"""What is written down about an error: its kinds and the lines of code it passed, never its texts.

The texts may quote a name, an address or what was to be stored; the trail is enough to find the fault.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path


def trail(error: BaseException) -> str:
    """Return one line: each kind of error with its lines of code, the cause after what it caused."""
    return "; from ".join(map(_step, _chain(error)))


def tell_only_trails(tell: Callable[[str], object]) -> None:
    """Give *tell* the trail of what a thread or a destructor lets fall; Python writes no account."""

    def from_thread(about: threading.ExceptHookArgs) -> None:
        if about.exc_value is not None:
            tell(f"a thread ended: {trail(about.exc_value)}")

    def from_nowhere(about: sys.UnraisableHookArgs) -> None:
        if about.exc_value is not None:
            tell(f"not raised: {trail(about.exc_value)}")

    threading.excepthook = from_thread
    sys.unraisablehook = from_nowhere


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and what led to it; those of a group in turn, each once."""
    waiting, seen = [error], set[int]()
    while waiting:
        step = waiting.pop(0)
        if id(step) in seen:
            continue
        seen.add(id(step))
        yield step
        inner = step.exceptions if isinstance(step, BaseExceptionGroup) else ()
        earlier = step.__cause__ or step.__context__
        waiting += [*inner, *([earlier] if earlier is not None else [])]


def _step(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = (f"{frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in frames)
    return " > ".join((type(error).__qualname__, *places))
