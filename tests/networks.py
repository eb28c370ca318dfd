"""Networks of the tests' own, in real files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db.database import utc_now


def opened_network(
    path: Path,
    *,
    key: bytes | None = None,
    alone: bool = False,
    origin: str = "",
    clock: Callable[[], datetime] = utc_now,
) -> Database:
    """Return the network at *path* open, an empty one made first where there is none."""
    if not path.exists():
        make_network(path, key=key)
    return open_database(path, key=key, alone=alone, origin=origin, clock=clock)
