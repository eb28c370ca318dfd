"""The audit log: written by itself in the transaction of every action, and read again to undo one.

What we chose: a session listener keeps the first and last values of every row an action touches. The
append-only ``audit`` and ``audit_change`` rows hold codes and salted digests and form a hash chain; the
values themselves, which are personal, stand in ``audit_value`` and can be erased without breaking it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, sessionmaker

from coordinator.db.base import Base, CodeCounterRow
from coordinator.db.choices import ChoiceFileRow
from coordinator.db.places import LookedUpPlaceRow
from coordinator.db.writing import Change, Recording, Values, writing_of
from coordinator.domain.records.history import FOLLOWING, Action
from coordinator.domain.records.old_labels import read_label
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying


class AuditRow(Base):
    """One action. ``digest`` chains it to the one before; never changed, never deleted.

    ``label`` is a saying as it is stored; of an older program it is words.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    origin: Mapped[str]
    kind: Mapped[str]
    label: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audit.id", ondelete="RESTRICT"))
    digest: Mapped[str] = mapped_column(sa.String(64))

    @property
    def said(self) -> Saying:
        """What was done."""
        return read_label(self.label)

    @property
    def follows(self) -> bool:
        """Whether it belongs to the action before it."""
        return self.kind.endswith(FOLLOWING)


class AuditChangeRow(Base):
    """One row an action touched, with a salted digest of its values; never changed, never deleted."""

    __tablename__ = "audit_change"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    audit_id: Mapped[int] = mapped_column(sa.ForeignKey("audit.id", ondelete="RESTRICT"), index=True)
    table: Mapped[str] = mapped_column("table_name")
    row_id: Mapped[int] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))


class AuditValueRow(Base):
    """The values before and after as JSON; null before a creation and after a deletion. Erasable."""

    __tablename__ = "audit_value"

    change_id: Mapped[int] = mapped_column(
        sa.ForeignKey("audit_change.id", ondelete="RESTRICT"), primary_key=True
    )
    salt: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]


_ActionLike: TypeAlias = "AuditRow | sa.Row[*tuple[Any, ...]]"
_ChangeLike: TypeAlias = "AuditChangeRow | _Entry | sa.Row[*tuple[Any, ...]]"

UNAUDITED = (AuditRow, AuditChangeRow, AuditValueRow, ChoiceFileRow, CodeCounterRow, LookedUpPlaceRow)
"""The log itself, the counters (an undone code is a gap, never given again), scans, and what servers said."""


class _Entry(NamedTuple):
    """A row of ``audit_change`` about to be written."""

    table: str
    row_id: int
    digest: str


def plain(value: object) -> object:
    """Return *value* as JSON can hold it."""
    match value:
        case Volume():
            return value.microlitres
        case Enum():
            return value.value
        case date() | time():
            return value.isoformat()
        case _:
            return value


def values_of(row: Base) -> Values:
    """Return the row's column values as JSON can hold them, the version left out."""
    return {key: plain(getattr(row, key)) for key in _audited(type(row))}


def _values_before(session: Session, row: Base) -> Values:
    """Return the values as they are stored, before what this flush is about to write."""
    attributes = sa.inspect(row).attrs
    values: Values = {}
    for key in _audited(type(row)):
        history = attributes[key].history
        if history.added and not history.deleted:
            return _stored(session, row)  # set without having been read
        values[key] = plain(history.deleted[0] if history.deleted else getattr(row, key))
    return values


def _stored(session: Session, row: Base) -> Values:
    columns = {key: getattr(type(row), key) for key in _audited(type(row))}
    (row_id,) = sa.inspect(row).identity or (None,)
    stored = session.execute(sa.select(*columns.values()).where(columns["id"] == row_id)).one()
    return {key: plain(value) for key, value in zip(columns, stored, strict=True)}


@cache
def _audited(table: type[Base]) -> tuple[str, ...]:
    return tuple(attribute.key for attribute in sa.inspect(table).column_attrs if attribute.key != "version")


def attach(factory: sessionmaker[Session]) -> None:
    """Make every session of *factory* record what it changes and write the log before it commits."""
    event.listen(factory, "before_flush", _before_flush)
    event.listen(factory, "after_flush", _after_flush)
    event.listen(factory, "before_commit", _before_commit)


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    recording = writing_of(session).recording
    for row in session.dirty:
        if not isinstance(row, UNAUDITED) and session.is_modified(row):
            recording.note(row, _values_before(session, row), None)
    for row in session.deleted:
        if not isinstance(row, UNAUDITED):
            recording.note(row, _values_before(session, row), None)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    recording = writing_of(session).recording
    for row in session.new:
        if not isinstance(row, UNAUDITED):
            recording.note(row, None, values_of(row))
    for row in session.dirty:
        if not isinstance(row, UNAUDITED):
            values = values_of(row)
            if (known := recording.changes.get((row.__tablename__, values["id"]))) is not None:
                known.after = values


def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():  # the end of an attempt is not the end of the action
        write_action(session)


@contextmanager
def attempt(session: Session) -> Iterator[None]:
    """Let a part of an action fail: what was written inside is undone then, and the action goes on."""
    session.flush()  # what was set before is of the whole, and no savepoint takes it back
    writing = writing_of(session)
    whole = writing.recording
    part = writing.recording = Recording()
    try:
        with session.begin_nested():
            yield
    finally:
        writing.recording = whole
    for key, change in part.changes.items():
        whole.changes.setdefault(key, change).after = change.after


def touched_rows(session: Session) -> list[Change]:
    """Return every row the transaction has changed so far, with its values before and after."""
    writing = writing_of(session)
    return [*writing.written, *writing.recording.changed()]


def begin_next(session: Session, action: Action) -> None:
    """Write down what was done so far as an action of its own, and go on with the next in one transaction."""
    write_action(session)
    writing_of(session).action = action


def write_action(session: Session) -> None:
    """Write the log of what was done since the last action of this transaction, if anything was."""
    session.flush()
    writing = writing_of(session)
    changes = writing.recording.changed()
    writing.recording = Recording()
    writing.written += changes
    if not changes:
        return
    values = [_value(change) for change in changes]
    entries = [
        _Entry(change.table, change.row_id, _digest(*value.values()))
        for change, value in zip(changes, values, strict=True)
    ]
    _insert(session, _append(session, entries), entries, values)


def write_erasure(session: Session, rows: Iterable[tuple[str, int]]) -> None:
    """Write the log of an action that forgot what stood in *rows*, by table and id: none of their values.

    So the history tells which rows were touched and when, and no undoing brings anything back.
    """
    entries = [_Entry(table, row_id, _digest(secrets.token_hex(16), None, None)) for table, row_id in rows]
    _insert_changes(session, _append(session, entries), entries)


def _append(session: Session, entries: list[_Entry]) -> int:
    """Add what the transaction is for to the chain, and return its number."""
    writing = writing_of(session)
    audit = AuditRow(
        at=writing.now,
        origin=writing.origin,
        kind=writing.action.kind,
        label=writing.action.said.stored(),
        undoes_id=writing.undoes_id,
        digest="",
    )
    previous = session.scalar(sa.select(AuditRow.digest).order_by(AuditRow.id.desc()).limit(1)) or ""
    audit.digest = link_of(previous, audit, entries)
    session.add(audit)
    session.flush()
    writing.digest = audit.digest
    return audit.id


def _insert_changes(session: Session, audit_id: int, entries: list[_Entry]) -> dict[tuple[str, int], int]:
    """Write which rows an action touched; return the number of each, by table and id.

    Which row got which number is told by the row it is about: numbers in the order of what was given cost a
    statement each on SQLite.
    """
    into = sa.insert(AuditChangeRow).returning(AuditChangeRow.id, AuditChangeRow.table, AuditChangeRow.row_id)
    written = session.execute(into, [{"audit_id": audit_id, **entry._asdict()} for entry in entries])
    return {(table, row_id): number for number, table, row_id in written}


def _insert(
    session: Session, audit_id: int, entries: list[_Entry], values: list[dict[str, str | None]]
) -> None:
    """Write the rows of the log by two statements, not as objects: an import touches tens of thousands."""
    numbers = _insert_changes(session, audit_id, entries)
    rows = [
        {"change_id": numbers[entry.table, entry.row_id], **value}
        for entry, value in zip(entries, values, strict=True)
    ]
    session.execute(sa.insert(AuditValueRow), rows)


def _value(change: Change) -> dict[str, str | None]:
    """Return the salt and the values before and after, in the order they are digested."""
    before = None if change.before is None else json.dumps(change.before, sort_keys=True)
    after = None if change.after is None else json.dumps(change.after, sort_keys=True)
    return {"salt": secrets.token_hex(16), "before": before, "after": after}


def _digest(*parts: str | None) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def link_of(
    previous: str, audit: _ActionLike, entries: Iterable[_ChangeLike], label: str | None = None
) -> str:
    """Return the digest of an action: over the one before, what was done, and which rows it touched.

    *label* is for an action that is said otherwise from now on.
    """
    undoes = None if audit.undoes_id is None else str(audit.undoes_id)
    touched = [f"{entry.table} {entry.row_id} {entry.digest}" for entry in entries]
    said = audit.label if label is None else label
    return _digest(previous, audit.at.isoformat(), audit.origin, audit.kind, said, undoes, *touched)


def first_broken_link(session: Session) -> int | None:
    """Return the id of the first action that does not follow from the one before; ``None`` if whole.

    Values that are still kept must be those that were written; erased ones break nothing.
    """
    touched: dict[int, list[sa.Row[*tuple[Any, ...]]]] = {}
    forged: set[int] = set()
    # Columns, not entities: every start reads all of it.
    changes = sa.select(
        AuditChangeRow.audit_id,
        AuditChangeRow.table,
        AuditChangeRow.row_id,
        AuditChangeRow.digest,
        AuditValueRow.change_id,
        AuditValueRow.salt,
        AuditValueRow.before,
        AuditValueRow.after,
    ).outerjoin(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
    for change in session.execute(changes.order_by(AuditChangeRow.id)):
        touched.setdefault(change.audit_id, []).append(change)
        kept = change.change_id is not None
        if kept and _digest(change.salt, change.before, change.after) != change.digest:
            forged.add(change.audit_id)
    previous = ""
    actions = sa.select(
        AuditRow.id,
        AuditRow.at,
        AuditRow.origin,
        AuditRow.kind,
        AuditRow.label,
        AuditRow.undoes_id,
        AuditRow.digest,
    )
    for action in session.execute(actions.order_by(AuditRow.id)):
        link = link_of(previous, action, touched.pop(action.id, []))
        if action.id in forged or link != action.digest:
            return int(action.id)
        previous = action.digest
    return min(touched, default=None)


def noted_before(session: Session, table: str, ids: Collection[int], other: str, other_id: int) -> set[int]:
    """Return which rows of *table* were last changed by an action before the one that made a row of *other*.

    A row of which the history tells nothing is not among them.
    """
    row = AuditChangeRow
    made = sa.select(sa.func.min(row.audit_id)).where(row.table == other, row.row_id == other_id)
    last = (
        sa.select(row.row_id)
        .where(row.table == table, row.row_id.in_(ids))
        .group_by(row.row_id)
        .having(sa.func.max(row.audit_id) < made.scalar_subquery())
    )
    return set(session.scalars(last))
