"""Which rows belong to a family, a lot, a hold or a pickup: those there are, and those the history remembers.

A row belongs to what it points to, but for the few links that lead up (what travels with a pickup, which
list a line came from). A removed row is found by what it pointed to, as the log kept it; erased values tell
nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

import coordinator.db.every_table  # noqa: F401 - whatever belongs to a family, all tables are known
from coordinator.db.audit import UNAUDITED, AuditChangeRow, AuditValueRow
from coordinator.db.base import Base
from coordinator.db.book_reading import in_parts
from coordinator.db.writing import Values

Rows = Mapping[str, Collection[int]]
"""Ids by table."""

_UP: Final = frozenset({("pickup_load", "pickup_id"), ("stop", "pickup_id"), ("second_driver", "pickup_id")})
"""What makes a pickup part of a family: its milk travels, somebody stops there or drives."""
_NOT_OWNED: Final = _UP | {
    ("delivery", "pickup_id"),
    ("round_call", "round_id"),
    ("import_row", "import_id"),
    ("choice", "file_id"),
    ("policy_change", "profile_id"),
    ("recall_contact", "recall_id"),
    ("recall_told", "recall_id"),
}
_BY_CODE: Final = (("recall", "about"), ("recall_contact", "who"), ("recall_told", "who"))
"""What points to a family or a lot by its code."""
_CHANGE_HANDS: Final = ("pickup", "cooler")
"""Tables whose rows may have been another family's before: a run that somebody else drives now."""


@cache
def _links() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return of each audited table, parents first, which columns make a row part of which table's row."""
    silent = {table.__tablename__ for table in UNAUDITED}
    return tuple(
        (
            table.name,
            tuple(
                (key.parent.name, key.column.table.name)
                for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
                if (table.name, key.parent.name) not in _NOT_OWNED
            ),
        )
        for table in Base.metadata.sorted_tables
        if table.name not in silent
    )


def family_of(session: Session, household_id: int) -> set[int]:
    """Return the household, and those that were made part of it."""
    household = Base.metadata.tables["household"]
    found, new = {household_id}, {household_id}
    while new:
        query = sa.select(household.c.id).where(household.c.merged_into_id.in_(new))
        new = set(session.scalars(query)) - found
        found |= new
    return found


def row_with_code(session: Session, table: str, code: str) -> int | None:
    """Return the number of the row of *table* with *code*, removed or not; None if there is none."""
    columns = Base.metadata.tables[table].c
    found: int | None = session.scalar(sa.select(columns.id).where(columns.code == code))
    if found is not None:
        return found
    for row_id, values in _remembered(session).get(table, ()):
        if values.get("code") == code:
            return row_id
    return None


def rows_of(session: Session, start: Rows) -> dict[str, set[int]]:
    """Return everything that belongs to the rows *start*, these too, by table."""
    found: dict[str, set[int]] = defaultdict(set, {table: set(ids) for table, ids in start.items()})
    remembered = _remembered(session)
    tables = Base.metadata.tables
    for table, links in _links():
        if table == "household":
            continue  # what is part of a family is part of it by a merge, which is looked up before
        for column, parent in links:
            if found[parent]:
                ids, linked = tables[table].c.id, tables[table].c[column]
                found[table].update(_ids(session, sa.select(ids), linked, found[parent]))
        for row_id, values in remembered.get(table, ()):
            if any(values.get(column) in found[parent] for column, parent in links):
                found[table].add(row_id)
        if "pickup" not in start and (table, "pickup_id") in _UP:
            _add_pickups(session, found, table, remembered.get(table, ()))
    if "pickup" in start:
        _add_travelling(session, found, remembered)
    _add_recalls(session, found, remembered, own=start.get("recall", ()))
    return {table: ids for table, ids in found.items() if ids}


def _add_pickups(
    session: Session, found: dict[str, set[int]], table: str, remembered: Collection[tuple[int, Values]]
) -> None:
    """Add the pickups that rows of *table* are part of, and what was overruled for them."""
    link = Base.metadata.tables[table].c
    pickups = set(_ids(session, sa.select(link.pickup_id), link.id, found[table]))
    pickups |= {values["pickup_id"] for row_id, values in remembered if row_id in found[table]}
    overruled = Base.metadata.tables["overruled_rule"].c
    found["pickup"] |= pickups
    found["overruled_rule"].update(_ids(session, sa.select(overruled.id), overruled.pickup_id, pickups))


def _add_travelling(
    session: Session, found: dict[str, set[int]], remembered: Mapping[str, Collection[tuple[int, Values]]]
) -> None:
    """Add what travels with pickups that are asked about themselves, and where they stop."""
    for table in ("pickup_load", "stop", "second_driver", "delivery"):
        link = Base.metadata.tables[table].c
        found[table].update(_ids(session, sa.select(link.id), link.pickup_id, found["pickup"]))
        found[table] |= {
            row_id for row_id, values in remembered.get(table, ()) if values["pickup_id"] in found["pickup"]
        }


def _add_recalls(
    session: Session,
    found: dict[str, set[int]],
    remembered: Mapping[str, Collection[tuple[int, Values]]],
    own: Collection[int],
) -> None:
    """Add recalls about what was found and what passed with it; of a recall asked about itself, all of it."""
    codes: set[str] = set()
    for table in ("donor", "recipient", "driver", "lot"):
        columns = Base.metadata.tables[table].c
        codes.update(_ids(session, sa.select(columns.code), columns.id, found[table]))
    for table, column in _BY_CODE:
        columns = Base.metadata.tables[table].c
        found[table].update(session.scalars(sa.select(columns.id).where(columns[column].in_(codes))))
        found[table] |= {row_id for row_id, values in remembered.get(table, ()) if values[column] in codes}
        if table != "recall":
            found[table].update(_ids(session, sa.select(columns.id), columns.recall_id, own))


def _ids(
    session: Session, query: sa.Select[Any], column: sa.ColumnElement[Any], ids: Collection[int]
) -> Iterator[Any]:
    return in_parts(ids, lambda some: session.scalars(query.where(column.in_(some))).all())


def _remembered(session: Session) -> dict[str, list[tuple[int, Values]]]:
    """Return what rows once pointed to, by table: those that were removed, and those that change hands."""
    change, value = AuditChangeRow, AuditValueRow
    query = (
        sa.select(change.table, change.row_id, value.before)
        .join(value, value.change_id == change.id)
        .where(value.before.is_not(None))
        .where(sa.or_(value.after.is_(None), change.table.in_(_CHANGE_HANDS)))
    )
    found: dict[str, list[tuple[int, Values]]] = defaultdict(list)
    for table, row_id, before in session.execute(query):
        found[table].append((row_id, json.loads(before or "{}")))
    return found
