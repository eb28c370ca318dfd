"""What the network holds about one family: gathered table by table, so that nothing is passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from coordinator.db.audit import AuditChangeRow, AuditRow
from coordinator.db.base import Base
from coordinator.db.book_reading import in_parts
from coordinator.db.database import Database
from coordinator.db.facts import question_said
from coordinator.db.family_traces import codes_of
from coordinator.db.forgetting_rows import Belongings, File, belongings_of, family_of, own_side
from coordinator.db.households import HouseholdRow
from coordinator.db.roles import role_by_code
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import COLUMN_OF, HOUSEHOLD_FIELDS, ROLE_FIELDS
from coordinator.domain.families.forgetting import RULES, Column
from coordinator.domain.families.households import Role
from coordinator.domain.families.traces import FamilyWords, words_of
from coordinator.domain.records.held import (
    IS_THERE,
    LABELS,
    TITLES,
    WITHHELD,
    Held,
    HeldLine,
    HeldRecord,
    HeldSection,
    shown_columns,
)
from coordinator.domain.records.old_labels import read_label
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying

_PHONES = ("phone", "other_phone")
_ROLES = frozenset(role.value for role in Role)


def holds_about(database: Database, code: str, today: date) -> Held:
    """Return all that is held about the family behind *code*, of any role; nobody else's name is in it.

    Raises:
        NotFoundError: If there is no such family.
    """
    with database.reading() as session:
        home = session.get_one(HouseholdRow, role_by_code(session, code).household_id)
        while home.merged_into_id is not None:
            home = session.get_one(HouseholdRow, home.merged_into_id)
        name = home.name
        gathered = _Gathered(File(session.connection()), home.id)
        sections = [section for section in gathered.sections() if section.records]
        codes = codes_of(gathered.file, gathered.households)
    return Held(codes, name, today, tuple(sections), _closing(database))


def _closing(database: Database) -> tuple[Saying, ...]:
    locked = (
        saying("The file is locked with a passphrase.")
        if database.key is not None
        else saying("The file is not locked with a passphrase.")
    )
    return (
        saying(
            "All of this is kept in one file on the coordinator’s computer, and in the backups of that file. "
            "It is not on the internet, and no company has it."
        ),
        locked if database.is_sqlite else saying("The network is kept on a server."),
        saying("Other families are named by their code only. Scanned papers are handed over on request."),
        saying(
            "You may ask for anything here to be put right, or to be forgotten: your name, contact, answers, "
            "notes and papers are then erased for good. Lots, days and amounts stay under codes, so that "
            "milk can still be recalled."
        ),
    )


class _Gathered:
    """The rows of one family, and what is said of them."""

    def __init__(self, file: File, household_id: int) -> None:
        self.file = file
        self.households = family_of(file, household_id)
        self.found = belongings_of(file, self.households)
        self._others = _words_of_others(file, self.households)

    def sections(self) -> Iterator[HeldSection]:
        """Yield the parts of the document, empty ones too."""
        for tables, title in TITLES.items():
            records = [one for table in tables.split(",") for one in self._records(table)]
            yield HeldSection(title, tuple(records))
        yield HeldSection(saying("What was done, and when"), tuple(self._history()))

    def _records(self, table: str) -> Iterator[HeldRecord]:
        columns = tuple(column.name for column in self.file.columns(table))
        for row in self.file.rows(table, self.found.rows[table]):
            if table in {"choice", "hold_contact"} and not _is_own(self.found, row):
                continue
            names = shown_columns(table, columns)
            lines = [line for name in names if (line := self._line(table, name, row)) is not None]
            if lines:
                yield HeldRecord(table, tuple(lines))

    def _line(self, table: str, name: str, row: Mapping[str, Any]) -> HeldLine | None:
        value = row[name]
        if value is None or value == "" or value is False or value == "[]":
            return None
        rule = RULES[table].columns.get(name)
        if rule is Column.OF_TAKER and row["id"] not in self.found.rows["delivery:taker"]:
            return None
        pointed = _points_to(table, name)
        if pointed and value in self.found.rows[pointed] and pointed in _ROLES:
            return None  # it is all theirs
        label = _label(table, name)
        if name in WITHHELD.get(table, ()):
            return HeldLine(name, label, IS_THERE)
        if name == "cells":
            return HeldLine(name, label, self._cells(row))
        return HeldLine(name, label, self._said(table, name, value))

    def _said(self, table: str, name: str, value: Any) -> Saying | str:  # noqa: ANN401 - a value of any column
        pointed = _points_to(table, name)
        if pointed:
            return self._code_of(pointed, value)
        if isinstance(value, str):
            text = national_phone(value) if name in _PHONES else value
            said = str(question_said(text)) if text.startswith("[") else text
            return self._others.taken_out(said)
        return _shown(value)

    def _code_of(self, table: str, row_id: int) -> str:
        """Return the code of what a row points to, or of the first of its own that has one."""
        row = next(iter(self.file.rows(table, [row_id])), {})
        if "code" in row:
            return str(row["code"])
        for name in row:
            pointed = _points_to(table, name)
            if pointed and row[name] is not None and pointed != "household":
                return self._code_of(pointed, row[name])
        return str(row_id)

    def _cells(self, row: Mapping[str, Any]) -> str:
        """Return a row of a list as it was sent, each cell under its heading."""
        journal = next(iter(self.file.rows("import_journal", [row["import_id"]])))
        cells = json.loads(row["cells"]).get("cells", [])
        headings = json.loads(journal["headers"])
        told = [f"{head}: {cell}" for head, cell in zip_longest(headings, cells, fillvalue="") if cell]
        return self._others.taken_out("; ".join(told))

    def _history(self) -> Iterator[HeldRecord]:
        """Yield what was done to the family's own rows; what the history calls it has codes only."""
        change, action = AuditChangeRow, AuditRow
        ids: set[int] = set()
        for table in ("household", "donor", "recipient", "driver", "fact", "question", "lot", "hold"):
            rows = self.found.all_of(table)
            query = sa.select(change.audit_id).where(change.table == table)
            ids |= set(
                in_parts(
                    rows,
                    lambda part, query=query: self.file.connection.scalars(  # type: ignore[misc]
                        query.where(change.row_id.in_(part))
                    ),
                )
            )
        lines = sa.select(action.at, action.label).order_by(action.id)
        told = in_parts(
            ids, lambda part: self.file.connection.execute(lines.where(action.id.in_(part))).all()
        )
        for at, label in told:
            said = self._others.taken_out(str(read_label(label)))
            yield HeldRecord("audit", (HeldLine("at", LABELS["at"], _shown(at)), HeldLine("label", "", said)))


def _is_own(found: Belongings, row: Mapping[str, Any]) -> bool:
    return own_side(found, row["hold_id"], row["side"].value)


def _words_of_others(file: File, households: set[int]) -> FamilyWords:
    """Return the words that mean other families and not this one."""
    row = Base.metadata.tables["household"]
    every = set(file.connection.scalars(sa.select(row.c.id)))
    return words_of(file.rows("household", every - households), (), file.rows("household", households))


@cache
def _points_to(table: str, name: str) -> str:
    """Return the table that a column points to, "" for none."""
    keys = Base.metadata.tables[table].columns[name].foreign_keys
    return next((key.column.table.name for key in keys), "")


@cache
def _label(table: str, name: str) -> Saying | str:
    """Return what a column is called: by the table of fields, else by the words of this document."""
    kinds = {role.value: ROLE_FIELDS[role] for role in Role} | {"household": HOUSEHOLD_FIELDS}
    for key, one in kinds.get(table, {}).items():
        if COLUMN_OF.get(key, key) == name:
            return one.label
    return LABELS[name]


def _shown(value: Any) -> Saying | str:  # noqa: ANN401 - a value of any column
    if isinstance(value, bool):
        return saying("yes") if value else saying("no")
    if isinstance(value, Volume):
        ounces = f"{value.oz:.1f}".removesuffix(".0")
        return saying("{amount} oz", amount=ounces)
    if isinstance(value, Enum):
        words = getattr(value, "words", None)
        return words if isinstance(words, Saying) else str(value.value)
    return _shown_time(value) if isinstance(value, date | time) else _shown_number(value)


def _shown_time(value: date | time) -> Saying | str:
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    return saying("{on}", on=value) if isinstance(value, date) else f"{value:%H:%M}"


def _shown_number(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
