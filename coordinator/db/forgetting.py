"""Forgetting a family in one network or backup: by plain statements, so that nothing of it is written anew.

No object is changed: what the session would note as the values before is just what has to go. The history
keeps who was touched and when, and its chain stays whole; the values are erased.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from coordinator.db.base import Base
from coordinator.db.book_reading import in_parts
from coordinator.db.engine import connect_sqlite
from coordinator.db.errors import told_in_sentences
from coordinator.db.forgetting_rows import Belongings, File, Ids, belongings_of, own_side
from coordinator.domain.families.forgetting import RULES, Column, Row
from coordinator.domain.places.lookups import normalised
from coordinator.domain.records.keys import Key
from coordinator.domain.volume import Volume
from coordinator.sayings import coded, saying

Values: TypeAlias = Mapping[str, Any]
Stock: TypeAlias = tuple[Volume | None, date | None]

_VALUE: Final = Base.metadata.tables["audit_value"]
_CHANGE: Final = Base.metadata.tables["audit_change"]
_PLACE: Final = Base.metadata.tables["looked_up_place"]
_ROLES: Final = frozenset({"donor", "recipient", "driver"})
_WORDLESS: Final = coded("forgotten.no_fit", "It was no fit; why was forgotten with the family.")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be forgotten: ``names`` by household id, the milk at home by recipient id, and the day."""

    households: frozenset[int]
    names: Mapping[int, str]
    stocks: Mapping[int, Stock]
    on: date


@dataclass(slots=True)
class Forgotten:
    """What was forgotten: how many rows of each table, which rows were touched, and old values erased."""

    counts: Counter[str] = field(default_factory=Counter)
    touched: list[tuple[str, int]] = field(default_factory=list)
    values: int = 0


def forget_in(file: File, order: Order) -> Forgotten:
    """Forget the family of *order* in the transaction of *file*."""
    found = belongings_of(file, set(order.households))
    done = Forgotten()
    places = _places(file, found)
    erased = erased_values(file, found)
    for table, rule in RULES.items():
        if file.has(table) and rule.row is Row.STAYS and found.rows[table]:
            _empty(file, table, found, order, done)
    for table in reversed(Base.metadata.sorted_tables):
        if file.has(table.name) and RULES[table.name].row is Row.GOES:
            _delete(file, table, found.rows[table.name], done)
    done.counts["looked_up_place"] = _delete_ids(file, _PLACE, _PLACE.c.id, places)
    erased |= _last_values(file, done.touched)
    done.values = _delete_ids(file, _VALUE, _VALUE.c.change_id, erased)
    return done


def counted_in(file: File, order: Order) -> tuple[Belongings, Counter[str]]:
    """Return the family's rows, and how many of each table would go or be emptied; nothing is changed."""
    found = belongings_of(file, set(order.households))
    counts: Counter[str] = Counter()
    for table, rule in RULES.items():
        if file.has(table) and rule.row is Row.GOES:
            counts[table] = len(found.rows[table])
        elif file.has(table) and rule.row is Row.STAYS:
            counts[table] = sum(1 for _ in _emptied_rows(file, table, found, order))
    counts["looked_up_place"] = len(_places(file, found))
    return found, +counts


def _empty(file: File, table: str, found: Belongings, order: Order, done: Forgotten) -> None:
    """Empty what tells of a person in the rows that stay, as far as anything is there."""
    row = Base.metadata.tables[table]
    for known, new in list(_emptied_rows(file, table, found, order)):
        values = {**new, "version": known["version"] + 1}
        file.connection.execute(sa.update(row).where(row.c.id == known["id"]).values(**values))
        done.counts[table] += 1
        done.touched.append((table, known["id"]))


def _emptied_rows(file: File, table: str, found: Belongings, order: Order) -> Iterator[tuple[Values, Values]]:
    """Yield each row that changes, as it is and what becomes of its columns."""
    there = {column.name for column in file.columns(table)}
    for known in file.rows(table, found.rows[table]):
        new = _emptied(table, known, found, order)
        if table == "household":
            new["forgotten_on"] = order.on
        if table in _ROLES and known["archived_on"] is None:
            new["archived_on"] = order.on
        new = {key: value for key, value in new.items() if key in there and known[key] != value}
        if new:
            yield known, new


def _emptied(table: str, known: Values, found: Belongings, order: Order) -> dict[str, Any]:
    columns = Base.metadata.tables[table].columns
    rules = RULES[table].columns
    new: dict[str, Any] = {}
    for name, rule in rules.items():
        if name not in known:
            continue
        match rule:
            case Column.EMPTIED:
                new[name] = blank(columns[name])
            case Column.NAMED:
                new[name] = _name(table, known["id"], order)
            case Column.OF_TAKER if known["id"] in found.rows[f"{table}:taker"]:
                new[name] = blank(columns[name])
            case Column.OF_SIDE if own_side(found, known["hold_id"], known["side"].value):
                new[name] = blank(columns[name])
            case Column.UNLISTED:
                new[name] = "[]"
            case Column.WORDLESS if known[name]:
                new[name] = _WORDLESS.stored()
            case _:
                pass
    if table == "recipient" and known["id"] in order.stocks:
        new["stock"], new["stock_on"] = order.stocks[known["id"]]
    return new


def _name(table: str, row_id: int, order: Order) -> str:
    if table == "household":
        return order.names[row_id]
    return str(row_id) if table == "cooler" else saying("forgotten").in_english


def blank(column: sa.Column[Any]) -> object:
    """Return what stands in *column* where nobody has told anything."""
    if column.nullable:
        return None
    return False if isinstance(column.type, sa.Boolean) else ""


def _is_blank(table: str, name: str, value: object) -> bool:
    return value in (None, "", False, "[]") or name not in Base.metadata.tables[table].columns


def erased_values(file: File, found: Belongings) -> Ids:
    """Return the changes of the history whose old values tell of the family, by number."""
    erased: Ids = set()
    for table, rule in RULES.items():
        if not file.has(table) or rule.row is Row.OF_NO_FAMILY or rule.keeps_all:
            continue
        told = {name for name, one in rule.columns.items() if one is not Column.KEPT}
        for change_id, _, values in file.history_of(table, found.all_of(table)):
            if rule.row is Row.GOES or not all(
                _is_blank(table, name, values.get(name)) for name in told & values.keys()
            ):
                erased.add(change_id)
    return erased | _of_mergers(file, found)


def _of_mergers(file: File, found: Belongings) -> Ids:
    """Return every change of the actions that made the family one with another, or took it apart again.

    Texts of both were joined there, so that the other one's old values tell of this one.
    """
    merges = sa.select(_CHANGE.c.audit_id).where(_CHANGE.c.table_name == "merge")
    actions = set(
        in_parts(
            found.all_of("merge"),
            lambda part: file.connection.scalars(merges.where(_CHANGE.c.row_id.in_(part))),
        )
    )
    changes = sa.select(_CHANGE.c.id)
    return set(
        in_parts(actions, lambda part: file.connection.scalars(changes.where(_CHANGE.c.audit_id.in_(part))))
    )


def _last_values(file: File, touched: Iterable[tuple[str, int]]) -> Ids:
    """Return every change of rows that are other than the history says now."""
    by_table: dict[str, Ids] = {}
    for table, row_id in touched:
        by_table.setdefault(table, set()).add(row_id)
    found: Ids = set()
    for table, ids in by_table.items():
        found |= {change_id for change_id, _, _ in file.history_of(table, ids)}
    return found


def _delete(file: File, table: sa.Table, ids: Collection[int], done: Forgotten) -> None:
    count = _delete_ids(file, table, table.c.id, ids)
    if count:
        done.counts[table.name] += count
        if table.name != "choice_file":  # the history never held it
            done.touched += [(table.name, row_id) for row_id in sorted(ids)]


def _delete_ids(file: File, table: sa.Table, column: sa.Column[Any], ids: Collection[int]) -> int:
    def delete(part: list[int]) -> Iterable[int]:
        yield file.connection.execute(sa.delete(table).where(column.in_(part))).rowcount

    return sum(in_parts(ids, delete))


def _places(file: File, found: Belongings) -> Ids:
    """Return the answers of servers about the family's addresses, or about where it is on the map."""
    if not file.has("looked_up_place"):
        return set()
    homes: list[Values] = [values for _, _, values in file.history_of("household", found.rows["household"])]
    homes += file.rows("household", found.rows["household"])
    streets = {normalised(home["street"]) for home in homes if home.get("street")}
    spots = {(home.get("latitude_deg"), home.get("longitude_deg")) for home in homes} - {(None, None)}
    rows = file.connection.execute(
        sa.select(_PLACE.c.id, _PLACE.c.query, _PLACE.c.latitude_deg, _PLACE.c.longitude_deg)
    )
    return {
        row_id
        for row_id, query, *spot in rows
        if tuple(spot) in spots or any(street in query for street in streets)
    }


def sweep_file(path: Path, key: Key | None, busy_ms: int = 5000) -> bool:
    """Write the file at *path* anew, so that nothing deleted is left in it, and empty its log.

    Returns whether that could be done to the end: another program that reads keeps the log.

    Raises:
        UserError: If it cannot be written.
    """
    with told_in_sentences(), closing(connect_sqlite(path, key, busy_ms=busy_ms)) as connection:
        connection.execute("pragma secure_delete=ON")
        connection.execute("pragma wal_checkpoint(TRUNCATE)")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("pragma wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
