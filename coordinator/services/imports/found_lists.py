"""The lists in a file: one per sheet, and two where one form asks donors and families alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coordinator.adapters.spreadsheets.spreadsheet_files import read_tables
from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guesses import ListGuess, Sureness, parts_of
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.table import Table
from coordinator.services.imports.remembered import remembered_choices


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
        return self.kind is None and self.table.of_sheets > 1


def found_lists(database: Database, path: Path, today: date) -> tuple[FoundList, ...]:
    """Return what is in a file, sheet by sheet, as read on the day *today*; nothing is written.

    Raises:
        UnreadableFileError: If the file is no spreadsheet, or a hostile one.
    """
    tables = read_tables(path)
    with database.reading() as session:
        known = remembered_choices(session)
    guesses = ((table, guess_list(table, None, known, today)) for table in tables)
    return tuple(found for table, guess in guesses for found in _lists_of(table, guess))


def _lists_of(table: Table, guess: ListGuess) -> tuple[FoundList, ...]:
    if not guess.roles:
        return (FoundList(table, guess.kind, guess.sureness is Sureness.SURE),)
    parts = [(kind, part) for kind, part in parts_of(table, guess) if part.rows]
    # What is to be known of the sheet is said once, not with each of its parts.
    once = [parts[0], *((kind, replace(part, left_out=(), notices=())) for kind, part in parts[1:])]
    return tuple(FoundList(part, kind, is_sure=True, is_part=True) for kind, part in once)
