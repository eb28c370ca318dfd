"""Which rows of a network are a family's: those that are there, and those of which only the history tells."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

import coordinator.db.every_table  # noqa: F401 - whatever is forgotten, all tables are known
from coordinator.db.base import Base
from coordinator.db.book_reading import AT_ONCE, in_parts
from coordinator.domain.agreements.holds import Side
from coordinator.domain.families.forgetting import RULES

Ids = set[int]

_CHANGE: Final = Base.metadata.tables["audit_change"]
_VALUE: Final = Base.metadata.tables["audit_value"]
_RUN: Final = (("stop", "household_id", "household"), ("pickup_load", "hold_id", "hold"),
               ("second_driver", "driver_id", "driver"))  # fmt: skip
"""How a pickup went to a family: by a stop, by its milk, or by who came along."""


@dataclass
class Belongings:
    """The ids of a family's rows by table; ``gone`` are of rows that the history alone tells of.

    A key such as ``hold:taker`` holds those on one side only.
    """

    rows: dict[str, Ids] = field(default_factory=lambda: defaultdict(set))
    gone: dict[str, Ids] = field(default_factory=lambda: defaultdict(set))

    def all_of(self, table: str) -> Ids:
        """Return the ids of a table's rows, those that are there and those that are gone."""
        return self.rows[table] | self.gone[table]


class File:
    """A network as plain tables: of an older program some columns or tables are missing."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        known = sa.inspect(connection)
        self._columns = {
            name: {column["name"] for column in known.get_columns(name)} for name in known.get_table_names()
        }

    def has(self, table: str) -> bool:
        """Say whether the file has this table of ours."""
        return table in self._columns and table in Base.metadata.tables

    def columns(self, table: str, names: Iterable[str] | None = None) -> list[sa.Column[Any]]:
        """Return the columns of *table* that the file has, of *names* if given."""
        ours = Base.metadata.tables[table].columns
        wanted = ours.keys() if names is None else names
        return [ours[name] for name in wanted if name in self._columns[table]]

    def ids_where(self, table: str, column: str, ids: Collection[int] | Collection[str]) -> Ids:
        """Return the ids of the rows of *table* whose *column* is one of *ids*, or of codes."""
        if not self.has(table) or column not in self._columns[table]:
            return set()
        row = Base.metadata.tables[table]
        ordered: list[Any] = sorted(ids)
        found: Ids = set()
        for start in range(0, len(ordered), AT_ONCE):
            part = ordered[start : start + AT_ONCE]
            found |= set(self.connection.scalars(sa.select(row.c.id).where(row.c[column].in_(part))))
        return found

    def rows(self, table: str, ids: Collection[int]) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of *table* with these ids, as far as the file has their columns."""
        columns = self.columns(table)
        row = Base.metadata.tables[table]
        for one in in_parts(
            ids, lambda part: self.connection.execute(sa.select(*columns).where(row.c.id.in_(part)))
        ):
            yield dict(zip((column.name for column in columns), one, strict=True))

    def gone(self, table: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield id and values of each row of *table* that is there no more, each time it is told of."""
        row = Base.metadata.tables[table]
        query = (
            sa.select(_CHANGE.c.row_id, _VALUE.c.before, _VALUE.c.after)
            .join(_VALUE, _VALUE.c.change_id == _CHANGE.c.id)
            .where(_CHANGE.c.table_name == table, _CHANGE.c.row_id.not_in(sa.select(row.c.id)))
        )
        for row_id, *sides in self.connection.execute(query):
            for side in sides:
                if side is not None:
                    yield row_id, json.loads(side)

    def history_of(self, table: str, ids: Collection[int]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
        """Yield change id, row id and values, each time the history tells of these rows of *table*."""
        query = sa.select(_CHANGE.c.id, _CHANGE.c.row_id, _VALUE.c.before, _VALUE.c.after).join(
            _VALUE, _VALUE.c.change_id == _CHANGE.c.id
        )
        query = query.where(_CHANGE.c.table_name == table)
        found = in_parts(
            ids, lambda part: self.connection.execute(query.where(_CHANGE.c.row_id.in_(part))).all()
        )
        for change_id, row_id, *sides in found:
            for side in sides:
                if side is not None:
                    yield change_id, row_id, json.loads(side)


def family_of(file: File, household_id: int) -> Ids:
    """Return the ids of the family's household and of all that were made part of it, or it of them."""
    row = Base.metadata.tables["household"]
    links = list(file.connection.execute(sa.select(row.c.id, row.c.merged_into_id)))
    found = {household_id}
    while True:
        joined = {one for part, whole in links if whole is not None for one in (part, whole)
                  if part in found or whole in found}  # fmt: skip
        if joined <= found:
            return found
        found |= joined


def belongings_of(file: File, households: Ids) -> Belongings:
    """Return every row that is the family's, whose households are *households*."""
    found = Belongings()
    found.rows["household"] |= households
    for table, rule in RULES.items():
        if not file.has(table) or not (rule.through or rule.codes) or table == "household":
            continue
        if table == "pickup":
            _find_runs(file, found)
        gone = list(file.gone(table))
        for column, parent in rule.through.items():
            ids = found.all_of(parent)
            if not ids:
                continue
            found.rows[table] |= ids if column == "id" else file.ids_where(table, column, ids)
            found.gone[table] |= {row_id for row_id, values in gone if values.get(column) in ids}
        for column in rule.codes:
            found.rows[table] |= file.ids_where(table, column, codes := _codes(file, found))
            found.gone[table] |= {row_id for row_id, values in gone if values.get(column) in codes}
        if table == "hold":
            _find_sides(file, found, gone)
        if table == "delivery":
            taken = found.all_of("hold:taker")
            found.rows["delivery:taker"] |= file.ids_where("delivery", "hold_id", taken)
            found.gone["delivery:taker"] |= {row_id for row_id, told in gone if told.get("hold_id") in taken}
    found.rows["choice_file"] |= _papers(file, found)
    return found


def _codes(file: File, found: Belongings) -> set[str]:
    """Return the codes of the family and of its lots."""
    codes: set[str] = set()
    for table in ("donor", "recipient", "driver", "lot"):
        codes |= {row["code"] for row in file.rows(table, found.rows[table])}
        codes |= {told["code"] for row_id, told in file.gone(table) if row_id in found.gone[table]}
    return codes


def _find_sides(file: File, found: Belongings, gone: list[tuple[int, Mapping[str, Any]]]) -> None:
    for side, column, parent in (("giver", "lot_id", "lot"), ("taker", "recipient_id", "recipient")):
        ids = found.all_of(parent)
        found.rows[f"hold:{side}"] |= file.ids_where("hold", column, ids)
        found.gone[f"hold:{side}"] |= {row_id for row_id, told in gone if told.get(column) in ids}


def _find_runs(file: File, found: Belongings) -> None:
    """Find the pickups that went to the family, as far as they are there."""
    pickups = Base.metadata.tables["pickup"]
    for table, column, parent in _RUN:
        ids = found.all_of(parent)
        of_it = file.ids_where(table, column, ids)
        told = {row["pickup_id"] for row in file.rows(table, of_it)}
        told |= {told["pickup_id"] for _, told in file.gone(table) if told.get(column) in ids}
        found.rows["pickup:run"] |= told
    there = set(file.connection.scalars(sa.select(pickups.c.id)))
    found.gone["pickup"] |= found.rows["pickup:run"] - there
    found.rows["pickup:run"] &= there


def own_side(found: Belongings, hold_id: int, side: str) -> bool:
    """Say whether *side* of a hold is the family's own."""
    return hold_id in found.all_of("hold:giver" if side == Side.DONOR.value else "hold:taker")


def _papers(file: File, found: Belongings) -> Ids:
    """Return the scanned papers of the family's own choices, also of those taken back; nobody else's."""
    if not file.has("choice"):
        return set()
    own: Ids = set()
    kept: Ids = set()
    for _, _, told in file.history_of("choice", found.all_of("choice")):
        if own_side(found, told["hold_id"], told["side"]):
            own.add(told["file_id"])
    choices = Base.metadata.tables["choice"]
    every = set(file.connection.scalars(sa.select(choices.c.id).where(choices.c.file_id.is_not(None))))
    for row in file.rows("choice", every):
        (own if own_side(found, row["hold_id"], row["side"].value) else kept).add(row["file_id"])
    return own - kept - {None}
