"""Pictures of the window for ``milkrun demo``, taken in a process of their own.

A window system that is missing ends the process it is missing in; the demo's paper must not go with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

_PATIENCE_S: Final = 180


def picture_window(network: Path, folder: Path, today: date) -> Sequence[Path]:
    """Return a picture of every page of the window on *network*; none when no window can open here."""
    command = [sys.executable, "-P", "-m", "ui.window.pictures", str(network), str(folder), today.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            command,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
            encoding="utf-8",
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return [Path(line) for line in done.stdout.splitlines()] if done.returncode == 0 else ()
