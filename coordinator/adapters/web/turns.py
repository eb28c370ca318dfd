"""One question a second, over all windows and commands of this user on this computer.

A small SQLite file keeps when the next question may go out: its lock works between processes on every
system. A turn is taken before it is waited for, so that two who come together go one after the other.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS_APART = 1.0
_LONGEST_QUEUE_S = 60.0


def seconds_to_wait(file: Path, now: Callable[[], float]) -> float:
    """Take the next turn in *file* and return how many seconds from now it is.

    Args:
        file: Made if it is not there, with its folder; only this user can read it.
        now: Seconds since 1970. Read once the file is locked.

    Raises:
        OSError: If the file cannot be used: then nothing may be sent.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(0o600)
    try:
        with closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE IF NOT EXISTS turn (free_at REAL NOT NULL)")
            row = connection.execute("SELECT max(free_at) FROM turn").fetchone()
            moment = now()
            free_at = float(row[0] or 0.0)
            # A clock set back leaves a time far ahead behind; it counts for nothing.
            turn = max(moment, free_at) if free_at - moment < _LONGEST_QUEUE_S else moment + SECONDS_APART
            connection.execute("DELETE FROM turn")
            connection.execute("INSERT INTO turn VALUES (?)", (turn + SECONDS_APART,))
            connection.execute("COMMIT")
            return turn - moment
    except sqlite3.Error as error:
        raise OSError("The file that counts the questions cannot be used") from error
