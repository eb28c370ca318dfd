"""What each column of a list is to be read as, while she looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, columns_of
from coordinator.domain.imports.columns.guesses import Sureness
from coordinator.domain.imports.columns.guessing import completed, none_of_ours

if TYPE_CHECKING:
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.preview import ImportPreview
    from coordinator.domain.imports.table import Table


class Standing(Enum):
    """Who says what a column is, and how surely."""

    SURE = auto()
    LIKELY = auto()  # waits for her word
    CONFIRMED = auto()
    CHOSEN = auto()
    REMEMBERED = auto()  # as she chose for the last list with this heading
    UNREAD = auto()
    OTHERS = auto()  # asks what is none of ours: a consent, a score, the baby's doctor
    EMPTY = auto()


@dataclass(frozen=True)
class ColumnChoices:
    """The columns of a list as they are to be read: each word of hers makes another one of these.

    ``clash`` is a column of her choosing whose field another column has already: she is asked which.
    """

    mapping: Mapping[str, tuple[ColumnUse, ...]]
    standings: tuple[Standing, ...]
    clash: int | None = None
    _bare: frozenset[int] = field(default_factory=frozenset)  # read as their heading says, once that is asked

    @classmethod
    def of(cls, preview: ImportPreview) -> ColumnChoices:
        """Return the choices before she has said anything."""
        found, others = columns_of(preview.mapping), none_of_ours(preview.table)
        standings = [_standing(preview, index, index in found) for index in range(len(preview.table.headers))]
        for index in others:
            if standings[index] is Standing.UNREAD:
                standings[index] = Standing.OTHERS
        # Of a column without a word nothing is to be asked, and nothing guessed is to be remembered.
        empty = {index for index, one in enumerate(standings) if one is Standing.EMPTY}
        return cls(_without(preview.mapping, empty), tuple(standings))

    @property
    def waiting(self) -> tuple[int, ...]:
        """The columns that are likely what they seem to be, and wait for her word."""
        return tuple(index for index, one in enumerate(self.standings) if one is Standing.LIKELY)

    @property
    def is_settled(self) -> bool:
        """Whether nothing about the columns is to be asked any more."""
        return self.clash is None and not self.waiting

    def topic(self, index: int) -> str | None:
        """Return the field a column is read as, the one it is mostly about."""
        return columns_of(self.mapping).get(index)

    def use(self, index: int) -> ColumnUse | None:
        """Return how a column is read; ``None`` for one that is not."""
        uses = (use for uses in self.mapping.values() for use in uses)
        return next((use for use in uses if use.index == index), None)

    def rivals(self, index: int) -> tuple[int, ...]:
        """Return the other columns that the field of a column is read from, too."""
        topic = self.topic(index)
        uses = self.mapping[topic] if topic else ()
        return tuple(use.index for use in uses if use.index != index)

    def confirming(self, indexes: Iterable[int], *, right: bool = True) -> ColumnChoices:
        """Return these with her yes to columns that are likely read rightly, or with it taken back."""
        standing = Standing.CONFIRMED if right else Standing.LIKELY
        return replace(self, standings=_with(self.standings, dict.fromkeys(indexes, standing)))

    def choosing(self, index: int, topic: str | None) -> ColumnChoices:
        """Return these with a column read as *topic*, or not at all."""
        mapping = _without(self.mapping, {index})
        standing = Standing.CHOSEN if topic else Standing.UNREAD
        told = replace(self, standings=_with(self.standings, {index: standing}), clash=None)
        if topic is None:
            return replace(told, mapping=mapping, _bare=self._bare - {index})
        clash = index if topic in mapping else None
        mapping[topic] = (*mapping.get(topic, ()), ColumnUse(index))
        return replace(told, mapping=mapping, clash=clash, _bare=self._bare | {index})

    def joining(self) -> ColumnChoices:
        """Return these with the field read from both columns that clash."""
        return replace(self, clash=None)

    def taking_over(self) -> ColumnChoices:
        """Return these with the column that clashes in the place of those that had its field."""
        if self.clash is None:
            return self
        others = self.rivals(self.clash)
        standings = _with(self.standings, dict.fromkeys(others, Standing.UNREAD))
        return replace(
            self,
            mapping=_without(self.mapping, set(others)),
            standings=standings,
            clash=None,
            _bare=self._bare - set(others),
        )

    def giving_way(self) -> ColumnChoices:
        """Return these with the column that clashes not read."""
        return self if self.clash is None else self.choosing(self.clash, None)

    def using(self, use: ColumnUse) -> ColumnChoices:
        """Return these with one column read in another way: in another unit, or turned round."""
        mapping = {
            topic: tuple(use if one.index == use.index else one for one in uses)
            for topic, uses in self.mapping.items()
        }
        standings = _with(self.standings, {use.index: Standing.CHOSEN})
        return replace(self, mapping=mapping, standings=standings, _bare=self._bare - {use.index})

    def completed(self, table: Table, kind: Role) -> FieldMapping:
        """Return the mapping, with the columns of her choosing read as their headings say."""
        return {
            topic: tuple(
                _of_heading(table, kind, topic, use) if use.index in self._bare else use for use in uses
            )
            for topic, uses in self.mapping.items()
        }

    def read_as(self, mapping: FieldMapping) -> ColumnChoices:
        """Return these with what the headings say known: *mapping* is these, completed."""
        return replace(self, mapping=dict(mapping), _bare=frozenset())


def _standing(preview: ImportPreview, index: int, is_read: bool) -> Standing:
    is_empty = all(cell.is_blank for cell in preview.table.column(index))
    if not is_read:
        return Standing.EMPTY if is_empty else Standing.UNREAD
    guess = preview.guess.columns[index] if preview.guess else None
    if preview.is_mapping_remembered or (guess and guess.is_told):
        return Standing.REMEMBERED
    if guess is None or guess.sureness is not Sureness.LIKELY:
        return Standing.SURE
    return Standing.EMPTY if is_empty else Standing.LIKELY


def _with(standings: tuple[Standing, ...], changed: Mapping[int, Standing]) -> tuple[Standing, ...]:
    return tuple(changed.get(index, one) for index, one in enumerate(standings))


def _without(mapping: FieldMapping, indexes: set[int]) -> dict[str, tuple[ColumnUse, ...]]:
    left = {topic: tuple(use for use in uses if use.index not in indexes) for topic, uses in mapping.items()}
    return {topic: uses for topic, uses in left.items() if uses}


def _of_heading(table: Table, kind: Role, topic: str, use: ColumnUse) -> ColumnUse:
    read = completed(table, kind, {topic: use.index})[topic]
    return read[0] if read else use
