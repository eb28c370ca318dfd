"""A sheet looked at once: what its headings mean, what its cells look like, which columns belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from coordinator.domain.imports.columns.heading import Heading, Words, read_heading, without_copy, words_of
from coordinator.domain.imports.columns.meanings import Lexicon, languages, lexicon, lexicon_for
from coordinator.domain.imports.columns.order import Choice, chains, choices, is_detail, whose
from coordinator.domain.imports.columns.rules import Parsed, parse
from coordinator.domain.imports.columns.shapes import MOST_ROWS, Cells, look_at

if TYPE_CHECKING:
    from coordinator.domain.imports.table import Table


@dataclass(frozen=True)
class Sheet:
    """A sheet looked at once: what its headings mean and its cells look like, whoever's list it is."""

    headers: tuple[str, ...]
    parsed: tuple[Parsed, ...]
    cells: tuple[Cells, ...]
    words: Lexicon
    this_year: int | None = None
    """The year of the reading; a later one is a slip of the fingers. Without it one told only once may be."""

    @cached_property
    def owners(self) -> list[str]:
        """Of whom each column is."""
        return whose(self.parsed, self.words)

    @cached_property
    def choices(self) -> Mapping[int, Choice]:
        """The columns that are choices of one question."""
        return choices(self.headers, self.parsed, self.cells)

    @cached_property
    def details(self) -> Mapping[int, int]:
        """The columns that go on with another: column -> which."""
        return dict(chains([is_detail(one) for one in self.parsed]))

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The choices of each question that has a column for every one of them."""
        firsts = dict.fromkeys(choice.first for choice in self.choices.values())
        return tuple(tuple(at for at, one in self.choices.items() if one.first == first) for first in firsts)

    def parsed_as(self, words: Words) -> Parsed:
        """Return a heading of these words, read."""
        return parse(Heading(" ".join(words), words), self.words)

    @cached_property
    def newest_year(self) -> int:
        """The year the list was filled in, as far as its days tell."""
        told = Counter(year for cells in self.cells for year in cells.years)
        if self.this_year is None:
            return max((year for year in told if told[year] > 1), default=max(told, default=0))
        return max((year for year in told if year <= self.this_year + 1), default=self.this_year)


def look_at_sheet(headers: Sequence[str], columns: Sequence[Cells], today: date | None = None) -> Sheet:
    """Return a sheet with its headings read."""
    headings = [read_heading(_own_words(header, headers)) for header in headers]
    words = lexicon_for([heading.words + heading.aside for heading in headings])
    parsed = tuple(parse(one, words) for one in headings)
    return Sheet(tuple(headers), parsed, tuple(columns), words, today.year if today else None)


def _own_words(header: str, headers: Sequence[str]) -> str:
    """Return a heading without the number that a program gave the second of two: not that of "Address 2"."""
    plain = without_copy(header)
    is_known = words_of(header) in lexicon(languages()).phrases
    return plain if plain in headers and not is_known else header


def sheet_of(table: Table, today: date | None = None) -> Sheet:
    """Return the sheet of *table*, its first rows looked at as on the day *today*."""
    rows = [row for row in table.rows[:MOST_ROWS] if not row.unsure]
    columns = [look_at(row.cells[at] for row in rows) for at in range(len(table.headers))]
    return look_at_sheet(table.headers, columns, today)
