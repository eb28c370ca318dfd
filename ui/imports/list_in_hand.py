"""A list on its way in, and what she has said about it: nothing of that is lost by going back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from coordinator.services.imports.importing import preview_table
from ui.imports.column_choices import ColumnChoices

if TYPE_CHECKING:
    from coordinator.bootstrap import Database
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.preview import ImportPreview
    from coordinator.domain.imports.table import Table
    from coordinator.services.imports.found_lists import FoundList


@dataclass(eq=False)
class ListInHand:
    """One list of a file; ``kind`` and ``table`` are as she has changed them since it was found."""

    found: FoundList
    kind: Role | None
    table: Table
    is_kind_sure: bool
    preview: ImportPreview | None = None
    _choices: dict[Role, ColumnChoices] = field(default_factory=dict)

    @classmethod
    def of(cls, found: FoundList) -> ListInHand:
        """Return a list as it was found."""
        return cls(found, found.kind, found.table, found.is_sure)

    @property
    def choices(self) -> ColumnChoices | None:
        """How its columns are to be read, as the list of that kind."""
        return self._choices.get(self.kind) if self.kind else None

    @property
    def is_stale(self) -> bool:
        """Whether the preview shows another kind, other columns or other rows than are chosen now."""
        shown, choices = self.preview, self.choices
        if shown is None or choices is None:
            return True
        return (
            shown.kind is not self.kind or shown.table is not self.table or shown.mapping != choices.mapping
        )

    def choose_kind(self, kind: Role) -> None:
        """Take it for a list of that kind."""
        self.kind, self.is_kind_sure = kind, True

    def choose_columns(self, choices: ColumnChoices) -> None:
        """Read its columns as *choices* say."""
        if self.kind is not None:
            self._choices[self.kind] = choices

    def let_in(self, numbers: Collection[int]) -> None:
        """Let rows that wait come in."""
        self.table = self.table.letting_in(numbers)

    def reading(self, database: Database, today: date) -> Callable[[], ImportPreview]:
        """Return the work that reads it as she has chosen; it holds nothing that changes meanwhile."""
        return partial(_preview, database, self.table, today, self.kind, self.choices)

    def show(self, preview: ImportPreview) -> ColumnChoices:
        """Keep what was read, and return its columns as they are chosen now."""
        self.preview = preview
        choices = (self.choices or ColumnChoices.of(preview)).read_as(preview.mapping)
        self.kind = preview.kind
        self.choose_columns(choices)
        return choices


def _preview(
    database: Database, table: Table, today: date, kind: Role | None, choices: ColumnChoices | None
) -> ImportPreview:
    mapping = choices.completed(table, kind) if choices is not None and kind is not None else None
    return preview_table(database, table, today, kind=kind, mapping=mapping)
