"""Whose list a sheet is, and what its columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, GivenMapping
from coordinator.domain.imports.columns.guesses import ColumnGuess, ListGuess, Sureness
from coordinator.domain.imports.fields import guess_kind, guess_mapping

if TYPE_CHECKING:
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.table import Table


def guess_list(table: Table, kind: Role | None = None) -> ListGuess:
    """Return what *table* is and what its columns are; *kind* when it is known whose list it is."""
    kind = kind or guess_kind(table.headers)
    found = {index: key for key, index in guess_mapping(table.headers, kind).items()} if kind else {}
    columns = tuple(
        ColumnGuess(index, ColumnUse(index), found[index], Sureness.SURE)
        if index in found
        else ColumnGuess(index, ColumnUse(index))
        for index in range(len(table.headers))
    )
    return ListGuess(kind, columns, Sureness.SURE if kind else Sureness.NONE)


def completed(table: Table, kind: Role, given: GivenMapping) -> FieldMapping:
    """Return *given* with each bare column read as its heading says."""
    return {
        key: (use_of(table, kind, key, chosen),) if isinstance(chosen, int) else tuple(chosen)
        for key, chosen in given.items()
    }


def use_of(table: Table, kind: Role, topic: str, index: int) -> ColumnUse:
    """Return how column *index* is read as *topic*."""
    guess = guess_list(table, kind).columns[index]
    return guess.use if topic in guess.topics else ColumnUse(index)
