"""The locks this process has on a network, as Linux tells them; no other system does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coordinator.bootstrap import Database

only_where_locks_are_told = pytest.mark.skipif(
    sys.platform != "linux", reason="/proc/locks is Linux's; the rule itself is tested everywhere"
)


def locks_on(network: Path) -> int:
    """Return how many of SQLite’s locks this process has on *network* and the files beside it."""
    files = {str(path.stat().st_ino) for path in network.parent.glob(f"{network.name}*")}
    lines = [line.split() for line in Path("/proc/locks").read_text("ascii").splitlines()]
    mine = [line for line in lines if line[1] == "POSIX" and line[4] == str(os.getpid())]
    return sum(line[5].split(":")[2] in files for line in mine)


def path_of(database: Database) -> Path:
    """Return the file of *database*, which now has a connection with its locks."""
    database.change_counter()
    assert database.path is not None
    return database.path


def write_in_another_process(network: Path) -> None:
    """Open *network* beside us, write, and close: whoever sees no locks of ours deletes our log."""
    words = (
        "import sys, sqlcipher3; c = sqlcipher3.connect(sys.argv[1]);"
        "c.execute('pragma user_version = 1'); c.close()"
    )
    subprocess.run([sys.executable, "-c", words, str(network)], check=True)
