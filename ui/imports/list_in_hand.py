"""A list on its way in, and what she has said about it: nothing of that is lost by going back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from coordinator.services.imports.importing import preview_table
from ui.imports.column_choices import ColumnChoices
from ui.translation import translate
from ui.widgets.label import one_line

if TYPE_CHECKING:
    from coordinator.bootstrap import Database
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.choices import Decision
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
    _read: Table | None = None  # the rows that the preview is of
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
        return shown.kind is not self.kind or self._read is not self.table or shown.mapping != choices.mapping

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
        self.preview, self._read = preview, self.table
        before = self.choices
        choices = before.read_as(preview.mapping) if before else ColumnChoices.of(preview)
        self.kind = preview.kind
        self.choose_columns(choices)
        return choices


class ListQueue:
    """The lists she has chosen, one after the other; what was said of one stays when she comes back to it."""

    def __init__(self) -> None:
        self.waiting: list[ListInHand] = []
        self.count = 0
        self._known: dict[int, ListInHand] = {}

    @property
    def hand(self) -> ListInHand:
        """The list whose turn it is."""
        return self.waiting[0]

    @property
    def name(self) -> str:
        """What the list at hand is called, and where it stands among several."""
        name = one_line(self.hand.table.title)
        if self.count < 2:
            return name
        said = translate("Imports", "{name} ({at} of {count})")
        return said.format(name=name, at=self.count - len(self.waiting) + 1, count=self.count)

    def take_up(self, found: Sequence[FoundList]) -> None:
        """Let these lists come in, in this order."""
        for one in found:
            self._known.setdefault(id(one), ListInHand.of(one))
        self.waiting = [self._known[id(one)] for one in found]
        self.count = len(self.waiting)

    def drop(self) -> ListInHand:
        """Be done with the list at hand, and return it."""
        return self.waiting.pop(0)


def still_decided(
    before: ImportPreview, now: ImportPreview, decided: Mapping[int, Decision]
) -> dict[int, Decision]:
    """Return what she decided about rows that ask the same as before."""
    were = {plan.number: (plan.look_alikes, plan.choices) for plan in before.plans}
    same = {plan.number for plan in now.plans if were.get(plan.number) == (plan.look_alikes, plan.choices)}
    return {row: one for row, one in decided.items() if row in same}


def _preview(
    database: Database, table: Table, today: date, kind: Role | None, choices: ColumnChoices | None
) -> ImportPreview:
    mapping = choices.completed(table, kind) if choices is not None and kind is not None else None
    return preview_table(database, table, today, kind=kind, mapping=mapping)
