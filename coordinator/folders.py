"""Where this computer keeps the program's files, for whoever asks before anything is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import platformdirs

DATABASE_VARIABLE: Final = "MILKRUN_DATABASE"


def default_database_url() -> str:
    """Return where the network is when nobody says otherwise: ``MILKRUN_DATABASE``, else the data folder."""
    return os.environ.get(DATABASE_VARIABLE) or f"sqlite:///{data_folder() / 'network.db'}"


def is_there(path: Path, is_so: Callable[[Path], bool]) -> bool:
    """Say whether *path* is what *is_so* asks (``Path.is_dir``); a name that no system takes is nowhere."""
    try:
        return is_so(path)
    except OSError:
        return False


def data_folder() -> Path:
    """Return where this computer keeps the program's data, whether or not it exists yet."""
    return platformdirs.user_data_path("milkrun", appauthor=False)


def log_folder() -> Path:
    """Return where this computer keeps the program's log, whether or not it exists yet."""
    return platformdirs.user_log_path("milkrun", appauthor=False)
