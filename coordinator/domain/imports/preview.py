"""What the wizard shows before an import, and what it tells afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coordinator.domain.facts.wording import quoted
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Field
from coordinator.domain.imports.choices import Decision
from coordinator.domain.imports.columns.column_use import FieldMapping, columns_of
from coordinator.domain.imports.columns.guesses import ListGuess
from coordinator.domain.imports.planning import Counts, RowPlan
from coordinator.domain.imports.sheet import ColumnDates
from coordinator.domain.imports.table import LeftOutRow, Table
from coordinator.domain.reading.dates import DateOrder
from coordinator.sayings import NOTHING, Saying, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

Decisions = Mapping[int, Decision]
"""Row number -> what she decided; of a row not named nothing is merged or replaced, and it is asked."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything that importing a file would do; nothing has been written.

    ``mapping`` is field key -> columns; change it and preview again. ``guess`` tells how sure each column
    is. ``is_mapping_remembered`` says that it is the one used for the last file with the same headers.
    ``unfit`` tells why when nothing can be imported yet (no name column). ``imported_before_on`` is when
    this very file was imported last. ``order`` says how the later of two answers was told
    where their times do not tell.
    """

    table: Table
    kind: Role
    mapping: FieldMapping
    is_mapping_remembered: bool
    dates: tuple[ColumnDates, ...]
    plans: tuple[RowPlan, ...]
    counts: Counts
    imported_before_on: date | None = None
    unfit: Saying = NOTHING
    order: Saying = NOTHING
    guess: ListGuess | None = None

    @property
    def problem(self) -> str:
        """Why nothing can be imported yet, in words; empty when it can."""
        return str(self.unfit)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields this kind of list has, for the mapping's choices."""
        return FIELDS[self.kind]

    @property
    def unused_headers(self) -> tuple[str, ...]:
        """Headers no field is read from, where any cell has words; those are kept in the journal."""
        used = columns_of(self.mapping)
        return tuple(
            header
            for index, header in enumerate(self.table.headers)
            if index not in used and any(cell.text.strip() for cell in self.table.column(index))
        )

    def date_notes(self) -> Iterator[Saying]:
        """Yield a sentence per way of reading dates, the columns named: proven, assumed, mixed."""
        by_note: dict[Saying, list[str]] = {}
        for column in self.dates:
            by_note.setdefault(_date_note(column), []).append(column.header)
        for note, headers in by_note.items():
            yield saying("{note}: {columns}", note=note, columns=quoted(headers))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``codes`` are the families that came in or changed, in the order of the file.

    ``questions`` counts those put on call lists; ``audit_id`` is the action to undo it all. ``nobody`` are
    the rows of the file that are no people, ``notices`` what else is to be known of it.
    """

    kind: Role
    counts: Counts
    codes: tuple[str, ...]
    questions: int
    audit_id: int
    nobody: tuple[LeftOutRow, ...] = ()
    notices: tuple[Saying, ...] = ()


def _date_note(column: ColumnDates) -> Saying:
    order = saying("month/day") if column.order is DateOrder.MONTH_FIRST else saying("day/month")
    if column.is_mixed:
        return saying("Dates in both orders; unclear ones read as {order} and asked about", order=order)
    if column.is_proven:
        return saying("Dates read as {order}", order=order)
    return saying("Dates taken as {order}; none proves it", order=order)
