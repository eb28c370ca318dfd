"""Columns told by their headings, as on a command line: which are meant, and which to name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import FieldMapping, columns_of
from coordinator.domain.imports.columns.heading import read_heading, words_of
from coordinator.domain.imports.columns.shapes import Shape, look_at
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from coordinator.domain.imports.table import Table

_NONE = "-"


@dataclass(frozen=True, slots=True)
class Told:
    """A column told by its heading; ``topic`` is empty for one that no field is read from."""

    heading: str
    topic: str

    def columns(self, table: Table) -> list[int]:
        """Return the columns of *table* that are called so, word by word or but for capitals and marks."""
        headings = list(enumerate(table.headers))
        same = [at for at, heading in headings if heading.strip() == self.heading]
        alike = [at for at, heading in headings if words_of(heading) == words_of(self.heading)]
        asked = read_heading(self.heading).words
        return same or alike or [at for at, one in headings if asked and read_heading(one).words == asked]


def told(text: str) -> Told:
    """Return what ``Heading=field`` tells; ``Heading=-`` is read from no more.

    Raises:
        UserError: If there is no such field, or no equals sign.
    """
    heading, _, topic = text.rpartition("=")
    known = {field.topic for fields in FIELDS.values() for field in fields}
    if not heading.strip() or topic.strip() not in {*known, _NONE}:
        raise UserError(
            saying(
                "“{text}” is no column and field, such as “Parent=name” or “Pounds=-”. Fields: {fields}.",
                text=text,
                fields=", ".join(sorted(known)),
            )
        )
    return Told(heading.strip(), "" if topic.strip() == _NONE else topic.strip())


def changes_of(table: Table, kind: Role | None, tellings: Iterable[Told]) -> Mapping[int, str]:
    """Return what *tellings* say of the columns of *table*: column -> field, empty for none.

    Raises:
        UserError: If a field is none of what a *kind* list is asked.
    """
    found: dict[int, str] = {}
    for one in tellings:
        columns = one.columns(table)
        if columns and kind and one.topic and one.topic not in {field.topic for field in FIELDS[kind]}:
            raise UserError(saying("A list of this kind has no field “{field}”.", field=one.topic))
        found |= dict.fromkeys(columns, one.topic)
    return found


def name_column(table: Table, mapping: FieldMapping) -> str:
    """Return the heading of the column that most likely holds the names, of those not read yet."""
    used = columns_of(mapping)
    looks = {at: look_at(table.column(at)) for at in range(len(table.headers)) if at not in used}
    named = [at for at in looks if table.headers[at].strip()]
    best = max(
        named, key=lambda at: (looks[at].share(Shape.PERSON), looks[at].share(Shape.WORDS)), default=None
    )
    return "" if best is None else " ".join(table.headers[best].split())
