"""Where this computer keeps the program's files, for whoever asks before anything is opened."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """Return where this computer keeps the program's data, whether or not it exists yet."""
    return platformdirs.user_data_path("milkrun", appauthor=False)


def log_folder() -> Path:
    """Return where this computer keeps the program's log, whether or not it exists yet."""
    return platformdirs.user_log_path("milkrun", appauthor=False)
