"""Both entry points: words go to the command line before Qt is imported, none opens the window."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Mapping, Sequence

from coordinator import terminal

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(words: Sequence[str] | None = None) -> int:
    """Run ``milkrun``; return the exit code: 0 done, 1 the coordinator can mend it, 2 wrong words."""
    if getattr(sys, "frozen", False):
        _end_here_as_a_child()
    terminal.keep_the_door()
    given = list(sys.argv[1:] if words is None else words)
    network = _network_to_open(given)
    if network is not None:
        if not has_screen(sys.platform, os.environ):
            terminal.complain(str(terminal.NO_SCREEN))
            return 1
        collect_nothing_yet()
        import_qt()
        from ui.window.open_window import run_window  # noqa: PLC0415 - Qt only where there is a window

        return run_window(network or None)
    from coordinator.cli import main as run_words  # noqa: PLC0415 - and no Qt where there are words
    from ui.window.demo import picture_window  # noqa: PLC0415 - likewise

    return run_words(given, picture_window=picture_window)


def _end_here_as_a_child() -> None:
    """Do what a process was started for and end: in a bundle the solver's own process is this program too."""
    from multiprocessing import freeze_support  # noqa: PLC0415 - only a bundle needs it

    freeze_support()


def _network_to_open(given: Sequence[str]) -> str | None:
    """Return which network a window is wanted on, "" for the usual one; ``None`` when there is a command."""
    match list(given):
        case []:
            return ""
        case ["--database", url]:
            return url
        case [word] if word.startswith("--database="):
            return word.removeprefix("--database=")
    return None


def collect_nothing_yet() -> None:
    """Walk through nothing for cycles until there is a window: what start-up makes stays, nearly all of it.

    That walk costs a tenth of the time to the first paint. ``ui.collecting`` takes it over from there.
    """
    gc.disable()


def import_qt() -> None:
    """Import Qt without what it does to every import after it.

    WORKAROUND https://bugreports.qt.io/browse/PYSIDE-2029: PySide6 puts an import of its own in the place of
    Python's, which reads the source of each module, in case it says ``from __feature__ import …``. Ours never
    do, and it is a tenth of the start. May go when PySide6 reads no sources any more.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - as above

    builtins.__import__ = plain


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can open; only on Linux may there be no screen."""
    return not platform.startswith("linux") or any(environment.get(name) for name in _SCREENS)
