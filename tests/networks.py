"""Networks of the tests' own, in real files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

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
    """Return the network at *path* open, an empty one put there first where there is none."""
    if not path.exists():
        put_network(path, key=key)
    return open_database(path, key=key, alone=alone, origin=origin, clock=clock)


def put_network(path: Path, *, key: bytes | None = None) -> Path:
    """Put an empty network at *path*, as ``make_network`` would; it is made once and copied."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_an_empty_network(key))
    path.chmod(0o600)
    return path


def changed_copy(of: Path, path: Path, change: Callable[[Database], object]) -> None:
    """Put a copy of the network *of* at *path* and let *change* work on it."""
    database = open_database(shutil.copy(of, path))
    change(database)
    database.dispose()


@cache
def _an_empty_network(key: bytes | None) -> bytes:
    with TemporaryDirectory() as folder:
        return make_network(Path(folder) / "network.db", key=key).read_bytes()
