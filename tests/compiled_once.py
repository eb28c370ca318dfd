"""Statements compiled once for all tests: each test opens a database of its own, of one of two kinds.

The program has one engine for as long as it runs and compiles a statement once. A suite of thousands of
engines spent a third of its time on compiling the same ones again.
"""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[object, object] = LRUCache(3000)
"""More than there are statements, so that none is thrown out."""


def share() -> None:
    """Let all engines of one kind of database use the same compiled statements."""
    for kind in (SQLiteDialect, PGDialect):
        # What was compiled is found by its dialect, and each engine makes one.
        kind.__eq__ = _is_same_kind  # type: ignore[assignment, method-assign]
        kind.__hash__ = _kind_hash  # type: ignore[assignment, method-assign]
    event.listen(Engine, "engine_connect", _use_shared)


def _use_shared(connection: Connection) -> None:
    connection.engine._compiled_cache = _COMPILED  # type: ignore[assignment]


def _is_same_kind(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def _kind_hash(one: Dialect) -> int:
    return hash(type(one))
