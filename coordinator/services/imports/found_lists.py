"""The lists in a file: one per sheet, and two where one form asks donors and families alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from coordinator.adapters.spreadsheets.spreadsheet_files import read_tables
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guesses import ListGuess, Sureness, parts_of
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.table import Table


@dataclass(frozen=True, slots=True)
class FoundList:
    """One list of a file. ``kind`` is ``None`` where nothing says whose it is.

    ``is_part`` says that the other rows of its sheet are another list.
    """

    table: Table
    kind: Role | None
    is_sure: bool
    is_part: bool = False

    @property
    def is_none(self) -> bool:
        """Whether it seems to be no list of people: one of several sheets, and nothing speaks for it."""
        return self.kind is None and not self.is_part and self.table.of_sheets > 1


def lists_in(path: Path) -> tuple[FoundList, ...]:
    """Return what is in a file, sheet by sheet; nothing is written.

    Raises:
        UnreadableFileError: If the file is no spreadsheet, or a hostile one.
    """
    return tuple(found for table in read_tables(path) for found in lists_of(table))


def lists_of(table: Table) -> tuple[FoundList, ...]:
    """Return what is in one sheet; rows of a form for both that told neither stand in a list of their own."""
    guess = guess_list(table)
    if not guess.roles:
        return (FoundList(table, guess.kind, guess.sureness is Sureness.SURE),)
    parts: list[tuple[Role | None, Table]] = [*parts_of(table, guess), (None, _of_neither(table, guess))]
    some = [(kind, part) for kind, part in parts if part.rows]
    # What is to be known of the sheet is said once, not with each of its parts.
    once = [some[0], *((kind, replace(part, left_out=(), notices=())) for kind, part in some[1:])]
    return tuple(FoundList(part, kind, is_sure=True, is_part=True) for kind, part in once)


def _of_neither(table: Table, guess: ListGuess) -> Table:
    return replace(table, rows=tuple(row for row in table.rows if row.number not in guess.roles))
