"""What a start looks at before its window is painted: does another window have the network already?

Reading this imports no database: the answer is there in a millisecond.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from coordinator.adapters.computer import instance
from coordinator.folders import default_database_url

_FILE: Final = "sqlite:///"


def wake_other_window(url: str | None) -> bool:
    """Ask the window that has the network at *url* (by default the usual one) to come forward.

    Returns False if there is none. A server, or a URL with more in it than a path, is never looked at:
    there ``open_database`` finds out.
    """
    url = url or default_database_url()
    path = url.removeprefix(_FILE)
    if "://" in path or "?" in path:
        return False
    network = Path(path).expanduser().resolve()  # as ``sqlite_path`` reads it
    is_open = instance.is_open(network)
    if is_open:
        instance.ask_to_come_forward(network)
    return is_open
