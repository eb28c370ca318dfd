"""What goes with a writing session: what it is for, on which day, and what it has touched so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from coordinator.db.base import Base
from coordinator.domain.records.history import Action

Values = dict[str, Any]


@dataclass
class Change:
    """The first and last values of one row within one action."""

    table: str
    row_id: int
    before: Values | None
    after: Values | None


@dataclass
class Recording:
    """What an action has touched so far, by table and id.

    SQLite gives the id of a deleted last row to the next one, so two objects can stand for one row.
    """

    changes: dict[tuple[str, int], Change] = field(default_factory=dict)

    def note(self, row: Base, before: Values | None, after: Values | None) -> None:
        """Keep the first ``before`` and the last ``after``; a row made and removed again has neither."""
        key = (row.__tablename__, (before or after or {})["id"])
        self.changes.setdefault(key, Change(row.__tablename__, key[1], before, after)).after = after

    def changed(self) -> list[Change]:
        """Return the rows that are not as they were."""
        return [change for change in self.changes.values() if change.before != change.after]


@dataclass
class Writing:
    """One transaction that writes. A service may say better what ``action`` it was, once it knows the codes.

    ``written`` are the rows of earlier actions of this transaction; ``digest`` is the last one's in the log.
    """

    action: Action
    now: datetime
    today: date
    origin: str = ""
    undoes_id: int | None = None
    recording: Recording = field(default_factory=Recording)
    written: list[Change] = field(default_factory=list)
    digest: str = ""


def writing_of(session: Session) -> Writing:
    """Return what goes with *session*, which ``Database.writing`` gave."""
    writing = session.info[Writing]
    assert isinstance(writing, Writing)  # noqa: S101 - for the type checker
    return writing
