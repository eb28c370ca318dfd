"""What is guessed of a list: whose it is, and what each column is, each with how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping
from coordinator.domain.imports.table import LeftOutRow, SourceRow, Table
from coordinator.sayings import saying

_LISTS = {
    Role.DONOR: saying("donors"),
    Role.RECIPIENT: saying("recipients"),
    Role.DRIVER: saying("drivers"),
}


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
    score: float = 0.0

    @property
    def is_told(self) -> bool:
        """Whether she chose it for this heading in an earlier list; no guess is as sure."""
        return self.score > 1

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
    roles = [role for role in Role if role in guess.roles.values()]
    return tuple((role, _only(table, guess, role)) for role in roles)


def rows_of(table: Table, guess: ListGuess) -> Table:
    """Return *table* with the rows of ``guess.kind``; those of other roles stand among those left out."""
    part = _only(table, guess, guess.kind)
    others = tuple(
        LeftOutRow(row.number, row.cells, saying("it is not one of the {list}", list=_LISTS[guess.kind]))
        for row in table.rows
        if guess.kind and _role(row, guess) is not guess.kind
    )
    return replace(part, left_out=(*table.left_out, *others)) if others else table


def _only(table: Table, guess: ListGuess, role: Role | None) -> Table:
    if not guess.roles:
        return table
    return replace(table, rows=tuple(row for row in table.rows if _role(row, guess) is role))


def _role(row: SourceRow, guess: ListGuess) -> Role | None:
    """Return whose a row is; one that does not say comes in with the most."""
    usual = Counter(guess.roles.values()).most_common(1)
    return guess.roles.get(row.number, usual[0][0] if usual else guess.kind)
