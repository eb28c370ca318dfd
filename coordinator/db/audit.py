"""The audit log: written by itself in the transaction of every action, and read again to undo one.

What we chose: a session listener keeps the first and last values of every row an action touches. The
append-only ``audit`` and ``audit_change`` rows hold codes and salted digests and form a hash chain; the
values themselves, which are personal, stand in ``audit_value`` and can be erased without breaking it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, sessionmaker

from coordinator.db.base import Base, CodeCounterRow
from coordinator.domain.audit import Action
from coordinator.domain.volume import Volume

Values = dict[str, Any]


class AuditRow(Base):
    """One action. ``digest`` chains it to the one before; never changed, never deleted."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime]
    origin: Mapped[str]
    kind: Mapped[str]
    label: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audit.id", ondelete="RESTRICT"))
    digest: Mapped[str] = mapped_column(sa.String(64))


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


UNAUDITED = (AuditRow, AuditChangeRow, AuditValueRow, CodeCounterRow)
"""The log itself, and the counters: an undone code is a gap, never given again."""


@dataclass
class Change:
    """The first and last values of one row within one action."""

    row: Base
    before: Values | None
    after: Values | None


@dataclass
class Recording:
    """What an action has touched so far, keyed by object identity of the row."""

    changes: dict[int, Change] = field(default_factory=dict)

    def note(self, row: Base, before: Values | None, after: Values | None) -> None:
        """Keep the first ``before`` and the last ``after``."""
        known = self.changes.setdefault(id(row), Change(row, before, after))
        known.after = after


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


def values_of(row: Base, *, loaded_before: bool = False) -> Values:
    """Return the row's column values as JSON can hold them, the version left out.

    With *loaded_before*, the values as they were read, before this session changed them.
    """
    state = sa.inspect(row)
    values: Values = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key == "version":
            continue
        history = state.attrs[attribute.key].history
        old = history.deleted[0] if loaded_before and history.deleted else getattr(row, attribute.key)
        values[attribute.key] = plain(old)
    return values


def attach(factory: sessionmaker[Session]) -> None:
    """Make every session of *factory* record what it changes and write the log before it commits."""
    event.listen(factory, "before_flush", _before_flush)
    event.listen(factory, "after_flush", _after_flush)
    event.listen(factory, "before_commit", _write)


def _recording(session: Session) -> Recording:
    recording = session.info.setdefault("recording", Recording())
    assert isinstance(recording, Recording)  # noqa: S101 - for the type checker
    return recording


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    recording = _recording(session)
    for row in session.dirty:
        if not isinstance(row, UNAUDITED) and session.is_modified(row):
            recording.note(row, values_of(row, loaded_before=True), None)
    for row in session.deleted:
        if not isinstance(row, UNAUDITED):
            recording.note(row, values_of(row, loaded_before=True), None)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    recording = _recording(session)
    for row in session.new:
        if not isinstance(row, UNAUDITED):
            recording.note(row, None, values_of(row))
    for row in session.dirty:
        if id(row) in recording.changes:
            recording.changes[id(row)].after = values_of(row)


def _write(session: Session) -> None:
    session.flush()
    changes = [c for c in _recording(session).changes.values() if c.before != c.after]
    session.info["recording"] = Recording()
    if not changes:
        return
    action: Action = session.info["action"]
    audit = AuditRow(
        at=session.info["now"],
        origin=session.info.get("origin", ""),
        kind=action.kind,
        label=action.label,
        undoes_id=session.info.get("undoes_id"),
        digest="",
    )
    digests = [_digested(change) for change in changes]
    audit.digest = _chained(session, audit, [digest for digest, _ in digests])
    session.add(audit)
    session.flush()
    for change, (digest, value) in zip(changes, digests, strict=True):
        row_id = (change.after or change.before or {})["id"]
        entry = AuditChangeRow(
            audit_id=audit.id, table=change.row.__tablename__, row_id=row_id, digest=digest
        )
        session.add(entry)
        session.flush()
        value.change_id = entry.id
        session.add(value)
    session.flush()


def _digested(change: Change) -> tuple[str, AuditValueRow]:
    salt = secrets.token_hex(16)
    before = None if change.before is None else json.dumps(change.before, sort_keys=True)
    after = None if change.after is None else json.dumps(change.after, sort_keys=True)
    return _digest(salt, before, after), AuditValueRow(change_id=0, salt=salt, before=before, after=after)


def _digest(*parts: str | None) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _chained(session: Session, audit: AuditRow, digests: list[str]) -> str:
    previous = session.scalar(sa.select(AuditRow.digest).order_by(AuditRow.id.desc()).limit(1)) or ""
    undoes = None if audit.undoes_id is None else str(audit.undoes_id)
    return _digest(previous, audit.at.isoformat(), audit.origin, audit.kind, audit.label, undoes, *digests)


def first_broken_link(session: Session) -> int | None:
    """Return the id of the first action that does not follow from the one before; ``None`` if whole."""
    previous = ""
    for audit in session.scalars(sa.select(AuditRow).order_by(AuditRow.id)):
        changes = (
            sa.select(AuditChangeRow.digest)
            .where(AuditChangeRow.audit_id == audit.id)
            .order_by(AuditChangeRow.id)
        )
        undoes = None if audit.undoes_id is None else str(audit.undoes_id)
        parts = (
            audit.at.isoformat(),
            audit.origin,
            audit.kind,
            audit.label,
            undoes,
            *session.scalars(changes),
        )
        if _digest(previous, *parts) != audit.digest:
            return audit.id
        previous = audit.digest
    return None
