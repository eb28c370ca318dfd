"""The tables and rules of a network's file, compared with what the steps of its schema made.

A flipped bit in them is seen by no check of SQLite's: a rule is gone, or a column has another name. What
somebody else added to the file does not count.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from coordinator.db.row_names import Driver

MADE: Final = {
    file.stem: "".join(file.read_text("ascii").split())
    for file in sorted((Path(__file__).parent / "migrations" / "versions").glob("*.marks"))
}
"""The marks of all that a file has after each step, eight characters each.

They lie beside the steps' scripts; a test compares them with new files and with files kept of older programs.
"""

_MARK: Final = 8
_QUERY: Final = """
    SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name
"""


def is_as_made(driver: Driver) -> bool:
    """Say whether the file has every table, index and trigger of its own step; of a step not known it has."""
    found = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    made = MADE.get(str(found[0]), "") if found else ""
    return {made[at : at + _MARK] for at in range(0, len(made), _MARK)} <= set(marks(driver))


def marks(driver: Driver) -> list[str]:
    """Return a mark of each table, index and trigger in the file, however its SQL is spaced and quoted."""
    return [
        _mark(kind, name, table, re.sub('[\\s"]+', "", sql))
        for kind, name, table, sql in driver.execute(_QUERY)
    ]


def _mark(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_MARK]
