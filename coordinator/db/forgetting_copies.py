"""Forgetting a family in a backup: a copy of it is made, forgotten in, checked, and takes its place at once.

Whoever is killed meanwhile leaves the backup as it was, or without the family. The copy is locked with the
same key from its first byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from coordinator import open_networks
from coordinator.db.backups import checked_counts
from coordinator.db.base import Base
from coordinator.db.copies import copy_rekeyed, fold_in_log, remove_with_log, see_on_disk
from coordinator.db.engine import connect_sqlite, reading_engine, sqlite_engine
from coordinator.db.errors import told_in_sentences
from coordinator.db.family_traces import take_out, words_of_family
from coordinator.db.forgetting import Order, forget_in, sweep_file
from coordinator.db.forgetting_rows import File, Ids, belongings_of, family_of
from coordinator.db.migrations import HISTORY
from coordinator.db.opening import step_of_file
from coordinator.domain.families.forgetting import RULES, Row
from coordinator.domain.families.forgetting_plan import name_of_forgotten
from coordinator.domain.families.forgotten_copies import CopyState
from coordinator.domain.records.keys import Key
from coordinator.errors import BackupError
from coordinator.sayings import saying

MARK: Final = "household"
_CHANGE: Final = Base.metadata.tables["audit_change"]


def marks_of(connection: Connection, households: Iterable[int]) -> dict[int, str]:
    """Return what the history wrote when each household was made: the same in every copy of a network.

    A number alone would not do: after a way back the next family may have got the same one.
    """
    query = (
        sa.select(_CHANGE.c.row_id, _CHANGE.c.digest)
        .where(_CHANGE.c.table_name == MARK, _CHANGE.c.row_id.in_(list(households)))
        .order_by(_CHANGE.c.id.desc())
    )
    return {row.row_id: row.digest for row in connection.execute(query)}


def state_in_copy(path: Path, key: Key | None, marks: Mapping[int, str]) -> CopyState:
    """Return what the backup at *path* knows of the family with *marks*; it is only read.

    Raises:
        UserError: If it cannot be read.
    """
    if step_of_file(path, key) > HISTORY.revisions[-1]:
        return CopyState.NEWER
    engine = reading_engine(path, key, immutable=True)
    try:
        with told_in_sentences(), engine.connect() as connection:
            return _state(File(connection), marks)
    finally:
        engine.dispose()


def _state(file: File, marks: Mapping[int, str]) -> CopyState:
    here = _here(file, marks)
    if not here:
        return CopyState.NOT_IN_IT
    if set().union(*(family_of(file, one) for one in here)) - marks.keys():
        return CopyState.WITH_OTHERS
    return CopyState.HOLDS


def _here(file: File, marks: Mapping[int, str]) -> Ids:
    """Return the ids of the family's households in this copy, as far as it is not forgotten there.

    It is told by the name: a file of an older program has no day on which one was forgotten.
    """
    known = marks_of(file.connection, marks)
    same = {one for one, mark in marks.items() if known.get(one) == mark}
    homes = list(file.rows("household", same))
    return {home["id"] for home in homes if not home["name"].startswith(name_of_forgotten(""))}


def forget_in_copy(
    path: Path, key: Key | None, marks: Mapping[int, str], order: Order, *, words_too: bool
) -> None:
    """Forget the family with *marks* in the backup at *path*, which nobody has open.

    Raises:
        NetworkFileError: If somebody has it open in this program.
        UserError: And the backup is as it was.
    """
    open_networks.refuse(path)
    partial = path.with_suffix(".partial")
    try:
        copy_rekeyed(path, partial, key, key)
        before = checked_counts(partial, key)
        _forget(partial, key, marks, order, words_too=words_too)
        sweep_file(partial, key)
        with told_in_sentences(), closing(connect_sqlite(partial, key)) as connection:
            fold_in_log(connection)
        _refuse_less(before, checked_counts(partial, key))
        see_on_disk(partial)
        partial.replace(path)
        see_on_disk(path.parent)
    finally:
        remove_with_log(partial)


def _forget(path: Path, key: Key | None, marks: Mapping[int, str], order: Order, *, words_too: bool) -> None:
    engine = sqlite_engine(path, key)
    try:
        with told_in_sentences(), engine.begin() as connection:
            file = File(connection)
            here = frozenset(_here(file, marks))
            found = belongings_of(file, set(here))
            words = words_of_family(file, found)
            done = forget_in(file, Order(here, order.names, order.stocks, order.on))
            if words_too:
                take_out(file, words, found, done)
    finally:
        engine.dispose()


def _refuse_less(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Refuse a copy that lost rows that were to stay."""
    stay = {name for name, rule in RULES.items() if rule.row is Row.STAYS} & before.keys()
    if any(after.get(name) != before[name] for name in stay):
        raise BackupError(saying("The backup did not hold everything any more, so it is as it was."))
