"""Where else the words of a family stand: in notes of others, in what was imported, in the history."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import sqlalchemy as sa

from coordinator.db.base import Base
from coordinator.db.forgetting import Forgotten, erased_values
from coordinator.db.forgetting_rows import Belongings, File
from coordinator.db.relinking import reword
from coordinator.db.row_names import row_name, sqlite_driver
from coordinator.domain.families.forgetting import RULES, Trace, TraceKind
from coordinator.domain.families.traces import FamilyWords, words_of
from coordinator.sayings import stored_saying

MOST: Final = 200
"""More than anybody reads."""

_NOTES: Final = frozenset(
    {
        "notes",
        "note",
        "text",
        "raw",
        "answer",
        "wishes",
        "state_note",
        "driver_note",
        "reason",
        "resumed_why",
        "asked_after",
        "against",
        "why",
        "disclosed",
        "sheet_note",
        "read_before_ringing",
        "meeting_place",
        "value",
    }
)
"""Where a last name alone may mean the family: what was written down by hand, not who somebody is."""

_VALUE: Final = Base.metadata.tables["audit_value"]
_CHANGE: Final = Base.metadata.tables["audit_change"]
_AUDIT: Final = Base.metadata.tables["audit"]


def words_of_family(file: File, found: Belongings) -> FamilyWords:
    """Return the words that tell of a family, those of its history too."""
    contacts: list[Any] = list(file.rows("household", found.rows["household"]))
    contacts += [told for _, _, told in file.history_of("household", found.rows["household"])]
    babies = [row["baby_name"] for row in file.rows("recipient", found.rows["recipient"])]
    babies += [
        str(told.get("baby_name") or "")
        for _, _, told in file.history_of("recipient", found.rows["recipient"])
    ]
    row = Base.metadata.tables["household"]
    every = set(file.connection.scalars(sa.select(row.c.id)))
    others = file.rows("household", every - found.rows["household"])
    return words_of([one for one in contacts if not one.get("forgotten_on")], babies, others)


def traces(file: File, words: FamilyWords, found: Belongings) -> tuple[Trace, ...]:
    """Return where the words of a family stand outside its own rows, what is surely of it first."""
    driver = sqlite_driver(file.connection)
    every = []
    for table, row_id, column, text, is_contact in _texts(file, words, found):
        kind = _kind(words, column, text, is_contact=is_contact)
        if kind is not None:
            name = "" if table.startswith("audit") else row_name(driver, table, row_id)
            every.append(Trace(table, row_id, column, kind, name, words.excerpt(_read(text))))
        if len(every) >= MOST:
            break
    return tuple(sorted(every, key=lambda one: list(TraceKind).index(one.kind)))


def _kind(words: FamilyWords, column: str, text: str, *, is_contact: bool) -> TraceKind | None:
    if words.in_text(text) or (is_contact and words.shared_in_text(text)):
        return TraceKind.SHOWN if is_contact else TraceKind.SURE
    return TraceKind.MAYBE if column in _NOTES and words.maybe_in_text(text) else None


def _read(text: str) -> str:
    """Return what was stored as somebody reads it: a sentence of ours is stored as its parts."""
    return str(stored_saying(text))


def take_out(file: File, words: FamilyWords, found: Belongings, done: Forgotten) -> tuple[int, int]:
    """Take the sure words of a family out of others' texts and of the history.

    Returns of how many places, and how many of them are lines of the history, whose chain is linked anew.
    """
    labels: dict[int, str] = {}
    old: set[int] = set()
    count = 0
    for table, row_id, column, text, is_contact in list(_texts(file, words, found)):
        if is_contact or not words.in_text(text):
            continue
        count += 1
        if table == "audit":
            labels[row_id] = words.taken_out(text)
        elif table == "audit_value":
            old.add(row_id)
        else:
            row = Base.metadata.tables[table]
            new: dict[str, Any] = {column: words.taken_out(text)}
            if "version" in row.c:
                new["version"] = row.c.version + 1
            file.connection.execute(sa.update(row).where(row.c.id == row_id).values(**new))
            if table != "looked_up_place":
                done.touched.append((table, row_id))
                old |= {change_id for change_id, _, _ in file.history_of(table, [row_id])}
    reword(file.connection, labels)
    for change_id in old:
        file.connection.execute(sa.delete(_VALUE).where(_VALUE.c.change_id == change_id))
    return count, len(labels)


def _texts(file: File, words: FamilyWords, found: Belongings) -> Iterator[tuple[str, int, str, str, bool]]:
    """Yield table, id, column and text of what may have one of the words, and whether it is only shown."""
    asked = (*words.forms, *words.shared, *words.maybe)
    if not asked:
        return
    own = {**found.rows, "audit_value": erased_values(file, found)}
    for table, rule in RULES.items():
        if not file.has(table):
            continue
        row = Base.metadata.tables[table]
        key = row.c.change_id if table == "audit_value" else row.c.id if "id" in row.c else None
        names = [*rule.searched, *rule.contact]
        columns = [one for one in file.columns(table, names) if is_text(one)]
        if key is None or not columns:
            continue
        for column in columns:
            said = sa.or_(*(column.icontains(one, autoescape=True) for one in asked))
            for row_id, text in file.connection.execute(sa.select(key, column).where(said).order_by(key)):
                if row_id not in own.get(table, ()):
                    yield table, row_id, column.name, text, column.name in rule.contact


def is_text(column: sa.Column[Any]) -> bool:
    """Say whether *column* holds words that somebody may have typed."""
    return isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)


def codes_of(file: File, households: Collection[int]) -> tuple[str, ...]:
    """Return the codes of the roles of these households, donors first, those in use before others."""
    codes: list[str] = []
    for table in ("donor", "recipient", "driver"):
        row = Base.metadata.tables[table]
        query = sa.select(row.c.code).where(row.c.household_id.in_(households))
        codes += file.connection.scalars(query.order_by(row.c.archived_on.is_not(None), row.c.id))
    return tuple(codes)
