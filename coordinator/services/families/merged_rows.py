"""What a merge changed, remembered row by row, and given back when the two are taken apart.

An entry is [table, row id, column, value before, value after]. ``*`` stands for all columns of a row that the
merge made; ``stops`` for every stop of a pickup. Values that are alike before and after only tell how it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import plain, values_of
from coordinator.db.base import Base
from coordinator.db.facts import QuestionRow
from coordinator.db.pickups import StopRow, stops_of
from coordinator.db.recipients import SetAsideRow
from coordinator.db.undo import entity_of, put_back
from coordinator.domain.facts.dated_facts import QuestionState
from coordinator.domain.families.merging import staying
from coordinator.domain.places.positions import Precision

Entry = Sequence[Any]
ALL, STOPS = "*", "stops"


class Moves:
    """Changes made by a merge, each remembered with the value before and after."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.made: list[Entry] = []

    def set(self, row: Any, column: str, value: object) -> None:  # noqa: ANN401 - a row of any table
        """Set one column."""
        self.made.append((row.__tablename__, row.id, column, plain(getattr(row, column)), plain(value)))
        setattr(row, column, value)

    def keep(self, row: Any, column: str) -> None:  # noqa: ANN401 - a row of any table
        """Remember how one column was when the merge was done."""
        value = plain(getattr(row, column))
        self.made.append((row.__tablename__, row.id, column, value, value))

    def add(self, row: QuestionRow) -> None:
        """Add a row that goes again when the two are taken apart."""
        self._session.add(row)
        self._session.flush()
        self.made.append((row.__tablename__, row.id, ALL, None, values_of(row)))

    def stops(self, pickup_id: int, before: list[dict[str, Any]]) -> None:
        """Remember the stops of a pickup, if they are no longer as *before*."""
        after = all_stops(self._session, pickup_id)
        if after != before:
            self.made.append(("pickup", pickup_id, STOPS, before, after))


def all_stops(session: Session, pickup_id: int) -> list[dict[str, Any]]:
    """Return the values of a pickup's stops, in the order to drive."""
    session.flush()
    return [values_of(row) for row in stops_of(session, pickup_id)]


def put_stops(session: Session, pickup_id: int, wanted: list[dict[str, Any]]) -> None:
    """Make the stops of a pickup those *wanted*, numbers and all."""
    known = {row.id: row for row in stops_of(session, pickup_id)}
    for row_id in known.keys() - {values["id"] for values in wanted}:
        session.delete(known.pop(row_id))
    session.flush()
    for values in sorted(wanted, key=lambda values: values["id"] not in known):
        put_back(session, StopRow, values, known.get(values["id"]))
        session.flush()


def give_back(session: Session, moved: Iterable[Entry]) -> None:
    """Set back what the merge changed, the last first; an answer changed since stays whole."""
    entries = [entry for entry in moved if entry[2] != STOPS]
    stay = _staying(session, entries)
    for table, row_id, column, before, after in reversed(entries):
        row = session.get(entity_of(table), row_id)
        if row is None or before == after or (table, row_id, column) in stay:
            continue
        if isinstance(row, SetAsideRow) and _is_set_aside(session, row, column, before):
            continue
        if column != ALL:
            put_back(session, entity_of(table), {column: before}, row)
        elif isinstance(row, QuestionRow) and row.state is QuestionState.OPEN:
            session.delete(row)
        session.flush()


def value_then(moved: Iterable[Entry], row: Any, column: str) -> object:  # noqa: ANN401 - a row of any table
    """Return the value right after the merge of a column that it changed or remembered, as JSON holds it.

    Raises:
        LookupError: If it did neither: a merge by an older program.
    """
    found = [entry for entry in moved if tuple(entry[:3]) == (row.__tablename__, row.id, column)]
    if not found:
        raise LookupError(column)
    return found[-1][4]


def _is_set_aside(session: Session, row: SetAsideRow, column: str, before: int) -> bool:
    """Whether somebody set the same two aside anew."""
    pair = {"recipient_id": row.recipient_id, "donor_id": row.donor_id} | {column: before}
    return session.scalar(sa.select(SetAsideRow.id).filter_by(**pair)) is not None


def _staying(session: Session, entries: Sequence[Entry]) -> set[tuple[str, int, str]]:
    """Return what stays as it is: table, row id and column."""
    by_row: dict[tuple[str, int], dict[str, Any]] = {}
    for table, row_id, column, before, after in entries:
        if column != ALL and before != after:
            by_row.setdefault((table, row_id), {})[column] = after
    stay = set()
    for (table, row_id), after in by_row.items():
        row: Base | None = session.get(entity_of(table), row_id)
        if row is None:
            continue
        changed = {column for column, value in after.items() if plain(getattr(row, column)) != value}
        by_hand = "precision" in changed and getattr(row, "precision", None) is Precision.BY_HAND
        kept = staying(table, after.keys(), changed, by_hand=by_hand)
        stay |= {(table, row_id, column) for column in kept}
    return stay


def belongings(session: Session, table: str, column: str, owner_id: int) -> list[Any]:
    """Return the rows of *table* whose *column* points to the row with *owner_id*, by number."""
    entity: Any = entity_of(table)
    query = sa.select(entity).where(getattr(entity, column) == owner_id)
    return list(session.scalars(query.order_by(entity.id)))
