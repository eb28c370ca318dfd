"""What is guessed of a list: whose it is, and what each column is, each with how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping

if TYPE_CHECKING:
    from coordinator.domain.imports.table import Table


class Sureness(StrEnum):
    """Whether a guess may be taken as it is, wants to be confirmed, or is none."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column is; ``topic`` is empty for one that no field is read from."""

    index: int
    use: ColumnUse
    topic: str = ""
    sureness: Sureness = Sureness.NONE

    @property
    def topics(self) -> tuple[str, ...]:
        """Every field its cells answer, the one it is mostly about first."""
        return (self.topic, *self.use.shared) if self.topic else ()


@dataclass(frozen=True, slots=True)
class ListGuess:
    """What one sheet is. ``kind`` is ``None`` for one that is none of the three lists, or not told.

    ``roles`` is row number -> role, of a form that donors and families fill in alike; else it is empty.
    """

    kind: Role | None
    columns: tuple[ColumnGuess, ...]
    sureness: Sureness = Sureness.NONE
    roles: Mapping[int, Role] = field(default_factory=dict)

    @property
    def mapping(self) -> FieldMapping:
        """The columns of each field, in their order, but details behind what they belong to."""
        found: dict[str, list[ColumnUse]] = {}
        for guess in self.columns:
            for topic in guess.topics:
                found.setdefault(topic, []).append(guess.use)
        return {key: tuple(sorted(uses, key=lambda use: use.is_detail)) for key, uses in found.items()}


def parts_of(table: Table, guess: ListGuess) -> tuple[tuple[Role | None, Table], ...]:
    """Return a table per role of its rows: a form for donors and families alike is two lists."""
    if not guess.roles:
        return ((guess.kind, table),)
    roles = list(dict.fromkeys(guess.roles.values()))
    return tuple(
        (role, replace(table, rows=tuple(row for row in table.rows if guess.roles.get(row.number) is role)))
        for role in roles
    )
